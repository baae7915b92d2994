"""What a search gives back. Scores go up with relevance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One chunk found by one index."""

    chunk_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Term:
    """One weighted term of a lexical query; ``field`` is one of ``lexical.FIELDS``."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found. ``None`` means no restriction."""

    document_ids: frozenset[str] | None = None
    groups: frozenset[str] | None = None
