"""The store as the rest of the project sees it: a catalog of documents and two searches over their chunks.

In the store's folder: ``catalog.sqlite3`` (the truth), ``originals/`` (the files as they came), ``indexes/`` (one
folder per index generation, derived) and ``writer.lock``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock

from ingest.records import Chunk, Document, Printed
from vectorstore.base import Embedder
from vectorstore.build import Progress, build, check_embedder
from vectorstore.catalog import Catalog
from vectorstore.errors import CatalogDamaged, IndexDamaged, StoreBusy, StoreEmpty
from vectorstore.filtered import Filtered
from vectorstore.generation import Generation, folder_of
from vectorstore.lending import Generations
from vectorstore.lock import writing
from vectorstore.manifest import RULES, Manifest
from vectorstore.originals import Originals
from vectorstore.papers import Papers
from vectorstore.records import Entry, Filter, Hit, Rollback, StoredDocument, StoreStats, Term
from vectorstore.writer import Writer

CATALOG = "catalog.sqlite3"
ORIGINALS = "originals"
_ASKED = 16
"""Questions whose vectors are kept: one is searched for again in single documents."""


class Store:
    """Reading side of a store, for any number of threads; :meth:`writer` is the writing side.

    Every search looks which generation is current, so a store that is kept open sees what other processes add. If the
    catalog is ahead of the indexes because a writer was killed, the first search brings them up to date; while a
    writer is at work, searches use the generation before.
    """

    def __init__(self, folder: Path, embedder: Callable[[], Embedder], generation: int | None = None) -> None:
        """Use :meth:`open`."""
        self.folder = folder
        self._only = generation
        self.catalog = Catalog(folder / CATALOG)
        self._originals = Originals(folder / ORIGINALS)
        self._load_embedder = embedder
        self._embedder: Embedder | None = None
        self._embedder_lock = Lock()
        self._generations = Generations(folder, self.catalog)
        self._vector = lru_cache(maxsize=_ASKED)(lambda text: self.embedder().encode_queries([text])[0])
        self._filled = -1
        self._papers = Papers(self.catalog)
        self._filtered = Filtered(self.catalog)

    @classmethod
    def open(cls, folder: Path, embedder: Callable[[], Embedder], generation: int | None = None) -> Store:
        """Open the store in ``folder``, which need not exist: it is then empty, and nothing is created.

        ``embedder`` is called when the first vector is needed, at most once. ``generation``: search in this one only,
        as is done to try one out that is not in use yet.
        """
        return cls(folder, embedder, generation)

    def close(self) -> None:
        """Close all files."""
        self._generations.close()
        self.catalog.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def embedder(self) -> Embedder:
        """Return the configured embedder, loaded once."""
        with self._embedder_lock:
            if self._embedder is None:
                self._embedder = self._load_embedder()
            return self._embedder

    # -- searching

    def search_lexical(self, terms: Sequence[Term], k: int, condition: Filter | None = None) -> list[Hit]:
        """Find at most ``k`` chunks by words. Raises ``StoreEmpty``, ``StoreBusy``, ``IndexDamaged``."""
        with self._current() as generation:
            return generation.lexical.search(terms, k, self._admitted(condition))

    def search_vectors(self, text: str, k: int, condition: Filter | None = None) -> list[Hit]:
        """Find at most ``k`` chunks by the meaning of ``text``; scores are cosines.

        Raises ``EmbedderMismatch`` and what :meth:`search_lexical` raises.
        """
        with self._current() as generation:
            check_embedder(generation.manifest.embedder, self.embedder())
            query = self._vector(text)
            admitted = self._admitted(condition)
            if admitted is None:
                return generation.chroma.search(query, k)
            return self._filtered.nearest(generation, query, k, admitted)

    def frequencies(self, tokens: Sequence[str]) -> tuple[int, list[int]]:
        """Return the number of chunks, and in how many of them each accent-free token stands.

        Raises what :meth:`search_lexical` raises.
        """
        with self._current() as generation:
            return generation.manifest.chunks, generation.lexical.frequencies(tokens)

    def _admitted(self, condition: Filter | None) -> frozenset[str] | None:
        """Return the documents that may be found, ``None`` for all."""
        if condition is None or condition == Filter():
            return None
        admitted = frozenset(document.id for document in self.documents(condition))
        return None if len(admitted) == len(self._papers.searched()) else admitted

    # -- reading

    def version(self) -> tuple[int, int]:
        """Return numbers of which one changes whenever documents or indexes do."""
        state = self.catalog.state()
        return state.revision, state.generation

    def chunks(self, ids: Iterable[str]) -> list[Chunk]:
        """Return chunks in the order asked for; unknown ids are skipped."""
        return self.catalog.chunks(list(ids))

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return the chunks of a document in reading order; none for an unknown document."""
        return self.catalog.document_chunks(document_id)

    def documents(self, condition: Filter | None = None) -> list[StoredDocument]:
        """List the documents that are searched, in the order in which they came."""
        allowed = condition or Filter()
        return [item for item in self._papers.searched() if allowed.admits(item.id, item.meta.groups)]

    def listed(self) -> list[StoredDocument]:
        """List all documents: searched ones, copies, old versions and what was taken out of use."""
        return self.catalog.listed()

    def history(self, document_id: str) -> list[Entry]:
        """Return what happened to a document and to its versions and copies, oldest first."""
        return self.catalog.lineage.history(document_id)

    def facts(self, name: str, make: Callable[[StoredDocument], str]) -> dict[str, str]:
        """Return something about each searched document, by id; it is worked out once a document and then kept.

        ``name`` names the fact and the rules by which ``make`` works it out from the document's content.
        """
        known = self.catalog.facts.read(name)
        documents = self.documents()
        fresh = {item.id: make(item) for item in documents if item.id not in known}
        if fresh:
            with suppress(CatalogDamaged):  # a folder that may be read only
                self.catalog.facts.keep(name, fresh)
        return {item.id: known[item.id] if item.id in known else fresh[item.id] for item in documents}

    def document(self, reference: str) -> StoredDocument:
        """Find a document by file name, id, or the beginning of its id. Raises ``DocumentNotFound``."""
        return self.catalog.find(reference)

    def read(self, document_id: str) -> Document:
        """Return a document as it was added. Raises ``DocumentNotFound``."""
        return self.catalog.read(document_id)

    def text(self, document_id: str) -> str:
        """Return the cleaned text of a document. Raises ``DocumentNotFound``."""
        return self.printed(document_id).text

    def printed(self, document_id: str) -> Printed:
        """Return the cleaned text of a document with the way to its pages; the last few are kept in memory.

        Raises ``DocumentNotFound``.
        """
        return self._papers.printed(document_id)

    def original(self, document_id: str) -> bytes:
        """Return the file as it came. Raises ``CatalogDamaged`` if it is gone or changed."""
        return self._originals.read(document_id)

    def stats(self) -> StoreStats:
        """Count what is in the store."""
        state = self.catalog.state()
        documents, chunks, pages = self.catalog.counts()
        embedder, dimension = "", 0
        if state.generation:
            with self._generations.opened(state.generation) as generation:
                embedder, dimension = generation.manifest.embedder, generation.manifest.dimension
        size = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return StoreStats(documents, chunks, pages, state.generation, state.behind, embedder, dimension, size)

    # -- writing

    @contextmanager
    def writer(self, wait: float = 0, progress: Progress | None = None) -> Iterator[Writer]:
        """Write to the store; leaving the context brings the indexes up to date.

        ``wait``: seconds to wait for another writer, then ``StoreBusy``. ``progress`` is told how many chunks are
        indexed and how many there are to index. When the context is left by an exception, what was added stays
        added and the next search or writer indexes it.
        """
        with writing(self.folder, wait):
            self.catalog.create()
            self.catalog.note_generation()
            yield Writer(self.catalog, self._originals, self._check_embedder)
            self._settle(progress)

    def rollback(self) -> Rollback | None:
        """Return what :meth:`roll_back` would change; ``None`` when no earlier generation showed other documents."""
        return self.catalog.lineage.rollback(self.catalog.listed(removed=True))

    def roll_back(self, wait: float = 0, progress: Progress | None = None) -> Rollback | None:
        """Search the documents that the last generation searched which showed others; returns what changed.

        What came since then is no longer searched but stays, what was removed since then comes back. A second time
        undoes it. ``wait`` and ``progress`` as in :meth:`writer`. Raises ``StoreBusy``.
        """
        with writing(self.folder, wait):
            self.catalog.create()
            build(self.folder, self.catalog, self.embedder, progress=progress)  # what a killed writer left counts
            change = self.rollback()
            if change is not None:
                self.catalog.lineage.roll_back(change)
            self._settle(progress)
        return change

    def _settle(self, progress: Progress | None) -> None:
        """Index what has changed and clean up."""
        build(self.folder, self.catalog, self.embedder, progress=progress)
        self.catalog.lineage.purge()
        self._originals.sweep(self.catalog.ids())

    def _check_embedder(self) -> None:
        """See that new documents can join the index, before the first one is added."""
        number = self.catalog.state().generation
        if number:
            with suppress(IndexDamaged):  # then it will be built from nothing
                check_embedder(Manifest.read(folder_of(self.folder, number)).embedder, self.embedder())

    @contextmanager
    def _current(self) -> Iterator[Generation]:
        """Lend the generation that shows the catalog best, or the one the store was opened for."""
        if self._only is not None:
            with self._generations.opened(self._only) as generation:
                yield generation
            return
        state = self.catalog.state()
        if state.revision != self._filled and self.catalog.is_empty():
            raise StoreEmpty(
                f"Kho {self.folder} chưa có tài liệu nào.",
                remedy="Nạp tài liệu trước: `tdkt ingest THƯ_MỤC_HOẶC_TỆP`.",
            )
        self._filled = state.revision
        if state.behind:
            self._catch_up()
            state = self.catalog.state()
        if state.generation == 0:
            raise StoreBusy(
                f"Kho {self.folder} đang được nạp lần đầu, chưa có gì để tìm.",
                remedy="Đợi lệnh nạp xong rồi hỏi lại.",
            )
        with self._generations.opened(state.generation) as generation:
            if generation.manifest.rules == RULES:
                yield generation
                return
        # Made by a version that cut words differently: its answers would be quietly worse.
        with self.writer():
            pass
        with self._generations.opened(self.catalog.state().generation) as generation:
            yield generation

    def _catch_up(self) -> None:
        """Index what a killed writer left in the catalog only, unless somebody is writing."""
        try:
            with self.writer():
                pass
        except StoreBusy:
            return
