"""Compose an answer from units, without a model. Read :func:`compose` first.

Each way of answering stands in its own file and returns ``None`` when it does not apply; the first that does wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answers import (
    agreement,
    award_conditions,
    blanks,
    calculations,
    conflicts,
    duties,
    lists,
    notes,
    papers,
    permissions,
    premises,
    provisions,
    provisos,
    replies,
    sides,
    signers,
    subjects,
)
from assistant.answers.calculations import additions, checks
from assistant.answers.listings import introduced
from assistant.answers.refusing import refuse
from assistant.answers.statements import defining, leads, stating
from assistant.answers.tables import listed, lookup
from assistant.answers.tables.asked import asks_extreme
from assistant.answers.tables.cells import told_row
from assistant.answers.tables.match import Match
from assistant.answers.trimming import asks_twice, trimmed
from assistant.drafts import Draft, Statement
from assistant.question.answer_types import YEAR, value
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading import anew, authority
from assistant.reading.asked_parts import best_first
from assistant.reading.asked_value import missing
from assistant.reading.constraints import settle
from assistant.reading.named_paper import among, of_another_year, within
from assistant.reading.refusal import CAUTION, Support, forbids, judge, strange
from assistant.reading.selection import Choice, adds, choose, clauses_of, complementary, telling_clauses
from assistant.reading.spans import span_of
from assistant.reading.unit_features import TYPED
from assistant.reading.whose_papers import of_those_named
from assistant.reading.wording import plain, short_title, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.registers import fitting
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
ABOUT = 0.75
"""A request that sounds out of the subject is answered only when a unit holds this share of it."""
SIDE_BY_SIDE = 0.35
"""Share of its neighbouring words that must stand side by side then: single syllables stand anywhere."""
OUTSIDE = 0.3
"""Support left to an answer about part of a number when it stands elsewhere than that number."""
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


def compose(query: Query, evidence: Sequence[Evidence], library: Library) -> tuple[Draft, Support, list[Choice]]:
    """Return the draft, why it was judged so, and the units in order of score."""
    evidence = of_those_named(query, evidence, library)
    found = authority.prefer(query, choose(query, evidence, library))
    choices = within(query, settle(query, anew.prefer(query, found, library), library), library)
    support = judge(query, choices, library, evidence)
    if anew.outside(query, choices):
        support = replace(support, score=min(support.score, OUTSIDE))
    if support.refused and query.understood.inherited:
        # What is lacking, and what there is instead, is told from the nearest unit, said before or not.
        choices = settle(query, found, library)
        support = min(
            support, judge(query, choices, library, evidence), key=lambda one: (not one.missing_name, one.score)
        )
    every = among(query, evidence, library)
    tabled = fitting(query.understood, every, library)
    draft = provisions.answer(query, evidence, library) or award_conditions.answer(query, evidence, library)
    draft = draft or _worked_out(query, tabled, choices, support, library)
    draft = draft or signers.answer(query, library) or blanks.header(query, library) or blanks.field(query, choices)
    if query.understood.social == "out_of_subject" and not _about(choices, support):
        draft = refuse(query, choices, support, library)
    if draft is None:
        draft = premises.answer(query, evidence, choices, library)
    listed = "lists" not in query.without
    if draft is None and support.refused and not support.missing_name:
        draft = calculations.answer(query, evidence, choices, library)
        draft = draft or (lists.sure(query, evidence, choices, library) if listed else None)
        draft = draft or duties.answer(query, evidence, library)
    if draft is None:
        draft = sides.yearly(query, evidence, library)
    if draft is None and not support.refused:
        # What one paper leaves blank another may state.
        several = sides.several(query) and not query.understood.asks("consistency")
        draft = sides.answer(query, evidence, library) if several else None
        draft = draft or (
            calculations.answer(query, evidence, choices, library)
            or blanks.answer(query, choices)
            or additions.answer(query, choices)
            or conflicts.answer(query, choices, library)
            or (None if several else sides.answer(query, evidence, library))
            or replies.answer(choices, library)
            or papers.answer(query, choices)
            or duties.answer(query, evidence, library)
            or (lists.answer(query, evidence, choices, library) if listed else None)
            or _facts(query, choices, library)
        )
    if draft is not None and draft.form in ("fact", "list"):
        limits = provisos.of(query, draft.statements[0].spans[0], library) if draft.statements[0].spans else []
        draft = replace(draft, statements=tuple(dict.fromkeys((*draft.statements[:1], *limits, *draft.statements[1:]))))
    if draft is not None and draft.form in ("fact", "list") and (lacks := missing(query, draft)):
        draft, support = None, replace(support, lack=say("refusals", "lack_value", what=lacks))
    told = {span.chunk.document_id for statement in draft.statements for span in statement.spans} if draft else set()
    if draft is not None and draft.form in ("fact", "list") and of_another_year(query, told, library):
        draft, support = None, replace(support, lack=say("refusals", "lack_paper"))
    if draft is None and len(tabled) < len(every):
        draft = _worked_out(query, every, choices, support, library)
    if draft is None:
        draft = refuse(query, choices, support, library)
    return draft, support, choices


def _about(choices: Sequence[Choice], support: Support) -> bool:
    """Say whether a unit holds a request that sounds out of the subject, its words side by side."""
    return support.covered >= ABOUT and max((choice.pairs for choice in choices[:4]), default=0.0) >= SIDE_BY_SIDE


def _worked_out(
    query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], support: Support, library: Library
) -> Draft | None:
    """Calculate from a sentence, over rows, or look a table up; ``None`` where nothing of it is asked."""
    if "tables" in query.without:
        return None
    draft = agreement.answer(query, evidence, choices, library) or checks.answer(query, evidence, library)
    if draft is not None:
        return draft
    found = listed.candidates(query, evidence, choices, library)
    draft = _listed(query, found, library)
    if draft is None and choices and choices[0].unit.kind != "row" and not support.refused:
        # A sentence that leads with the figures asked for goes before a table that only shares its words.
        draft = additions.answer(query, choices[:1])
    draft = draft or calculations.over_rows(query, evidence, library)
    if draft is not None:
        return draft
    draft = lookup.answer(query, evidence, choices, library)
    # What is worked out or compared names its rows and columns by itself; a cell looked up may be another's.
    looked_up = draft is not None and not any(statement.computed for statement in draft.statements)
    if looked_up and query.understood.kind == "list" and "lists" not in query.without:
        draft = lists.sure(query, evidence, choices, library) or draft
    spans = [span for statement in draft.statements for span in statement.spans] if draft else []
    if looked_up and (len(spans) == 1 or not asks_extreme(query)) and forbids(query, spans, library):
        return None
    return draft or _listed(query, found, library, figures=True)


def _listed(query: Query, found: Sequence[Match], library: Library, *, figures: bool = False) -> Draft | None:
    """Answer from a list, unless it is another place's or person's."""
    draft = listed.answer(query, found, figures=figures)
    return None if draft and strange(query, draft.statements[0].spans, library) else draft


def _facts(query: Query, choices: Sequence[Choice], library: Library) -> Draft:
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


def cautious(draft: Draft, support: Support) -> bool:
    """Whether the reader should be told to check."""
    return draft.form in ("fact", "list") and support.score < CAUTION
