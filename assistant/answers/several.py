"""Questions in several parts: each part is answered by itself, then told together, every part with its own source.

Of what is set side by side the figures are compared; where one sentence already says all, nothing is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.calculations.contests import compared
from assistant.answers.calculations.measures import Measure, measures
from assistant.drafts import Draft, Span, Statement
from assistant.question.parts import Mode, Part
from assistant.reading.refusal import CAUTION, Support
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from prompts import say

SETTLED = frozenset(["premise", "blank"])
"""Answers to the whole question that no part can better."""
_MARKS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Told:
    """A part with its own answer."""

    part: Part
    query: Query
    draft: Draft
    support: Support

    @property
    def first(self) -> Statement:
        """What answers it."""
        return self.draft.statements[0]

    @property
    def answered(self) -> bool:
        """Whether the documents hold it."""
        return self.draft.form != "refusal" and bool(self.first.spans)

    @property
    def sure(self) -> bool:
        """Whether it may stand in the place of what answers the whole question."""
        return self.answered and (self.support.score >= CAUTION or self.draft.form == "table")


def open_to_parts(draft: Draft) -> bool:
    """Whether the answer to the whole question leaves room for answers to its parts."""
    return draft.form not in SETTLED and not any(statement.computed for statement in draft.statements)


def join(query: Query, mode: Mode, whole: Draft, told: Sequence[Told], library: Library) -> Draft | None:
    """Tell the parts one by one, ``None`` where the answer to the whole question is as good."""
    return _sides(query, whole, told, library) if mode == "sides" else _each(whole, told)


def _each(whole: Draft, told: Sequence[Told]) -> Draft | None:
    missing = [one for one in told if one.sure and not _covered(one, whole)]
    if not missing:
        return None
    if all(one.answered for one in told):
        statements = [statement for one in told for statement in one.draft.statements[:1]]
    elif whole.form == "refusal":
        statements = [one.first for one in missing]
    else:
        statements = [*whole.statements, *(one.first for one in missing)]
    return Draft("fact", tuple(dict.fromkeys(statements)), whole.support)


def _sides(query: Query, whole: Draft, told: Sequence[Told], library: Library) -> Draft | None:
    if not all(one.answered for one in told) or not _apart(told) or not _at_home(query, told, library):
        return None
    if whole.form != "refusal" and all(_covered(one, whole) for one in told):
        return None
    figures = [_only(one.first) for one in told]
    statements: list[Statement] = []
    known = [figure for figure in figures if figure is not None]
    if len(known) == len(told) == 2:  # noqa: PLR2004 - one beside the other
        verdict = compared(query, [one.part.name for one in told], known)
        if verdict:
            spans = tuple(span for one in told for span in one.first.spans[:1])
            statements.append(Statement(verdict, spans, computed=True))
    for one in told:
        name = one.part.name[0].upper() + one.part.name[1:]
        text = say("answers", "side", title=name, statement=one.first.text)
        statements.append(Statement(text, one.first.spans, one.first.computed))
    return Draft("sides", tuple(statements), whole.support)


def _apart(told: Sequence[Told]) -> bool:
    """Say whether no two parts rest on the same words."""
    spans = [(one.first.spans[0].chunk.document_id, one.first.spans[0].start, one.first.text) for one in told]
    return len(set(spans)) == len(spans)


def _at_home(query: Query, told: Sequence[Told], library: Library) -> bool:
    """Say whether of several provinces each answer comes from a paper of its own province."""
    if len(query.understood.places) < len(told):
        return True
    return all(
        library.profile(one.first.spans[0].chunk.document_id).province in one.query.understood.places for one in told
    )


def _covered(one: Told, whole: Draft) -> bool:
    """Say whether the answer to the whole question holds a part's: from the same words, with the same figures."""
    figures = {figure.printed for figure in measures(one.first.text)}
    for statement in whole.statements:
        if _plain(one.first.text) in _plain(statement.text):
            return True
        same = any(_overlap(mine, theirs) for mine in one.first.spans for theirs in statement.spans)
        if same and figures and figures <= {figure.printed for figure in measures(statement.text)}:
            return True
    return False


def _plain(text: str) -> str:
    return _MARKS.sub(" ", text).strip().lower()


def _overlap(one: Span, other: Span) -> bool:
    return one.chunk.document_id == other.chunk.document_id and one.start < other.end and other.start < one.end


def _only(statement: Statement) -> Measure | None:
    """Return the only figure of a statement."""
    found = measures(statement.text)
    return found[0] if len(found) == 1 else None
