"""A figure the question gives to the wrong thing: "chỉ tiêu 99% hộ có nhà" where 99% is of something else.

Both are told: whose figure it is, and which figure the thing asked about has in the same document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.calculations.measures import Measure, measures, said
from assistant.answers.premises.stretches import stretches
from assistant.drafts import Draft, Statement
from assistant.reading.spans import span_of
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from prompts import say
from vectorstore.lexical import tokens

READ = 25
"""Passages in which either figure may stand."""
SURE = 0.4
"""Share of the question, its figure left out, that the sentence with the right figure must hold;"""
APART = 0.2
"""its stretch must hold this much more than any stretch with the question's figure."""
BESIDE = 0.45
"""It holds this share of the question at least."""
_TELLING = re.compile(r"%|[.,]\d")
_WHOSE = re.compile(
    r"\b(?:la|cua|ve|cho) (?:ty le|chi tieu|con so|so lieu|muc|so|cai|noi dung|linh vuc|viec) ?(?:gi|nao)\b|\bla gi\b|"
    r"\bso voi\b|\bhon kem\b|\bchenh\b|\bhay la\b|\bhay\b.*\bhon\b|\bkhop\b|\bkhac nhau\b"
)


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Set the pairing right, ``None`` unless the documents give the figure to another thing and the thing another."""
    understood = query.understood
    if understood.inherited or _WHOSE.search(understood.folded):
        return None
    figures = measures(understood.text)
    if len(figures) != 1 or not _TELLING.search(understood.text[figures[0].start : figures[0].end]):
        return None
    asked = figures[0]
    skip = frozenset(tokens(understood.text[asked.start : asked.end]))
    found = list(stretches(query, evidence[:READ], library, skip))
    theirs = [one for one in found if one.figure.number == asked.number]
    if not theirs or not all(_unit_fits(asked, one.figure) for one in theirs):
        return None
    years = frozenset(str(year) for year in understood.years)
    known = max(one.held if one.years and years and not one.years & years else one.known for one in theirs)
    whose = max(theirs, key=lambda one: (one.held, -one.rank))
    documents = {one.unit.chunk.document_id for one in theirs}
    others = [
        one
        for one in found
        if one.unit.chunk.document_id in documents
        and one.figure.number != asked.number
        and one.figure.kind in (whose.figure.kind, asked.kind)
        and one.held >= max(BESIDE, known + APART)
        and not (one.years and years and not one.years & years)
        and said(query, one.unit.sentence_text, tuple(skip)) >= SURE
    ]
    right = max(others, key=lambda one: (one.held, -one.rank), default=None)
    if right is None:
        return None
    whose = next(one for one in theirs if one.unit.chunk.document_id == right.unit.chunk.document_id)
    text = say(
        "answers",
        "pairing",
        asked=whose.figure.shown,
        owner=whose.text,
        statement=right.text,
    )
    spans = tuple(dict.fromkeys((span_of(right.unit), span_of(whose.unit))))
    return Draft("premise", (Statement(text, spans),))


def _unit_fits(asked: Measure, figure: Measure) -> bool:
    """Say whether the question's figure can be the document's: a share stays a share."""
    return (asked.kind == "%") == (figure.kind == "%")
