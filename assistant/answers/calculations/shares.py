"""Parts of a whole: per cent that no paper prints, from a total and the part of it that the question names.

"Huy chương vàng chiếm bao nhiêu phần trăm", where a sentence says 107 in all and 21 of gold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.amounts import amount, quotient
from assistant.answers.calculations.additions import named_by
from assistant.answers.calculations.breakdowns import Breakdown, Figure, breakdowns
from assistant.answers.calculations.measures import said
from assistant.answers.tables.asked import asks_share
from assistant.drafts import Draft, Span, Statement
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest.sentences import split
from prompts import say
from vectorstore.lexical import accented_tokens, tokens

READ = 25
"""Passages whose sentences may break a total down; a question for per cent ranks sentences with per cent first."""
SURE = 0.35
"""Share of the question that the sentence with its headings must hold."""
TOTAL = 0.5
"""Share of the words for the total that the question must say, unless it says its number."""
_ASKING = ("chiem", "phan", "tram", "bao", "nhieu", "ty", "le", "trong", "tong", "so")
ROOM = 300
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Broken:
    """A breakdown with the sentence it stands in and how much of the question that holds."""

    found: Breakdown
    text: str
    span: Span
    held: float


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Divide, ``None`` unless a share is asked for and one breakdown has the total and the one part named."""
    if not asks_share(query.understood.folded) or query.understood.asks("compare", "rank", "why"):
        return None
    best: tuple[float, Broken, Figure] | None = None
    for one in broken_down(query, evidence, library):
        part = _part(query, one.found)
        if part is None or "%" in one.text[part.start : part.start + 60].split(";")[0]:
            continue
        if best is None or one.held > best[0]:
            best = (one.held, one, part)
    return _shown(best[1], best[2]) if best else None


def broken_down(query: Query, evidence: Sequence[Evidence], library: Library) -> Iterator[Broken]:
    """Find the breakdowns whose total the question names, in sentences that hold enough of it."""
    for one in evidence[:READ]:
        if one.chunk.kind == "row":
            continue
        title = library.profile(one.chunk.document_id).title_joined
        for start, end in split(one.chunk.text):
            text = plain(one.chunk.text[start:end], note=one.chunk.kind == "footnote")
            if len(_FIGURE.findall(text)) < 2:
                continue  # no total with parts
            named = [found for found in breakdowns(text) if _names(query, found.total)]
            held = said(query, f"{text} {one.chunk.section} {title}", _ASKING) if named else 0.0
            if held >= SURE:
                span = Span(one.chunk, one.chunk.start + start, one.chunk.start + end)
                yield from (Broken(found, text, span, held) for found in named)


def _names(query: Query, total: Figure) -> bool:
    """Say whether the question gives the total's number or most words for what it counts."""
    if total.number in query.understood.numbers:
        return True
    noun = tokens(total.noun)[:4]
    asked = {word for one in query.concepts for word in (one.text, *_sure(one.alternatives))}
    return bool(noun) and sum(word in asked for word in noun) > TOTAL * len(noun)


def _sure(alternatives: Sequence[tuple[str, float]]) -> list[str]:
    return [word for phrase, strength in alternatives if strength >= 1.0 for word in phrase.split()]


def _part(query: Query, found: Breakdown) -> Figure | None:
    """Return the one part that the question names best, by words that no other part named as well has."""
    asked = {concept.text for concept in query.concepts if not concept.inherited}
    total = frozenset(tokens(found.total.noun))
    scored = [
        (len(held), one)
        for one in found.parts
        for held in [_spelled(query, one, named_by(query, one, found.parts, asked) - total)]
        if held
    ]
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _spelled(query: Query, one: Figure, held: frozenset[str]) -> frozenset[str]:
    """Keep the words that the part has with the accents of the question: "Bắc" names no "Bạc"."""
    accented = frozenset(accented_tokens(one.noun))
    spelled = {concept.text for concept in query.concepts if concept.spelled in ("", *accented)}
    return frozenset(word for word in held if word in spelled or word not in {c.text for c in query.concepts})


def _shown(one: Broken, part: Figure) -> Draft | None:
    value, whole = amount(part.number), amount(one.found.total.number)
    if value is None or not whole or value > whole:
        return None
    share, sign = quotient(value, whole, percent=True)
    total = one.found.total
    what = say(
        "answers",
        "share",
        part=f"{part.number} {part.noun}".strip(),
        share=share,
        whole=f"{total.number} {total.noun}".strip(),
    )
    text = say("answers", "worked", what=what, terms=f"{part.number} : {total.number}", sign=sign, result=share)
    source = Statement(shorten(one.text, ROOM), (one.span,))
    return Draft("fact", (Statement(text, (one.span,), computed=True), source))
