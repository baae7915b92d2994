"""Tell the units that say what is asked, in the documents' words: the best one and those that nearly reach it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers import lists, notes, permissions, sides, subjects
from assistant.answers.listings import introduced
from assistant.answers.statements import defining, leads, stating
from assistant.answers.tables.cells import told_row
from assistant.answers.trimming import asks_twice, trimmed
from assistant.drafts import Draft, Statement
from assistant.question.answer_types import YEAR, value
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading.asked_parts import best_first
from assistant.reading.selection import Choice, adds, clauses_of, complementary, telling_clauses
from assistant.reading.spans import span_of
from assistant.reading.unit_features import TYPED
from assistant.reading.wording import plain, short_title, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from ingest import patterns
from prompts import say

FACT = 380
"""Characters aimed at for a fact;"""
HALF = 190
"""its first sentence leaves half of them to others, however long it is."""
PROVISION = 520
"""Characters up to which a sentence of an article is told whole: its other clauses say for whom it holds, or not."""
LINE = 420
"""Characters up to which a line is told whole."""
ROOM = 900
"""Characters aimed at where causes, ways and conditions are told."""
CAUSE_ENOUGH = 0.55
"""The effect repeats the question's words and the cause does not."""
PERSONS: frozenset[Kind] = frozenset({"who", "body", "where"})
"""Kinds asked for by a name; one statement mostly holds it."""
FORM = 0.75
"""How well a statement must have the form of a value asked for, so that it is told where none before it has,"""
WIDE = 560
"""within so many characters."""
ENOUGH = 0.72
"""A further unit must score at least this share of the best;"""
BRIEF, SECOND = 0.9, 0.8
"""where one value is asked for these shares, the lesser one where it tells more of the question,"""
ADDS = 0.15
"""or at least this share of it that was not yet told, or where the best does not state such a value outright:"""
STATED = 0.8
"""that is, from this fit."""
LONG = 120
"""Characters from which the count asked for is put before its sentence."""


_AS_FOLLOWS = re.compile(r",?\s*(?:cụ thể\s*)?(?:như sau|sau đây)\W*$")


def answer(query: Query, choices: Sequence[Choice], library: Library) -> Draft:
    """Return the best unit and those that nearly reach it, until the headline is long enough."""
    roomy = (
        query.understood.asks("why", "how", "permit", "purpose", "compare", "definition")
        and not set(query.understood.kinds[:1]) & NUMERIC
    )
    room, most = (ROOM, 4) if roomy else (FACT, 3)
    kept = complementary(query, best_first(query, defining(query, stating(query, choices, library))), most)
    whole = leads(kept[0].unit) and "lists" not in query.without
    listing = introduced(kept[0].unit, library) if whole else None
    if listing is not None:
        return Draft("list", tuple(lists.tell(lists.whole(listing, library))))
    statements: list[Statement] = []
    said: list[str] = []
    used = 0
    for number, choice in enumerate(kept):
        text = _tell(query, choices, choice, library)
        if number and leads(choice.unit):
            continue
        valued = choice.leading >= FORM > max((one.leading for one in kept[:number]), default=1.0)
        full = used + len(text) > (WIDE if valued and query.understood.kind in TYPED else room)
        if number and (full or not _worth_telling(query, kept[:number], choice)):
            continue
        # Two clauses of a sentence may end in the same telling ones.
        if any(text.strip("… ") in told for told in said):
            continue
        said.append(text)
        used += min(len(text), HALF) if not number else len(text)
        brief = query.understood.kind in TYPED | PERSONS and choice.unit.chunk.kind != "row" and not asks_twice(query)
        text = trimmed(query, text) if brief else text
        text = shorten(text, 560 if not roomy else 700)
        if number == 0:
            text = permissions.verdict(query.understood, _lead(query, choice, text))
        elif choice.unit.chunk.document_id != kept[0].unit.chunk.document_id:
            # A second figure from another paper would look like a contradiction if it did not say whose it is.
            profile = library.profile(choice.unit.chunk.document_id)
            text = say("answers", "side", title=short_title(profile.meta, profile.file), statement=text)
        statements.append(Statement(text, (span_of(choice.unit),)))
        if number == 0:
            told = [Statement(plain(one.text), (span_of(one),)) for one in _onward(query, choice.unit, library)]
            said += [statement.text for statement in told]
            told += notes.answering(query, choice.unit, library)
            statements += told
            used += sum(len(statement.text) for statement in told)
    return Draft("fact", tuple(statements))


def _worth_telling(query: Query, told: Sequence[Choice], choice: Choice) -> bool:
    """Say whether a further unit scores nearly as well as the best; beside a value it must be as good or add to it."""
    share = choice.score / (told[0].score or 1.0)
    if query.understood.kind in TYPED | PERSONS and not query.understood.inherited:
        fuller = choice.covered > told[0].covered or adds(query, told, choice) >= ADDS
        unsure = told[0].fit < STATED or asks_twice(query) or sides.several(query)
        return share >= (SECOND if fuller or unsure else BRIEF)
    # A stated cause beside its effect needs less.
    return share >= (CAUSE_ENOUGH if query.understood.kind == "why" and choice.fit == 1.0 else ENOUGH)


def _tell(query: Query, choices: Sequence[Choice], choice: Choice, library: Library) -> str:
    """Say a unit, of a long sentence the clauses that tell; an ellipsis marks what is left out between them."""
    if choice.unit.kind == "row":
        return told_row(query, choice.unit, library)
    pieces = telling_clauses(query, choices, choice)
    if _provided(pieces[0].unit):
        start, end = choice.unit.sentence
        return subjects.told(replace(choice.unit, kind="sentence", start=start, end=end))
    if query.understood.kind in NUMERIC and _repeats(query, pieces):
        # "Trong 233 lượt, bao nhiêu là …": the clause that holds the question's figure leads to the one asked for.
        pieces += [one for one in clauses_of(choices, choice) if one.unit.start >= pieces[-1].unit.end][:1]
    text = subjects.told(pieces[0].unit)
    for before, piece in pairwise(pieces):
        gap = "; " if piece.unit.start - before.unit.end <= 2 else "; … "
        text += gap + plain(piece.unit.text)
    return _AS_FOLLOWS.sub("", text)


def _onward(query: Query, unit: Unit, library: Library) -> list[Unit]:
    """Return the sentences that follow a unit in its line, where they are short: they say what follows from it."""
    if query.understood.kind in TYPED | PERSONS or unit.kind not in ("sentence", "item"):
        return []
    first = unit.start - unit.chunk.start
    rest = unit.chunk.text[first:].partition("\n")[0].rstrip()
    if len(rest) > LINE or rest.endswith(":") or unit.chunk.kind in ("front", "back"):
        return []
    last = unit.start + len(rest)
    return [one for one in library.passage(unit.chunk).units if one.kind == "sentence" and unit.end <= one.start < last]


def _provided(unit: Unit) -> bool:
    """Say whether a clause stands in a sentence of an article short enough to be told whole."""
    article = any(patterns.ARTICLE.match(heading) for heading in unit.chunk.path)
    return unit.kind == "clause" and article and len(unit.sentence_text) <= PROVISION


def _repeats(query: Query, pieces: Sequence[Choice]) -> bool:
    """Say whether of all figures clauses hold only the question's own, beside years and a note's label."""
    held = {number for piece in pieces for number in piece.unit.numbers - {piece.unit.chunk.label}}
    held = {number for number in held if not YEAR.fullmatch(number)}
    return bool(held) and held <= set(query.understood.numbers)


def _lead(query: Query, choice: Choice, text: str) -> str:
    """Put the asked-for count in front when the sentence is long and states it once."""
    found = value(query.understood, plain(choice.unit.text))
    if found and len(text) > LONG and text.find(found) > 25:
        return f"{found[0].upper()}{found[1:]}: {text}"
    return text
