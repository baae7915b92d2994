"""Benchmarks: each a module to run, printing figures of one run on one machine."""
