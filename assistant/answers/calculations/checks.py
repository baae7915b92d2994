"""Does what is printed agree with itself: a total held against the parts that its own sentence gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.additions import EQUAL
from assistant.answers.calculations.shares import Broken, broken_down
from assistant.drafts import Draft, Statement
from assistant.reading.wording import shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from prompts import say

_ADDS = re.compile(r"\b(?:cong|gop|tong|tung loai|cac loai|thanh phan|cac phan)\b")
ROOM = 300


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Add the parts and say whether the total is theirs, ``None`` unless that is asked and a total has its parts."""
    folded = query.understood.folded
    if not query.understood.asks("consistency", "yes_no") or not (EQUAL.search(folded) and _ADDS.search(folded)):
        return None
    found = [one for one in broken_down(query, evidence, library) if len(one.found.parts) > 1]
    # A breakdown that adds up is surely one; words that introduce parts may introduce only some of them.
    best = max(found, key=lambda one: (one.found.total.number in query.understood.numbers, one.held), default=None)
    return _shown(best) if best is not None else None


def _shown(one: Broken) -> Draft:
    parts, total = one.found.parts, one.found.total
    computed = sum((amount(part.number) or Decimal(0) for part in parts), Decimal(0))
    terms = " + ".join(f"{part.number} ({part.noun})" for part in parts)
    name = "sum_agrees" if amount(total.number) == computed else "sum_differs"
    text = say("answers", name, terms=terms, total=printed(computed), stated=f"{total.number} {total.noun}")
    source = Statement(shorten(one.text, ROOM), (one.span,))
    return Draft("fact", (Statement(text, (one.span,), computed=True), source))
