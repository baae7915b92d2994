"""Writing the row and the chunks of a document."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ingest.records import Document
from vectorstore import codec, standing
from vectorstore.database import Database

CHUNK = ", ".join(f'"{name}"' for name in codec.CHUNK_COLUMNS)
"""The columns of a chunk, as a query names them."""
DOCUMENT = ", ".join(codec.DOCUMENT_COLUMNS)
"""The columns of a document's content."""


def reads_same(
    database: Database, document_id: str, content: tuple[object, ...], rows: list[tuple[object, ...]]
) -> bool:
    """Whether a document that is there already has this content and these chunks."""
    stored = database.rows(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", (document_id,))[0]
    chunks = database.rows(f"SELECT {CHUNK} FROM chunks WHERE document_id = ? ORDER BY ordinal, id", (document_id,))
    order = codec.CHUNK_COLUMNS.index("ordinal")
    return stored == content and chunks == sorted(rows, key=lambda row: (row[order], row[0]))


def replace_chunks(connection: sqlite3.Connection, document_id: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Let a document have these chunks and no others."""
    connection.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,))
    places = ", ".join("?" for _ in codec.CHUNK_COLUMNS)
    connection.executemany(f"INSERT INTO chunks ({CHUNK}) VALUES ({places})", rows)


def insert(connection: sqlite3.Connection, document: Document, content: tuple[object, ...], revision: int) -> None:
    """Add a document under the revision that brings it."""
    places = ", ".join("?" for _ in codec.DOCUMENT_COLUMNS)
    connection.execute(
        f"INSERT INTO documents (id, characters, page_count, added, revision, {DOCUMENT})"
        f" VALUES (?, ?, ?, ?, ?, {places})",
        (
            document.id,
            len(document.text),
            document.page_count,
            standing.now(),
            revision,
            *content,
        ),
    )


def update(connection: sqlite3.Connection, document: Document, content: tuple[object, ...], revision: int) -> None:
    """Write a new reading of a document; what was worked out from the old one goes."""
    connection.execute("DELETE FROM facts WHERE document_id = ?", (document.id,))
    assignments = ", ".join(f"{name} = ?" for name in codec.DOCUMENT_COLUMNS)
    connection.execute(
        f"UPDATE documents SET characters = ?, page_count = ?, revision = ?, {assignments} WHERE id = ?",
        (len(document.text), document.page_count, revision, *content, document.id),
    )
