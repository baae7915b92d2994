"""The source of truth: one SQLite database in WAL mode.

Each document is one transaction. Everything else in the store's folder can be made again from here. Reads may come
from any thread; writes come from the one thread that holds the writer's lock.

``revision`` counts changes of content. An index generation shows the catalog as of one revision; ``swap`` makes a
generation the current one. What is indexed are the documents that stand as ``searched``; copies, old versions and what
was taken out of use stay here with their text, and can be searched again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from ingest.records import Chunk, Document, DocumentMeta, Page, Printed
from vectorstore import codec, standing
from vectorstore.base import Vectors
from vectorstore.database import Database
from vectorstore.errors import DocumentNotFound
from vectorstore.faults import fault
from vectorstore.likeness import Sketch
from vectorstore.lineage import Lineage
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
_CHUNK = ", ".join(f'"{name}"' for name in codec.CHUNK_COLUMNS)
_DOCUMENT = ", ".join(codec.DOCUMENT_COLUMNS)
_SHORTEST_ID = 4


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
        """Find a document by file name, id, or the beginning of its id; of several of a name, the one searched.

        Raises ``DocumentNotFound``.
        """
        documents = self.listed()
        wanted = normalize("NFC", reference.strip())
        found = [item for item in documents if wanted in item.names or item.id == wanted]
        if not found:
            found = [item for item in documents if wanted.casefold() in {name.casefold() for name in item.names}]
        if not found and len(wanted) >= _SHORTEST_ID:
            found = [item for item in documents if item.id.startswith(wanted.lower())]
        if len(found) > 1:
            found = [item for item in found if item.standing == "searched"] or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise DocumentNotFound(
                f"Trong kho không có tài liệu nào tên hoặc mã là “{reference}”.",
                remedy="Chạy `tdkt docs list` để xem tên và mã các tài liệu trong kho.",
            )
        choices = "; ".join(f"{item.id[:12]} ({item.file})" for item in found)
        raise DocumentNotFound(
            f"“{reference}” ứng với {len(found)} tài liệu: {choices}.",
            remedy="Gọi tài liệu bằng mã, viết thêm vài ký tự của mã để chỉ còn một tài liệu.",
        )

    def owners(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        """Map chunk ids to the ids of their documents; unknown ones are left out."""
        return dict(self._database.select_in("SELECT id, document_id FROM chunks WHERE id IN ({})", chunk_ids))

    def chunks(self, chunk_ids: Sequence[str]) -> list[Chunk]:
        """Return chunks in the order asked for; unknown ids are skipped."""
        rows = self._database.select_in(f"SELECT {_CHUNK} FROM chunks WHERE id IN ({{}})", chunk_ids)
        found = {row[0]: codec.chunk(row) for row in rows}
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return the chunks of a document in reading order."""
        rows = self._rows(f"SELECT {_CHUNK} FROM chunks WHERE document_id = ? ORDER BY ordinal, id", (document_id,))
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

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """Return the pages of a document, in source offsets."""
        return codec.pages(self._one("SELECT pages FROM documents WHERE id = ?", document_id)[0])

    def printed(self, document_id: str) -> Printed:
        """Return the cleaned text of a document with the way to its pages."""
        row = self._one("SELECT text, offsets, pages FROM documents WHERE id = ?", document_id)
        return Printed(str(row[0]), codec.unpack_offsets(row[1]), codec.pages(row[2]))

    def read(self, document_id: str) -> Document:
        """Return a document as it was added."""
        row = self._one(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", document_id)
        return codec.document(document_id, self._file(document_id), row, tuple(self.document_chunks(document_id)))

    def vectors(self, embedder: str, digests: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the cached vectors of an embedder by the digest of the embedded text."""
        query = "SELECT digest, vector FROM vectors WHERE embedder = ? AND digest IN ({})"
        return {key: np.frombuffer(blob, "<f4") for key, blob in self._database.select_in(query, digests, embedder)}

    def facts(self, name: str) -> dict[str, str]:
        """Return what was worked out under this name about documents, by id."""
        return dict(self._rows("SELECT document_id, value FROM facts WHERE name = ?", (name,)))

    def keep_facts(self, name: str, values: Mapping[str, str]) -> None:
        """Keep what was worked out about documents; a reader may do so too, for it can be worked out again."""
        with self._database.transaction() as connection:
            query = "INSERT OR REPLACE INTO facts SELECT id, ?, ? FROM documents WHERE id = ?"
            connection.executemany(query, [(name, value, document_id) for document_id, value in values.items()])

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
        same = here and self._reads_same(document.id, content, rows)
        with self._database.transaction() as connection:
            if not same:
                revision = standing.advance(connection)
                if here:
                    connection.execute("DELETE FROM chunks WHERE document_id = ?", (document.id,))
                    _update(connection, document, content, revision)
                else:
                    _insert(connection, document, content, revision)
                places = ", ".join("?" for _ in codec.CHUNK_COLUMNS)
                connection.executemany(f"INSERT INTO chunks ({_CHUNK}) VALUES ({places})", rows)
            if here and not known:
                standing.place(connection, document.id, "searched")
            if sketch is not None and not (known and same):
                standing.keep_sketch(connection, document.id, *sketch)
            new_name, dropped = _give_name(connection, document.id, document.file, new=not known, apart=apart)
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
            new_name, dropped = _give_name(connection, document_id, file)
        return AddOutcome("named" if new_name else "known", document_id, dropped, *self.lineage.standing(document_id))

    def put_vectors(self, embedder: str, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Cache vectors; those already there stay."""
        rows = [
            (embedder, digest, vector.astype("<f4").tobytes()) for digest, vector in zip(digests, vectors, strict=True)
        ]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)

    def keep_vectors(self, embedder: str, digests: Iterable[bytes]) -> None:
        """Forget the vectors of an embedder that no text needs any more."""
        with self._database.transaction() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS needed (digest BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO needed VALUES (?)", ((digest,) for digest in digests))
            connection.execute(
                "DELETE FROM vectors WHERE embedder = ? AND digest NOT IN (SELECT digest FROM needed)", (embedder,)
            )
            connection.execute("DROP TABLE needed")

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

    def _reads_same(self, document_id: str, content: tuple[object, ...], rows: list[tuple[object, ...]]) -> bool:
        stored = self._rows(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", (document_id,))[0]
        chunks = self._rows(f"SELECT {_CHUNK} FROM chunks WHERE document_id = ? ORDER BY ordinal, id", (document_id,))
        order = codec.CHUNK_COLUMNS.index("ordinal")
        return stored == content and chunks == sorted(rows, key=lambda row: (row[order], row[0]))


def _give_name(
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


def _insert(connection: sqlite3.Connection, document: Document, content: tuple[object, ...], revision: int) -> None:
    places = ", ".join("?" for _ in codec.DOCUMENT_COLUMNS)
    connection.execute(
        f"INSERT INTO documents (id, characters, page_count, added, revision, {_DOCUMENT})"
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


def _update(connection: sqlite3.Connection, document: Document, content: tuple[object, ...], revision: int) -> None:
    connection.execute("DELETE FROM facts WHERE document_id = ?", (document.id,))
    assignments = ", ".join(f"{name} = ?" for name in codec.DOCUMENT_COLUMNS)
    connection.execute(
        f"UPDATE documents SET characters = ?, page_count = ?, revision = ?, {assignments} WHERE id = ?",
        (len(document.text), document.page_count, revision, *content, document.id),
    )


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
