"""Questions in several parts: each part is answered by itself, then told together, every part with its own source.

Of what is set side by side the figures are compared; where one sentence already says all, nothing is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.calculations.contests import compared
from assistant.answers.calculations.measures import Measure, measures
from assistant.drafts import Draft, Statement
from assistant.question.answer_types import fits
from assistant.question.parts import Mode, Part
from assistant.reading.refusal import CAUTION, Support
from assistant.reading.selection import Choice
from assistant.retrieval.library import Library
from assistant.retrieval.naming import named_kinds
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage, held
from assistant.words import joined
from prompts import say
from vectorstore.lexical import accented_tokens, tokens

SETTLED = frozenset(["premise", "blank"])
"""Answers to the whole question that no part can better."""
NEARLY = 0.75
"""Score, 1 for the best of a part, from which words found for the whole question answer the part too."""
CLOSED = 0.95
"""The same where a question mark stands between the parts."""
SAYS = 0.6
"""It must also hold so much of the part's own words, beside what the part's answer holds of them."""
AS_GOOD = 0.9
"""Share of what a part's own answer holds of it that another statement must hold to answer it as well."""
LONG = 420
"""Characters up to which a side gets a second statement."""
_DIFFERENCE = re.compile(
    r"\b(?:hon|chenh|lech|gap|nhieu nhat|it nhat|so sanh|so voi|dat canh|khac nhau|bang nhau|cao|thap)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A part with its own answer."""

    part: Part
    query: Query
    draft: Draft
    support: Support
    choices: Sequence[Choice] = ()

    @property
    def first(self) -> Statement:
        """What answers it: the first statement that has a source."""
        return next((one for one in self.draft.statements if one.spans), self.draft.statements[0])

    @property
    def lead(self) -> list[Statement]:
        """The first statement with those that go on in its line."""
        told = [self.first]
        for one in self.draft.statements[self.draft.statements.index(self.first) + 1 :]:
            before, after = told[-1].spans[-1:], one.spans[:1]
            if not before or not after or before[0].chunk.id != after[0].chunk.id:
                break
            if not 0 <= after[0].start - before[0].end <= 1:
                break
            told.append(one)
        return told

    @property
    def answered(self) -> bool:
        """Whether the documents hold it."""
        return self.draft.form != "refusal" and bool(self.first.spans)

    @property
    def sure(self) -> bool:
        """Whether it may stand in the place of what answers the whole question."""
        return self.answered and (self.support.score >= CAUTION or self.draft.form == "table")


def open_to_parts(mode: Mode, whole: Draft) -> bool:
    """Whether the answer to the whole question leaves room for answers to its parts."""
    if whole.form in SETTLED or any(statement.computed for statement in whole.statements):
        return False
    return mode == "sides" or whole.form != "sides"


def join(
    query: Query, mode: Mode, asked: Sequence[Part], whole: Draft, told: Iterable[Told], library: Library
) -> tuple[Draft, Support] | None:
    """Tell the parts one by one, with the least support of any; ``None`` where the whole answer is as good.

    ``told`` may be answered as it is read: it is left at the first part that makes telling them apart of no use.
    """
    parts: list[Told] = []
    draft = _sides(query, whole, told, parts, library) if mode == "sides" else _each(whole, asked, told, parts)
    return (draft, min((one.support for one in parts), key=lambda one: one.score)) if draft else None


def _own(part: Told, told: Sequence[Told]) -> list[Statement]:
    """Return a side's statements from the first that names it and no other side on; none where there is no such."""
    if not part.answered:
        return []
    others = [frozenset(tokens(one.part.name)) for one in told if one is not part]
    for place, one in enumerate(part.draft.statements):
        words = frozenset(tokens(one.text))
        if one.spans and _named(part, one) and not any(other <= words for other in others):
            return list(part.draft.statements[place:])
    return []


def _each(whole: Draft, asked: Sequence[Part], told: Iterable[Told], parts: list[Told]) -> Draft | None:
    """Tell each part by the answer to the whole question where it answers the part about as well, else by its own."""
    known = () if whole.form == "refusal" else whole.statements
    closed = any(one.closed for one in asked)
    home = {span.chunk.document_id for one in known[:1] for span in one.spans}
    statements: list[Statement] = []
    sure = False
    for part in told:
        parts.append(part)
        found = next((one for one in known if _answers(one, part, closed, home)), None)
        if found is None and not part.answered:
            return None
        sure = sure or (found is None and part.sure)
        if found is not None:
            statements += known if whole.form == "list" else (found,)
        else:
            statements += part.draft.statements if part.draft.form == "list" else part.lead
    return Draft("fact", tuple(dict.fromkeys(statements)), whole.support) if sure else None


def _answers(statement: Statement, part: Told, closed: bool, home: Collection[str]) -> bool:
    """Say whether a statement rests on words that score for a part nearly as well as what answers it best."""
    if statement.text == part.first.text:
        return True
    own = {span.chunk.document_id for span in part.first.spans}
    if part.answered and own == home and not own & {span.chunk.document_id for span in statement.spans}:
        return False  # The paper that leads answers this part as well.
    if part.answered and _anew(part.query, statement) < SAYS * _anew(part.query, part.first):
        return False
    scores = [
        choice.score
        for choice in part.choices
        for span in statement.spans
        if choice.unit.chunk.document_id == span.chunk.document_id
        and choice.unit.start < span.end
        and span.start < choice.unit.end
    ]
    return max(scores, default=0.0) >= (CLOSED if closed else NEARLY)


def _anew(query: Query, statement: Statement) -> float:
    """Weight of the part's own words that a statement holds, without what it inherits."""
    words = frozenset(tokens(statement.text))
    return held(
        [row for row in query.telling if not row[1].inherited],
        words,
        joined(statement.text),
        frozenset(accented_tokens(statement.text)),
    )[0]


def _sides(query: Query, whole: Draft, told: Iterable[Told], parts: list[Told], library: Library) -> Draft | None:
    for one in told:
        if not one.answered or one.draft.form == "sides":
            return None
        parts.append(one)
    own = [_own(one, parts) for one in parts]
    apart = all(own)  # each answer speaks of its own side alone
    papers = len(query.understood.places) < len(parts) and named_kinds(query.understood.folded)
    if whole.form == "sides" and papers and not apart:
        return None  # papers are asked side by side already
    if apart:
        parts[:] = [
            replace(one, draft=replace(one.draft, statements=tuple(of))) for one, of in zip(parts, own, strict=True)
        ]
    if not _apart(parts) or not _at_home(query, parts, library):
        return None
    if (
        whole.form != "refusal"
        and not apart
        and any(all(_named(part, one) and _as_good(part, one) for part in parts) for one in whole.statements)
    ):
        return None
    figures = [_only(one.first) for one in parts]
    statements: list[Statement] = []
    known = [figure for figure in figures if figure is not None]
    if len(known) == len(parts) and _DIFFERENCE.search(query.understood.folded):
        verdict = compared(query, [one.part.name for one in parts], known)
        if verdict:
            spans = tuple(span for one in parts for span in one.first.spans[:1])
            statements.append(Statement(verdict, spans, computed=True))
    for one in parts:
        name = one.part.name[0].upper() + one.part.name[1:]
        text = one.first.text
        if not joined(text).startswith(joined(name)):
            text = say("answers", "side", title=name, statement=text)
        statements.append(Statement(text, one.first.spans, one.first.computed))
        if one.draft.form == "list":
            statements += one.draft.statements[1:]
        elif not known:
            statements += [more for more in one.draft.statements[1:2] if len(text) + len(more.text) <= LONG]
    return Draft("sides", tuple(dict.fromkeys(statements)), whole.support)


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


def _as_good(part: Told, statement: Statement) -> bool:
    """Say whether a statement holds as much of a part as its own answer does, and has the form asked for as well."""
    if not statement.spans:
        return False
    understood = part.query.typed
    return _held(part.query, statement) >= AS_GOOD * _held(part.query, part.first) and fits(
        understood, statement.text
    ) >= fits(understood, part.first.text)


def _named(part: Told, statement: Statement) -> bool:
    """Say whether a statement has every word of a side's name."""
    words = frozenset(tokens(" ".join([statement.text, *(span.chunk.section for span in statement.spans)])))
    return frozenset(tokens(part.part.name)) <= words


def _held(query: Query, statement: Statement) -> float:
    words = " ".join([statement.text, *(span.chunk.section for span in statement.spans[:1])])
    return coverage(query, frozenset(tokens(words)), joined(words), frozenset(accented_tokens(words)))


def _only(statement: Statement) -> Measure | None:
    """Return the only figure of a statement."""
    found = measures(statement.text)
    return found[0] if len(found) == 1 else None
