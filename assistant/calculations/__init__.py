"""Answers that must be worked out: START WITH :func:`answer`.

Each way of calculating stands in its own file and returns ``None`` unless both the question's form and the figures
found fit. Operands are read in ``measures`` only, every calculation is shown and every operand cited.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.calculations import backwards, changes, sums, superlatives
from assistant.drafts import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.records import Evidence
from assistant.selection import Choice


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Return the first calculation that fits the question and what was found, ``None`` when none does."""
    return (
        superlatives.answer(query, evidence, library)
        or backwards.answer(query, choices)
        or sums.answer(query, evidence, choices, library)
        or changes.answer(query, choices)
    )
