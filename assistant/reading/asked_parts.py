"""Questions in several parts ("mấy huyện, mấy thị xã", "hôm nào, ở đâu"): what answers most of them leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant.question.answer_types import DATE, NUMBER
from assistant.reading.selection import Choice
from assistant.retrieval.query import Query
from ingest.clean import fold

LOOKED = 14
NEAR = 0.75
"""Share of the best score from which a unit may lead because it answers more parts."""
AHEAD = 0.01
_MANY = re.compile(r"\b(?:bao nhieu|may|bn) ((?:[a-z-]+ ?){1,2})")
_AND = re.compile(r"^[a-z]+ [a-z]+ (?:va|,) (?:bao nhieu |may )?([a-z]+ [a-z]+)")
_NOT_COUNTED = frozenset(["phan", "tram", "la", "lan", "gio", "tien", "muc", "thi", "duoc", "va", "so"])
_PLACE = re.compile(r"\b(?:tại|ở)\s+(?:[A-ZĐ]|hội trường|trụ sở|trung tâm|nhà)", re.I)


def best_first(query: Query, choices: Sequence[Choice]) -> list[Choice]:
    """Put the unit that answers most of the parts asked for first; the rest keep their order."""
    parts = _parts(query)
    if len(parts) < 2 or not choices:
        return list(choices)
    near = [one for one in choices[:LOOKED] if one.score >= NEAR * choices[0].score and one.unit.kind != "row"]
    answered = {id(one): sum(part(one.unit.text) for part in parts) for one in near}
    best = max(near, key=lambda one: (answered[id(one)], one.score), default=choices[0])
    if answered.get(id(best), 0) <= answered.get(id(choices[0]), 0):
        return list(choices)
    return [replace(best, score=choices[0].score + AHEAD), *(one for one in choices if one is not best)]


def _parts(query: Query) -> list[Callable[[str], bool]]:
    """Return one test for each part asked for."""
    folded = query.understood.folded
    nouns = []
    for match in _MANY.finditer(folded):
        words = match.group(1).split()
        if words and words[0] not in _NOT_COUNTED:
            nouns.append(" ".join(words))
        both = _AND.match(folded[match.start(1) :])
        if both:
            nouns.append(both.group(1))
    parts: list[Callable[[str], bool]] = [partial(_counts, noun) for noun in dict.fromkeys(nouns)]
    if query.understood.asks("when") and query.understood.asks("where"):
        parts += [lambda text: DATE.search(text) is not None, lambda text: _PLACE.search(text) is not None]
    return parts


def _counts(noun: str, text: str) -> bool:
    """Say whether a number stands right before an accent-free noun, or before its first syllable where it has two."""
    folded = fold(text)
    return any(
        re.match(
            rf"\s*{re.escape(noun)}\b|\s*{re.escape(noun.split()[0])}\b(?! [a-z]+ (?:nay|do)\b)", folded[match.end() :]
        )
        for match in NUMBER.finditer(text)
    )
