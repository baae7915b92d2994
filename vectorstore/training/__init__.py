"""Trainers of the shipped models; run by hand, imported by nothing."""
