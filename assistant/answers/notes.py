"""Footnotes a statement refers to: reports put names, parts and lists there and only their number in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Span, Statement
from assistant.question.answer_types import YEAR
from assistant.question.question_types import NUMERIC
from assistant.reading.wording import plain, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage
from assistant.retrieval.units import Passage, Unit
from vectorstore.lexical import tokens

LONG = 190
"""Words of one quotation."""
BEFORE = 16
"""Words before a note's mark that it may be about."""
HELD = 0.12
"""Share of the question a note must hold to be told."""
ROOM = 420
TELLING = 0.5
YEARS = 4
"""Digits a year has."""
_MARK = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")


def answering(query: Query, unit: Unit, library: Library) -> list[Statement]:
    """Return the note that tells what the unit only counts, as one statement or none."""
    labels = _open(query, unit)
    found = [note for note in notes_of(unit, library) if note.chunk.label in labels] if labels else []
    scored = [(_held(query, note), -place, note) for place, note in enumerate(found)]
    if query.understood.kind in NUMERIC:
        scored = [one for one in scored if one[0] >= HELD]
    if not scored:
        return []
    note = max(scored, key=lambda one: one[:2])[2]
    own = note.chunk.text.strip()
    text = own.removeprefix(note.chunk.label).lstrip(". ")
    return [Statement(shorten(plain(text, note=text == own), ROOM), tuple(pieces(note))[:2])]


def _open(query: Query, unit: Unit) -> list[str]:
    """Return the labels of the notes that may answer: what is asked for is counted before them, or only repeated."""
    understood = query.understood
    if not unit.notes:
        return []
    if understood.kind in NUMERIC:
        others = unit.numbers - set(understood.numbers)
        only = unit.numbers & set(understood.numbers) and all(YEAR.fullmatch(number) for number in others)
        return list(unit.notes) if only else []
    if not understood.asks("list", "body", "which", "who", "definition"):
        return []
    asked = frozenset(one.text for one in query.concepts if one.weight > TELLING and not one.inherited)
    marks = zip(_MARK.finditer(unit.text), unit.notes, strict=True)
    return [label for mark, label in marks if _counts(tokens(unit.text[: mark.start()])[-BEFORE:], asked)]


def _counts(before: Sequence[str], asked: frozenset[str]) -> bool:
    """Say whether a number counts what is asked for: one of the two syllables after it and another word are."""
    return len(asked.intersection(before)) > 1 and any(
        number.isdigit() and len(number) < YEARS and asked.intersection(before[place + 1 : place + 3])
        for place, number in enumerate(before)
    )


def _held(query: Query, note: Passage) -> float:
    return coverage(query, note.set, note.joined, note.accented)


def notes_of(unit: Unit, library: Library) -> list[Passage]:
    """Passages of the notes a unit refers to, in order."""
    wanted = unit.notes
    if not wanted:
        return []
    chunks = library.chunks_of(unit.chunk.document_id)
    sentence = unit.sentence_text.strip()
    found = []
    for label in wanted[:3]:
        for chunk in chunks:
            if (
                chunk.kind == "footnote"
                and chunk.label == label
                and (not chunk.context or _tied(chunk.context, sentence))
            ):
                found.append(library.passage(chunk))
    return found


def _tied(context: str, sentence: str) -> bool:
    """Say whether a note belongs to the sentence whose words its context repeats."""
    theirs, own = set(context.lower().split()), set(sentence.lower().split())
    return len(theirs & own) >= 0.5 * min(len(theirs), len(own))


def pieces(note: Passage) -> list[Span]:
    """Return a note as quotations of bearable length."""
    spans: list[Span] = []
    words = 0
    for unit in note.units:
        if unit.kind == "clause":
            continue
        if spans and words + unit.words <= LONG:
            spans[-1] = Span(note.chunk, spans[-1].start, unit.end)
            words += unit.words
        else:
            spans.append(Span(note.chunk, unit.start, unit.end))
            words = unit.words
    return spans
