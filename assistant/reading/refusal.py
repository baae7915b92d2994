"""One score decides: answer, answer with caution, or refuse.

It asks whether the best units, with what stands around them, hold the question's telling words, its names, its place
and year, and the kind of thing asked for. The score is a chance, learned from the project's own questions (see
``learned``); the names and years that are missing are told to the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lexicon
from assistant.drafts import Span
from assistant.question.awards import awards
from assistant.question.question_types import NUMERIC
from assistant.reading import constraints
from assistant.reading.lacks import lack
from assistant.reading.selection import Choice
from assistant.reading.unit_features import TYPED
from assistant.reading.wording import shown
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from assistant.words import join, joined
from ingest.syllables import is_syllable
from vectorstore.lexical import tokens

LOOKED = 4
"""Units that are looked at."""
REFUSE = 0.48
"""Below this support nothing is claimed."""
_TITLES = frozenset(["chi", "anh", "ong", "ba", "em", "co", "bac", "chu"])
_BODIES = frozenset(["bo", "so", "ban", "huyen", "tinh", "xa", "hoi", "cong"])
"""First words of bodies and places, whose names count only as a whole: "Bộ Nội vụ" is not "Sở Nội vụ"."""
ACUTE = "\u0301"
"""Without it "bac" is no syllable, with it "bác" is."""
LOST = 0.95
"""A table cell is another's when this share of the question's rarest words is nowhere around it,"""
HALF = 0.5
"""and less than this share of the question stands by it."""
_AWARD_WORDS = ("huan chuong", "huy chuong", "giai thuong")
_PLACE_WORDS = ("huyen", "xa", "phuong", "thi tran", "thi xa", "thon")
"""Words before the name of a place below the province: its syllables, without accents, stand in any text."""
CAUTION = 0.7
"""Below this support the answer asks to be checked."""
MERGED_IN = 2025
"""Year in which provinces were merged and a name began to mean more than it did."""


@dataclass(frozen=True, slots=True)
class Support:
    """The score with its reasons; the names tell what the documents lack."""

    score: float
    covered: float
    fit: float
    missing_name: str = ""
    missing_year: str = ""
    lack: str = ""
    values: tuple[float, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing may be claimed."""
        return self.score < REFUSE


NAMES = (
    "covered",
    "own",
    "pairs",
    "odds",
    "typed_leading",
    "typed",
    "lost",
    "place",
    "name",
    "body",
    "year",
    "whole",
    "fused",
    "meaning",
    "unknown",
    "apart",
    "words",
    "inherited",
    *constraints.NAMES,
    "bare_pairs",
    "typed_local",
    "foreign",
)
"""Names of the features, in their order."""


def judge(query: Query, choices: Sequence[Choice], library: Library, evidence: Sequence[Evidence] = ()) -> Support:
    """Judge by the best few units: one may hold the value, its neighbour the name."""
    if not choices:
        return Support(0.0, 0.0, 0.0)
    found = [_look(query, choice, library) for choice in choices[:LOOKED]]
    # What one of the few holds is not missing; the reasons told are those of the best.
    place = found[0].place if all(one.place for one in found) else ""
    name = found[0].name if all(one.name or one.place for one in found) else ""
    year = found[0].year if all(one.year for one in found) else ""
    body = bool(name) and tokens(name)[0] in _BODIES
    typed = query.typed.kind in TYPED
    first = choices[:LOOKED]
    checks = dict(
        zip(constraints.NAMES, choices[0].checks or constraints.hold(query, choices[0].unit, library), strict=True)
    )
    values = (
        max(choice.covered for choice in first),
        max(choice.own for choice in first),
        max(choice.pairs for choice in first),
        choices[0].odds / 4,
        max(choice.leading for choice in first) if typed else 0.0,
        float(typed),
        min(one.lost for one in found),
        float(bool(place)),
        float(bool(name) and not body),
        float(body),
        float(bool(year)),
        max((one.parts.get("covered", 0.0) for one in evidence[:3]), default=0.0),
        max((one.parts.get("sentence", 0.0) for one in evidence[:3]), default=0.0),
        max((one.parts.get("meaning", 0.0) for one in evidence[:3]), default=0.0),
        _unknown(query, library),
        min(1.0, (choices[0].odds - choices[min(9, len(choices) - 1)].odds) / 4),
        min(1.0, len(query.concepts) / 30),
        float(bool(query.understood.inherited or query.understood.named)),
        *checks.values(),
        # Single syllables whose accents nobody knows stand in any text; only side by side do they say something.
        0.0 if query.understood.accented or query.understood.respelled else checks["pairs_lost"],
        checks["local"] if typed else 0.0,
        _foreign(query, library),
    )
    return Support(
        library.models.answer.chance(values),
        first[0].covered,
        first[0].fit,
        place or name,
        year,
        lack(query, checks),
        values,
    )


def forbids(query: Query, spans: Sequence[Span], library: Library) -> bool:
    """Whether no place that an answer rests on can be about what was asked: another level, group, place or name."""
    units = [library.passage(span.chunk).units for span in spans]
    return bool(spans) and all(found and _speaks_of_another(query, found[0], library) for found in units)


def strange(query: Query, spans: Sequence[Span], library: Library) -> bool:
    """Say whether no place that an answer rests on has the place or the person that the question names."""
    units = [found[0] for span in spans for found in [library.passage(span.chunk).units] if found]
    near = [(unit, _close(unit, library)) for unit in units]
    return bool(near) and all(
        _missing_place(query, unit, library, close) or _missing_name(query, close) for unit, close in near
    )


def _speaks_of_another(query: Query, unit: Unit, library: Library) -> bool:
    checks = dict(zip(constraints.NAMES, constraints.hold(query, unit, library), strict=True))
    if any(checks[name] >= 1.0 for name in ("award", "rank_other", "group", "detail")):
        return True
    near = _close(unit, library)
    asked = awards(query.words)
    if checks["member"] >= HALF or (asked and not asked.keys() & awards(near).keys()):
        return True
    if _missing_place(query, unit, library, near) or _missing_name(query, near):
        return True
    return checks["local"] < HALF and _lost(query, near) >= LOST


@dataclass(frozen=True, slots=True)
class _Look:
    """What one unit with its surroundings lacks."""

    place: str
    name: str
    year: str
    lost: float


def _look(query: Query, choice: Choice, library: Library) -> _Look:
    close = _close(choice.unit, library)
    return _Look(
        _missing_place(query, choice.unit, library, close),
        _missing_name(query, close),
        _missing_year(query, choice, library, _near(choice, library)),
        _lost(query, close),
    )


def _unknown(query: Query, library: Library) -> float:
    """Share of the question's weight in words that the documents do not know, nor another way to write them."""
    return (
        sum(
            concept.weight
            for concept in query.concepts
            if not concept.alternatives and not library.frequency(concept.text)
        )
        / query.total
    )


def _foreign(query: Query, library: Library) -> float:
    """Share of the question's words, up to a third, that are no Vietnamese syllable, no abbreviation, nowhere said."""
    words = [one for one in query.concepts if one.text.isalpha() and one.weight > 0 and not one.inherited]
    strange = [
        one
        for one in words
        if len(one.text) > 1
        and not library.frequency(one.text)
        and not is_syllable(one.text)
        and not is_syllable(one.text + ACUTE)
        and not any(strength >= 1.0 for _, strength in one.alternatives)
    ]
    return min(1.0, 3 * len(strange) / len(words)) if words else 0.0


def _near(choice: Choice, library: Library) -> str:
    """Return joined words of the passage, its headings, its lead-in and its document's title."""
    passage = library.passage(choice.unit.chunk)
    profile = library.profile(choice.unit.chunk.document_id)
    person = library.person(choice.unit.chunk.document_id)
    return f"{passage.joined}{passage.context}{passage.path}{profile.title_joined}{person}"


def _close(unit: Unit, library: Library) -> str:
    """Return joined words of the unit, its sentence, what stands before it, its headings and its document's title."""
    profile = library.profile(unit.chunk.document_id)
    passage = library.passage(unit.chunk)
    # A row is read with its header: "Tập thể: 120", not "120".
    said = joined(shown(unit)) if unit.kind == "row" else unit.sentence_joined
    person = library.person(unit.chunk.document_id)
    return f"{said}{unit.before}{passage.path}{passage.context}{profile.title_joined}{person}"


def _lost(query: Query, close: str) -> float:
    """Share of the question's three rarest words that is nowhere around the unit."""
    own = [concept for concept in query.concepts if concept.weight >= concept.rarity > 0 and not concept.inherited]
    rarest = sorted(own, key=lambda concept: -concept.rarity)[:3]
    words = frozenset(close.split())
    weight = sum(concept.rarity for concept in rarest)
    lost = sum(
        concept.rarity
        for concept in rarest
        if concept.text not in words and not any(s >= 0.7 and key in close for key, s in concept.alternatives)
    )
    return lost / weight if weight else 0.0


def _missing_place(query: Query, unit: Unit, library: Library, near: str) -> str:
    """Return a province in the question that is neither the document's own nor named around the unit."""
    own = library.profile(unit.chunk.document_id).province
    merged = {old: new for old, new in lexicon.load().provinces.items()}
    own_new = next((new.folded for old, new in merged.items() if own and old.folded == tuple(tokens(own))), None)
    missing = []
    for place in query.understood.places:
        key = tuple(tokens(place))
        new = next((new.folded for old, new in merged.items() if old.folded == key), None)
        if place == own or join(key) in near or (own_new is not None and key == own_new == new and _today(query)):
            continue
        missing.append(place)
    # A comparison names several: each side has its own document, so one that fits is enough here.
    return missing[0] if missing and len(missing) == len(query.understood.places) else ""


def _today(query: Query) -> bool:
    """Say whether a province's new name is meant: only for times after the provinces were merged."""
    understood = query.understood
    years = {*understood.years, *(understood.period or ())}
    return not years or min(years) >= MERGED_IN


def _missing_name(query: Query, near: str) -> str:
    """Return a proper name of the question of which the passage holds less than half."""
    asked = query.words
    for name in query.understood.names:
        parts = tokens(name)
        concepts = [concept for concept in query.concepts if concept.text in parts and not concept.inherited]
        telling = [concept for concept in concepts if concept.weight > 0]
        award = any(f" {word} {join(parts).strip()} " in asked for word in _AWARD_WORDS)
        if award or not telling:
            continue  # "Huân chương Hồ Chí Minh" is an award, held against the place as such.
        held = sum(concept.rarity for concept in telling if concept.said_in(near))
        whole = parts if parts[0] not in _TITLES else parts[1:]
        place = any(f" {word} {join(parts).strip()} " in asked for word in _PLACE_WORDS)
        said = join(whole) in near or _abbreviated(query, near)
        if held < 0.5 * sum(concept.rarity for concept in telling) or ((place or parts[0] in _BODIES) and not said):
            return name
    return ""


def _abbreviated(query: Query, near: str) -> bool:
    """Say whether another way to write a name stands near."""
    return any(
        strength >= 1.0 and key in near and len(key.split()) > 1
        for concept in query.concepts
        for key, strength in concept.alternatives
    )


def _missing_year(query: Query, choice: Choice, library: Library, near: str) -> str:
    """Return a single year asked for that neither the passage nor a one-year document states."""
    if query.understood.period or query.understood.kind not in NUMERIC:
        return ""
    profile = library.profile(choice.unit.chunk.document_id)
    missing = []
    named = {int(match.group(1)) for match in constraints.DOCUMENT_YEAR.finditer(query.understood.folded)}
    for year in query.understood.years:
        if year in named and (year in profile.years or len(query.understood.years) > len(named)):
            continue  # "theo Luật 2003" names a document, not the year of a figure
        period = profile.meta.period
        covered = year in profile.years and (period is None or period[0] == period[1] or year == period[1])
        if f" {year} " not in near and not covered:
            missing.append(str(year))
    # Two years ask for a change or for two documents: one that is there is enough to go on.
    return missing[0] if missing and len(missing) == len(query.understood.years) else ""
