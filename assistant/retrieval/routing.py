"""Which documents the question points to: a soft prior, so that a wrong guess never hides the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from assistant import lexicon
from assistant.retrieval.bodies import Said
from assistant.retrieval.library import Library
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Concept, Query
from ingest.clean import fold

_PAPERS = (
    "bao cao chinh tri|bao cao|ke hoach|de cuong|du thao|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|luat|"
    "cong van|huong dan|ket luan|to trinh|thong bao|chuong trinh|de an|quy che"
)
# "kế hoạch nào", "kế hoạch số mấy" ask for a document; they do not name the one to look in.
_CUE = re.compile(rf"\b({_PAPERS}|bc|kh|dt)\b(?!\s+(?:so (?:nao|may|bao|hieu|bn|gi|ky)|nao|gi|may))(?!\s+\d+[/-])")
_POINTS = re.compile(rf"(?:theo|trong|cua|o|tai)\s+(?:cac\s+|ban\s+|hai\s+)?({_PAPERS}|bc|kh)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Targets of a year are those of its plan.
_NAMING = re.compile(rf"{_CUE.pattern}|\b(chi tieu)(?= (?:nam )?(?:19|20)\d\d\b)")
_SHORT = {"bc": "bao cao", "kh": "ke hoach", "dt": "du thao", "chi tieu": "ke hoach"}
_SHORT_KINDS = {
    "nd": "nghi dinh", "tt": "thong tu", "qd": "quyet dinh", "ct": "chi thi", "nq": "nghi quyet", "kh": "ke hoach",
    "bc": "bao cao", "kl": "ket luan", "cv": "cong van",
}  # fmt: skip
# "Nghị định 30/2020", "NĐ 30": officers leave out what comes after the figure or the year.
_NUMBERED = re.compile(
    rf"\b(?P<kind>{_PAPERS}|{'|'.join(_SHORT_KINDS)}) (?:so )?(?P<figure>\d{{1,4}})"
    r"(?:[/ ](?:nam )?(?P<year>(?:19|20)\d\d))?(?![\d%]|[.,]\d|/\d)"
)
_LETTER = "cong van"
_DRAFT = "du thao"
_DRAFT_OF = re.compile(rf"\bdu thao\s+(?:ban\s+|cac\s+|mot\s+)?({_PAPERS})\b")


def named_kinds(folded: str) -> tuple[str, ...]:
    """Kinds of document the question names ("theo báo cáo 10 năm" gives "bao cao"), in order."""
    return tuple(dict.fromkeys(_SHORT.get(match.group(1), match.group(1)) for match in _CUE.finditer(folded)))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name a paper: their places among its concepts and the documents they may mean."""

    words: frozenset[int]
    documents: tuple[str, ...]


def naming(query: Query, library: Library) -> list[Mention]:
    """Return every naming of a paper with the words after it that titles hold: "báo cáo 10 năm", "dự thảo 2025"."""
    texts = tuple(concept.text for concept in query.concepts)
    return library.kept("naming", texts, lambda: _naming(texts, library))


def _naming(texts: Sequence[str], library: Library) -> list[Mention]:
    starts = {end: place for place, end in enumerate(accumulate((len(one) + 1 for one in texts), initial=0))}
    found: list[Mention] = []
    end = cue_end = 0
    cues = [match for match in _NAMING.finditer(" ".join(texts)) if match.start() in starts]
    for number, match in enumerate(cues):
        first = starts[match.start()]
        after = first + len(match.group().split())
        if found and first == end and not texts[first - 1].isdigit() and end == cue_end:
            end = cue_end = after  # "dự thảo Báo cáo chính trị" names one paper.
            found[-1] = replace(found[-1], words=found[-1].words | frozenset(range(first, after)))
            continue
        until = starts[cues[number + 1].start()] if number + 1 < len(cues) else len(texts)
        cue = _SHORT.get(match.group(), match.group())
        years = {text for text in texts[after : min(until, after + 3)] if _YEAR.fullmatch(text)}
        scored = {
            profile.id: (len(years & set(map(str, profile.years))), _extent(texts[:until], after, profile))
            for profile in library.profiles.values()
            if _kind((cue,), profile.kind, profile.meta.draft)
        }
        cue_end = after
        while after < until and texts[after].isdigit():
            after += 1
        best = max(scored.values(), default=(0, after))
        end = max(after, best[1])
        meant = tuple(sorted(document for document, one in scored.items() if one == best))
        found.append(Mention(frozenset(range(first, end)), meant))
    return found


def _extent(texts: Sequence[str], after: int, profile: Profile) -> int:
    """Return the place behind the last word in a row that a title or its years hold; one other may stand between."""
    known = profile.title | {str(year) for year in profile.years}
    end = after
    for place in range(after, len(texts)):
        if texts[place] in known:
            end = place + 1
        elif place > end:
            break
    return end


GENERAL, SPECIAL = 0.75, 0.25
"""How well a kind fits that is named more generally, or more specially, than the document calls itself."""
SURE = 0.5
"""A document is taken to be meant from this prior on, when it also leads clearly."""
LEAD = 0.15
OF_THE_BODY = 0.25
"""What it says of a paper that it is of the office named, as much as of the province."""
THE_YEAR = 0.4
"""What the year asked for says of papers of which there is one a year."""
NUMBERED = 0.6
"""What it says of a paper that the question gives its kind with its figure but no year."""
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
    cues = _drafts_joined(folded, named_kinds(folded))
    points = bool(_POINTS.search(folded))
    titles, provinces = _titles(query, library), Provinces(set(understood.places) | _short_places(query))
    bodies = named_bodies(query, library)
    kinds = {kind: _kind(cues, *kind) for kind in {(one.kind, one.meta.draft) for one in profiles}} if cues else {}
    years = set(understood.years) | set(understood.period or ())
    numbers = Numbers(query)
    titled, fitting, dated = 0.8 if cues else 0.4, 0.6 if points else 0.4, 0.3 if cues else 0.15
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
        scores[profile.id] = score
    best, worst = max(scores.values()), min(scores.values())
    if best - worst < 0.05:
        return dict.fromkeys(scores, 0.0)
    within = worst >= -1.0 and best <= 1.0
    return scores if within else {document: max(-1.0, min(1.0, score)) for document, score in scores.items()}


def _drafts_joined(folded: str, cues: Sequence[str]) -> tuple[str, ...]:
    """Make one kind of "dự thảo" and the kind of paper right behind it, for a draft is what is meant."""
    of = dict.fromkeys(_DRAFT_OF.findall(folded))
    kept = [cue for cue in cues if cue not in of and not (of and cue == _DRAFT)]
    return (*kept, *(f"{_DRAFT} {kind}" for kind in of))


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


def _kind(cues: Sequence[str], kind: Sequence[str], draft: bool) -> float:
    """How well the best of the kinds named fits a document: "báo cáo" may mean a political report, not the reverse."""
    own = " ".join(kind)
    if not own:
        return 0.0
    return max((_fit(cue, own, draft=draft) for cue in cues), default=0.0)


def _fit(cue: str, own: str, *, draft: bool) -> float:
    if cue == _DRAFT:
        return float(draft)
    if cue.startswith(_DRAFT):
        if not draft:
            return 0.0
        cue = cue.removeprefix(_DRAFT).strip()
    if cue == own:
        return 1.0
    return GENERAL if own.startswith(cue) else SPECIAL if cue.startswith(own) else 0.0


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


class Numbers:
    """How well documents fit the numbers a question gives: whole, as far as the year, or the figure after its kind."""

    def __init__(self, query: Query) -> None:
        self._typed = frozenset(map(fold, query.understood.document_numbers))
        self._short = [
            (_SHORT_KINDS.get(match["kind"], match["kind"]), int(match["figure"]), match["year"])
            for match in _NUMBERED.finditer(query.understood.folded)
        ]

    def __bool__(self) -> bool:
        """Whether any number is given."""
        return bool(self._typed or self._short)

    def of(self, profile: Profile) -> float:
        """Weigh that the question gives the number of a paper."""
        if not self or not profile.meta.number[:1].isdigit():
            return 0.0
        number = fold(profile.meta.number)
        if number in self._typed:
            return 1.0
        own = " ".join(profile.kind)
        letter = "-" in number.partition("/")[2]  # a letter to an office is called so whatever it guides to
        weights = [
            1.0 if year else NUMBERED
            for kind, figure, year in self._short
            if (own.startswith(kind) or (letter and kind == _LETTER))
            and re.match(rf"0*{figure}{'/' + year if year else ''}(?!\d)", number)
        ]
        return max(weights, default=0.0)


def numbered(query: Query, library: Library) -> frozenset[str]:
    """Return the ids of the documents whose number the question gives."""
    numbers = Numbers(query)
    return frozenset(profile.id for profile in library.profiles.values() if numbers.of(profile))
