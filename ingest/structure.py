"""From cleaned text to sections: furniture dropped, lines joined, notes detached, headings and tables found.

Nothing is lost: every letter of the cleaned text that is not furniture, emphasis, a note mark or a header repeated by
a page break stands in exactly one section, and keeps its source offset.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import patterns as p
from ingest.footnotes import Mark, Note, find_notes
from ingest.lines import Layout, Line, ends_sentence, furniture, glue, goes_on, measure, read_lines
from ingest.outline import Draft, Paragraph
from ingest.records import Cell, MappedText, Section, Source
from ingest.reports import ReportOutline, is_marked, title_length
from ingest.sentences import split
from ingest.statutes import StatuteOutline, is_statute
from ingest.tables import read_table

_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Structured:
    """The document's text as it is kept and cited, and its sections in reading order; they do not overlap."""

    text: MappedText
    sections: tuple[Section, ...]


def structure(cleaned: MappedText, source: Source) -> Structured:
    """Find the sections of a cleaned text. Offsets of the result are offsets in its own ``text``."""
    lines = read_lines(cleaned, source)
    skip = furniture(lines)
    layout = measure([line for i, line in enumerate(lines) if i not in skip and not line.is_table], source.wrapped)
    notes, marks = find_notes(lines, skip, layout, cleaned, source)
    page = _Editor(cleaned, marks)
    in_notes = {index for note in notes for index in note.lines}
    running = [i for i in range(len(lines)) if i not in skip and i not in in_notes]
    if source.wrapped is None:
        plain = [lines[i] for i in running if not lines[i].is_table]
        layout = replace(measure(plain, layout.wrapped), wrapped=layout.wrapped)
    paragraphs = _paragraphs(lines, running, page, layout, set(range(len(lines))) - set(running))
    outline = StatuteOutline(paragraphs) if is_statute(paragraphs) else ReportOutline(paragraphs)
    for index in range(outline.title_block(), len(paragraphs)):
        outline.read(index)
    drafts = _place_notes(outline.drafts, notes, marks, lines, page, cleaned)
    return _assemble(drafts)


class _Editor:
    """Gives the content of printed lines: emphasis marks gone, note marks raised, runs of spaces made one."""

    def __init__(self, cleaned: MappedText, marks: Sequence[Mark]) -> None:
        self.cleaned = cleaned
        self.dropped: set[int] = set()
        self.raised: dict[int, str] = {}
        for match in p.EMPHASIS.finditer(cleaned.text):
            self.dropped.update(range(match.start(1), match.end(1)))
            self.dropped.update(range(match.end() - len(match[1]), match.end()))
        for mark in marks:
            for index in range(mark.start, mark.end):
                char = cleaned.text[index]
                if char.isascii() and char.isdigit():
                    self.raised[index] = char.translate(p.TO_SUPERSCRIPT)
                elif char in "()[]":
                    self.dropped.add(index)
            space = mark.start - 1
            while space >= 0 and cleaned.text[space] == " ":
                self.dropped.add(space)
                space -= 1
        self.changed = sorted(self.dropped | set(self.raised))
        self.known = frozenset(word.strip(".,;:()“”").lower() for word in cleaned.text.split())

    def line(self, line: Line, keep_tabs: bool = False) -> MappedText:
        """Return the content of one line."""
        text = self.cleaned.text[line.start : line.end]
        first = bisect_right(self.changed, line.start - 1)
        edited = first < len(self.changed) and self.changed[first] < line.end
        if not edited and "  " not in text and (keep_tabs or "\t" not in text):
            return self.cleaned[line.start : line.end]
        chars: list[str] = []
        offsets = array("i")
        for index in range(line.start, line.end):
            if index in self.dropped:
                continue
            char = self.raised.get(index, self.cleaned.text[index])
            if char == "\t" and not keep_tabs:
                char = " "
            if char == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(char)
            offsets.append(self.cleaned.offsets[index])
        while chars and chars[-1] == " ":
            chars.pop()
            offsets.pop()
        return MappedText("".join(chars), offsets)


def _paragraphs(
    lines: Sequence[Line], running: Sequence[int], page: _Editor, layout: Layout, breaks: set[int]
) -> list[Paragraph]:
    """Join running lines into paragraphs."""
    displaced = _displaced_title(lines, running, breaks)
    if displaced:  # the paper's date is printed on every page; it belongs to the title once
        dated = (
            i for i in sorted(breaks) if p.NEWSPAPER.fullmatch(lines[i].text) and p.DATE_SLASH.search(lines[i].text)
        )
        displaced += [index for index in dated][:1]
    result: list[Paragraph] = []
    last_line = ""
    table: list[int] = []
    for index in (*displaced, *(i for i in running if i not in displaced)):
        line = lines[index]
        if _in_table(line):
            table.append(index)
            continue
        if table:
            _add_table(lines, table, page, result)
            table = []
        content = page.line(line)
        if not len(content):
            continue
        shown = replace(line, text=content.text)
        previous = result[-1] if result else None
        if previous is not None and previous.row is None and not previous.displaced and index not in displaced:
            together = (
                previous.hint is not None and previous.hint == line.hint and line.hint is not None and layout.wrapped
            )
            stated = line.hint != previous.hint and (_is_unit(line) or _is_unit_paragraph(previous))
            if together or (not stated and goes_on(previous.string, shown, layout, last_line, is_marked)):
                result[-1] = replace(previous, text=glue(previous.text, content, page.known))
                last_line = content.text
                continue
        result.append(Paragraph(content, line.hint, None, index in displaced))
        last_line = content.text
    if table:
        _add_table(lines, table, page, result)
    return _merge_headings(result, page)


def _in_table(line: Line) -> bool:
    return line.is_table or (line.hint is not None and line.hint.kind == "table")


def _is_unit(line: Line) -> bool:
    return line.hint is not None and line.hint.kind in ("heading", "title", "list_item")


def _is_unit_paragraph(paragraph: Paragraph) -> bool:
    return paragraph.hint is not None and paragraph.hint.kind in ("heading", "title", "list_item")


def _add_table(lines: Sequence[Line], indices: Sequence[int], page: _Editor, result: list[Paragraph]) -> None:
    """Read the lines of one or more tables that follow each other."""
    contents = [page.line(lines[index], keep_tabs=True) for index in indices]
    for start, end in _table_runs(lines, indices):
        hint = lines[indices[start]].hint
        stated = hint.level if hint is not None and hint.kind == "table" else 0
        rows = read_table([content.text for content in contents[start:end]], stated)
        for offset, row in enumerate(rows):
            if row is not None:
                result.append(Paragraph(contents[start + offset], hint, row))


def _table_runs(lines: Sequence[Line], indices: Sequence[int]) -> list[tuple[int, int]]:
    """Part tables where the format says that another one begins, unless a page break only cut one in two."""
    runs: list[tuple[int, int]] = []
    start = 0
    for position in range(1, len(indices) + 1):
        if position == len(indices) or not _same_table(lines, indices[start], indices[position], indices[position - 1]):
            runs.append((start, position))
            start = position
    return runs


def _same_table(lines: Sequence[Line], first: int, index: int, before: int) -> bool:
    hint = lines[index].hint
    if hint == lines[before].hint:
        return True
    repeated = lines[index].text.split() == lines[first].text.split()
    unheaded = hint is not None and hint.level == 0 and lines[index].text.count("\t") == lines[first].text.count("\t")
    return repeated or unheaded


def _displaced_title(lines: Sequence[Line], running: Sequence[int], breaks: set[int]) -> list[int]:
    """Return the indices of a title block that the layout put into the middle of a sentence (newspaper columns)."""
    for position in range(12, min(len(running), 600)):
        index = running[position]
        match = p.KIND_LINE.match(lines[index].text)
        if not match or not p.is_capitals(lines[index].text) or p.word_count(lines[index].text) > 6:
            continue
        if ends_sentence(lines[running[position - 1]].text) or p.is_capitals(lines[running[position - 1]].text):
            continue
        end = position + 1
        while end < len(running) and running[end] == running[end - 1] + 1 and not lines[running[end]].page_start:
            end += 1
        cut = end < len(running) and (running[end - 1] + 1 in breaks or lines[running[end]].page_start)
        if cut and end - position <= _TITLE_LINES and p.starts_lower(lines[running[end]].text):
            return list(running[position:end])
    return []


def _merge_headings(paragraphs: list[Paragraph], page: _Editor) -> list[Paragraph]:
    """Put the lines of a heading in several paragraphs together: "Phần thứ nhất" and its title, an annex's title."""
    top = title_length(paragraphs)
    result = paragraphs[:top]
    index = top
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        index += 1
        if paragraph.row is None:
            while index < len(paragraphs) and _belongs_to_heading(paragraph, paragraphs[index]):
                paragraph = replace(paragraph, text=glue(paragraph.text, paragraphs[index].text, page.known))
                index += 1
        result.append(paragraph)
    return result


def _belongs_to_heading(heading: Paragraph, following: Paragraph) -> bool:
    text, more = heading.string, following.string
    if following.row is not None or is_marked(more) or p.ENCLOSED.match(more) or following.hint != heading.hint:
        return False
    part = p.PART.match(text)
    if part is not None and p.is_capitals(more):
        return p.word_count(text) <= 4 or p.is_capitals(text[part.end() :])
    kind = p.KIND_LINE.match(text)
    if (
        kind is None
        or p.word_count(more) > 30
        or ends_sentence(more)
        or p.word_count(text) > 40
        or p.ENACTING.match(more)
    ):
        return False
    return p.is_capitals(text) or text.endswith(",")


def _place_notes(
    drafts: list[Draft],
    notes: Sequence[Note],
    marks: Sequence[Mark],
    lines: Sequence[Line],
    page: _Editor,
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


def _first_raised(page: _Editor, mark: Mark) -> int:
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
    note: Note, lines: Sequence[Line], page: _Editor, path: tuple[str, ...], lead: tuple[int, int, int] | None
) -> Draft:
    text = page.line(lines[note.lines[0]])
    for index in note.lines[1:]:
        text = glue(text, page.line(lines[index]), page.known)
    return Draft("footnote", text, path, note.label, lead)


def _assemble(drafts: Sequence[Draft]) -> Structured:
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
