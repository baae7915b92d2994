"""Say in a few words what the nearest place lacks of a question, so that a refusal is of use."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.retrieval.query import Query
from prompts import say

_TOLD = ("detail", "member", "award", "rank_other", "group", "paper")
"""Checks that are told, the most telling first."""


def lack(query: Query, checks: Mapping[str, float]) -> str:
    """Return what the documents do not state for this question, empty when no check says so outright."""
    years = query.understood.years
    if len(years) == 1 and checks["time"] >= 0.7:
        return say("refusals", "lack_year", year=years[0])
    name = next((name for name in _TOLD if checks[name] >= 1.0), "")
    return say("refusals", f"lack_{name}") if name else ""
