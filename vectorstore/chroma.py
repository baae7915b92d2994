"""Vector search with Chroma; the only place that knows it.

Chroma is a cache that the catalog can rebuild: it rewrites its HNSW file in place, so a folder is written aside by one
process and never touched again once it is in use. Vectors are always ours; Chroma's own embedding function would
download a model.

Its approximate search does not give the same hits in every process: what was written last is put into the graph anew
whenever a folder is opened. A small collection is therefore compared vector by vector, which is exact and quicker.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from vectorstore.base import Vectors
from vectorstore.errors import IndexDamaged
from vectorstore.faults import fault
from vectorstore.records import Hit, Passage
from vectorstore.small_products import one_thread

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

_COLLECTION = "chunks"
_SLACK = 16  # looked at beyond k, so that ties at the end are broken by chunk id
_EXACT = 4000  # vectors compared one by one at most: a few megabytes, a fraction of a millisecond
_BATCH = 2000  # Chroma refuses more than about 5400


class ChromaIndex:
    """Cosine similarity over the passages' vectors; a query is one vector."""

    def __init__(self, folder: Path, create: bool = True) -> None:
        """Open the index in ``folder``; ``create``: or make an empty one. Raises ``IndexDamaged``."""
        self.folder = folder
        self._added: dict[str, NDArray[np.float32]] = {}
        self._removed: set[str] = set()
        self._lock = Lock()
        self._client, self._collection = _open(folder, create)
        self._all: tuple[list[str], Vectors] | None = None
        self._small: bool | None = None

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Index one vector per passage."""
        if len(passages) != len(vectors):
            raise ValueError(f"{len(passages)} passages but {len(vectors)} vectors")
        for passage, vector in zip(passages, vectors, strict=True):
            self._added[passage.chunk_id] = vector
            self._removed.discard(passage.chunk_id)

    def remove(self, chunk_ids: Iterable[str]) -> None:
        """Take chunks out of the index."""
        for chunk_id in chunk_ids:
            self._added.pop(chunk_id, None)
            self._removed.add(chunk_id)

    def commit(self) -> None:
        """Write what was added and removed; Chroma shows it at once, which is why it waits until here."""
        removed = sorted(self._removed)
        added = list(self._added)
        with self._lock, _reporting(self.folder):
            for start in range(0, len(removed), _BATCH):
                self._collection.delete(ids=removed[start : start + _BATCH])
            for start in range(0, len(added), _BATCH):
                batch = added[start : start + _BATCH]
                self._collection.upsert(ids=batch, embeddings=np.stack([self._added[key] for key in batch]))
                fault("vectors-half-indexed")
        self._all = self._small = None
        self._added.clear()
        self._removed.clear()

    def search(self, query: NDArray[np.float32], k: int) -> list[Hit]:
        """Find the nearest chunks; the score is the cosine. A zero vector is near to nothing."""
        if k < 1 or not np.any(query):
            return []
        if self.small():
            return self._search_exactly(query, k)
        with self._lock, _reporting(self.folder):
            found = self._collection.query(
                query_embeddings=query.reshape(1, -1).astype(np.float32), n_results=k + _SLACK, include=["distances"]
            )
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        hits = [Hit(chunk_id, 1.0 - float(distance)) for chunk_id, distance in zip(ids, distances, strict=True)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[:k]

    def search_among(self, query: NDArray[np.float32], k: int, chunk_ids: Container[str]) -> list[Hit]:
        """Find the nearest of these chunks, every one compared; for a :meth:`small` index."""
        if k < 1 or not np.any(query):
            return []
        return self._search_exactly(query, k, chunk_ids)

    def small(self) -> bool:
        """Whether vectors are compared one by one; Chroma is asked once after each change."""
        if self._small is None:
            with self._lock, _reporting(self.folder):
                self._small = bool(self._collection.count() <= _EXACT)
        return self._small

    def _search_exactly(self, query: NDArray[np.float32], k: int, among: Container[str] | None = None) -> list[Hit]:
        """Compare the query with every vector of the collection, read once, or with those of some chunks."""
        if self._all is None:
            held = self.vectors(sorted(self.ids()))
            chunk_ids = sorted(chunk_id for chunk_id, vector in held.items() if np.any(vector))
            if not chunk_ids:
                return []
            rows = np.stack([held[chunk_id] for chunk_id in chunk_ids])
            self._all = chunk_ids, rows / np.linalg.norm(rows, axis=1, keepdims=True)
        chunk_ids, rows = self._all
        if among is not None:
            places = [place for place, chunk_id in enumerate(chunk_ids) if chunk_id in among]
            chunk_ids, rows = [chunk_ids[place] for place in places], rows[places]
        with one_thread():
            scores = rows @ (query / np.linalg.norm(query))
        order = np.argsort(-scores, kind="stable")[:k]  # ties keep the order of ids
        return [Hit(chunk_ids[row], score) for row, score in zip(order.tolist(), scores[order].tolist(), strict=True)]

    def ids(self) -> set[str]:
        """Return the ids of all chunks in the index."""
        with self._lock, _reporting(self.folder):
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that the index really holds; chunks that have an id but no vector are left out."""
        held: dict[str, NDArray[np.float32]] = {}
        with self._lock, _reporting(self.folder):
            for start in range(0, len(chunk_ids), _BATCH):
                batch = list(chunk_ids[start : start + _BATCH])
                found = self._collection.get(ids=batch, include=["embeddings"])
                vectors = found["embeddings"]
                if vectors is not None:
                    held.update(zip(found["ids"], np.asarray(vectors, dtype=np.float32), strict=False))
        return held

    def close(self) -> None:
        """Let go of the files; what was not committed is dropped."""
        self._added.clear()
        self._removed.clear()
        self._client.close()


def _open(folder: Path, create: bool) -> tuple[Client, Collection]:
    import chromadb
    from chromadb.config import Settings

    if not create and not (folder / "chroma.sqlite3").is_file():
        raise _damaged(folder, "no chroma.sqlite3")
    folder.mkdir(parents=True, exist_ok=True)
    hnsw: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 128, "ef_search": 200, "max_neighbors": 16}
    with _reporting(folder):
        settings = Settings(anonymized_telemetry=False)
        client = cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
        if create:
            # No embedding function, not even by default: it would download a model.
            return client, client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": hnsw}
            )
        return client, client.get_collection(_COLLECTION, embedding_function=None)


@contextmanager
def _reporting(folder: Path) -> Iterator[None]:
    """Tell what Chroma raises in our words.

    It has errors of its own and lets those of Rust and SQLite through; once a folder could not be opened, every later
    try in the same process stumbles over the half-made client (``AttributeError``).
    """
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError, AttributeError) as error:
        raise _damaged(folder, str(error)) from error


def _damaged(folder: Path, detail: str) -> IndexDamaged:
    return IndexDamaged(
        f"Chỉ mục vectơ trong {folder} không đọc được.",
        remedy="Chạy `tdkt doctor --rebuild` để dựng lại chỉ mục từ kho; tài liệu đã nạp vẫn còn nguyên.",
        detail=f"chroma: {detail}",
    )
