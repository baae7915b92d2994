"""Choose units: every unit of the best passages gets a score, and the parts of it are kept for ``--explain``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer_types import fits
from assistant.library import Library
from assistant.query import Query
from assistant.records import Evidence
from assistant.scoring import coverage, floor, neighbours
from assistant.units import Unit

READ = 14
"""Passages whose units compete."""
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
    fit = fits(query.understood, unit.text)
    roomy = query.understood.asks("list", "why", "how", "consistency", "permit")
    length = 0.0 if roomy else max(0, unit.words - COMFORTABLE) * 0.004
    short = 0.15 if unit.words < 4 and unit.chunk.kind != "row" else 0.0
    heading = 0.12 if unit.text.rstrip().endswith(":") and not roomy else 0.0
    score = 0.7 * covered + 0.5 * own + 0.35 * pairs + 0.3 * fit + 0.45 * passage - length - short - heading
    return Choice(unit, score, covered, own, pairs, fit, passage)


def narrowed(choices: Sequence[Choice], choice: Choice, share: float = 0.8) -> Choice:
    """Return the clause that holds nearly all a long sentence holds of the question, else the choice itself."""
    clauses = [
        other
        for other in choices
        if other.unit.kind == "clause"
        and other.unit.sentence == choice.unit.sentence
        and other.unit.chunk.id == choice.unit.chunk.id
    ]
    best = max(clauses, key=lambda other: (other.own + other.pairs, -other.unit.start), default=choice)
    return best if best.own + best.pairs >= share * (choice.own + choice.pairs) else choice


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


def _same(unit: Unit, words: set[str], other: Unit, overlap: float) -> bool:
    if unit.chunk.document_id == other.chunk.document_id and unit.start < other.end and other.start < unit.end:
        return True
    theirs = set(other.tokens)
    return len(words & theirs) / min(len(words), len(theirs)) > overlap
