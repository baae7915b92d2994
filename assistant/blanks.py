"""A blank is an answer: where a document leaves the asked-for value empty, say so and quote it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer_types import BLANK
from assistant.drafts import Draft, Span, Statement
from assistant.library import Library
from assistant.query import Query
from assistant.question_types import NUMERIC
from assistant.records import Evidence
from assistant.routing import priors
from assistant.selection import Choice
from assistant.wording import plain, short_title, shorten
from prompts import say

CLOSE = 0.88
"""A unit with a blank must score at least this share of the best unit to be what was asked."""


def answer(query: Query, choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer with the blank when the unit that best matches a question for a figure leaves it empty."""
    if not set(query.understood.kinds) & NUMERIC or not choices:
        return None
    for choice in choices[:6]:
        if choice.score < CLOSE * choices[0].score:
            return None
        match = BLANK.search(choice.unit.text)
        if match is None:
            continue
        if any(
            other.unit.chunk.document_id == choice.unit.chunk.document_id
            and other.score > choice.score * 1.02
            and not BLANK.search(other.unit.text)
            for other in choices[:3]
        ):
            continue
        quote = shorten(plain(choice.unit.text), 240)
        text = say("answers", "blank", quote=quote)
        return Draft("blank", (Statement(text, (Span(choice.unit.chunk, *choice.unit.sentence),)),))
    return None


_WHAT = {"số": "số văn bản", "ngày": "ngày ban hành"}


def header(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer for a document whose own number or date was asked for and was left blank on it."""
    understood = query.understood
    if not understood.asks("document", "when"):
        return None
    prior = priors(query, library)
    likely = sorted(prior, key=lambda one: (-prior[one], one))[:2]
    if not likely or prior[likely[0]] < 0.6 or (len(likely) > 1 and prior[likely[0]] - prior[likely[1]] < 0.2):
        return None
    profile = library.profile(likely[0])
    blank = [name for name in profile.meta.blanks if name in _WHAT]
    asked = [name for name in blank if _asked(name, query)]
    if not asked or not _about_itself(query, profile.title):
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
    telling = [concept for concept in query.concepts if concept.weight > 1.0]
    return not telling or sum(concept.text in known for concept in telling) >= 0.8 * len(telling)
