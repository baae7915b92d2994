"""The catalog (SQLite, the source of truth) and the indexes derived from it (Chroma, tantivy)."""
