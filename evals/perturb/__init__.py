"""The same question as people really type it: each perturbation a pure, seeded function on text."""
