"""What a follow-up asks anew: a unit that says it goes before one that only says again what was answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.question.understand import Understood
from assistant.reading.selection import Choice, in_order, rescored
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Concept, Query
from assistant.retrieval.units import Unit
from assistant.words import joined
from ingest.records import Chunk
from vectorstore.lexical import tokens

LACKS = 2.0
"""Log odds that a unit loses around which nothing says what the follow-up names;"""
AGAIN = 2.5
"""that one loses which gives the last answer's figure and nothing of what is asked anew;"""
NEAR = 0.7
"""and that one gains which stands in the passage of the last answer."""
PASSAGES = 2
"""Passages in which the last answer may stand."""
_OF_THEM = re.compile(r"\btrong (?:so )?(?:do|ay|nay|day)\b|\bso (?:do|ay|nay) (?:co|la|thi)\b")
_DIGITS = r"(?<![\d.,/]){}(?![\d/]|[.,]\d)"


def prefer(query: Query, choices: Sequence[Choice], library: Library) -> list[Choice]:
    """Order the units of a follow-up by what they say anew; those of any other question stay as they are."""
    understood = query.understood
    if not choices or not (understood.inherited or understood.named):
        return list(choices)
    own = _own(query)
    found = [replace(one, odds=one.odds + _change(query, one.unit, own, library)) for one in choices]
    return in_order(rescored(found))


def outside(query: Query, choices: Sequence[Choice]) -> bool:
    """Whether "bao nhiêu trong số đó" would be answered from elsewhere than that number, or by the number again."""
    understood = query.understood
    if not (understood.inherited and query.anchors and _OF_THEM.search(understood.folded)):
        return False
    if not choices or choices[0].unit.chunk.id not in query.anchors:
        return True
    return _again(understood, choices[0].unit, _own(query))


def _change(query: Query, unit: Unit, own: Sequence[Concept], library: Library) -> float:
    understood, change = query.understood, 0.0
    if understood.named and not _says(tokens(understood.named), own, _around(unit, library)):
        change -= LACKS
    if understood.inherited and _again(understood, unit, own):
        change -= AGAIN
    if unit.chunk.id in query.anchors:
        change += NEAR
    return change


def _own(query: Query) -> list[Concept]:
    """Return the telling words that the follow-up itself has, or that it names."""
    named = frozenset(tokens(query.understood.named))
    return [
        one
        for one in query.concepts
        if (one.text in named if named else not one.inherited and one.weight >= one.rarity > 0)
    ]


def _again(understood: Understood, unit: Unit, own: Sequence[Concept]) -> bool:
    told = understood.told
    if not told or not own or not any(re.search(_DIGITS.format(re.escape(one)), unit.text) for one in told):
        return False
    said = unit.sentence_joined
    return not any(one.said_in(said) for one in own)


def _says(named: Collection[str], own: Sequence[Concept], text: str) -> bool:
    """Say whether a joined text has all the words named, or another way to say them."""
    return all(f" {word} " in text for word in named) or (bool(own) and all(one.said_in(text) for one in own))


def _around(unit: Unit, library: Library) -> str:
    passage = library.passage(unit.chunk)
    said = unit.chunk.context if unit.kind == "row" else ""
    return f"{unit.sentence_joined}{joined(said)}{unit.before}{passage.path}{passage.context}"


def anchors(answered: Sequence[str], evidence: Sequence[Evidence]) -> list[Chunk]:
    """Return the passages the last answer came from: the best found for its question that hold one of its figures."""
    held = [
        one.chunk
        for one in evidence
        if any(re.search(_DIGITS.format(re.escape(figure)), one.chunk.text) for figure in answered)
    ]
    return held[:PASSAGES]
