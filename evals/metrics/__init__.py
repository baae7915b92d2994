"""Metrics: each a pure function from one case to a score with its value, reason and parts."""
