"""So many a year on average: a count for a period of years, divided by how many years it spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answers.amounts import quotient
from assistant.answers.calculations.measures import UNITS, Measure, about, asked_unit, counts_in, measures, said
from assistant.answers.tables.asked import asks_yearly
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from ingest.clean import fold
from prompts import say

READ = 6
"""Choices whose sentences may state the count."""
SURE = 0.4
"""Share of the question the sentence must hold."""
BESIDE = 28
"""Characters before a figure that say what it counts."""
ROOM = 300
_ASKS = re.compile(r"\b(?:binh quan|trung binh|tinh ra|chia deu)\b")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-–]\s*| đến (?:hết )?(?:năm )?)((?:19|20)\d{2})(?!\d)")
# What is already so much a year, or a share, is no sum over the years.
_RATE = re.compile(r"\b(?:binh quan|trung binh|moi nam|hang nam|/nam)\b")
_WORDS = ("binh", "quan", "trung", "moi", "nam", "tinh", "ra", "bao", "nhieu", "may", "giai", "doan", "trong")


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Divide, ``None`` unless a yearly average is asked for that no sentence states and a count for a period is."""
    folded = query.understood.folded
    if not (_ASKS.search(folded) and asks_yearly(folded)):
        return None
    unit = asked_unit(query)
    for choice in choices[:READ]:
        if choice.unit.kind == "row" or choice.covered < SURE or not about(query, choice.unit, _WORDS):
            continue
        text = choice.unit.sentence_text
        if _RATE.search(fold(text)):
            return None
        period = _period(query, choice.unit)
        count = _count(query, text, unit)
        if period is not None and count is not None:
            return _shown(choice, count, period)
    return None


def _period(query: Query, unit: Unit) -> tuple[int, int] | None:
    """Return the years the count is for: those its sentence or headings name, and no others than were asked for."""
    for text in (unit.sentence_text, *reversed(unit.chunk.section.split(" > ")), unit.chunk.text, unit.chunk.context):
        found = _PERIOD.search(text)
        if found:
            period = int(found.group(1)), int(found.group(2))
            asked = query.understood.period
            return period if period[0] < period[1] and asked in (None, period) else None
    return None


def _count(query: Query, text: str, unit: str) -> Measure | None:
    """Return the figure that counts what is asked for and whose nearest words the question says most of."""
    found = [
        one for one in measures(text) if unit and counts_in(one, unit) and one.kind.split(" ")[0] not in UNITS - {"ha"}
    ]
    scored = [(said(query, _beside(text, one), _WORDS), one) for one in found]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _beside(text: str, one: Measure) -> str:
    """Return the words that say what a figure counts: those before it in its clause, and its unit."""
    before = re.split(r"[;,.]\s", text[max(0, one.start - BESIDE) : one.start])[-1]
    return f"{before} {text[one.start : one.end]}"


def _shown(choice: Choice, count: Measure, period: tuple[int, int]) -> Draft:
    years = period[1] - period[0] + 1
    mean, sign = quotient(count.number, Decimal(years))
    nearly = "khoảng " if count.about else ""
    told = f"{period[0]}-{period[1]}: {years} năm"
    what = say("answers", "mean", mean=f"{nearly}{mean}", unit=count.unit, period=told)
    text = say("answers", "worked", what=what, terms=f"{count.printed} : {years}", sign=sign, result=mean)
    span = Span(choice.unit.chunk, *choice.unit.sentence)
    note = choice.unit.chunk.kind == "footnote"
    source = Statement(shorten(plain(choice.unit.sentence_text, note=note), ROOM), (span,))
    return Draft("fact", (Statement(text, (span,), computed=True), source))
