"""Answers from tables: START WITH ``lookup``, which reads ``rows`` and chooses what is ``asked`` for."""
