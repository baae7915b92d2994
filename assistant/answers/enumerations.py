"""Lists told in one sentence with its notes: of a long sentence what stands from the telling clause on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.notes import notes_of, pieces
from assistant.answers.statements import leads
from assistant.answers.subjects import told
from assistant.drafts import Span, Statement
from assistant.question.answer_types import value
from assistant.reading.selection import Choice, clauses_of, distinct, telling_clauses
from assistant.reading.wording import plain, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit

ROOM = 1400
"""Characters a list with its notes may take,"""
SENTENCE = 900
"""its sentence alone."""
FURTHER = 800
"""Characters up to which further sentences are told."""
WHOLE = 60
"""Words up to which a sentence is told whole."""
QUOTE_WORDS = 180
"""Words of one quotation."""
NEAR = 0.82
"""Share of the best score a further sentence needs."""


def enumeration(query: Query, choices: Sequence[Choice], library: Library) -> list[Statement]:
    """Return the sentence that enumerates, the notes it refers to, and the next best units while there is room."""
    statements: list[Statement] = []
    used = 0
    kept = distinct((choice for choice in choices if not leads(choice.unit)), 4)
    if query.understood.asks("how_many"):
        # "có bao nhiêu thành viên, gồm những ai": the sentence that counts them opens the list.
        kept.sort(key=lambda choice: choice.leading < 1)
    for number, choice in enumerate(kept):
        if number and choice.score < NEAR * kept[0].score:
            break
        units = _onward(query, choices, choice, library)
        text = shorten(
            " ".join(told(unit) if not place else plain(unit.text) for place, unit in enumerate(units)), SENTENCE
        )
        if number and used + len(text) > FURTHER:
            continue
        if number == 0:
            found = value(query.understood, plain(units[0].text))
            text = f"{found}: {text}" if found and text.find(found) > len(found) else text
        statements.append(Statement(text, tuple(_quote(unit) for unit in units)))
        used += len(text)
        notes = notes_of(units[0], library) if number == 0 else []
        for note in notes:
            text = shorten(plain(note.chunk.text, note=True), max(200, ROOM - used))
            statements.append(Statement(text, tuple(pieces(note))))
            used += len(text)
        if notes or used > FURTHER - 100:
            break
    return statements


def _onward(query: Query, choices: Sequence[Choice], choice: Choice, library: Library) -> list[Unit]:
    """Return the sentence of a choice, a long one from its telling clause on, with its rest in the next passage."""
    unit = choice.unit
    start, end = unit.sentence
    if len(unit.sentence_text.split()) > WHOLE:
        clauses = clauses_of(choices, choice)
        start = telling_clauses(query, choices, choice)[0].unit.start if clauses else start
    found = [replace(unit, kind="clause" if start > unit.sentence[0] else "sentence", start=start, end=end)]
    after = library.passage_after(unit.chunk, 1) if end >= unit.chunk.start + len(unit.chunk.text.rstrip()) else None
    cut_off = unit.chunk.kind == "text" and found[0].text.rstrip()[-1:] in (";", ",")
    if cut_off and after is not None and after.units and after.chunk.path == unit.chunk.path:
        found.append(after.units[0])
    return found


def _quote(unit: Unit) -> Span:
    start, end = unit.sentence
    if len(unit.sentence_text.split()) <= QUOTE_WORDS:
        return Span(unit.chunk, start, end)
    words = unit.text.split()
    if len(words) <= QUOTE_WORDS:
        return Span(unit.chunk, unit.start, unit.end)
    text = unit.text
    for _ in range(len(words) - QUOTE_WORDS):
        text = text[: text.rstrip().rfind(" ")]
    return Span(unit.chunk, unit.start, unit.start + len(text.rstrip()))
