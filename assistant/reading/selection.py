"""Choose units: every unit of the best passages gets a score, and the parts of it are kept for ``--explain``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.reading import about_paper
from assistant.reading.planted import planted
from assistant.reading.unit_features import Seen, asked_words, see
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import floor, presence
from assistant.retrieval.units import Unit
from vectorstore.lexical import tokens

READ = 14
"""Passages whose units compete."""
NEW = 0.09
"""Share of the question a further clause must add to be told."""
NAMED = 0.3
"""What it adds to a clause that it has what a follow-up names."""
NEWS = 0.4
"""What the share of the question that a further unit adds counts beside its score."""
SCALE = 13.0
"""Log odds by which a unit may fall behind the best one before its score is 0; ratios of scores are set by it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit with its score and what made it: 1 for the best of a question, the others by how far they fall behind.

    ``odds`` is the learned sum before that, comparable between questions; ``checks`` are filled by
    :func:`assistant.reading.constraints.settle` for the best few.
    """

    unit: Unit
    score: float
    covered: float
    own: float
    pairs: float
    fit: float
    leading: float
    passage: float
    odds: float = 0.0
    checks: tuple[float, ...] = ()

    def parts(self) -> dict[str, object]:
        """For ``--explain``."""
        numbers = {"score": self.score, "covered": self.covered, "own": self.own, "pairs": self.pairs, "fit": self.fit}
        return {"text": self.unit.text[:160], "kind": self.unit.kind} | {k: round(v, 3) for k, v in numbers.items()}


def choose(query: Query, evidence: Sequence[Evidence], library: Library, read: int = READ) -> list[Choice]:
    """Score the units of the first ``read`` passages, best first.

    Lines that command the answerer are no choice, nor what a paper says of itself where that is not asked.
    """
    found = [one for one in candidates(query, evidence, library, read) if not planted(one[0], library)]
    if not about_paper.asked(query.understood):
        found = [one for one in found if one[0].chunk.kind == "row" or not about_paper.of_itself(one[0].sentence_text)]
    model = library.models.unit
    sums = [model.score(seen.values) for _, seen in found]
    most = max(sums, default=0.0)
    choices = [
        Choice(
            unit,
            1 + (total - most) / SCALE,
            seen.covered,
            seen.own,
            seen.pairs,
            seen.fit,
            seen.leading,
            seen.passage,
            total,
        )
        for (unit, seen), total in zip(found, sums, strict=True)
    ]
    return in_order(choices)


def rescored(choices: Sequence[Choice]) -> list[Choice]:
    """Give choices whose odds changed their score again: 1 for the best, the others by how far they fall behind."""
    most = max((choice.odds for choice in choices), default=0.0)
    return [replace(choice, score=1 + (choice.odds - most) / SCALE) for choice in choices]


def in_order(choices: Iterable[Choice]) -> list[Choice]:
    """Return the best choice first, those of one score as the documents have them."""
    return sorted(choices, key=lambda choice: (-choice.score, choice.unit.chunk.id, choice.unit.start, choice.unit.end))


def candidates(
    query: Query, evidence: Sequence[Evidence], library: Library, read: int = READ
) -> list[tuple[Unit, Seen]]:
    """Return the units of the first ``read`` passages with their features, in reading order of the passages."""
    top = evidence[:read]
    best = max((one.score for one in top), default=1.0) or 1.0
    passages = [library.passage(one.chunk) for one in top]
    library.learn(sorted({word for passage in passages for unit in passage.units for word in unit.syllables}))
    asked = asked_words(query)
    return [
        (unit, see(query, unit, one, best, base, asked, library))
        for one, passage in zip(top, passages, strict=True)
        for base in (floor(query, passage.path, library.profile(one.chunk.document_id).title_joined),)
        for unit in passage.units
    ]


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
    pool = [(one, _presences(query, one)) for one in clauses_of(choices, choice)]
    if not pool:
        return [choice]
    kept: list[Choice] = []
    held = [0.0] * len(query.concepts)
    named = frozenset(tokens(query.understood.named))
    while pool and len(kept) < limit:
        gains = [_gain(query, said, held) for _, said in pool]
        place = max(
            range(len(pool)),
            key=lambda one: (
                gains[one]
                + 0.15 * pool[one][0].leading
                + (NAMED if named and not kept and named <= pool[one][0].unit.set else 0.0),
                -pool[one][0].unit.start,
            ),
        )
        if kept and gains[place] < NEW:
            break
        best, said = pool.pop(place)
        kept.append(best)
        held = list(map(max, held, said))
    return sorted(kept, key=lambda one: one.unit.start)


def complementary(query: Query, choices: Sequence[Choice], limit: int) -> list[Choice]:
    """Take the best choice, then again and again the one that adds most: by score and by what was not yet said."""
    kept: list[Choice] = []
    held = [0.0] * len(query.concepts)
    pool = [(one, _presences(query, one)) for one in distinct(choices, 24, overlap=0.85)]
    while pool and len(kept) < limit:
        gains = [_gain(query, said, held) if kept else 0.0 for _, said in pool]
        place = max(range(len(pool)), key=lambda one: (pool[one][0].score + NEWS * gains[one], -one))
        best, said = pool.pop(place)
        kept.append(best)
        held = list(map(max, held, said))
        pool = [pair for pair in pool if not _same(pair[0].unit, pair[0].unit.set, best.unit, 0.75)]
    return kept


def adds(query: Query, told: Sequence[Choice], choice: Choice) -> float:
    """Share of the question's weight that a choice says and none of those already told."""
    held = [0.0] * len(query.concepts)
    for one in told:
        held = list(map(max, held, _presences(query, one)))
    return _gain(query, _presences(query, choice), held)


def _presences(query: Query, choice: Choice) -> list[float]:
    unit = choice.unit
    return [presence(concept, unit.set, unit.joined, unit.accented) for concept in query.concepts]


def _gain(query: Query, said: Sequence[float], held: Sequence[float]) -> float:
    """Share of the question's weight that a choice says and the earlier ones do not."""
    return sum(c.weight * (b - a) for c, a, b in zip(query.concepts, held, said, strict=True) if b > a) / query.total


def distinct(choices: Iterable[Choice], limit: int, overlap: float = 0.7) -> list[Choice]:
    """Keep the first ``limit`` choices that neither share text with an earlier one nor repeat its words."""
    kept: list[Choice] = []
    for choice in choices:
        words = choice.unit.set
        if words and not any(_same(choice.unit, words, other.unit, overlap) for other in kept):
            kept.append(choice)
            if len(kept) == limit:
                break
    return kept


def _same(unit: Unit, words: Collection[str], other: Unit, overlap: float) -> bool:
    if unit.chunk.document_id == other.chunk.document_id and unit.start < other.end and other.start < unit.end:
        return True
    if unit.chunk.document_id != other.chunk.document_id and unit.numbers != other.numbers:
        return False  # two papers that say the same with other figures: the reader must see both
    theirs = other.set
    return len(theirs.intersection(words)) / max(1, min(len(words), len(theirs))) > overlap
