"""A blank is an answer: where a document leaves the asked-for value empty, say so and quote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import BLANK, MONEY, NUMBER, PERCENT, YEAR
from assistant.question.question_types import NUMERIC
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, short_title, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from assistant.words import joined
from ingest.clean import fold
from ingest.sentences import clauses
from prompts import say
from vectorstore.lexical import tokens

NEAR = 0.3
"""Share of the question the unit with the blank must hold itself."""
CLOSE = 0.85
"""A unit with a blank must score at least this share of the best unit to be what was asked."""


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Answer with the blank when the unit that best matches a question for a figure leaves it empty."""
    if not set(query.understood.kinds) & NUMERIC or not choices:
        return None
    for choice in choices[:6]:
        if choice.score < CLOSE * choices[0].score:
            return None
        held = choice.covered if choice.unit.kind == "row" else choice.own
        if held < NEAR or not _asked_for(query, choice) or _for_another_year(query, choice):
            continue
        quote = shorten(plain(_around(query, choice.unit.text)), 240)
        text = say("answers", "blank", quote=quote)
        return Draft("blank", (Statement(text, (Span(choice.unit.chunk, *choice.unit.sentence),)),))
    return None


# A label with dots behind it, or dots where a name stands before what it is for: "… (khối huyện)".
_FIELD = re.compile(
    r"(?:^|[;.,|]\s|\n|\s-\s|\s\s|(?<=\s))(?P<label>[^\W\d_][^\n;.:|…]{2,60}):[ \t]*(?:\.{3,}|…+|_{3,})"
    r"|(?:[,;:]|^)\s*(?:\.{3,}|…+)\s*\((?P<member>[^()\n]{3,60})\)",
    re.M,
)
_FIELDS = 6
"""Passages of the best units in which a field may have been left open."""


def field(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Answer that a field asked for by its label was left open, ``None`` when no label is wholly in the question."""
    if query.understood.asks("yes_no", "why", "permit", "consistency", "how"):
        return None
    said = {one.text for one in query.concepts if not one.inherited}
    for chunk in {choice.unit.chunk.id: choice.unit.chunk for choice in choices[:_FIELDS]}.values():
        for match in _FIELD.finditer(chunk.text):
            words = tokens(match["label"] or match["member"])
            # The label is what stands last before the colon: other fields may stand on the line before it.
            own = [word for word in words if word.isalpha()]
            named = next((size for size in range(len(own), 1, -1) if said.issuperset(own[-size:])), 0)
            whole = named == len(own) or (named > 2 and not match["member"])
            if named > 1 and whole:
                line = chunk.text.rfind("\n", 0, match.start("label") if match["label"] else match.start()) + 1
                start = max(line, match.end() - ROOM)
                quote = " ".join(chunk.text[start : match.end()].split())
                span = Span(chunk, chunk.start + start, chunk.start + match.end())
                return Draft("blank", (Statement(say("answers", "blank", quote=quote), (span,)),))
    return None


ROOM = 200
REACH = 80
"""Characters before a value, and half of them after it, that say what it is."""
SAID = 0.35
"""Share of the question's telling words that must stand beside a blank."""
_WHAT = {"số": "số văn bản", "ngày": "ngày ban hành"}


# "Tăng bao nhiêu", "xếp thứ mấy": the word by which the document, too, introduces the value.
_LEADS = re.compile(
    r"\b(tang|giam|hon|gap|chiem|dat|thu|hang|con|them)\b(?:(?! va | hay )[^,;?]){0,45}?\b(?:bao nhieu|may|bn)\b|"
    r"\b(?:bao nhieu|may|bn)\b[^,;?]{0,25}?\b(hon|gap)\b"
)
_SAME = {"hang": "thu"}
LED = 0.3
"""What it counts that the same word introduces a value as the question."""


def _asked_for(query: Query, choice: Choice) -> bool:
    """Say whether more of the question stands beside a blank than beside any figure of the unit."""
    text = choice.unit.text
    blanks = [match for match in BLANK.finditer(text) if not _of_a_year(query, text, match)]
    blank = max((_fit(query, text, match) for match in blanks), default=0.0)
    known = {*query.understood.numbers, *map(str, query.understood.years)}
    form = PERCENT if query.understood.asks("ratio") else MONEY if query.understood.asks("money") else NUMBER
    figures = [match for match in form.finditer(text) if match.group() not in known and not YEAR.fullmatch(match[0])]
    figures = [match for match in figures if text[match.end() : match.end() + 1] != ")"]
    stated = max((_fit(query, text, match) for match in figures), default=0.0)
    return blank >= SAID and blank > stated


def _around(query: Query, text: str) -> str:
    """Return the clause of a text that has the blank asked for, up to the comma after it."""
    match = max(BLANK.finditer(text), key=lambda one: (_fit(query, text, one), -one.start()))
    start, end = next(((left, right) for left, right in clauses(text) if left <= match.start() < right), (0, len(text)))
    comma = text.find(", ", match.end(), end)
    return f"{text[start:comma]}…" if comma > 0 else text[start:end]


def _of_a_year(query: Query, text: str, match: re.Match[str]) -> bool:
    """Say whether a blank is for one year of several while the question names none."""
    before = re.split(r"[;.,](?=\s)", text[: match.start()])[-1]
    return not query.understood.years and bool(YEAR.search(before)) and len(set(YEAR.findall(text))) > 1


def _fit(query: Query, text: str, match: re.Match[str]) -> float:
    """How well a value, or the blank in its place, is the one asked for."""
    said = _beside(query, text, match)
    found = _LEADS.search(query.understood.folded)
    if not said or found is None:
        return said
    # A blank may begin with the word that introduces it.
    lead = fold(text[: match.end()]).rstrip(" .…%/0123456789")[-24:]
    wanted = found.group(1) or found.group(2)
    words = [_SAME.get(word, word) for word in re.findall(r"[a-z]+", lead)[-2:]]
    return said + (LED if _SAME.get(wanted, wanted) in words else 0.0)


def _for_another_year(query: Query, choice: Choice) -> bool:
    """Say whether the nearest heading with a year names other years than the question: targets of 2030, not of 2025."""
    asked = set(map(str, query.understood.years))
    if not asked or asked & set(YEAR.findall(choice.unit.text)):
        return False
    named = (set(YEAR.findall(heading)) for heading in reversed(choice.unit.chunk.section.split(" > ")))
    nearest = next((years for years in named if years), set())
    return bool(nearest) and not asked & nearest


def _beside(query: Query, text: str, match: re.Match[str]) -> float:
    """Share of the question's telling words that stand within reach of a value, in its own clause."""
    before = re.split(r"[;.](?=\s)", text[max(0, match.start() - REACH) : match.start()])[-1]
    after = re.split(r"[;.](?=\s)", text[match.end() : match.end() + REACH // 2])[0]
    asked = set(map(str, query.understood.years))
    years = YEAR.findall(before)
    if asked and years and years[-1] not in asked:
        return 0.0
    if asked and years:
        # "Chỉ số A năm 2023 xếp thứ 4, năm 2024 xếp thứ …": the year tells, what it is of was said before.
        before = text[: match.start()]
    words = f"{joined(before)}|{joined(after)}"
    places = {token for place in query.understood.places for token in tokens(place)}
    telling = [
        concept
        for concept in query.concepts
        if concept.weight >= 1 and not concept.inherited and concept.text.isalpha() and concept.text not in places
    ]
    said = sum(concept.weight for concept in telling if concept.said_in(words))
    return said / (sum(concept.weight for concept in telling) or 1.0)


def header(query: Query, library: Library) -> Draft | None:
    """Answer for a document whose own number or date was asked for and was left blank on it."""
    understood = query.understood
    if not understood.asks("document", "when"):
        return None
    document = meant(query)
    if not document:
        return None
    profile = library.profile(document)
    blank = [name for name in profile.meta.blanks if name in _WHAT]
    asked = [name for name in blank if _asked(name, query)]
    if not asked or not _about_itself(query, profile.title | frozenset(tokens(profile.meta.issuer))):
        return None
    chunks = library.chunks_of(profile.id)
    place = next((c for c in chunks if c.kind == "front" or "Số:" in c.text or "số:" in c.text), chunks[0])
    first = place.text.split("\n")
    end = place.start + min(len(place.text), sum(len(line) + 1 for line in first[:3]) - 1)
    what = " và ".join(_WHAT[name] for name in asked)
    text = say("answers", "blank_header", what=what, title=short_title(profile.meta, profile.file))
    return Draft("blank", (Statement(text, (Span(place, place.start, end),)),))


def _asked(name: str, query: Query) -> bool:
    return query.understood.asks("document") if name == "số" else query.understood.asks("when")


def _about_itself(query: Query, title: frozenset[str]) -> bool:
    """Say whether the question holds little beyond the document's own title and words for number and date."""
    known = title | {"so", "hieu", "ky", "ngay", "mang", "ban", "hanh", "thang", "nam", "may", "van"}
    telling = [concept for concept in query.concepts if concept.weight > 1.0 and concept.text.isalpha()]
    return not telling or sum(concept.text in known for concept in telling) >= 0.8 * len(telling)
