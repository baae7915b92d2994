"""A figure the documents do not have, where they give the thing another: "chỉ 27,5%" where 37,5% is told.

The figure told is of the same unit and year, beside the words the question has beside its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.calculations.measures import Measure, measures, said
from assistant.answers.premises.stretches import Stretch, ranks, stretches, years_named
from assistant.drafts import Draft, Statement
from assistant.reading.spans import span_of
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from ingest.clean import fold
from prompts import say
from vectorstore.lexical import tokens

READ = 20
"""Passages in which the figure may be told."""
BESIDE = 0.45
"""Share of the question, its figure left out, that the stretch with the other figure must hold,"""
SURE = 0.62
"""and its sentence with headings and title;"""
HEADED = 0.05
"""What it costs that only the heading, or the sentence before, says what a figure is of."""
CLEAR = 0.05
"""so much more than any stretch with a third figure."""
ALIKE = 0.6
"""Two papers that tell the thing in as many of the same words are both told."""
ROOM = 260


def answer(query: Query, claim: str, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Tell the right figure, ``None`` unless one figure claimed stands nowhere and just one other fits its place."""
    text = query.understood.text[: len(claim)]
    paper = meant(query) or ""
    for asked in (*measures(text), *ranks(text)):
        if _stated(asked, evidence):
            continue
        skip = frozenset(tokens(asked.printed))
        read = [one for one in evidence[:READ] if paper in ("", one.chunk.document_id)]
        cut = stretches(query, read, library, skip)
        found = [(_fit(query, one, skip), one) for one in cut if _in_place(query, asked, one, library)]
        if not found:
            continue
        held, best = max(found, key=lambda pair: (pair[0], -pair[1].rank))
        if held < BESIDE or _known(query, best, library, skip) < SURE:
            continue
        rivals = [one for fit, one in found if one.figure.number != best.figure.number and fit > held - CLEAR]
        also = [one for one in rivals if _alike(one, best)]
        if len(also) < len(rivals):
            continue
        told = [best, *also[:1]]
        typed = text[asked.start : asked.end]
        statement = "; ".join(_told(one) for one in told)
        said_so = say("answers", "premise", asked=typed, statement=statement)
        spans = tuple(dict.fromkeys(span_of(one.unit) for one in told))
        return Draft("premise", (Statement(said_so, spans),))
    return None


def _stated(asked: Measure, evidence: Sequence[Evidence]) -> bool:
    """Say whether a passage has the figure for something of the same kind: then it is no slip of a figure."""
    for one in evidence[:READ]:
        found = ranks(one.chunk.text) if asked.kind == "rank" else measures(one.chunk.text)
        if any(other.number == asked.number and (other.kind == asked.kind or not other.kind) for other in found):
            return True
    return False


def _in_place(query: Query, asked: Measure, one: Stretch, library: Library) -> bool:
    """Say whether a stretch has another figure of the same unit for no other year."""
    figure = one.figure
    if figure.kind != asked.kind or not figure.kind or figure.number == asked.number:
        return False
    if len(asked.unit.split()) > 1 and len(figure.unit.split()) > 1 and fold(asked.unit) != fold(figure.unit):
        return False
    years = frozenset(map(str, query.understood.years))
    named = one.years or years_named(one.unit.chunk.section)
    if years and not named:
        named = frozenset(map(str, library.profile(one.unit.chunk.document_id).years))
    return not (years and named and not years & named)


def _fit(query: Query, one: Stretch, skip: frozenset[str]) -> float:
    """Share of the question, the figure left out, that a stretch holds with the heading right above it."""
    heading = one.unit.chunk.path[-1] if one.unit.chunk.path else ""
    years = frozenset(map(str, query.understood.years))
    # "Chỉ số A năm 2022 xếp thứ 2, năm 2023 xếp thứ 4": the year tells, what it is of was said before.
    listed = one.known if years and one.years == years else 0.0
    return max(one.held, said(query, f"{one.text} {heading}", tuple(skip)) - HEADED, listed - HEADED)


def _known(query: Query, one: Stretch, library: Library, skip: frozenset[str]) -> float:
    """Share of the question that the whole sentence holds with its headings and its paper's title."""
    title = library.profile(one.unit.chunk.document_id).title_joined
    return said(query, f"{one.unit.sentence_text} {one.unit.chunk.section} {title}", tuple(skip))


def _alike(one: Stretch, best: Stretch) -> bool:
    """Say whether another paper tells the same thing with a figure of its own."""
    if one.unit.chunk.document_id == best.unit.chunk.document_id:
        return False
    words, others = (frozenset(word for word in tokens(each.text) if word.isalpha()) for each in (one, best))
    return len(words & others) >= ALIKE * min(len(words), len(others))


def _told(one: Stretch) -> str:
    """Say the sentence, of a long one the stretch."""
    sentence = plain(one.unit.sentence_text, note=one.unit.chunk.kind == "footnote")
    return sentence if len(sentence) <= ROOM else shorten(one.text, ROOM)
