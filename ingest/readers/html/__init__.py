"""Web pages: reader.py first."""
