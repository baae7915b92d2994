"""Putting questions to a system and marking what it gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.marking import mark
from evals.metrics.retrieval import DEPTH
from evals.records import AnswerRow, Case, GoldQuestion, HitRow, Library, Marked, System

SHALLOW = 10
"""Passages asked for a perturbed question: recall@8 is all that is compared there."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a system gave for one question."""

    question: GoldQuestion
    answer: AnswerRow | None
    hits: tuple[HitRow, ...] | None


def execute(
    questions: Iterable[GoldQuestion], system: System, notify: Callable[[GoldQuestion], None] = lambda question: None
) -> list[Rows]:
    """Ask and search every question in order; answer times are taken here when the system gives none."""
    return [_one(question, system, notify) for question in questions]


def _one(question: GoldQuestion, system: System, notify: Callable[[GoldQuestion], None]) -> Rows:
    notify(question)
    began = time.perf_counter()
    answer = system.answer(question.question, question.history)
    elapsed = (time.perf_counter() - began) * 1000
    answer["id"] = question.id
    if answer.get("elapsed_ms") is None:
        answer["elapsed_ms"] = round(elapsed, 3)
    found = system.hits(question.question, question.history, SHALLOW if question.variant else DEPTH)
    return Rows(question, answer, tuple(found))


def mark_all(rows: Sequence[Rows], library: Library | None) -> list[Marked]:
    """Mark every row."""
    return [mark(Case(row.question, row.answer, row.hits, library)) for row in rows]


def originals(marked: Iterable[Marked]) -> list[Marked]:
    """Return the questions as gold words them."""
    return [row for row in marked if not row.question.variant]
