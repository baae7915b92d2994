"""Plain text: reader.py first."""
