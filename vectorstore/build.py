"""From the catalog to a new index generation.

A generation is made aside: the last one is copied and the changed documents are written into the copy, or everything
is built from nothing when there is no usable last one, when what is indexed of a chunk has changed, or when so much
was rewritten that the copy would carry more waste than content. It is checked against the catalog and only then
made current, by one transaction. A kill at any moment leaves the generation that readers use as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from vectorstore import canaries
from vectorstore.base import Embedder, Vectors
from vectorstore.catalog import Catalog, State
from vectorstore.chroma import ChromaIndex
from vectorstore.errors import CanariesLost, EmbedderMismatch, IndexDamaged
from vectorstore.faults import fault
from vectorstore.generation import CHROMA, LEXICAL, folder_of
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import RULES, Manifest
from vectorstore.passages import digest, passages
from vectorstore.records import Passage

Progress = Callable[[int, int], None]
"""Told after each batch: passages indexed so far, passages to index."""
Accept = Callable[[int], None]
"""Looks at a generation of another embedder, by its number, before it is used; raises ``CanariesLost`` to stop it."""

_BATCH = 1000
_WASTE = 2.0  # rewritten chunks per chunk; beyond that a build from nothing is smaller and answers faster


def build(
    store: Path,
    catalog: Catalog,
    embedder: Callable[[], Embedder],
    *,
    anew: bool = False,
    progress: Progress | None = None,
    accept: Accept | None = None,
) -> None:
    """Bring the indexes up to date with the catalog; ``anew``: from nothing, with whatever embedder is configured.

    The caller holds the writer's lock. The embedder is asked for only when a vector is missing. An index made with
    another embedder than the last one takes its place only after :mod:`canaries` and ``accept``. Raises
    ``EmbedderMismatch`` when the last generation has vectors of another embedder, ``IndexDamaged`` when even a
    generation built from nothing does not agree with the catalog, ``CanariesLost`` when the last one stays in use.
    """
    state = catalog.state()
    last = _last(store, state)
    if anew or last is None or last.rules != RULES or state.behind:
        vectors = VectorSource(catalog, embedder, None if anew or last is None else last.embedder)
        number = _next(store, catalog, state, None if anew else last, vectors, progress)
        if last is not None and last.embedder != vectors.name:
            _prove(store, number, catalog, vectors, accept)
        catalog.swap(number, state.revision)
        fault("swap-committed")
    clean(store, catalog.state().generation)


def _next(
    store: Path,
    catalog: Catalog,
    state: State,
    last: Manifest | None,
    vectors: VectorSource,
    progress: Progress | None,
) -> int:
    """Make the next generation and return its number."""
    number, target = _cleared(store, state.generation + 1)
    if last is None or last.rules != RULES or last.churn > _WASTE * last.chunks + _BATCH:
        _from_nothing(target, catalog, state, vectors, progress)
    else:
        try:
            # Lock files say nothing in a copy, and Windows lets nobody read those that are held.
            shutil.copytree(folder_of(store, state.generation), target, ignore=shutil.ignore_patterns("*.lock"))
            fault("generation-copied")
            _fill(target, catalog, state, last, vectors, progress)
        except (IndexDamaged, OSError):  # the last generation is broken; the catalog is not
            # In a new folder: Chroma remembers within a process that it could not open one.
            number, target = _cleared(store, number + 1)
            _from_nothing(target, catalog, state, vectors, progress)
    return number


def _prove(store: Path, number: int, catalog: Catalog, vectors: VectorSource, accept: Accept | None) -> None:
    """See that an index of another embedder finds what it must, else take it away with its vectors.

    The vectors too, for a server that is put right answers under the same name.
    """
    folder = folder_of(store, number)
    try:
        chroma = ChromaIndex(folder / CHROMA, create=False)
        try:
            canaries.check(chroma, catalog, vectors.embedder())
        finally:
            chroma.close()
        if accept is not None:
            accept(number)
    except CanariesLost:
        shutil.rmtree(folder, ignore_errors=True)
        catalog.vectors.keep_only(vectors.name, ())
        raise


def _cleared(store: Path, number: int) -> tuple[int, Path]:
    """Clear the folder of a generation to be made; where its files are held open (Windows), take a later number."""
    while (target := folder_of(store, number)).exists():
        shutil.rmtree(target, ignore_errors=True)
        if target.exists():
            number += 1
    return number, target


def clean(store: Path, current: int) -> None:
    """Delete old generations and what a kill left half made.

    The one before the current stays for readers that have just asked which is current and are about to open it. Files
    that a reader still has open live on until it closes them; where the system forbids deleting open files, they stay
    until the next time.
    """
    names = {folder_of(store, number).name for number in (current - 1, current)}
    for folder in sorted((store / "indexes").glob("*")):
        if folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)
            fault("cleanup-half-done")


def _last(store: Path, state: State) -> Manifest | None:
    """Return the label of the current generation, ``None`` if there is none or it cannot be read."""
    if state.generation == 0:
        return None
    try:
        return Manifest.read(folder_of(store, state.generation))
    except IndexDamaged:
        return None


def _from_nothing(
    target: Path, catalog: Catalog, state: State, vectors: VectorSource, progress: Progress | None
) -> None:
    target.mkdir(parents=True)
    _fill(target, catalog, state, None, vectors, progress)
    catalog.vectors.keep_only(vectors.name, vectors.used)


def _fill(
    target: Path,
    catalog: Catalog,
    state: State,
    last: Manifest | None,
    vectors: VectorSource,
    progress: Progress | None,
) -> None:
    """Write what the generation lacks, take out what is no more, check it and label it."""
    changed = catalog.changed_since(last.revision if last else 0)
    wanted = catalog.chunk_ids()
    total = len(catalog.chunk_ids(key for key, _ in changed)) if last else len(wanted)
    lexical, chroma = LexicalIndex(target / LEXICAL), ChromaIndex(target / CHROMA)
    try:
        gone = lexical.ids() - wanted  # both held the same when they were checked, and both are checked below
        lexical.remove(gone)
        chroma.remove(gone)
        done = 0
        written: list[str] = []
        for batch in _batches(item for key, meta in changed for item in passages(meta, catalog.document_chunks(key))):
            rows = vectors(batch)
            lexical.add(batch, rows)
            chroma.add(batch, rows)
            chroma.commit()
            written = [item.chunk_id for item in batch]
            done += len(batch)
            if progress:
                progress(done, total)
        chroma.commit()
        lexical.commit()
        fault("generation-unchecked")
        _check(lexical, chroma, wanted, written)
    finally:
        lexical.close()
        chroma.close()
    documents, chunks, _ = catalog.counts()
    churn = last.churn + total + len(gone) if last else 0
    dimension = last.dimension if last else vectors.dimension
    Manifest(vectors.name, dimension, RULES, state.revision, documents, chunks, churn).write(target)


def _check(lexical: LexicalIndex, chroma: ChromaIndex, wanted: set[str], sample: Sequence[str]) -> None:
    """Compare the indexes with the catalog, and see that the vectors written last can be read back."""
    for index in (lexical, chroma):
        held = index.ids()
        if held != wanted:
            raise _disagrees(index.folder, f"{len(wanted - held)} missing, {len(held - wanted)} stale")
    lost = set(sample) - chroma.vectors(sample).keys()
    if lost:
        raise _disagrees(chroma.folder, f"{len(lost)} ids without a vector")


def _disagrees(folder: Path, detail: str) -> IndexDamaged:
    return IndexDamaged(
        f"Chỉ mục vừa dựng trong {folder} không khớp với kho.",
        remedy="Chạy `tdkt doctor` để biết chỗ sai; kiểm tra đĩa còn chỗ trống rồi chạy `tdkt doctor --rebuild`.",
        detail=detail,
    )


def _batches(items: Iterable[Passage]) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class VectorSource:
    """Vectors of passages: from the catalog's cache, else from the embedder, which is loaded then only."""

    def __init__(self, catalog: Catalog, embedder: Callable[[], Embedder], required: str | None) -> None:
        """Take vectors of ``required``, the embedder whose vectors the generation already has, if it has any."""
        self._catalog = catalog
        self._load = embedder
        self._required = required
        self._embedder: Embedder | None = None
        self.used: set[bytes] = set()

    @property
    def name(self) -> str:
        """Name of the embedder whose vectors these are."""
        return self._required or self.embedder().name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.embedder().dimension

    def __call__(self, batch: Sequence[Passage]) -> Vectors:
        """Return one row per passage."""
        keys = [digest(item.embedded) for item in batch]
        self.used.update(keys)
        texts = dict(zip(keys, (item.embedded for item in batch), strict=True))
        cached = self._catalog.vectors.read(self.name, list(texts))
        missing = [key for key in texts if key not in cached]
        if missing:
            made = self.embedder().encode_documents([texts[key] for key in missing])
            self._catalog.vectors.put(self.name, missing, made)
            fault("vectors-stored")
            cached.update(zip(missing, made, strict=True))
        return np.stack([cached[key] for key in keys])

    def embedder(self) -> Embedder:
        """Return the embedder, loaded once. Raises ``EmbedderMismatch`` unless it is the one required."""
        if self._embedder is None:
            embedder = self._load()
            if self._required is not None:
                check_embedder(self._required, embedder)
            self._embedder = embedder
        return self._embedder


def check_embedder(indexed: str, embedder: Embedder) -> None:
    """Raise ``EmbedderMismatch`` unless the embedder is the one whose vectors are indexed."""
    if embedder.name != indexed:
        raise EmbedderMismatch(
            f"Chỉ mục được dựng bằng mô hình “{indexed}” nhưng cấu hình đang chọn “{embedder.name}”.",
            remedy=f"Chạy `tdkt doctor --rebuild` để dựng lại chỉ mục bằng “{embedder.name}”, hoặc đặt lại mô hình"
            f" “{indexed}” trong cấu hình. Tài liệu đã nạp vẫn còn nguyên.",
            detail=f"index has {indexed!r}, configured is {embedder.name!r}",
        )
