"""Answers that must be worked out: START WITH :func:`answer`.

Each way of calculating stands in its own file and returns ``None`` unless both the question's form and the figures
found fit. Operands are read in ``measures`` only, every calculation is shown and every operand cited.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.calculations import backwards, changes
from assistant.drafts import Draft
from assistant.query import Query
from assistant.selection import Choice


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Return the first calculation that fits the question and the sentences found, ``None`` when none does."""
    return backwards.answer(query, choices) or changes.answer(query, choices)
