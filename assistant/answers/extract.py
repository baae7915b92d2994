"""Compose an answer from units, without a model. Read :func:`compose` first.

Each way of answering stands in its own file and returns ``None`` when it does not apply; the first that does wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import (
    agreement,
    award_conditions,
    blanks,
    calculations,
    conflicts,
    duties,
    facts,
    lists,
    papers,
    premises,
    provisions,
    provisos,
    replies,
    sides,
    signers,
)
from assistant.answers.calculations import additions, checks
from assistant.answers.refusing import refuse
from assistant.answers.tables import listed, lookup
from assistant.answers.tables.asked import asks_extreme
from assistant.answers.tables.match import Match
from assistant.drafts import Draft
from assistant.reading import anew, authority
from assistant.reading.asked_value import missing
from assistant.reading.constraints import settle
from assistant.reading.named_paper import among, of_another_year, within
from assistant.reading.refusal import CAUTION, Support, forbids, judge, strange
from assistant.reading.selection import Choice, choose
from assistant.reading.whose_papers import of_those_named
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.registers import fitting
from prompts import say

ABOUT = 0.75
"""A request that sounds out of the subject is answered only when a unit holds this share of it."""
SIDE_BY_SIDE = 0.35
"""Share of its neighbouring words that must stand side by side then: single syllables stand anywhere."""
OUTSIDE = 0.3
"""Support left to an answer about part of a number when it stands elsewhere than that number."""


def compose(query: Query, evidence: Sequence[Evidence], library: Library) -> tuple[Draft, Support, list[Choice]]:
    """Return the draft, why it was judged so, and the units in order of score."""
    evidence = of_those_named(query, evidence, library)
    choices, support = _judged(query, evidence, library)
    every = among(query, evidence, library)
    tabled = fitting(query.understood, every, library)
    draft = _stated(query, evidence, tabled, choices, support, library)
    if draft is None and support.refused and not support.missing_name:
        draft = _beyond_units(query, evidence, choices, library)
    draft = draft or sides.yearly(query, evidence, library)
    if draft is None and not support.refused:
        draft = _supported(query, evidence, choices, library)
    if draft is not None and draft.form in ("fact", "list"):
        draft = _limited(query, draft, library)
        if lack := _lack(query, draft, library):
            draft, support = None, replace(support, lack=lack)
    if draft is None and len(tabled) < len(every):
        draft = _worked_out(query, every, choices, support, library)
    return draft or refuse(query, choices, support, library), support, choices


def _judged(query: Query, evidence: Sequence[Evidence], library: Library) -> tuple[list[Choice], Support]:
    """Choose units and judge whether the best of them may be told."""
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
    return choices, support


def _stated(
    query: Query,
    evidence: Sequence[Evidence],
    tabled: Sequence[Evidence],
    choices: Sequence[Choice],
    support: Support,
    library: Library,
) -> Draft | None:
    """Answer in a way that is sure by itself, whatever the units say: a provision, a cell, a signer, a premise."""
    draft = (
        provisions.answer(query, evidence, library)
        or award_conditions.answer(query, evidence, library)
        or _worked_out(query, tabled, choices, support, library)
        or signers.answer(query, library)
        or blanks.header(query, library)
        or blanks.field(query, choices)
    )
    if query.understood.social == "out_of_subject" and not _about(choices, support):
        return refuse(query, choices, support, library)
    return draft or premises.answer(query, evidence, choices, library)


def _beyond_units(
    query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library
) -> Draft | None:
    """Answer where no unit alone may be told: by a calculation, a list whose head is asked about, a body's duties."""
    return (
        calculations.answer(query, evidence, choices, library)
        or (lists.sure(query, evidence, choices, library) if "lists" not in query.without else None)
        or duties.answer(query, evidence, library)
    )


def _supported(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft:
    """Answer from units that may be told, in the first way that bears on the question."""
    # What one paper leaves blank another may state.
    several = sides.several(query) and not query.understood.asks("consistency")
    return (
        (sides.answer(query, evidence, library) if several else None)
        or calculations.answer(query, evidence, choices, library)
        or blanks.answer(query, choices)
        or additions.answer(query, choices)
        or conflicts.answer(query, choices, library)
        or (None if several else sides.answer(query, evidence, library))
        or replies.answer(choices, library)
        or papers.answer(query, choices)
        or duties.answer(query, evidence, library)
        or (lists.answer(query, evidence, choices, library) if "lists" not in query.without else None)
        or facts.answer(query, choices, library)
    )


def _limited(query: Query, draft: Draft, library: Library) -> Draft:
    """Put what limits a statement behind it."""
    first, *others = draft.statements
    limits = provisos.of(query, first.spans[0], library) if first.spans else []
    return replace(draft, statements=tuple(dict.fromkeys((first, *limits, *others))))


def _lack(query: Query, draft: Draft, library: Library) -> str:
    """Return what an answer lacks of what is asked, so that it is none; "" when nothing."""
    if lacks := missing(query, draft):
        return say("refusals", "lack_value", what=lacks)
    told = {span.chunk.document_id for statement in draft.statements for span in statement.spans}
    return say("refusals", "lack_paper") if of_another_year(query, told, library) else ""


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


def cautious(draft: Draft, support: Support) -> bool:
    """Whether the reader should be told to check."""
    return draft.form in ("fact", "list") and support.score < CAUTION
