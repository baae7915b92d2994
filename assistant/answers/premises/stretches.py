"""Sentences cut into stretches of one figure each, with how much of the question every stretch holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.calculations.measures import Measure, measures, said
from assistant.answers.calculations.surroundings import YEAR
from assistant.reading.wording import plain
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from ingest.clean import fold

# A bracket with a figure of its own is a stretch of its own, one with years only goes with its sentence.
_BREAK = re.compile(r"[;\n]\s*|,\s+(?!\d)|(?<=[^\d\s])\.\s+|\s*\((?=[^()]*\d)(?!(?:[^()\d]|(?:19|20)\d{2}(?!\d))*\))")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})(?!\d)")
_RANK = re.compile(r"\b(?:thu|vi tri(?: thu)?|hang(?: thu)?|top)\s+(\d{1,3})(?:/\d+)?\b(?!\s*(?:%|[.,]\d))")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a sentence with one figure, and how much of the question it holds without the figure.

    ``known`` is the same for all that its sentence says up to there: a list of figures names its subject once.
    """

    unit: Unit
    text: str
    figure: Measure
    held: float
    known: float
    rank: int

    @property
    def years(self) -> frozenset[str]:
        """Years it names, those within a period too."""
        return years_named(self.text)


def stretches(query: Query, evidence: Sequence[Evidence], library: Library, skip: frozenset[str]) -> Iterator[Stretch]:
    """Cut the sentences of the passages into stretches with exactly one figure, or one place in an order, each."""
    for rank, one in enumerate(evidence):
        seen: set[tuple[int, int]] = set()
        for unit in library.passage(one.chunk).units:
            if unit.kind in ("row", "heading") or unit.sentence in seen:
                continue
            seen.add(unit.sentence)
            sentence, end = plain(unit.sentence_text, note=unit.chunk.kind == "footnote"), 0
            for text in _BREAK.split(sentence):
                end = sentence.index(text, end) + len(text)
                found = [figure for kind in (measures(text), ranks(text)) if len(kind) == 1 for figure in kind]
                if found:
                    held, known = (said(query, part, tuple(skip)) for part in (text, sentence[:end]))
                    yield from (Stretch(unit, text, figure, held, known, rank) for figure in found)


def years_named(text: str) -> frozenset[str]:
    """Return the years of a text, all of "2021-2026".

    >>> sorted(years_named("giai đoạn 2021-2023, ước năm 2025"))
    ['2021', '2022', '2023', '2025']
    """
    spans = ((int(first), int(last)) for first, last in _PERIOD.findall(text))
    return frozenset(YEAR.findall(text)) | {str(year) for first, last in spans for year in range(first, last + 1)}


def ranks(text: str) -> list[Measure]:
    """Return the places in an order that a text names by a number: "xếp thứ 04/63"."""
    found = []
    for match in _RANK.finditer(fold(text)):
        number = Decimal(match.group(1))
        found.append(Measure(match.group(1), number, "", "rank", match.start(), match.end(1)))
    return found
