"""Retrieval measured against others and against itself with parts left out; ``python -m evals.bench.retrieval``."""
