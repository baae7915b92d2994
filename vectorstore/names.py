"""Which document a file name means, and what becomes of the one that had it before."""

from __future__ import annotations

import sqlite3
from unicodedata import normalize

from vectorstore import standing


def give_name(
    connection: sqlite3.Connection, document_id: str, file: str, new: bool = False, apart: bool = False
) -> tuple[bool, str | None]:
    """Let ``file`` name this document; returns whether that is news and which document is its old version now.

    Of several papers of one name the last to come has it; the others know it as theirs.
    """
    file = normalize("NFC", file)
    row = connection.execute("SELECT document_id FROM names WHERE file = ?", (file,)).fetchone()
    holder = row[0] if row else None
    in_use = standing.of(connection, document_id)[0] == "searched"
    if holder == document_id or (in_use and standing.file_of(connection, document_id) == file):
        return False, None
    connection.execute("DELETE FROM names WHERE file = ?", (file,))
    connection.execute("INSERT INTO names (file, document_id) VALUES (?, ?)", (file, document_id))
    standing.remember(connection, "added" if new else "named", document_id)
    if holder is None or connection.execute("SELECT 1 FROM names WHERE document_id = ?", (holder,)).fetchone():
        return True, None
    if apart:
        standing.place(connection, holder, *standing.of(connection, holder), file)
        return True, None
    standing.succeed(connection, holder, document_id, file)
    return True, holder
