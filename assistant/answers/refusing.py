"""A refusal: what the documents lack, and beside it the nearest thing they do say, or only where to look."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.statements import speaks, states
from assistant.drafts import Draft, Statement
from assistant.reading.refusal import Support
from assistant.reading.selection import Choice
from assistant.reading.spans import span_of
from assistant.reading.wording import plain, short_title, shorten, shown
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.words import joined
from prompts import say
from vectorstore.lexical import tokens

SUBJECT = 0.4
"""Share of the question that a statement shown beside a refusal must hold by itself."""


def refuse(query: Query, choices: Sequence[Choice], support: Support, library: Library) -> Draft:
    """Say that the documents lack it and name the nearest thing they do say, if there is one."""
    if query.understood.social == "out_of_subject":
        return Draft("refusal", (Statement(say("refusals", "out_of_subject"), ()),), support.score)
    nearest = next((choice for choice in choices if choice.covered >= 0.3), None)
    if nearest is None:
        name = support.missing_name
        text = say("refusals", "absent_name_only", name=name) if name else say("refusals", "nothing")
        return Draft("refusal", (Statement(text, ()),), support.score)
    if not _alike(query, nearest, library):
        return Draft("refusal", (_lacking(nearest, support, library),), support.score)
    told = shorten(shown(nearest.unit), 220)
    # A restatement is not the document's own words, a row is written out: neither is quoted.
    restated = library.profile(nearest.unit.chunk.document_id).meta.restated
    quoted = told if nearest.unit.kind == "row" or restated else f"“{told}”"
    spans = (span_of(nearest.unit),)
    if support.lack == say("refusals", "lack_paper"):
        profile = library.profile(nearest.unit.chunk.document_id)
        quoted = say("answers", "side", title=short_title(profile.meta, profile.file), statement=quoted)
    if support.missing_name:
        text = say("refusals", "absent_name", name=support.missing_name, nearest=quoted)
    elif support.missing_year:
        text = say("refusals", "absent_year", year=support.missing_year, nearest=quoted)
    elif support.lack:
        text = say("refusals", "lacking", what=support.lack, nearest=quoted)
    else:
        text = say("refusals", "nearest", nearest=quoted)
    return Draft("refusal", (Statement(text, spans),), support.score)


def _alike(query: Query, nearest: Choice, library: Library) -> bool:
    """Say whether the nearest statement states something of the subject asked about: no heading, slogan or wish."""
    unit = nearest.unit
    places = {token for place in query.understood.places for token in tokens(place)}
    own = [one for one in query.concepts if one.text.isalpha() and one.text not in places and not one.inherited]
    subject = max(own, key=lambda one: one.weight, default=None)
    said = subject is None or subject.said_in(f"{unit.joined} {joined(unit.chunk.context)}")
    stated = unit.kind == "row" or speaks(unit)
    return said and stated and nearest.own >= SUBJECT and states(unit, library)


def _lacking(nearest: Choice, support: Support, library: Library) -> Statement:
    """Say what is lacking and name the place that comes nearest."""
    profile = library.profile(nearest.unit.chunk.document_id)
    section = plain(nearest.unit.chunk.path[-1]) if nearest.unit.chunk.path else ""
    title = short_title(profile.meta, profile.file)
    place = say("refusals", "place_section", section=shorten(section, 70), title=title) if section else title
    if support.missing_name:
        text = say("refusals", "absent_name_place", name=support.missing_name, place=place)
    elif support.missing_year:
        text = say("refusals", "absent_year_place", year=support.missing_year, place=place)
    elif support.lack:
        text = say("refusals", "lacking_place", what=support.lack, place=place)
    else:
        text = say("refusals", "nearest_place", place=place)
    return Statement(text, (span_of(nearest.unit),))
