"""Prompt templates: text files with declared variables."""
