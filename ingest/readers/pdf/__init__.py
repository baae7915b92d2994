"""PDF with a text layer: reader.py first."""
