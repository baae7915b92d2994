"""Questions that a paper puts and answers itself ("Hỏi: … Đáp: …"): the reply is told, the question never."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Draft, Span, Statement
from assistant.reading.planted import lines
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.units import Unit
from ingest.records import Chunk

_ASKS = re.compile(r"^\W*(?:Câu(?: hỏi)?\s+\d+\W+)?(?:Hỏi|Câu hỏi)(?:\s+\d+)?\s*[:.]", re.I)
_REPLY = re.compile(r"(?:^|(?<=[\n.?!]))\s*((?:Đáp|Trả lời)(?:\s+\d+)?\s*:\s*)", re.I)
_NEXT = re.compile(r"(?:^|(?<=[\n.?!;]))\s*(?:Câu(?: hỏi)?\s+\d+\s*[:.]|(?:Hỏi|Câu hỏi)(?:\s+\d+)?\s*:)", re.I)
NEAR = 0.9
"""Share of the best score from which a question put in a paper is taken for the one asked."""
LOOKED = 4
ROOM = 700


def asks(unit: Unit) -> bool:
    """Say whether a unit is a question that its paper puts."""
    return _ASKS.match(unit.sentence_text) is not None


def answer(choices: Sequence[Choice], library: Library) -> Draft | None:
    """Tell a whole reply: the one the best unit is in, or that to the question most like the one asked."""
    whole = _around(choices[0].unit, library) if choices else None
    if whole is not None:
        return Draft("fact", (whole,))
    for choice in choices[:LOOKED]:
        if choice.score >= NEAR * choices[0].score and asks(choice.unit):
            found = _reply(choice.unit, library)
            if found is not None:
                return Draft("fact", (found,))
    return None


def _around(unit: Unit, library: Library) -> Statement | None:
    """Return the reply in which a unit stands, from "Đáp:" on."""
    at = unit.start - unit.chunk.start
    text = unit.chunk.text
    opening = next(reversed([one for one in _REPLY.finditer(text) if one.start(1) <= at + 1]), None)
    if opening is None or any(opening.end() < one.end() <= at for one in _NEXT.finditer(text)):
        return None
    return _told(unit.chunk, opening, library)


def _told(passage: Chunk, opening: re.Match[str], library: Library) -> Statement | None:
    text = passage.text
    end = next((one.start() for one in [_NEXT.search(text, opening.end())] if one), len(text))
    first, last = passage.start + opening.start(1), passage.start + end
    if any(start < last and first < stop for start, stop in lines(passage, library)):
        return None  # A reply that an order put there is nobody's.
    told = shorten(plain(text[opening.end() : end].strip()), ROOM)
    return Statement(told, (Span(passage, first, last),))


def _reply(unit: Unit, library: Library) -> Statement | None:
    """Return what stands behind "Đáp:" after the question, in its passage or the next, up to the next question."""
    chunk = unit.chunk
    beside = library.chunks_of(chunk.document_id)
    following = [one for one in beside if one.ordinal == chunk.ordinal + 1 and one.path == chunk.path]
    for passage, start in ((chunk, unit.sentence[1] - chunk.start), *((one, 0) for one in following)):
        opening = _REPLY.search(passage.text, start)
        another = _NEXT.search(passage.text, start)
        if another and (opening is None or another.start() < opening.start()):
            return None
        if opening:
            return _told(passage, opening, library)
    return None
