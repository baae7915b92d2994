"""What a question limits and asks for, held against the place its answer would come from.

A near miss has most of the question's words and lacks the one that matters: the award's level, the group, the year, the
thing counted. Each check gives from 0 (met, or nothing asked) to 1 (the place says another), for one unit with what
stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.question.answer_types import (
    BLANK,
    DATE,
    DOCUMENT_NUMBER,
    MONEY,
    MONTH,
    NUMBER,
    PERCENT,
    PERSON,
    RANK,
    ROLE,
    YEAR,
    undated,
)
from assistant.question.awards import GROUPS, awards, granted, mismatched, opening, ranks, sought
from assistant.question.details import details, members
from assistant.question.question_types import NUMERIC, Kind, asks_name
from assistant.reading.selection import Choice, in_order, rescored
from assistant.reading.unit_features import TYPED
from assistant.retrieval.library import Library
from assistant.retrieval.naming import named_kinds
from assistant.retrieval.query import Concept, Query
from assistant.retrieval.routing import meant
from assistant.retrieval.units import Unit
from assistant.words import joined
from ingest.clean import fold

DOCUMENT_YEAR = re.compile(
    r"\b(?:luat|nghi dinh|nghi quyet|thong tu|quyet dinh|chi thi|phap lenh|hien phap)\b[^,.;?]{0,40}?\b(\d{4})\b"
)
"""A year that names a document, over accent-free text."""
_YEARLY = re.compile(r"\b(?:tung nam|qua cac nam|theo tung nam|moi nam mot)\b")
WINDOW = 70
"""Characters to either side of a value within which the words that say what it is are looked for."""
DATED = 45
"""Characters after a document's number within which its date stands."""

_VALUES: dict[Kind, tuple[re.Pattern[str], ...]] = {
    "ratio": (PERCENT, BLANK),
    "money": (MONEY, NUMBER),
    "rank": (RANK,),
    "when": (DATE, MONTH, YEAR),
    "document": (DOCUMENT_NUMBER,),
    "how_many": (NUMBER,),
    "who": (ROLE,),
}


@dataclass(frozen=True)
class Place:
    """A unit with the words around it."""

    unit: Unit
    library: Library

    @cached_property
    def text(self) -> str:
        """The sentence; of a row its cells with their headers."""
        if self.unit.kind != "row":
            return self.unit.sentence_text
        return f"{self.unit.chunk.text} {' '.join(cell.header for cell in self.unit.chunk.cells)}"

    @cached_property
    def own(self) -> str:
        """Accent-free words of the sentence or row."""
        return joined(self.text) if self.unit.kind == "row" else self.unit.sentence_joined

    @cached_property
    def close(self) -> str:
        """Accent-free words also of what stands before and above."""
        passage = self.library.passage(self.unit.chunk)
        return f"{self.own}{self.unit.before}{passage.path}{passage.context}"

    @cached_property
    def grants(self) -> str:
        """Accent-free words that name the award given here, of the sentence, its lead-in or a heading."""
        if self.unit.kind == "row":
            return ""  # It names its award itself.
        above = (opening(joined(heading)) for heading in reversed(self.unit.chunk.path))
        return granted(self.own) or granted(self.unit.lead) or next(filter(None, above), "")

    @cached_property
    def titled(self) -> str:
        """Accent-free words also of the document's title."""
        return f"{self.close}{self.library.profile(self.unit.chunk.document_id).title_joined}"


PENALTIES = (2.0, 2.0, 1.0, 2.0, 0.8, 2.5, 1.5, 1.0, 0.8, -1.0)
"""What an unmet check takes from the log odds of a unit, in the order of :data:`NAMES`."""
CHECKED = 8
"""Best units that are checked; the others stay behind them."""
NAMES = ("award", "rank_other", "group", "time", "uncounted", "detail", "member", "paper", "pairs_lost", "local")
"""Names of the checks, in their order; ``local`` alone is a share held."""


def settle(query: Query, choices: Sequence[Choice], library: Library) -> list[Choice]:
    """Check the best units and put those that meet what the question limits before those that do not."""
    checked = []
    # A cause or a way need not repeat the question's words; a figure stands beside them.
    penalties = PENALTIES if query.understood.kind in TYPED else (*PENALTIES[:-2], 0.0, 0.0)
    for choice in choices[:CHECKED]:
        checks = hold(query, choice.unit, library)
        lost = sum(penalty * check for penalty, check in zip(penalties, checks, strict=True))
        checked.append(replace(choice, odds=choice.odds - lost, checks=checks))
    if not checked:
        return []
    checked = in_order(rescored(checked))
    last = checked[-1].score
    return checked + [choice if choice.score <= last else replace(choice, score=last) for choice in choices[CHECKED:]]


def hold(query: Query, unit: Unit, library: Library) -> tuple[float, ...]:
    """Return the checks of one unit in the order of :data:`NAMES`."""
    place = Place(unit, library)
    return (
        award(query, place),
        rank(query, place),
        group(query, place),
        time(query, place),
        uncounted(query, place),
        detail(query, place),
        member(query, place),
        paper(query, place),
        _pairs(query, place),
        _local(query, place),
    )


def award(query: Query, place: Place) -> float:
    """Say whether the place names the same kind of award at another level, and not the one asked for."""
    asked = awards(query.written_out)
    if asked and place.grants and not sought(query.words):
        return float(mismatched(awards(place.grants), asked))
    worst = 0.0
    for head, wanted in asked.items():
        wanted = wanted - {""}
        held = awards(place.own).get(head) or awards(place.close).get(head)
        if not wanted:
            continue
        if held is None:
            worst = max(worst, 0.4)
        elif not held & wanted:
            worst = max(worst, 0.3 if "" in held else 1.0)
    return worst


def rank(query: Query, place: Place) -> float:
    """Say whether the place names other ranks and not the one asked for."""
    asked = ranks(query.words)
    if not asked:
        return 0.0
    held = ranks(place.grants) or ranks(place.own) or ranks(place.close)
    if held & asked:
        return 0.0
    return 1.0 if held else 0.5


def group(query: Query, place: Place) -> float:
    """Say whether the place speaks of other groups (tập thể, cá nhân, hộ gia đình) and not of the one asked for."""
    asked = [name for name in GROUPS if f" {name} " in query.words]
    if len(asked) != 1 or f" {asked[0]} " in place.close:
        return 0.0
    return 1.0 if any(f" {name} " in place.own for name in GROUPS) else 0.4


def time(query: Query, place: Place) -> float:
    """Say how far the years asked for are from the place: 0 in the sentence, more above it, most where others stand."""
    understood = query.understood
    years = [str(year) for year in dict.fromkeys((*understood.years, *(understood.period or ())))]
    if understood.kind in NUMERIC and _YEARLY.search(understood.folded) and place.unit.kind != "row":
        return float(len(set(YEAR.findall(place.text))) < 2)
    if not years:
        return 0.0
    profile = place.library.profile(place.unit.chunk.document_id)
    # "theo luật 2003" names a document: nothing is missing where that document speaks.
    named = {match.group(1) for match in DOCUMENT_YEAR.finditer(understood.folded)}
    if named & set(map(str, profile.years)) or any(f" {year} " in place.titled for year in named):
        return 0.0
    if named:
        return 0.7 if DOCUMENT_YEAR.search(fold(place.text)) else 0.3
    missing = [year for year in years if f" {year} " not in place.own]
    if len(missing) < len(years):
        return 0.0
    others = any(year not in years for year in YEAR.findall(place.text))
    near = any(f" {year} " in place.close for year in missing) or profile.meta.period in [
        (y, y) for y in map(int, missing)
    ]
    titled = any(f" {year} " in place.titled for year in missing)
    return (0.1 if near else 0.4 if titled else 0.7) + (0.3 if others else 0.0)


def uncounted(query: Query, place: Place) -> float:
    """Say whether no number of the place stands beside what is counted."""
    counted = query.understood.counted
    if query.understood.kind != "how_many" or not counted or place.unit.kind == "row":
        return 0.0
    text = undated(place.text)
    folded = fold(text)
    near = far = False
    for match in NUMBER.finditer(text):
        if YEAR.fullmatch(match.group()):
            continue
        after = folded[match.end() : match.end() + 40]
        before = folded[max(0, match.start() - 60) : match.start()]
        near = near or re.search(rf"^\W*(?:\w+\W+){{0,2}}{re.escape(counted[0])}\b", after) is not None
        far = far or re.search(rf"\b{re.escape(counted[0])}\b", before) is not None
    return 0.0 if near else 0.4 if far else 1.0


def detail(query: Query, place: Place) -> float:
    """Say whether a detail is asked for (a person's name, a telephone, money) that the place does not speak of."""
    if asks_name(query.understood.folded, query.understood.read) and not PERSON.search(place.text):
        return 1.0
    if query.understood.kind == "when" and _undated(query, place):
        return 1.0
    asked = details(query.words)
    return float(any(not any(phrase in place.close for phrase in phrases) for phrases in asked))


def _undated(query: Query, place: Place) -> bool:
    """Say whether the place cites the document whose date is asked for without a date beside it."""
    for number in query.understood.document_numbers:
        found = [match.end() for match in re.finditer(re.escape(number), place.text, re.I)]
        if found and not any(DATE.search(place.text[end : end + DATED]) for end in found):
            return not any(DATE.search(re.split(r"[;.]\s", place.text[:end])[-1]) for end in found)
    return False


def member(query: Query, place: Place) -> float:
    """Share of the members named ("lĩnh vực môi trường", "huyện A") that the place does not speak of."""
    named = members(query.understood.text)
    lost = sum(not _speaks_of(pair, place) and not _by_other(_of(query, pair), place.titled) for pair in named)
    return lost / len(named) if named else 0.0


def _speaks_of(pair: str, place: Place) -> bool:
    """Say whether a place has two words side by side; a body known by a letter, whether its paper speaks of it at all.

    "Cụm thi đua D" is the cluster D.
    """
    if len(pair.split()[-1]) > 1 or pair in place.titled:
        return pair in place.titled
    kind, letter = pair.split()
    said = place.library.said(place.unit.chunk.document_id)
    return pair in said or re.search(rf" {kind} (?:\w+ ){{1,3}}{letter} ", place.titled) is not None


def _of(query: Query, words: str) -> list[Concept]:
    return [concept for concept in query.concepts if concept.text in words.split()]


def paper(query: Query, place: Place) -> float:
    """Say whether the question clearly means one paper and the place is in another."""
    if (
        query.understood.document_numbers
        or query.understood.asks("document")
        or len(named_kinds(query.understood.folded)) != 1
    ):
        return 0.0
    wanted = meant(query)
    return float(bool(wanted) and wanted != place.unit.chunk.document_id)


def _pairs(query: Query, place: Place) -> float:
    """Share of the question's neighbouring telling syllables that stand nowhere near side by side."""
    total = lost = 0.0
    for left, right in pairwise(query.concepts):
        if min(left.weight, right.weight) <= 0.5 or left.inherited or right.inherited:
            continue
        weight = min(left.rarity, right.rarity)
        total += weight
        if f" {left.text} {right.text} " not in place.titled and not _by_other((left, right), place.titled):
            lost += weight
    return lost / total if total else 0.0


def _by_other(concepts: Iterable[Concept], text: str) -> bool:
    return any(strength >= 0.7 and key in text for concept in concepts for key, strength in concept.alternatives)


def _local(query: Query, place: Place) -> float:
    """Share of the question's telling weight that stands beside a value of the kind asked for that it does not name."""
    understood = query.understood
    patterns = _VALUES.get(understood.kind, ())
    rows = [(one, one.weight * (0.4 if one.said_in(place.close) else 0.0)) for one in query.concepts if one.weight]
    if not patterns or place.unit.kind == "row":
        return _weight(rows, place.own) / query.total
    known = {*understood.numbers, *map(str, understood.years), *understood.document_numbers}
    best = 0.0
    for pattern in patterns:
        for match in pattern.finditer(place.text):
            if match.group() in known or (pattern is NUMBER and YEAR.fullmatch(match.group())):
                continue
            window = place.text[max(0, match.start() - WINDOW) : match.end() + WINDOW]
            best = max(best, _weight(rows, joined(window)) / query.total)
        if best:
            break
    return best


def _weight(rows: Iterable[tuple[Concept, float]], near: str) -> float:
    """Add the weights of the concepts said near; of the others what they count, given beside them, further off."""
    return sum(concept.weight if concept.said_in(near) else other for concept, other in rows)
