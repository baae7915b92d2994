"""Questions that take more than one search: a follow-up that leans on the answer before, and a question of parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.answers.extract import compose
from assistant.answers.several import Told
from assistant.question.parts import Mode, Part
from assistant.question.understand import understand
from assistant.reading.anew import anchors
from assistant.reading.named_paper import papers
from assistant.reading.selection import READ
from assistant.records import Evidence, History, Turn
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query, build
from assistant.retrieval.retrieve import retrieve
from assistant.retrieval.routing import focus

# A question that opens with its year puts all of its parts in it.
_SCOPE = re.compile(
    r"^\W*(?:trong |tính đến |đến )?(?:hết )?((?:năm|giai đoạn) (?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)\d{2})?)", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
BEFORE = 8
"""Passages among which the answer before is looked for."""


def anchored(
    query: Query, evidence: Sequence[Evidence], library: Library, allowed: Collection[str] | None
) -> tuple[Query, list[Evidence]]:
    """Find the passages the answer before came from; those not found again come last among the ones that are read.

    ``allowed`` names the documents the reader may see (``None``: all).
    """
    before = focus(build(understand(query.understood.inherited), library), library)
    found = anchors(query.understood.told, retrieve(before, library, BEFORE, allowed))
    known = {one.chunk.id for one in evidence}
    worst = evidence[-1].score if evidence else 0.0
    new = [Evidence(chunk, worst, READ, {}) for chunk in found if chunk.id not in known]
    place = max(0, READ - len(new))
    merged = [*evidence[:place], *new, *evidence[place:]]
    ranked = [replace(one, rank=rank) for rank, one in enumerate(merged, 1)]
    return replace(query, anchors=frozenset(chunk.id for chunk in found)), ranked


def apart(
    asked: Sequence[Part], mode: Mode, history: History, library: Library, allowed: frozenset[str] | None, hits: int
) -> Iterator[Told]:
    """Answer each part of a question by itself, when it is its turn; of two in one the second follows the first."""
    speller = library.speller(allowed)
    first: Told | None = None
    turns = tuple(history)
    scope = _SCOPE.match(asked[0].text) if asked and mode == "each" else None
    for part in asked:
        if scope and first and not _YEAR.search(part.text):
            part = replace(part, text=f"{part.text} {scope.group(1).lower()}")
        query = focus(build(understand(part.text, turns, speller), library), library)
        one = Told(part, query, *compose(query, retrieve(query, library, hits, allowed), library))
        if first is not None and mode == "each" and not part.closed:
            one = _at_home(one, first, library, hits)
        first = first or one
        yield one
        if mode == "each":
            turns = (*turns, Turn("user", part.text))


def _at_home(one: Told, first: Told, library: Library, hits: int) -> Told:
    """Answer a further part from the paper that answers the first, where it names no paper and that one answers it."""
    if not first.answered or papers(one.query, library):
        return one
    document = first.first.spans[0].chunk.document_id
    if one.answered and one.first.spans[0].chunk.document_id == document:
        return one
    again = Told(one.part, one.query, *compose(one.query, retrieve(one.query, library, hits, {document}), library))
    return again if again.answered else one
