"""What was worked out about documents and is kept: vectors and facts. All of it can be made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.base import Vectors
from vectorstore.database import Database


class VectorCache:
    """Vectors by the name of their embedder and the digest of the embedded text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, embedder: str, digests: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the cached vectors of an embedder by the digest of the embedded text."""
        query = "SELECT digest, vector FROM vectors WHERE embedder = ? AND digest IN ({})"
        return {key: np.frombuffer(blob, "<f4") for key, blob in self._database.select_in(query, digests, embedder)}

    def put(self, embedder: str, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Cache vectors; those already there stay."""
        rows = [
            (embedder, digest, vector.astype("<f4").tobytes()) for digest, vector in zip(digests, vectors, strict=True)
        ]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)

    def keep_only(self, embedder: str, digests: Iterable[bytes]) -> None:
        """Forget the vectors of an embedder that no text needs any more."""
        with self._database.transaction() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS needed (digest BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO needed VALUES (?)", ((digest,) for digest in digests))
            connection.execute(
                "DELETE FROM vectors WHERE embedder = ? AND digest NOT IN (SELECT digest FROM needed)", (embedder,)
            )
            connection.execute("DROP TABLE needed")


class Facts:
    """Facts by their name and the id of the document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, name: str) -> dict[str, str]:
        """Return what was worked out under this name about documents, by id."""
        return dict(self._database.rows("SELECT document_id, value FROM facts WHERE name = ?", (name,)))

    def keep(self, name: str, values: Mapping[str, str]) -> None:
        """Keep what was worked out about documents; a reader may do so too, for it can be worked out again."""
        with self._database.transaction() as connection:
            query = "INSERT OR REPLACE INTO facts SELECT id, ?, ? FROM documents WHERE id = ?"
            connection.executemany(query, [(name, value, document_id) for document_id, value in values.items()])
