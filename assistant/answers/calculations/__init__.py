"""Answers that must be worked out: START WITH :func:`answer`.

Each way of calculating stands in its own file and returns ``None`` unless both the question's form and the figures
found fit. Operands are read in ``measures`` only, every calculation is shown and every operand cited.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.calculations import (
    backwards,
    changes,
    contests,
    means,
    ranks,
    shares,
    sums,
    superlatives,
)
from assistant.drafts import Draft
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Return the first calculation that fits the question and the sentences found, ``None`` when none does."""
    return (
        backwards.answer(query, choices)
        or shares.answer(query, evidence, library)
        or means.answer(query, choices)
        or sums.answer(query, evidence, choices, library)
        or ranks.answer(query, choices)
        or changes.answer(query, choices)
        or contests.answer(query, choices)
    )


def over_rows(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Return what two or more rows of a table say together, ``None`` unless the question sets rows against others."""
    return superlatives.answer(query, evidence, library)
