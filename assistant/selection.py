"""Choose units: every unit of the best passages gets a score, and the parts of it are kept for ``--explain``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer_types import fits
from assistant.library import Library
from assistant.query import Query
from assistant.question_types import NUMERIC
from assistant.records import Evidence
from assistant.scoring import coverage, floor, neighbours, presence
from assistant.units import Unit
from ingest.clean import fold

READ = 14
"""Passages whose units compete."""
# "Thực hiện Công văn số …, Sở … báo cáo như sau:" repeats the title and states nothing.
_OPENING = re.compile(r"^\W*(?:Thực hiện|Căn cứ|Thi hành|Triển khai)\b.*(?:như sau|sau đây|sau)\W*$", re.S)
NEW = 0.09
"""Share of the question a further clause must add to be told."""
TYPED = NUMERIC | {"when", "document"}
"""Kinds whose answer has a visible form: a unit without it can hardly be the answer."""
COMFORTABLE = 32
"""Words a unit may have before it is held against it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit with its score and what made it."""

    unit: Unit
    score: float
    covered: float
    own: float
    pairs: float
    fit: float
    leading: float
    passage: float

    def parts(self) -> dict[str, object]:
        """For ``--explain``."""
        numbers = {"score": self.score, "covered": self.covered, "own": self.own, "pairs": self.pairs, "fit": self.fit}
        return {"text": self.unit.text[:160], "kind": self.unit.kind} | {k: round(v, 3) for k, v in numbers.items()}


def choose(query: Query, evidence: Sequence[Evidence], library: Library, read: int = READ) -> list[Choice]:
    """Score the units of the first ``read`` passages, best first."""
    top = evidence[:read]
    best = max((one.score for one in top), default=1.0) or 1.0
    choices = [
        _score(query, unit, one.score / best, base)
        for one in top
        for passage in (library.passage(one.chunk),)
        for base in (floor(query, passage.path, library.profile(one.chunk.document_id).title_joined),)
        for unit in passage.units
    ]
    return sorted(choices, key=lambda choice: (-choice.score, choice.unit.chunk.id, choice.unit.start, choice.unit.end))


def _score(query: Query, unit: Unit, passage: float, base: Sequence[float]) -> Choice:
    covered = coverage(query, unit.set, unit.joined, unit.accented, unit.around, unit.before, base)
    own = coverage(query, unit.set, unit.joined, unit.accented)
    pairs = neighbours(query, unit.joined)
    text = unit.chunk.context if unit.kind == "row" else unit.text
    fit = fits(query.understood, text)
    if unit.kind == "item" and query.understood.asks("list"):
        fit = max(fit, 0.75)
    typed = query.understood.kind in TYPED
    why = query.understood.kind in ("why", "definition")
    leading = fits(query.understood, text, query.understood.kinds[:1]) if typed or why else fit
    if query.understood.kind == "why" and "nguyen nhan" in fold(unit.chunk.section):
        leading = max(leading, 0.9)
    barren = 0.45 if typed and leading < 0.3 else 0.0
    roomy = query.understood.asks("list", "why", "how", "consistency", "permit")
    length = 0.0 if roomy else max(0, unit.words - COMFORTABLE) * 0.004
    short = 0.15 if unit.words < 4 and unit.chunk.kind != "row" else 0.0
    opening = _OPENING.search(unit.text) is not None and not query.understood.asks("document")
    heading = 0.3 if opening or (unit.text.rstrip().endswith(":") and not roomy) else 0.0
    heading += 0.25 if unit.kind == "row" else 0.0
    score = (
        0.7 * covered + 0.5 * own + 0.35 * pairs + 0.2 * fit + (0.4 if why or typed else 0.2) * leading + 0.6 * passage
    )
    edge = (
        0.25 if unit.chunk.kind in ("front", "back") and not query.understood.asks("who", "when", "document") else 0.0
    )
    score -= length + short + heading + barren + edge
    return Choice(unit, score, covered, own, pairs, fit, leading, passage)


def clauses_of(choices: Sequence[Choice], choice: Choice) -> list[Choice]:
    """Return the clauses of the sentence a choice stands in, in reading order; empty for a short sentence."""
    own = choice.unit
    found = [
        other
        for other in choices
        if other.unit.kind == "clause" and other.unit.sentence == own.sentence and other.unit.chunk.id == own.chunk.id
    ]
    return sorted(found, key=lambda other: other.unit.start)


def telling_clauses(query: Query, choices: Sequence[Choice], choice: Choice, limit: int = 3) -> list[Choice]:
    """Return the clauses that say of the question what their long sentence says, in reading order."""
    pool = clauses_of(choices, choice)
    if not pool:
        return [choice]
    kept: list[Choice] = []
    held = [0.0] * len(query.concepts)
    while pool and len(kept) < limit:
        best = max(pool, key=lambda one: (_gain(query, one, held) + 0.15 * one.leading, -one.unit.start))
        if kept and _gain(query, best, held) < NEW:
            break
        pool.remove(best)
        kept.append(best)
        held = [max(old, new) for old, new in zip(held, _presences(query, best), strict=True)]
    return sorted(kept, key=lambda one: one.unit.start)


def complementary(query: Query, choices: Sequence[Choice], limit: int) -> list[Choice]:
    """Take the best choice, then again and again the one that adds most: by score and by what was not yet said."""
    kept: list[Choice] = []
    held = [0.0] * len(query.concepts)
    pool = distinct(choices, 24, overlap=0.85)
    while pool and len(kept) < limit:
        gains = [_gain(query, choice, held) if kept else 0.0 for choice in pool]
        place = max(range(len(pool)), key=lambda one: (pool[one].score + 0.8 * gains[one], -one))
        best = pool.pop(place)
        kept.append(best)
        held = [max(old, new) for old, new in zip(held, _presences(query, best), strict=True)]
        pool = [choice for choice in pool if not _same(choice.unit, choice.unit.set, best.unit, 0.75)]
    return kept


def _presences(query: Query, choice: Choice) -> list[float]:
    unit = choice.unit
    return [presence(concept, unit.set, unit.joined, unit.accented) for concept in query.concepts]


def _gain(query: Query, choice: Choice, held: Sequence[float]) -> float:
    """Share of the question's weight that a choice says and the earlier ones do not."""
    new = _presences(query, choice)
    return sum(c.weight * max(0.0, b - a) for c, a, b in zip(query.concepts, held, new, strict=True)) / query.total


def distinct(choices: Iterable[Choice], limit: int, overlap: float = 0.7) -> list[Choice]:
    """Keep the first ``limit`` choices that neither share text with an earlier one nor repeat its words."""
    kept: list[Choice] = []
    for choice in choices:
        words = set(choice.unit.tokens)
        if words and not any(_same(choice.unit, words, other.unit, overlap) for other in kept):
            kept.append(choice)
            if len(kept) == limit:
                break
    return kept


def _same(unit: Unit, words: Collection[str], other: Unit, overlap: float) -> bool:
    if unit.chunk.document_id == other.chunk.document_id and unit.start < other.end and other.start < unit.end:
        return True
    theirs = set(other.tokens)
    return len(theirs.intersection(words)) / max(1, min(len(words), len(theirs))) > overlap
