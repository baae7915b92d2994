"""Checks of answers against known facts."""
