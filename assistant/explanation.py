"""How an answer came about, for ``--explain``."""

from __future__ import annotations

from typing import Any

from assistant.question.understand import Understood
from assistant.state import State


def explain(state: State, understood: Understood) -> dict[str, Any]:
    """Return what ``--explain`` shows: the question as read, passages, units, the refusal score, findings."""
    data: dict[str, Any] = {"understood": understood.explain()}
    if state.query is not None:
        data["expansions"] = list(state.query.expansions)
        data["corrections"] = list(state.query.corrections)
    data["hits"] = [
        {"rank": one.rank, "score": one.score, "section": one.chunk.section, "text": one.chunk.text[:120], **one.parts}
        for one in state.evidence[:8]
    ]
    data["units"] = [choice.parts() for choice in state.choices]
    if state.support is not None and state.draft is not None:
        support = state.support
        data["support"] = {"score": round(support.score, 3), "covered": round(support.covered, 3), "fit": support.fit}
        data["support"] |= {"missing_name": support.missing_name, "missing_year": support.missing_year}
        data["form"] = state.draft.form
    data["findings"] = [{"problem": one.problem, "text": one.text} for one in state.findings]
    return data
