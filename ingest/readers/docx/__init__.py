"""Word documents: reader.py first."""
