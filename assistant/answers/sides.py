"""Questions that need several documents or places: the best statement of each, side by side, named and cited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import lexicon
from assistant.drafts import Draft, Statement
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER, PERCENT
from assistant.question.question_types import NUMERIC
from assistant.reading.selection import Choice, choose, telling_clauses
from assistant.reading.spans import span_of
from assistant.reading.unit_features import TYPED
from assistant.reading.wording import plain, short_title, shorten, shown
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.naming import naming
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Query
from assistant.retrieval.retrieve import retrieve
from assistant.retrieval.routing import yearly_papers
from prompts import say

_SEVERAL = re.compile(
    r"(?:cac|hai|ba|nhung|nhieu|moi) (?:tai lieu|bao cao|van ban|ban|noi)\b|thong nhat|mau thuan|khac nhau|"
    r"\bkhop\b|so sanh"
)
# Words that ask for the comparison and say nothing of what is compared.
_COMPARING = re.compile(
    r"\b(?:ghi|neu|khac nhau|thong nhat|mau thuan|khop|so sanh|so voi|cac tai lieu|trong tai lieu|con so|"
    r"xuat hien|moi noi|the nao|ra sao)\b"
)
YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?")
CLOSE = 0.72
"""A side must hold at least this share of what the best one holds,"""
NAMED = 0.42
"""so much where the question names its paper,"""
UNNAMED = 0.9
"""and so much where it names two others."""
YEARLY = 0.55
"""and so much where the papers are of one body, a year each."""
FADED = 0.15
"""What a word that names a paper, a place or the comparison counts for finding the statement inside a paper."""
AGAIN = 0.75
"""A paper is heard twice where its second statement is as much about it and gives another value."""
ABOUT = 0.3
"""What holding the question counts beside a statement's score, once it is known which papers are meant."""
FORM = 0.7
"""How well a statement must have the form of the value asked for."""
ALIKE = 0.5
"""What it counts that the statements of two years share their words."""
POOL = 4
"""Statements of a year that are held against those of another;"""
WORDS = 5
"""shorter ones are headings."""
READ = 12
LIMIT = 3
ROOM = 1300


@dataclass(frozen=True, slots=True)
class Side:
    """What one paper says: its statements, best first, how much of the question the first holds, and the next best."""

    profile: Profile
    choices: tuple[Choice, ...]
    named: bool
    pool: tuple[Choice, ...] = ()

    @property
    def held(self) -> float:
        """Coverage with neighbouring words, comparable between papers."""
        return _held(self.choices[0])


def _held(choice: Choice) -> float:
    return choice.covered + choice.pairs


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer from each document the question brings in, ``None`` when it needs one only."""
    understood = query.understood
    if understood.kind == "why":
        return None
    papers = [mention for mention in naming(query, library) if mention.documents]
    if not (several(query) or len(understood.places) > 1 or len({mention.documents for mention in papers}) > 1):
        return None
    # Only papers among the evidence: the others may be closed to this reader.
    found = dict.fromkeys(one.chunk.document_id for one in evidence)
    profiles = [library.profile(document) for document in found]
    if len(understood.places) > 1:
        own = [one for one in profiles if one.province in understood.places]
        profiles = own if len({one.province for one in own}) > 1 else profiles
    named = {document for mention in papers for document in mention.documents}
    core = _core(query, library, profiles)
    sides = [side for profile in profiles for side in [_side(core, profile, library, profile.id in named)] if side]
    chosen = _chosen(query, sides)
    return _told(query, chosen) if len(chosen) > 1 else None


def yearly(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer from the paper of every year asked for, ``None`` unless one body has a paper for each of them.

    The paper that holds most of the question decides which body is meant; all of its years must say it.
    """
    if query.understood.kind == "why" or len(set(query.understood.years)) < 2:
        return None
    found = {one.chunk.document_id for one in evidence}
    best: list[Side] = []
    for papers in yearly_papers(query, library):
        profiles = list(papers.values())
        if not all(one.id in found for one in profiles):
            continue
        core = _core(query, library, profiles, yearly=True)
        sides = [side for one in profiles for side in [_side(core, one, library, named=True)] if side]
        most = max((side.held for side in sides), default=0.0)
        kept = [side for side in sides if side.held >= YEARLY * most]
        if len(kept) == len(profiles) and most > max((one.held for one in best), default=0.0):
            best = kept
    one_each = [replace(side, choices=(one,)) for side, one in zip(best, _matching(query, best), strict=True)]
    return _told(query, one_each) if one_each else None


def _matching(query: Query, sides: Sequence[Side]) -> list[Choice]:
    """Of each side's best statements take those that speak of the same, by the words that both have."""
    figures = query.understood.asks(*NUMERIC, "compare")
    pools = []
    for side in sides:
        told = [one for one in side.pool if one.unit.words >= WORDS]
        pools.append([one for one in told if one.unit.numbers or not figures][:POOL] or [side.choices[0]])
    leading = []
    for number, pool in enumerate(pools):
        others = [one for other, beside in enumerate(pools) if other != number for one in beside]

        def together(one: Choice, others: Sequence[Choice] = others) -> float:
            alike = max((_worth(other) + ALIKE * _alike(one, other) for other in others), default=0.0)
            return _worth(one) + alike

        leading.append(max(pool, key=together))
    return leading


def _worth(choice: Choice) -> float:
    return choice.score + ABOUT * _held(choice)


def _alike(one: Choice, other: Choice) -> float:
    """Share of the words, figures left aside, that the shorter of two statements shares with the other."""
    own, beside = one.unit.set - one.unit.numbers, other.unit.set - other.unit.numbers
    return len(own & beside) / max(1, min(len(own), len(beside)))


def several(query: Query) -> bool:
    """Say whether the question is put to all papers: "theo các báo cáo", "trong hai tài liệu"."""
    return bool(_SEVERAL.search(query.understood.folded))


def _core(query: Query, library: Library, profiles: Iterable[Profile], *, yearly: bool = False) -> Query:
    """Return the question without what names papers, places and the comparison itself."""
    texts = [concept.text for concept in query.concepts]
    faded = {place for mention in naming(query, library) for place in mention.words}
    places = {token for profile in profiles for token in profile.province.lower().split()}
    folded = " ".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    for match in _COMPARING.finditer(folded):
        faded.update(n for n, start in enumerate(starts[:-1]) if match.start() <= start < match.end())
    faded.update(n for n, concept in enumerate(query.concepts) if concept.typed.lower() in places)
    if yearly or len(query.understood.places) > 1 or several(query):  # Each place, and each paper, has its own years.
        faded.update(n for n, text in enumerate(texts) if YEARS.fullmatch(text))
    return _fade(query, faded)


def _fade(query: Query, faded: Collection[int]) -> Query:
    """Let the concepts at these places count little, and not at all in the search."""
    nothing = lexicon.load().telling_nothing
    concepts = tuple(
        replace(one, weight=one.weight * FADED)
        if number in faded
        # "đô" only looks like "đó" once accents are gone; beside one another papers are told by every such word.
        else replace(one, weight=one.rarity)
        if one.accented and one.typed not in nothing and one.weight < one.rarity and not one.inherited
        else one
        for number, one in enumerate(query.concepts)
    )
    kept = {form for n, one in enumerate(query.concepts) if n not in faded for form in (one.text, one.typed)}
    gone = {form for n in faded for form in (query.concepts[n].text, query.concepts[n].typed)} - kept
    return replace(query, concepts=concepts, terms=tuple(term for term in query.terms if term.text not in gone))


def _side(core: Query, profile: Profile, library: Library, named: bool) -> Side | None:
    """Return what one paper says best, each statement by the one clause that says most."""
    evidence = retrieve(core, library, READ, {profile.id})
    choices = [one for one in choose(core, evidence, library, read=READ) if one.unit.kind != "row"]
    if core.understood.kind in TYPED:
        formed = [one for one in choices if one.leading >= FORM]
        most = max((_held(one) for one in choices), default=0.0)
        choices = formed if any(_held(one) >= CLOSE * most for one in formed) else choices
    told = [telling_clauses(core, choices, one, limit=1)[0] for one in choices[:8]]
    told.sort(key=lambda one: -_worth(one))
    if not told:
        return None
    again = [
        one
        for one in told[1:]
        if one.score >= AGAIN * told[0].score
        and _held(one) >= AGAIN * _held(told[0])
        and one.leading >= min(FORM, told[0].leading)
        and one.unit.numbers - told[0].unit.numbers
    ][:1]
    return Side(profile, (told[0], *again), named, tuple(told))


def _chosen(query: Query, sides: Sequence[Side]) -> list[Side]:
    """Return the sides that are about the question, one a place where places are compared, in the order of files."""
    best = max((side.held for side in sides), default=0.0)
    if len(query.understood.places) > 1:
        best_of = {side.profile.province: side for side in sorted(sides, key=lambda side: side.choices[0].odds)}
        kept = [side for side in best_of.values() if side.held >= NAMED * best]
    else:
        others = UNNAMED if sum(side.named for side in sides) > 1 else CLOSE
        kept = [side for side in sides if side.held >= (NAMED if side.named else others) * best]
    kept.sort(key=lambda side: (-side.held, side.profile.file))
    return sorted(kept[:LIMIT], key=lambda side: side.profile.file)


def _told(query: Query, sides: Sequence[Side]) -> Draft:
    single = all(len(side.choices) == 1 for side in sides)
    head = _verdict(query, [side.choices[0] for side in sides]) if single else ""
    statements = [Statement(head, ())] if head else []
    room = ROOM // len(sides)
    for side in sides:
        title = short_title(side.profile.meta, side.profile.file)
        for number, choice in enumerate(side.choices):
            told = shorten(shown(choice.unit), max(260, room - len(title)))
            text = say("answers", "side", title=title, statement=told) if number == 0 else told
            statements.append(Statement(text, (span_of(choice.unit),)))
    return Draft("sides", tuple(statements))


def _verdict(query: Query, choices: Sequence[Choice]) -> str:
    """Say whether the sides agree, where that was asked and each states exactly one value of the same form."""
    if not query.understood.asks("consistency"):
        return ""
    texts = [plain(choice.unit.text) for choice in choices]
    pattern = DOCUMENT_NUMBER if query.understood.asks("document") else PERCENT
    sides = [{match.replace(" ", "") for match in pattern.findall(text)} for text in texts]
    if not all(len(side) == 1 for side in sides):
        return ""
    if set.intersection(*sides):
        return say("answers", "agree")
    dates = [set(DATE.findall(text)) for text in texts]
    if pattern is PERCENT or set.intersection(*dates):
        return say("answers", "disagree")
    return ""
