"""Learns the answerer's small weights from the project's own questions."""
