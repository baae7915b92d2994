"""Which documents the question points to: a soft prior, so that a wrong guess never hides the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import log

from assistant import lexicon
from assistant.retrieval.library import Library, Profile
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
    texts = [concept.text for concept in query.concepts]
    starts = {sum(len(one) + 1 for one in texts[:place]): place for place in range(len(texts) + 1)}
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
            if _kind((cue,), profile)
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
BODY = 0.3
"""What it says of a paper that its issuer or subject is a body that the question names."""
THE_YEAR = 0.4
"""What the year asked for says of papers of which there is one a year."""
NAMING = 0.4
"""What words that name the document count for finding the answer inside it."""


def focus(query: Query, library: Library) -> Query:
    """Add the prior of every document; words that only name the one meant then count less."""
    prior = priors(query, library) if "routing" not in library.without else {}
    query = replace(query, prior=prior)
    document = meant(query)
    if not document or not named_kinds(query.understood.folded):
        return query
    title = library.profile(document).title
    concepts = tuple(
        replace(one, weight=one.weight * NAMING) if one.text in title or _names(one, title) else one
        for one in query.concepts
    )
    return replace(query, concepts=concepts)


def _names(concept: Concept, title: frozenset[str]) -> bool:
    return any(strength >= 1.0 and title.issuperset(key.split()) for key, strength in concept.alternatives)


def meant(query: Query) -> str:
    """Return the id of the document clearly meant, or nothing."""
    order = sorted(query.prior, key=lambda one: (-query.prior[one], one))
    if len(order) > 1 and query.prior[order[0]] >= SURE and query.prior[order[0]] - query.prior[order[1]] >= LEAD:
        return order[0]
    return ""


def priors(query: Query, library: Library) -> dict[str, float]:
    """Return a number from -1 to 1 for every document id; 0 for all when the question names none."""
    profiles = list(library.profiles.values())
    if len(profiles) < 2:
        return {profile.id: 0.0 for profile in profiles}
    understood = query.understood
    folded = f"{fold(understood.inherited)} {understood.folded}"
    cues = _drafts_joined(folded, named_kinds(folded))
    points = bool(_POINTS.search(folded))
    shared: dict[str, int] = {}
    for profile in profiles:
        for token in profile.title:
            shared[token] = shared.get(token, 0) + 1
    provinces = Provinces(set(understood.places) | _short_places(query))
    scores = {}
    for profile in profiles:
        scores[profile.id] = (
            _title(query, profile, shared, len(profiles)) * (0.8 if cues else 0.4)
            + _kind(cues, profile) * (0.6 if points else 0.4)
            + _years(query, profile) * (0.3 if cues else 0.15)
            + provinces.of(profile)
            + BODY * _of_body(query, profile)
            + _of_series(query, profile, library)
            + (1.0 if _number(query, profile) else 0.0)
        )
    best, worst = max(scores.values()), min(scores.values())
    if best - worst < 0.05:
        return dict.fromkeys(scores, 0.0)
    return {document: max(-1.0, min(1.0, score)) for document, score in scores.items()}


def _drafts_joined(folded: str, cues: Sequence[str]) -> tuple[str, ...]:
    """Make one kind of "dự thảo" and the kind of paper right behind it, for a draft is what is meant."""
    of = dict.fromkeys(_DRAFT_OF.findall(folded))
    kept = [cue for cue in cues if cue not in of and not (of and cue == _DRAFT)]
    return (*kept, *(f"{_DRAFT} {kind}" for kind in of))


def _title(query: Query, profile: Profile, shared: dict[str, int], documents: int) -> float:
    """Share of the title's own telling words that the question repeats."""
    words = lexicon.load().function_words
    weights = {
        token: log(1 + documents / shared[token])
        for token in profile.title
        if token not in words and shared[token] < documents
    }
    if not weights:
        return 0.0
    asked = {concept.text for concept in query.concepts}
    for concept in query.concepts:
        asked.update(part for key, strength in concept.alternatives if strength >= 0.8 for part in key.split())
    own = sum(weight for token, weight in weights.items() if token in asked)
    return own / (own + 0.5 * sum(sorted(weights.values(), reverse=True)[:6]))


def _kind(cues: Sequence[str], profile: Profile) -> float:
    """How well the best of the kinds named fits a document: "báo cáo" may mean a political report, not the reverse."""
    own = " ".join(profile.kind)
    if not own:
        return 0.0
    return max((_fit(cue, own, draft=profile.meta.draft) for cue in cues), default=0.0)


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


def _years(query: Query, profile: Profile) -> float:
    understood = query.understood
    wanted = set(understood.years) | set(understood.period or ())
    if not wanted:
        return 0.0
    if understood.period and profile.meta.period == understood.period:
        return 1.5
    return 1.0 if wanted & profile.years else 0.0


class Provinces:
    """How well documents fit the provinces a question names; each province is weighed once a question."""

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self._weights: dict[str, float] = {}

    def of(self, profile: Profile) -> float:
        """Weigh the province: a document about another than those named is unlikely; districts are not known here."""
        if not self._named or not profile.province:
            return 0.0
        weight = self._weights.get(profile.province)
        if weight is None:
            weight = self._weights[profile.province] = self._weight(profile.province)
        return weight

    def _weight(self, province: str) -> float:
        if province in self._named:
            return 0.25
        provinces = lexicon.load().provinces
        merged = {other.typed for old, other in provinces.items() if old.folded == _key(province)}
        keys = {_key(name) for name in self._named}
        return 0.1 if any(new.typed in merged for old, new in provinces.items() if old.folded in keys) else -0.5


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


_BODY_NAMED = re.compile(r"\b(?:so|ban|huyen|xa|phuong|thi tran|benh vien|truong|cum|khoi|trung tam) [a-z]\d?\b")


def _of_body(query: Query, profile: Profile) -> bool:
    """Say whether a paper is of or about a body that the question names: "ở Sở A", "của huyện B"."""
    named = [f" {match} " for match in _BODY_NAMED.findall(query.understood.folded)]
    return any(name in profile.title_joined for name in named)


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


def _number(query: Query, profile: Profile) -> bool:
    number = fold(profile.meta.number)
    return bool(number) and any(fold(typed) == number for typed in query.understood.document_numbers)
