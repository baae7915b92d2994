"""A day the question has slightly wrong: the same paper or event, two of day, month and year the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import DATE
from assistant.reading.selection import Choice, telling_clauses
from assistant.reading.wording import shorten, shown
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

READ = 8
SURE = 0.5
"""Share of the question, its date left out, that the sentence must hold."""
ROOM = 300
_PARTS = re.compile(r"\d+")


def answer(query: Query, claim: str, choices: Sequence[Choice]) -> Draft | None:
    """Tell the right day, ``None`` unless the day claimed stands nowhere and a sentence about it has one beside it."""
    text = query.understood.text[: len(claim)]
    for match in DATE.finditer(text):
        asked = days(match.group())
        if len(asked) != 1 or any(asked & days(choice.unit.sentence_text) for choice in choices):
            continue
        for choice in choices[:READ]:
            near = [day for day in days(choice.unit.sentence_text) if _beside(next(iter(asked)), day)]
            if choice.unit.kind != "row" and near and _held(query, choice, match.group()) >= SURE:
                return _shown(query, choices, choice, match.group())
    return None


def days(text: str) -> frozenset[tuple[int, ...]]:
    """Return the full dates of a text as (day, month, year); of "27, 28/8/2020" both.

    >>> sorted(days("ngày 05 tháng 3 năm 2020 và 27, 28/8/2020"))
    [(5, 3, 2020), (27, 8, 2020), (28, 8, 2020)]
    """
    found: set[tuple[int, ...]] = set()
    for match in DATE.finditer(text):
        numbers = [int(part) for part in _PARTS.findall(match.group())]
        if len(numbers) > 2:
            found.update((day, *numbers[-2:]) for day in numbers[:-2])
    return frozenset(found)


def _beside(asked: tuple[int, ...], told: tuple[int, ...]) -> bool:
    return sum(one == other for one, other in zip(asked, told, strict=True)) == len(asked) - 1


def _held(query: Query, choice: Choice, date: str) -> float:
    """Share of the question that the sentence holds, the words of the date left out."""
    words = set(re.findall(r"[a-z]+|\d+", fold(date))) | {fold(date)}
    rest = query.total - sum(concept.weight for concept in query.concepts if concept.text in words)
    return choice.covered * query.total / rest if rest > 0 else 0.0


def _shown(query: Query, choices: Sequence[Choice], choice: Choice, typed: str) -> Draft:
    told = telling_clauses(query, choices, choice, limit=1)[0]
    text = say("answers", "premise", asked=typed, statement=shorten(shown(told.unit), ROOM))
    return Draft("premise", (Statement(text, (Span(choice.unit.chunk, *choice.unit.sentence),)),))
