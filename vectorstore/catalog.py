"""The source of truth: one SQLite database in WAL mode.

Each document is one transaction. Everything else in the store's folder can be made again from here. Reads may come
from any thread; writes come from the one thread that holds the writer's lock.

``revision`` counts changes of content. An index generation shows the catalog as of one revision; ``swap`` makes a
generation the current one. What is indexed are the documents that stand as ``searched``; copies, old versions and what
was taken out of use stay here with their text, and can be searched again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.records import Chunk, Document, DocumentMeta, Printed
from vectorstore import codec, standing
from vectorstore.database import Database
from vectorstore.derived import Facts, VectorCache
from vectorstore.document_rows import CHUNK, DOCUMENT, insert, reads_same, replace_chunks, update
from vectorstore.errors import DocumentNotFound
from vectorstore.faults import fault
from vectorstore.likeness import Sketch
from vectorstore.lineage import Lineage
from vectorstore.lookup import find
from vectorstore.names import give_name
from vectorstore.records import (
    AddOutcome,
    Change,
    OnReissue,
    Relation,
    StoredDocument,
)
from vectorstore.standing import SEARCHED

_LISTED = """
    SELECT d.id, d.media_type, d.meta, d.warnings, d.characters, d.page_count, d.added,
           (SELECT count(*) FROM chunks c WHERE c.document_id = d.id),
           (SELECT json_group_array(file) FROM (SELECT file FROM names n WHERE n.document_id = d.id ORDER BY position)),
           coalesce(t.standing, 'searched'), coalesce(t.partner, ''), coalesce(t.file, '')
    FROM documents d LEFT JOIN standings t ON t.document_id = d.id
"""
_LISTED_ONES = "NOT EXISTS (SELECT 1 FROM standings s WHERE s.document_id = d.id AND s.standing = 'removed')"
_SEARCHED_OWNERS = f"documents d ON d.id = c.document_id WHERE {SEARCHED}"


@dataclass(frozen=True, slots=True)
class State:
    """Where the catalog stands and which generation shows it.

    ``generation`` 0: none was built. ``indexed`` is the revision that the generation shows.
    """

    revision: int
    generation: int
    indexed: int

    @property
    def behind(self) -> bool:
        """Whether the catalog holds changes that the current generation does not show."""
        return self.indexed < self.revision


class Catalog:
    """Documents, their names, chunks and vectors, and which index generation is current."""

    def __init__(self, path: Path) -> None:
        """Take the database at ``path``; without one, reads find an empty catalog and nothing is created."""
        self.path = path
        self._database = Database(path)
        self.lineage = Lineage(self._database)
        self.vectors = VectorCache(self._database)
        self.facts = Facts(self._database)

    def create(self) -> None:
        """Make the database if there is none."""
        self._database.create()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    # -- reading

    def state(self) -> State:
        """Read revision and generation."""
        return State(*self._rows("SELECT revision, generation, indexed FROM state")[0])

    def stamp(self) -> tuple[int, int]:
        """Return what differs whenever a document, its names or its standing have changed."""
        row = self._rows("SELECT revision, (SELECT coalesce(max(position), 0) FROM history) FROM state")[0]
        return row[0], row[1]

    def is_empty(self) -> bool:
        """Whether no document is searched."""
        return not self._rows(f"SELECT 1 FROM documents d WHERE {SEARCHED} LIMIT 1")

    def counts(self) -> tuple[int, int, int]:
        """Count documents, chunks and pages that are searched."""
        documents, pages = self._rows(
            f"SELECT count(*), coalesce(sum(page_count), 0) FROM documents d WHERE {SEARCHED}"
        )[0]
        return documents, self._rows(f"SELECT count(*) FROM chunks c JOIN {_SEARCHED_OWNERS}")[0][0], pages

    def holds(self, document_id: str) -> bool:
        """Whether a document with this id stands in the catalog and was not removed."""
        return bool(self._rows(f"SELECT 1 FROM documents d WHERE id = ? AND {_LISTED_ONES}", (document_id,)))

    def ids(self) -> set[str]:
        """Return the ids of all documents whose originals are kept, removed ones too."""
        return {row[0] for row in self._rows("SELECT id FROM documents")}

    def documents(self) -> list[StoredDocument]:
        """List the documents that are searched, in the order in which they came."""
        return [_stored(row) for row in self._rows(f"{_LISTED} WHERE {SEARCHED} ORDER BY d.sequence")]

    def listed(self, removed: bool = False) -> list[StoredDocument]:
        """List all documents in the order in which they came; removed ones only if asked for."""
        rows = self._rows(f"{_LISTED} WHERE {'1' if removed else _LISTED_ONES} ORDER BY d.sequence")
        return [_stored(row) for row in rows]

    def find(self, reference: str) -> StoredDocument:
        """Find a document as :func:`vectorstore.lookup.find` does. Raises ``DocumentNotFound``."""
        return find(self.listed(), reference)

    def owners(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        """Map chunk ids to the ids of their documents; unknown ones are left out."""
        return dict(self._database.select_in("SELECT id, document_id FROM chunks WHERE id IN ({})", chunk_ids))

    def chunks(self, chunk_ids: Sequence[str]) -> list[Chunk]:
        """Return chunks in the order asked for; unknown ids are skipped."""
        rows = self._database.select_in(f"SELECT {CHUNK} FROM chunks WHERE id IN ({{}})", chunk_ids)
        found = {row[0]: codec.chunk(row) for row in rows}
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return the chunks of a document in reading order."""
        rows = self._rows(f"SELECT {CHUNK} FROM chunks WHERE document_id = ? ORDER BY ordinal, id", (document_id,))
        return [codec.chunk(row) for row in rows]

    def chunk_ids(self, document_ids: Iterable[str] | None = None) -> set[str]:
        """Return the ids of all chunks that are searched, or of those of some documents."""
        if document_ids is None:
            return {row[0] for row in self._rows(f"SELECT c.id FROM chunks c JOIN {_SEARCHED_OWNERS}")}
        rows = self._database.select_in("SELECT id FROM chunks WHERE document_id IN ({})", list(document_ids))
        return {row[0] for row in rows}

    def changed_since(self, revision: int) -> list[tuple[str, DocumentMeta]]:
        """List the searched documents written after a revision (0: all), in the order in which they came."""
        rows = self._rows(
            f"SELECT id, meta FROM documents d WHERE revision > ? AND {SEARCHED} ORDER BY sequence", (revision,)
        )
        return [(key, codec.meta(meta)) for key, meta in rows]

    def printed(self, document_id: str) -> Printed:
        """Return the cleaned text of a document with the way to its pages."""
        row = self._one("SELECT text, offsets, pages FROM documents WHERE id = ?", document_id)
        return Printed(str(row[0]), codec.unpack_offsets(row[1]), codec.pages(row[2]))

    def read(self, document_id: str) -> Document:
        """Return a document as it was added."""
        row = self._one(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", document_id)
        return codec.document(document_id, self._file(document_id), row, tuple(self.document_chunks(document_id)))

    # -- writing (under the writer's lock)

    def put(
        self,
        document: Document,
        relations: Sequence[Relation] = (),
        on_reissue: OnReissue = "beside",
        sketch: tuple[int, Sketch] | None = None,
        apart: bool = False,
    ) -> AddOutcome:
        """Add a document, or its new reading, in one transaction.

        ``relations`` say what a new one is to those there, ``sketch`` is kept for those to come, with its rules;
        ``apart``: what has its name already is another paper, not an old version.
        """
        content = codec.document_row(document)
        rows = [codec.chunk_row(chunk) for chunk in document.chunks]
        here = bool(self._rows("SELECT 1 FROM documents WHERE id = ?", (document.id,)))
        known = self.holds(document.id)
        same = here and reads_same(self._database, document.id, content, rows)
        with self._database.transaction() as connection:
            if not same:
                revision = standing.advance(connection)
                (update if here else insert)(connection, document, content, revision)
                replace_chunks(connection, document.id, rows)
            if here and not known:
                standing.place(connection, document.id, "searched")
            if sketch is not None and not (known and same):
                standing.keep_sketch(connection, document.id, *sketch)
            new_name, dropped = give_name(connection, document.id, document.file, new=not known, apart=apart)
            if not known:
                standing.relate(connection, document.id, relations, on_reissue)
            elif not same:
                standing.remember(connection, "updated", document.id)
            fault("catalog-uncommitted")
        change: Change = "updated" if known and not same else "named" if new_name else "known"
        if not known:
            change = "replaced" if dropped else "added"
        return AddOutcome(change, document.id, dropped, *self.lineage.standing(document.id), relations=tuple(relations))

    def add_name(self, document_id: str, file: str) -> AddOutcome:
        """Record another name of a document; the name leaves the document that had it before."""
        self._one("SELECT 1 FROM documents WHERE id = ?", document_id)
        with self._database.transaction() as connection:
            new_name, dropped = give_name(connection, document_id, file)
        return AddOutcome("named" if new_name else "known", document_id, dropped, *self.lineage.standing(document_id))

    def swap(self, generation: int, revision: int) -> None:
        """Make a generation, which shows the given revision, the one that readers open."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE state SET generation = ?, indexed = ?", (generation, revision))
            standing.record(connection, generation)
            fault("swap-uncommitted")

    def note_generation(self) -> None:
        """Write down what the current generation shows if that was never done, as in a catalog of an older schema."""
        state = self.state()
        if state.generation and not state.behind and not self._rows("SELECT 1 FROM generations"):
            with self._database.transaction() as connection:
                standing.record(connection, state.generation)

    # -- inside

    def _rows(self, query: str, arguments: Sequence[Any] = ()) -> list[Any]:
        return self._database.rows(query, arguments)

    def _one(self, query: str, document_id: str) -> Any:  # noqa: ANN401
        rows = self._rows(query, (document_id,))
        if not rows:
            raise DocumentNotFound(
                f"Trong kho không có tài liệu mã {document_id}.",
                remedy="Chạy `tdkt docs list` để xem các tài liệu trong kho.",
            )
        return rows[0]

    def _file(self, document_id: str) -> str:
        """Return the first name of a document, the last it had if it has none now."""
        rows = self._rows("SELECT file FROM names WHERE document_id = ? ORDER BY position LIMIT 1", (document_id,))
        rows = rows or self._rows("SELECT file FROM standings WHERE document_id = ?", (document_id,))
        return str(rows[0][0])


def _stored(row: Sequence[Any]) -> StoredDocument:
    key, media_type, meta, warnings, characters, pages, added, chunks, names, stands, partner, last_name = row
    files = codec.strings(names) or (last_name,)
    return StoredDocument(
        id=key,
        file=files[0],
        names=files,
        media_type=media_type,
        meta=codec.meta(meta),
        chunks=chunks,
        pages=pages,
        characters=characters,
        added=added,
        warnings=codec.strings(warnings),
        standing=stands,
        partner=partner,
    )
