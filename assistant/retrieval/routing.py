"""Which documents the question points to: a soft prior, so that a wrong guess never hides the answer."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant import lexicon
from assistant.retrieval.bodies import Said
from assistant.retrieval.library import Library
from assistant.retrieval.naming import PAPERS, Numbers, drafts_joined, kind_fit, named_kinds
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Concept, Query
from assistant.retrieval.registers import AGAINST, asks_rule, has_rules, of_results
from ingest.clean import fold

_POINTS = re.compile(rf"(?:theo|trong|cua|o|tai)\s+(?:cac\s+|ban\s+|hai\s+)?({PAPERS}|bc|kh)\b")
SURE = 0.5
"""A document is taken to be meant from this prior on, when it also leads clearly."""
LEAD = 0.15
OF_THE_BODY = 0.25
"""What it says of a paper that it is of the office named, as much as of the province."""
THE_YEAR = 0.4
"""What the year asked for says of papers of which there is one a year."""
NAMING = 0.4
"""What words that name the document count for finding the answer inside it."""


def focus(query: Query, library: Library) -> Query:
    """Add the prior of every document; words that only name the one meant then count less."""
    prior = priors(query, library) if "routing" not in library.without else {}
    query = replace(query, prior=prior)
    document = meant(query)
    profile = library.profile(document) if document else None
    if profile is None or not (named_kinds(query.understood.folded) or Numbers(query).of(profile)):
        return query
    title, number = profile.title, fold(profile.meta.number)
    concepts = tuple(
        replace(one, weight=one.weight * NAMING)
        if one.text in title or _names(one, title) or number.startswith(f"{one.text}/")
        else one
        for one in query.concepts
    )
    return replace(query, concepts=concepts)


def _names(concept: Concept, title: frozenset[str]) -> bool:
    return any(strength >= 1.0 and title.issuperset(key.split()) for key, strength in concept.alternatives)


def meant(query: Query) -> str:
    """Return the id of the document clearly meant, or nothing."""
    if len(query.prior) < 2:
        return ""
    first, second = (query.prior[one] for one in query.leading)
    return query.leading[0] if first >= SURE and first - second >= LEAD else ""


def priors(query: Query, library: Library) -> dict[str, float]:
    """Return a number from -1 to 1 for every document id; 0 for all when the question names none."""
    profiles = list(library.profiles.values())
    if len(profiles) < 2:
        return {profile.id: 0.0 for profile in profiles}
    understood = query.understood
    folded = f"{fold(understood.inherited)} {understood.folded}"
    cues = drafts_joined(folded, named_kinds(folded))
    points = bool(_POINTS.search(folded))
    titles, provinces = _titles(query, library), Provinces(set(understood.places) | _short_places(query))
    bodies = named_bodies(query, library)
    kinds = {kind: kind_fit(cues, *kind) for kind in {(one.kind, one.meta.draft) for one in profiles}} if cues else {}
    years = set(understood.years) | set(understood.period or ())
    numbers = Numbers(query)
    titled, fitting, dated = 0.8 if cues else 0.4, 0.6 if points else 0.4, 0.3 if cues else 0.15
    rule = not cues and asks_rule(understood) and has_rules(library)
    scores = {}
    for profile in profiles:
        score = titles.get(profile.id, 0.0) * titled
        if kinds:
            score += kinds[profile.kind, profile.meta.draft] * fitting
        if years:
            score += _years(query, years, profile) * dated
        if provinces:
            score += provinces.of(profile)
        if bodies and not cues and not profile.bodies.isdisjoint(bodies):
            score += OF_THE_BODY
        if years:
            score += _of_series(query, profile, library)
        if numbers:
            score += numbers.of(profile)
        if rule and of_results(profile):
            score -= AGAINST
        scores[profile.id] = score
    best, worst = max(scores.values()), min(scores.values())
    if best - worst < 0.05:
        return dict.fromkeys(scores, 0.0)
    within = worst >= -1.0 and best <= 1.0
    return scores if within else {document: max(-1.0, min(1.0, score)) for document, score in scores.items()}


def _titles(query: Query, library: Library) -> dict[str, float]:
    """Return by document, where it is not 0, the share of its title's own telling words that the question repeats."""
    asked = {concept.text for concept in query.concepts}
    for concept in query.concepts:
        asked.update(part for key, strength in concept.alternatives if strength >= 0.8 for part in key.split())
    titles = library.titles
    held: dict[str, float] = {}
    for token in sorted(asked & titles.holding.keys()):
        for document, weight in titles.holding[token]:
            held[document] = held.get(document, 0.0) + weight
    return {document: own / (own + 0.5 * titles.most[document]) for document, own in held.items()}


def _years(query: Query, wanted: Collection[int], profile: Profile) -> float:
    period = query.understood.period
    if period and profile.meta.period == period:
        return 1.5
    return 1.0 if not profile.years.isdisjoint(wanted) else 0.0


class Provinces:
    """How well documents fit the provinces a question names; each province is weighed once a question."""

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self._weights: dict[str, float] = {}

    def __bool__(self) -> bool:
        """Whether any province is named."""
        return bool(self._named)

    def of(self, profile: Profile) -> float:
        """Weigh the province: a document about another than those named is unlikely; districts are not known here."""
        if not self or not profile.province:
            return 0.0
        weight = self._weights.get(profile.province)
        if weight is None:
            weight = self._weights[profile.province] = self._weight(profile.province)
        return weight

    def _weight(self, province: str) -> float:
        if province in self._named:
            return 0.25
        provinces = lexicon.load().provinces
        own = _key(province)
        merged = {other.typed for old, other in provinces.items() if old.folded == own}
        keys = {_key(name) for name in self._named}
        return 0.1 if any(new.typed in merged for old, new in provinces.items() if old.folded in keys) else -0.5


def named_bodies(query: Query, library: Library) -> frozenset[str]:
    """Return the offices with papers in the store that a question names."""
    understood = query.understood
    said = Said(f"{understood.inherited} {understood.read}", accented=understood.accented)
    return frozenset(filter(said.names, library.bodies))


def _of_series(query: Query, profile: Profile, library: Library) -> float:
    """Weigh a yearly paper: that of the year asked for is likely, its sisters of other years are not."""
    asked, period = set(query.understood.years), profile.meta.period
    if not asked or not asked & set(library.series.get(profile.id, ())):
        return 0.0
    return THE_YEAR if period and period[0] in asked else -THE_YEAR


def yearly_papers(query: Query, library: Library) -> list[dict[int, Profile]]:
    """Return of every series of yearly papers those of the years asked for, where they are two or more."""
    asked = set(query.understood.years)
    every = {id(own): own for own in library.series.values()}
    found = [{year: own[year] for year in sorted(asked & set(own))} for own in every.values()]
    return [own for own in found if len(own) > 1]


def _short_places(query: Query) -> set[str]:
    names = lexicon.load().province_names
    found = set()
    for concept in query.concepts:
        for key, strength in concept.alternatives:
            name = names.get(tuple(key.split())) if strength >= 1.0 else None
            if name:
                found.add(name)
    return found


def _key(name: str) -> tuple[str, ...]:
    return tuple(fold(name).replace("-", " ").split())
