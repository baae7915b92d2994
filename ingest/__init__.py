"""Files to chunks: read, clean, structure, cut. Imports no other package of this project."""
