"""The two seams of the store: who turns text into vectors, and who finds chunks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from vectorstore.records import Hit, Passage

Vectors = NDArray[np.float32]
Query = TypeVar("Query", contravariant=True)


@runtime_checkable
class Embedder(Protocol):
    """Text to unit vectors.

    ``name`` identifies model and version: vectors of different names are never mixed. ``encode_*`` take any number of
    texts (an empty list gives an array of shape ``(0, dimension)``) and return float32 of shape
    ``(len(texts), dimension)``, rows in the order of the texts and of length 1 (zero for a text without known tokens).
    """

    @property
    def name(self) -> str:
        """Model and version."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions."""


@runtime_checkable
class Index(Protocol[Query]):
    """A derived index over passages in one folder; the catalog can rebuild it at any time.

    ``search`` returns at most ``k`` hits, best first, ties by chunk id; an empty index gives an empty list. ``add``
    takes one vector per passage and replaces passages of the same chunk id. ``remove`` of an unknown id does nothing.
    ``ids`` is what ``doctor`` compares with the catalog. Nothing is visible to ``search`` before ``commit``.
    """

    folder: Path

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add or replace passages."""

    def remove(self, chunk_ids: Iterable[str]) -> None:
        """Take chunks out."""

    def commit(self) -> None:
        """Make all changes visible and durable."""

    def search(self, query: Query, k: int) -> list[Hit]:
        """Find the best chunks for a query."""

    def ids(self) -> set[str]:
        """Return the ids of all chunks held."""

    def close(self) -> None:
        """Let go of the files; what was not committed is dropped."""
