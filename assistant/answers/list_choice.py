"""Which list of the documents a question asks for: the one whose lead-in and headings say most of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answers.asked_nouns import FIRST, NUMERALS, asked_noun
from assistant.answers.listings import Listing, listings
from assistant.question.question_types import Kind
from assistant.reading import constraints
from assistant.reading.selection import Choice
from assistant.reading.unit_features import asked_words
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Concept, Query
from assistant.retrieval.scoring import neighbours, presence
from assistant.words import join
from ingest.clean import fold

READ = 24
"""Passages whose documents are searched for lists,"""
DOCUMENTS = 4
"""in so many documents."""
HELD = 0.42
"""Share of the question a list's head, headings and items must hold;"""
FAIR = 0.52
"""so much where the head does not name what is to be listed;"""
SURE = 0.6
"""from here it answers where no list is plainly asked for, and where plain units would be refused."""
RIVAL = 0.9
"""A list must reach this share of what the best plain unit reaches."""
BODY = 0.45
"""What a word counts when only the items hold it,"""
ABOVE = 0.5
"""when only the headings farther up or the paper's title do."""
HOLDS = 0.7
"""A head names a word from this presence on."""
LEAST = 2
"""Items a list has."""
_VALUES: frozenset[Kind] = frozenset({"document", "when", "definition", "ratio", "money", "rank", "consistency", "why"})
Want = Literal["", "list", "needs", "case", "open"]
_WANTED = re.compile(
    r"^ke (?:cac|nhung|ten|ra)|\bke tu\b|tieu chuan|tieu chi|dieu kien|yeu cau gi|doi (?:hoi )?gi|"
    r"can (?:co|dat|phai|nhung)|(?:phai|con) (?:co|dat) (?:gi|nhung)|"
    r"\bbuoc\b|trinh tu|quy trinh|thu tuc|nhiem vu|giai phap|han che|diem yeu|ton tai|khuyet diem|kinh nghiem|"
    r"bai hoc|bien phap|noi dung|doi tuong|truong hop nao|phan cong|trach nhiem|gom\b|ke ten|liet ke|bao gom|"
    # Whom a provision holds for, "ai được miễn …", is told by a list of them; who may award is not.
    r"\bai (?:duoc(?! (?:tang|trao|ky|quyet|de nghi|cong nhan|giao|phep|uy))|bi|thuoc|khong (?:duoc|phai))\b|"
    r"(?:may|bao nhieu) (?:loai|hinh thuc|khau|nhom|khoi|bac|hang|thanh phan|buoc|noi dung)"
)


_ASKED_COUNT = re.compile(r"(?:^|\b(?:neu|la|ke|ve) )(\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (?!\d)[a-z]{2,}")


_SEVERAL = re.compile(r"\b(?:nhung|cac|liet ke|ke ten)\b")
_REQUIRES = re.compile(r"tieu chi|tieu chuan|dieu kien")
REQUIRED = 0.3
"""Share of the question a list of requirements must hold when a case is put: the case itself is not in it,"""
REQUIRED_RIVAL = 0.7
"""and what it must reach of the best plain unit."""
# Whose case it is: a household, a body, a person; a list for others is not theirs.
_WHOSE = {
    "gia dinh": re.compile(r"\b(?:nha|gia dinh|ho) (?:toi|em|minh|chung toi)\b|\bho gia dinh\b"),
    "tap the": re.compile(
        r"\b(?:co quan|don vi|phong|truong|cong ty|to|xa|so)(?: \w+)? (?:toi|em|minh|ta)\b|\btap the\b"
    ),
    "ca nhan": re.compile(r"^(?:toi|em|minh)\b|\bca nhan\b"),
}
REQUIRING = 0.2
"""What it adds that a list is one of requirements when they are asked for, beside naming them."""
NEEDED = 0.72
"""Share of what the best units hold of the question that a list of requirements must hold."""
NEEDED_RIVAL = 0.75
"""What a list of requirements must reach of the best plain unit when they are asked for."""
_GOM = re.compile(r"\b(?:gom|bao gom)(?: cac [a-z ]+)?\W*$")
GOM = 0.15
"""What it adds that the head says of what its items are the parts."""
PROSE = 0.15
"""What it takes that a section is told in prose,"""
ALONE = 0.3
"""that several are asked for and it tells one thing,"""
HEADINGS = 0.6
"""or that only its headings are told."""
BRIEF = 110
"""Characters of a heading short enough to be told as an item."""
NAMED = 0.3
"""What it adds that the head names what is to be listed,"""
TITLED = 0.35
"""and that the heading says nothing else,"""
PURE = 0.75
"""so much of its words being asked for;"""
TITLED_HELD = 0.27
"""such a list is sure from this share of the question on."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The list that best fits; ``sure`` when its own head holds most of the question."""

    listing: Listing
    score: float
    held: float
    titled: bool = False

    @property
    def sure(self) -> bool:
        """Whether it may answer where units alone would be refused."""
        if self.listing.prose and not self.titled:
            return False
        return self.held >= (TITLED_HELD if self.titled else SURE)


def pick(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Picked | None:
    """Return the list that says most of the question, ``None`` when none is asked or a plain unit says more."""
    want = _want(query)
    if not want:
        return None
    top = evidence[:READ]
    best = max((one.score for one in top), default=1.0) or 1.0
    passages = {one.chunk.id: one.score / best for one in reversed(top)}
    scored = [
        (*rate(query, listing, library, passages), listing)
        for document in _documents(query, top)
        for listing in listings(document, library)
        if _eligible(query, listing, want)
    ]
    if not scored:
        return None
    score, held, listing = max(scored, key=lambda one: one[0])
    rival = max((choice.covered + 0.3 * choice.pairs + 0.35 * choice.passage for choice in choices[:6]), default=0.0)
    found = Picked(listing, score, held, named(query, listing) and _titled(query, listing))
    least, share = _bars(query, found, want)
    if want == "needs":
        # Another award's requirements hold fewer of the question's words than what is said of the right one.
        least = max(least, NEEDED * max((choice.covered for choice in choices[:3]), default=0.0))
    return found if held >= least and score >= share * rival else None


def _want(query: Query) -> Want:
    """Return how a list is asked for: plainly, by what is required, for a case, or only by its words."""
    understood = query.understood
    if understood.asks("list") and understood.kind not in _VALUES:
        return "list"
    if asks_requirements(query):
        return "case"
    if understood.document_numbers:
        return ""
    if understood.kind in _VALUES:
        return ""
    if understood.asks("needs"):
        return "needs"
    bare = understood.kind == "other" and FIRST.search(understood.folded)
    return "open" if bare or _WANTED.search(understood.folded) else ""


def _eligible(query: Query, listing: Listing, want: Want) -> bool:
    if len(listing.items) < LEAST and not listing.prose:
        return False
    if 2 * sum(item.text.rstrip(" *").endswith(":") for item in listing.items) > len(listing.items):
        return False  # Items that lead to lists of their own: one of these is what is asked for.
    if listing.of_headings:
        # Headings mostly tell where the answer stands; short ones under what is asked for are it.
        brief = max(len(item.text) for item in listing.items) <= BRIEF
        return want == "list" and brief and _holds(asked_noun(query), *_said(listing))
    if _theirs(query, listing) < 0:
        return False
    if want == "case" and (listing.prose or not _REQUIRES.search(fold(listing.head))):
        return False
    return not listing.prose or _entitled(query, listing)


def _said(listing: Listing) -> tuple[frozenset[str], str, frozenset[str]]:
    """Return the words of a list's own heading as :func:`_holds` takes them."""
    return frozenset(listing.title), join(listing.title), listing.head_accented


def _bars(query: Query, found: Picked, want: Want) -> tuple[float, float]:
    """Return what share of the question the list must hold, and what share of the best plain unit it must reach."""
    if want == "case":
        return REQUIRED, REQUIRED_RIVAL
    sure = TITLED_HELD if found.titled else SURE
    if found.titled and want == "list" and not found.listing.prose:
        return sure, RIVAL
    if found.listing.prose:
        return max(HELD, sure), RIVAL
    if want == "open":
        return (sure if found.titled or _WANTED.search(query.understood.folded) else 1.0), RIVAL
    if want == "needs":
        required = _REQUIRES.search(fold(found.listing.head)) is not None
        return (HELD, NEEDED_RIVAL) if required else (sure, RIVAL)
    return (HELD if named(query, found.listing) else FAIR), RIVAL


def of_another(query: Query, listing: Listing, library: Library) -> bool:
    """Say whether a list is about another award, rank or group than the question."""
    first = listing.lead or listing.items[0]
    for unit in library.passage(first.chunk).units:
        if unit.start <= first.start < unit.end:
            checks = dict(zip(constraints.NAMES, constraints.hold(query, unit, library), strict=True))
            return any(checks[name] >= 1.0 for name in ("award", "rank_other", "group"))
    return False


def asks_requirements(query: Query) -> bool:
    """Say whether the question wants to know if a case meets what is required."""
    return query.understood.kind == "permit" and not query.understood.document_numbers


def required(listing: Listing) -> bool:
    """Say whether every item of a list of requirements must be met."""
    head = fold(listing.head)
    return bool(_REQUIRES.search(head)) and "mot trong" not in head


def _documents(query: Query, top: Sequence[Evidence]) -> list[str]:
    """Return the documents of the best passages, one that the question names first."""
    named = [document for document, prior in query.prior.items() if prior >= 0.5]
    named.sort(key=lambda document: -query.prior[document])
    return list(dict.fromkeys(named[:2] + [one.chunk.document_id for one in top]))[:DOCUMENTS]


def rate(query: Query, listing: Listing, library: Library, passages: Mapping[str, float]) -> tuple[float, float]:
    """Return a list's score and the share of the question it holds."""
    document = listing.items[0].chunk.document_id
    near = max((passages.get(chunk, 0.0) for chunk in listing.chunks), default=0.0)
    held = _held(query, listing, library.profile(document).title_joined)
    score = held + 0.3 * neighbours(query, listing.head_joined) + 0.35 * near + 0.2 * query.prior.get(document, 0.0)
    if named(query, listing):
        score += NAMED + (TITLED if _titled(query, listing) else 0.0)
    if _want(query) == "needs" and _REQUIRES.search(fold(listing.head)):
        score += REQUIRING
    score -= PROSE * listing.prose + HEADINGS * listing.of_headings
    score -= ALONE if len(listing.items) == 1 and _SEVERAL.search(query.understood.folded) else 0.0
    score += GOM if query.understood.asks("list") and _GOM.search(fold(listing.head)) else 0.0
    score += 0.12 if _count(query) == len(listing.items) else 0.0
    score += 0.15 * _theirs(query, listing)
    return score, held


def _held(query: Query, listing: Listing, title: str) -> float:
    """Share of the question that head, headings, items and the paper's title hold, the head in full."""
    above, names = frozenset(listing.above.split()), frozenset(title.split())
    body = frozenset(listing.body.split())
    total = 0.0
    for concept in query.concepts:
        if not concept.weight:
            continue
        found = presence(concept, listing.head_tokens, listing.head_joined, listing.head_accented)
        if found < 1.0:
            found = max(found, BODY * presence(concept, body, listing.body, listing.body_accented))
        if found < ABOVE and (concept.text in above or concept.text in names):
            found = ABOVE
        total += concept.weight * found
    return total / query.total if query.total else 0.0


def named(query: Query, listing: Listing) -> bool:
    """Say whether the head names what is to be listed."""
    if _want(query) == "needs":
        return _REQUIRES.search(fold(listing.head)) is not None
    return _holds(asked_noun(query), listing.head_tokens, listing.head_joined, listing.head_accented)


def _holds(asked: Sequence[Concept], words: frozenset[str], joined: str, accented: frozenset[str]) -> bool:
    """Say whether a text holds at least half of the words by their weight."""
    found = sum(one.weight for one in asked if presence(one, words, joined, accented) >= HOLDS)
    return bool(asked) and found >= 0.5 * sum(one.weight for one in asked)


def _titled(query: Query, listing: Listing) -> bool:
    """Say whether the heading of a list holds hardly anything but what is asked for."""
    asked = asked_words(query)
    return len(listing.title) > 1 and sum(word in asked for word in listing.title) >= PURE * len(listing.title)


def _entitled(query: Query, listing: Listing) -> bool:
    """Say whether a heading says itself what is to be told, so that what stands under it answers."""
    words, joined = frozenset(listing.title), join(listing.title)
    if not _titled(query, listing):
        return False
    if _holds(asked_noun(query), *_said(listing)):
        return True
    held = sum(one.weight * presence(one, words, joined, listing.head_accented) for one in query.concepts)
    return held >= 0.5 * query.total


def _theirs(query: Query, listing: Listing) -> int:
    """1 where the lead-in names whose case it is, -1 where it names only others, 0 otherwise."""
    folded = query.understood.folded
    own = next((name for name, pattern in _WHOSE.items() if pattern.search(folded)), "")
    named_ = {name for name in _WHOSE if f" {name} " in listing.head_joined}
    return 0 if not own or not named_ else 1 if own in named_ else -1


def _count(query: Query) -> int:
    """How many items the question itself names ("bốn giải pháp …"), 0 when it names none."""
    match = _ASKED_COUNT.search(query.understood.folded)
    if match is None:
        return 0
    return int(match.group(1)) if match.group(1).isdigit() else NUMERALS[match.group(1)]
