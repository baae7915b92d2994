"""What travels through the pipeline: what was asked, and what each step found out about it."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.drafts import Draft
from assistant.proof.verify import Finding
from assistant.question.understand import Understood
from assistant.reading.refusal import Support
from assistant.reading.selection import Choice
from assistant.records import Answer, Evidence, History
from assistant.retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller asked, with the day the answer is for and the reader's groups (``None``: the owner)."""

    question: str
    history: History = ()
    as_of: date | None = None
    groups: Collection[str] | None = None


@dataclass(frozen=True)
class State:
    """A question on its way; each step returns a copy with its own part filled in."""

    request: Request
    understood: Understood | None = None
    query: Query | None = None
    evidence: tuple[Evidence, ...] = ()
    draft: Draft | None = None
    support: Support | None = None
    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    began: float = field(default_factory=time.perf_counter)

    def given(self, **parts: Any) -> State:  # noqa: ANN401
        """Return a copy with these parts filled in."""
        return replace(self, **parts)
