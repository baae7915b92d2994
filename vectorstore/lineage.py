"""Versions and copies in the catalog: how documents stand, what happened to them, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

import numpy as np

from ingest.records import DocumentMeta
from vectorstore import codec, standing
from vectorstore.database import Database
from vectorstore.faults import fault
from vectorstore.likeness import Sketch
from vectorstore.records import Decision, Entry, Rollback, Standing, StoredDocument


class Lineage:
    """The part of the catalog that knows what one document is to another; each change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sketches(self, rules: int) -> list[tuple[str, DocumentMeta, Sketch | None]]:
        """Return what tells the kin of documents searched and of old versions; ``None`` where it is not known."""
        rows = self._database.rows(
            "SELECT d.id, d.meta, k.bins FROM documents d LEFT JOIN sketches k ON k.document_id = d.id AND k.rules = ?"
            " LEFT JOIN standings s ON s.document_id = d.id"
            " WHERE coalesce(s.standing, 'searched') IN ('searched', 'old') ORDER BY d.sequence",
            (rules,),
        )
        return [
            (key, codec.meta(meta), None if bins is None else np.frombuffer(bins, "<u4")) for key, meta, bins in rows
        ]

    def named(self, file: str) -> tuple[str, int] | None:
        """Return which document has this name, and how many names it has."""
        rows = self._database.rows(
            "SELECT document_id, (SELECT count(*) FROM names m WHERE m.document_id = n.document_id)"
            " FROM names n WHERE file = ?",
            (normalize("NFC", file),),
        )
        return rows[0] if rows else None

    def history(self, document_id: str) -> list[Entry]:
        """Return what happened to a document and to all that it was ever a version or copy of, oldest first."""
        known, fresh = {document_id}, [document_id]
        while fresh:
            pairs = self._database.select_in(
                "SELECT document_id, other_id FROM history WHERE document_id IN ({})", fresh
            )
            pairs += self._database.select_in("SELECT document_id, other_id FROM history WHERE other_id IN ({})", fresh)
            fresh = list({key for pair in pairs for key in pair if key} - known)
            known.update(fresh)
        fields = "position, at, event, document_id, file, other_id, other_file"
        rows = self._database.select_in(f"SELECT {fields} FROM history WHERE document_id IN ({{}})", sorted(known))
        return [Entry(*row[1:]) for row in sorted(rows)]

    def standing(self, document_id: str) -> tuple[Standing, str]:
        """Return how a document stands, and its partner."""
        rows = self._database.rows("SELECT standing, partner FROM standings WHERE document_id = ?", (document_id,))
        return (rows[0][0], rows[0][1]) if rows else ("searched", "")

    def rollback(self, documents: Sequence[StoredDocument]) -> Rollback | None:
        """Return what going back to the last generation that showed other documents changes; ``None`` without one.

        ``documents``: all of the catalog, removed ones too.
        """
        now = {item.id for item in documents if item.standing == "searched"}
        for at, ids in self._database.rows("SELECT at, documents FROM generations ORDER BY number DESC"):
            then = set(codec.strings(ids))
            if then != now:
                return Rollback(
                    at,
                    tuple(item for item in documents if item.id in now - then),
                    tuple(item for item in documents if item.id in then - now),
                    len(then - {item.id for item in documents}),
                )
        return None

    # -- writing (under the writer's lock)

    def put_sketch(self, document_id: str, rules: int, sketch: Sketch) -> None:
        """Keep the sketch of a document that came without one."""
        with self._database.transaction() as connection:
            standing.keep_sketch(connection, document_id, rules, sketch)

    def remove(self, document_id: str, for_good: bool = False) -> None:
        """Take out a document; unless ``for_good``, :meth:`roll_back` brings it back until :meth:`purge`."""
        with self._database.transaction() as connection:
            standing.remove(connection, document_id, for_good)
            fault("catalog-uncommitted")

    def decide(self, first: str, second: str, decision: Decision) -> None:
        """Settle what the document ``first`` is to ``second``."""
        with self._database.transaction() as connection:
            standing.decide(connection, first, second, decision)

    def use(self, document_id: str) -> None:
        """Search a document again."""
        with self._database.transaction() as connection:
            standing.use(connection, document_id)

    def roll_back(self, change: Rollback) -> None:
        """Do what :meth:`rollback` said."""
        with self._database.transaction() as connection:
            ids = ([item.id for item in items] for items in (change.resting, change.restored))
            standing.roll_back(connection, *ids)
            fault("catalog-uncommitted")

    def purge(self) -> None:
        """Delete the removed documents that no rollback could bring back."""
        with self._database.transaction() as connection:
            standing.purge(connection)
