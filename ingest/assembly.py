"""The last step of structure: notes put behind the sections that refer to them, drafts made sections of one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.editor import Editor
from ingest.footnotes import Mark, Note
from ingest.joining import glue
from ingest.lines import Line
from ingest.outline import Draft
from ingest.records import Cell, MappedText, Section
from ingest.sentences import split


@dataclass(frozen=True, slots=True)
class Structured:
    """The document's text as it is kept and cited, and its sections in reading order; they do not overlap."""

    text: MappedText
    sections: tuple[Section, ...]


def place_notes(
    drafts: list[Draft],
    notes: Sequence[Note],
    marks: Sequence[Mark],
    lines: Sequence[Line],
    page: Editor,
    cleaned: MappedText,
) -> list[Draft]:
    """Put each note behind the headed part that refers to it, with the sentence that does."""
    placed: dict[int, list[tuple[int, tuple[int, int, int] | None]]] = {}
    mark_of = {mark.note: mark for mark in reversed(marks)}
    for number, note in enumerate(notes):
        anchor: tuple[int, int] | None = None
        if number in mark_of:
            anchor = _draft_at(drafts, cleaned.offsets[_first_raised(page, mark_of[number])])
        if anchor is None:
            before = [
                i
                for i, draft in enumerate(drafts)
                if draft.text.offsets[0] < cleaned.offsets[lines[note.lines[0]].start]
            ]
            placed.setdefault(before[-1] if before else 0, []).append((number, None))
            continue
        owner, at = anchor
        sentences = split(drafts[owner].text.text)
        span = next(((s, e) for s, e in sentences if s <= at < e), None)
        placed.setdefault(owner, []).append((number, (owner, *span) if span else None))
    result: list[Draft] = []
    moved: dict[int, int] = {}
    pending: list[Draft] = []
    for index, draft in enumerate(drafts):
        if pending and draft.path != drafts[index - 1].path:
            result.extend(pending)
            pending = []
        moved[index] = len(result)
        result.append(draft)
        for number, lead in placed.get(index, ()):
            pending.append(_note_draft(notes[number], lines, page, draft.path, lead))
    result.extend(pending)
    for draft in result:
        if draft.lead is not None:
            draft.lead = (moved[draft.lead[0]], draft.lead[1], draft.lead[2])
    return result


def _first_raised(page: Editor, mark: Mark) -> int:
    return next((index for index in range(mark.start, mark.end) if index not in page.dropped), mark.start)


def _draft_at(drafts: Sequence[Draft], source_offset: int) -> tuple[int, int] | None:
    """Draft and place in its text of a character of the source."""
    for index, draft in enumerate(drafts):
        offsets = draft.text.offsets
        if len(offsets) and offsets[0] <= source_offset <= offsets[-1]:
            at = bisect_right(offsets, source_offset) - 1
            if offsets[at] == source_offset:
                return index, at
    return None


def _note_draft(
    note: Note, lines: Sequence[Line], page: Editor, path: tuple[str, ...], lead: tuple[int, int, int] | None
) -> Draft:
    text = page.line(lines[note.lines[0]])
    for index in note.lines[1:]:
        text = glue(text, page.line(lines[index]), page.known)
    return Draft("footnote", text, path, note.label, lead)


def assemble(drafts: Sequence[Draft]) -> Structured:
    """Put the sections one below the other and number their offsets."""
    parts: list[MappedText] = []
    starts: list[int] = []
    position = 0
    for draft in drafts:
        if parts:
            parts.append(MappedText("\n", parts[-1].offsets[-1:]))
            position += 1
        starts.append(position)
        parts.append(draft.text)
        position += len(draft.text)
    sections = tuple(_section(draft, start, starts) for draft, start in zip(drafts, starts, strict=True))
    return Structured(MappedText.join(parts), sections)


def _section(draft: Draft, start: int, starts: Sequence[int]) -> Section:
    lead = None
    if draft.lead is not None:
        base = starts[draft.lead[0]]
        lead = (base + draft.lead[1], base + draft.lead[2])
    cells = tuple(
        Cell(cell.header, cell.value, *((start + cell.start, start + cell.end) if cell.start >= 0 else (-1, -1)))
        for cell in draft.cells
    )
    return Section(draft.kind, draft.path, start, start + len(draft.text), draft.label, lead, cells, draft.caption)
