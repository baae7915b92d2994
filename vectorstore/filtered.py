"""Searching some documents only. The vector index knows no documents: what it finds is sifted, or all of it compared.

What is looked up on the way is kept: questions name the same few documents again and again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vectorstore.base import Vectors
from vectorstore.catalog import Catalog
from vectorstore.generation import Generation
from vectorstore.passages import digest, embedded_text
from vectorstore.records import Hit
from vectorstore.small_products import one_thread

EXACT = 2000
"""Up to so many chunks left by a filter are compared one by one; it is faster than searching wide, and exact."""
_WIDER = 4
_SELECTIONS = 8
"""Selections of documents whose vectors are kept in memory, a few megabytes each."""
_OWNERS = 200_000
"""Chunks whose document is kept in memory."""


class Filtered:
    """Searches of one store among admitted documents, by their ids."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._owners: dict[str, str] = {}
        self._selected: OrderedDict[tuple[int, frozenset[str]], tuple[list[str], Vectors]] = OrderedDict()
        self._lock = Lock()

    def wide(self, search: Callable[[int], list[Hit]], k: int, admitted: frozenset[str], chunks: int) -> list[Hit]:
        """Search without the filter, wider and wider, until enough of what is found passes it; of ``chunks`` chunks."""
        wide = k * _WIDER
        while True:
            hits = search(wide)
            owners = self._owners_of([hit.chunk_id for hit in hits])
            passed = [hit for hit in hits if owners.get(hit.chunk_id) in admitted]
            if len(passed) >= k or len(hits) < wide or wide >= chunks:
                return passed[:k]
            wide *= _WIDER

    def nearest(
        self, generation: Generation, query: NDArray[np.float32], k: int, admitted: frozenset[str]
    ) -> list[Hit]:
        """Find the nearest chunks of a generation to a vector, each compared where there are few."""
        chunk_ids = self._catalog.chunk_ids(admitted)
        if generation.chroma.small():
            return generation.chroma.search_among(query, k, chunk_ids)
        if len(chunk_ids) <= EXACT:
            return self._exactly(generation, query, k, admitted, chunk_ids)
        return self.wide(lambda wide: generation.chroma.search(query, wide), k, admitted, generation.manifest.chunks)

    def _owners_of(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        """Map chunks to their documents, which never changes: a chunk's id is made of its document's."""
        if len(self._owners) > _OWNERS:
            self._owners = {}
        known = self._owners
        unknown = [chunk_id for chunk_id in chunk_ids if chunk_id not in known]
        if unknown:
            known.update(self._catalog.owners(unknown))
        return known

    def _exactly(
        self,
        generation: Generation,
        query: NDArray[np.float32],
        k: int,
        admitted: frozenset[str],
        chunk_ids: set[str],
    ) -> list[Hit]:
        key = generation.number, admitted
        with self._lock:
            held = self._selected.get(key)
        if held is None:
            held = self._vectors_of(generation.manifest.embedder, sorted(chunk_ids))
            with self._lock:
                self._selected[key] = held
                while len(self._selected) > _SELECTIONS:
                    self._selected.popitem(last=False)
        known, rows = held
        if not known or not np.any(query):
            return []
        with one_thread():
            scores = rows @ query
        order = np.argsort(-scores, kind="stable")[: max(k, 0)]
        return [Hit(known[index], float(scores[index])) for index in order]

    def _vectors_of(self, embedder: str, chunk_ids: list[str]) -> tuple[list[str], Vectors]:
        """Read the vectors of chunks from the catalog; those without one are left out."""
        digests = {chunk.id: digest(embedded_text(chunk)) for chunk in self._catalog.chunks(chunk_ids)}
        vectors = self._catalog.vectors.read(embedder, list(set(digests.values())))
        known = [chunk_id for chunk_id in chunk_ids if digests.get(chunk_id) in vectors]
        rows = np.stack([vectors[digests[chunk_id]] for chunk_id in known]) if known else np.zeros((0, 0), np.float32)
        return known, rows
