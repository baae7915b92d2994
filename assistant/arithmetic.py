"""A sum over figures of one sentence: "21 vàng, 17 bạc" where the question asks for the two together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafts import Draft, Statement
from assistant.query import Query
from assistant.selection import Choice
from assistant.spans import span_of
from assistant.tables import amount, printed
from assistant.wording import plain, shorten, shown
from prompts import say
from vectorstore.lexical import tokens

_SUM = re.compile(r"\b(?:cong|gop|tinh chung|tong cua|ca hai)\b")
_COUNTED = re.compile(r"(?<![\w./,-])(\d+(?:\.\d{3})*)\s+([^\d,;:.()]{2,60})")
SURE = 0.45
"""Share of the question the sentence must hold."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as printed, and the words that tell it from its neighbours."""

    number: str
    noun: str
    telling: frozenset[str]


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Add the figures the question names, ``None`` unless it asks for a sum of at least two figures of a sentence."""
    if not _SUM.search(query.understood.folded):
        return None
    asked = {concept.text for concept in query.concepts if not concept.inherited}
    for choice in choices[:4]:
        if choice.covered < SURE or choice.unit.kind == "row":
            continue
        named = [one for one in figures(choice.unit.text) if one.telling and one.telling & asked]
        numbers = [value for one in named for value in [amount(one.number)] if value is not None]
        if len(numbers) > 1 and len(numbers) == len(named):
            total = printed(sum(numbers, Decimal(0)))
            terms = " + ".join(f"{one.number} {one.noun}" for one in named)
            text = say("answers", "calculation", what=total, terms=terms, total=total)
            source = Statement(shorten(shown(choice.unit), 300), (span_of(choice.unit),))
            return Draft("fact", (Statement(text, (span_of(choice.unit),), computed=True), source))
    return None


def figures(text: str) -> list[Figure]:
    """Read "number noun" pairs; a word that every noun has tells nothing."""
    pairs = [(number, plain(noun)) for number, noun in _COUNTED.findall(text)]
    words = [frozenset(tokens(noun)[:4]) for _, noun in pairs]
    shared = frozenset.intersection(*words[-2:]) if len(words) > 1 else frozenset()
    return [
        Figure(number, " ".join(noun.split()[:4]), own - shared)
        for (number, noun), own in zip(pairs, words, strict=True)
    ]
