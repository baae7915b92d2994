"""What can be seen of a unit beside a question: the numbers by which units are chosen, each with a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log

from assistant.question.answer_types import DATE, fits, numbers
from assistant.question.question_types import NUMERIC
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import held, neighbours, presence
from assistant.retrieval.units import Unit
from ingest.clean import fold

# "Thực hiện Công văn số …, Sở … báo cáo như sau:" repeats the title and states nothing.
_OPENING = re.compile(r"^\W*(?:Thực hiện|Căn cứ|Thi hành|Triển khai)\b.*(?:như sau|sau đây|sau)\W*$", re.S)
TYPED = NUMERIC | {"when", "document"}
"""Kinds whose answer has a visible form: a unit without it can hardly be the answer."""
COMFORTABLE = 32
"""Words a unit may have before it is held against it."""

NAMES = (
    "covered",
    "own",
    "pairs",
    "precision",
    "rarest",
    "numbers",
    "fit",
    "leading",
    "typed_leading",
    "barren",
    "why_leading",
    "passage",
    "rank",
    "fused",
    "sentence",
    "prior",
    "exact",
    "top_passage",
    "new_number",
    "typed_number",
    "new_date",
    "length",
    "long",
    "roomy_long",
    "short",
    "opening",
    "colon",
    "list_colon",
    "row",
    "item",
    "list_item",
    "clause",
    "note",
    "edge",
    "alone",
)
"""Names of the features, in their order."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The features other steps need by name, and all of them in the order of :data:`NAMES`."""

    covered: float
    own: float
    pairs: float
    fit: float
    leading: float
    passage: float
    values: tuple[float, ...]


def see(
    query: Query, unit: Unit, one: Evidence, best: float, base: Sequence[float], asked: frozenset[str], library: Library
) -> Seen:
    """Work out the features of a unit of a passage whose best rival scores ``best``.

    ``base`` is what headings give each concept, ``asked`` what :func:`asked_words` returns.
    """
    understood = query.typed
    whole = held(query.telling, unit.set, unit.joined, unit.accented, unit.around, unit.before, base)
    covered, own = (weight / query.total for weight in whole)
    pairs = neighbours(query, unit.joined)
    text = unit.chunk.context if unit.kind == "row" else unit.text
    form = fit = fits(understood, text)
    if unit.kind == "item" and understood.asks("list"):
        fit = max(fit, 0.75)
    typed, why = understood.kind in TYPED, understood.kind in ("why", "definition")
    leading = fit
    if typed or why:
        leading = fits(understood, text, understood.kinds[:1]) if len(understood.kinds) > 1 else form
    if understood.kind == "why" and "nguyen nhan" in fold(unit.chunk.section):
        leading = max(leading, 0.9)
    roomy = understood.asks("list", "why", "how", "consistency", "permit")
    known = set(understood.numbers) | {str(year) for year in understood.years}
    fresh = not numbers(text) <= known
    long = max(0, unit.words - COMFORTABLE) / 40
    edge = unit.chunk.kind in ("front", "back") and not understood.asks("who", "when", "document")
    colon = unit.text.rstrip().endswith(":")
    passage = one.score / best
    parts = one.parts
    values = (
        covered,
        own,
        pairs,
        _precision(asked, unit, library),
        _rarest(query, unit),
        _numbers(query, unit),
        fit,
        leading,
        leading if typed else 0.0,
        float(typed and leading < 0.3),
        leading if why else 0.0,
        passage,
        1 / one.rank,
        parts.get("fused", 0.0),
        parts.get("sentence", 0.0),
        parts.get("prior", 0.0),
        parts.get("exact", 0.0),
        float(one.rank == 1),
        float(fresh),
        float(typed and fresh),
        float(understood.kind == "when" and DATE.search(text) is not None),
        log(1 + unit.words) / 4,
        long,
        long if roomy else 0.0,
        float(unit.words < 4 and unit.chunk.kind != "row"),
        float(_OPENING.search(unit.text) is not None and not understood.asks("document")),
        float(colon),
        float(colon and roomy),
        float(unit.kind == "row"),
        float(unit.kind == "item"),
        float(unit.kind == "item" and understood.asks("list")),
        float(unit.kind == "clause"),
        float(unit.kind == "note"),
        float(edge),
        float(unit.sentence == (unit.start, unit.end) and unit.chunk.text.strip() == unit.text.strip()),
    )
    return Seen(covered, own, pairs, fit, leading, passage, values)


def asked_words(query: Query) -> frozenset[str]:
    """Return every word the question holds or that stands for one it holds."""
    asked = {concept.text for concept in query.concepts}
    for concept in query.concepts:
        asked.update(part for key, strength in concept.alternatives if strength >= 0.7 for part in key.split())
    return frozenset(asked)


def _precision(asked: frozenset[str], unit: Unit, library: Library) -> float:
    """Share of the unit's own telling words that the question holds: a unit about it says little else."""
    # fsum: a set has no order, and the figures must not depend on it.
    rarity = library.rarities.__getitem__
    total = fsum(map(rarity, unit.syllables))
    return fsum(map(rarity, asked.intersection(unit.syllables))) / total if total else 0.0


def _rarest(query: Query, unit: Unit) -> float:
    """How well the unit itself holds the question's weightiest word."""
    top = max(query.concepts, key=lambda concept: concept.weight, default=None)
    return presence(top, unit.set, unit.joined, unit.accented) if top is not None and top.weight else 0.0


def _numbers(query: Query, unit: Unit) -> float:
    """Share of the numbers typed that the unit repeats; 0 when none was typed."""
    typed = [concept.text for concept in query.concepts if concept.text[:1].isdigit()]
    return sum(number in unit.set for number in typed) / len(typed) if typed else 0.0
