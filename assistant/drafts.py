"""What extraction hands to verifying and citing: statements, each with the spans it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.records import Chunk

Form = Literal["fact", "list", "table", "sides", "premise", "blank", "refusal"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: offsets of the cleaned text, within ``chunk``'s document."""

    chunk: Chunk
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer and what proves it. ``computed`` marks arithmetic shown over the cited cells."""

    text: str
    spans: tuple[Span, ...]
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verifying. ``support`` is the refusal score, from 0 (nothing) to 1 (stated outright)."""

    form: Form
    statements: tuple[Statement, ...]
    support: float = 0.0
    caution: bool = False
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)
