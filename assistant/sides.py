"""Questions that need several documents or places: the best statement of each, side by side, named and cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer_types import DATE, DOCUMENT_NUMBER, PERCENT
from assistant.drafts import Draft, Statement
from assistant.library import Library
from assistant.query import Query
from assistant.records import Evidence
from assistant.routing import named_kinds
from assistant.selection import Choice, choose, distinct, telling_clauses
from assistant.spans import span_of
from assistant.wording import short_title, shorten, shown
from prompts import say

_SEVERAL = re.compile(
    r"(?:cac|hai|ba|nhung|nhieu) (?:tai lieu|bao cao|van ban|ban)|thong nhat|mau thuan|khac nhau|\bkhop\b|so sanh"
)
CLOSE = 0.72
"""A side must score at least this share of the best one."""
ROOM = 1300


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer from each document the question brings in, ``None`` when it needs one only."""
    understood = query.understood
    several = bool(_SEVERAL.search(understood.folded))
    kinds = [kind for kind in named_kinds(understood.folded) if kind != "chi thi"]
    if not (several or len(understood.places) > 1 or len(kinds) > 1):
        return None
    if len(understood.places) > 1:
        own = {one.chunk.document_id for one in evidence if _about(library, one.chunk.document_id, understood.places)}
        evidence = [one for one in evidence if one.chunk.document_id in own] if len(own) > 1 else evidence
    by_document: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_document.setdefault(one.chunk.document_id, []).append(one)
    ranked = [
        [_clause(query, choices, choice) for choice in distinct(choices, 2, overlap=0.85)]
        for rows in by_document.values()
        for choices in [[c for c in choose(query, rows, library, read=8) if c.unit.kind != "row"]]
        if choices
    ]
    best = max((kept[0].covered + kept[0].pairs for kept in ranked), default=0.0)
    chosen = [kept for kept in ranked if kept[0].covered + kept[0].pairs >= CLOSE * best]
    if len(chosen) < 2:
        return None
    chosen.sort(key=lambda kept: -(kept[0].covered + kept[0].pairs))
    chosen = chosen[:3]
    head = _verdict(query, [kept[0] for kept in chosen])
    room = ROOM // len(chosen)
    statements = [Statement(head, ())] if head else []
    for kept in sorted(chosen, key=lambda kept: library.profile(kept[0].unit.chunk.document_id).file):
        profile = library.profile(kept[0].unit.chunk.document_id)
        title = short_title(profile.meta, profile.file)
        for number, choice in enumerate(kept[:2]):
            if number and choice.score < 0.85 * kept[0].score:
                continue
            told = shorten(shown(choice.unit), max(160, room - len(title)) // (1 + number))
            text = say("answers", "side", title=title, statement=told) if number == 0 else told
            statements.append(Statement(text, (span_of(choice.unit),)))
    return Draft("sides", tuple(statements))


def _clause(query: Query, choices: Sequence[Choice], choice: Choice) -> Choice:
    """Return the one clause that says most, so that sides are compared by their own values."""
    return telling_clauses(query, choices, choice, limit=1)[0]


def _about(library: Library, document_id: str, places: Sequence[str]) -> bool:
    return library.profile(document_id).province in places


def _verdict(query: Query, choices: Sequence[Choice]) -> str:
    """Say whether the sides agree, where that was asked and each side holds exactly comparable values."""
    if not query.understood.asks("consistency"):
        return ""
    pattern = DOCUMENT_NUMBER if query.understood.asks("document") else PERCENT
    sides = [{match.replace(" ", "") for match in pattern.findall(choice.unit.text)} for choice in choices]
    dates = [set(DATE.findall(choice.unit.text)) for choice in choices]
    if not all(sides):
        return ""
    if set.intersection(*sides):
        return say("answers", "agree")
    if pattern is PERCENT or set.intersection(*dates):
        return say("answers", "disagree")
    return ""
