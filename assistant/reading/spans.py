"""What is quoted for a unit."""

from __future__ import annotations

from assistant.drafts import Span
from assistant.retrieval.units import Unit

QUOTE_WORDS = 150
"""Longer sentences are quoted by the unit said, not whole."""


def span_of(unit: Unit) -> Span:
    """Return the whole sentence a unit was cut from, or the unit when the sentence is too long to quote."""
    start, end = unit.sentence if len(unit.sentence_text.split()) <= QUOTE_WORDS else (unit.start, unit.end)
    return Span(unit.chunk, start, end)
