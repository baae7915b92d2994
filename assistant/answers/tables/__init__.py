"""Answers from tables: START WITH ``match``, which chooses the table; ``lookup`` and ``listed`` tell its rows."""
