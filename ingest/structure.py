"""From cleaned text to sections: furniture dropped, lines joined, notes detached, headings and tables found.

Nothing is lost: every letter of the cleaned text that is not furniture, emphasis, a note mark or a header repeated by
a page break stands in exactly one section, and keeps its source offset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import patterns as p
from ingest.assembly import Structured as Structured
from ingest.assembly import assemble, place_notes
from ingest.editor import Editor
from ingest.footnotes import find_notes
from ingest.hint_labels import GOES_ON
from ingest.joining import glue, goes_on
from ingest.line_forms import is_marked, is_signing
from ingest.lines import Layout, Line, ends_sentence, furniture, measure, read_lines
from ingest.outline import Paragraph
from ingest.records import MappedText, Source
from ingest.reports import ReportOutline
from ingest.statutes import StatuteOutline, is_statute
from ingest.tables import read_table
from ingest.title_block import title_length

_TITLE_LINES = 8
_TABLE_TITLE = re.compile(r"(?:BẢNG|BIỂU)\b")


def structure(cleaned: MappedText, source: Source) -> Structured:
    """Find the sections of a cleaned text. Offsets of the result are offsets in its own ``text``."""
    lines = read_lines(cleaned, source)
    skip = furniture(lines)
    plain = [line for i, line in enumerate(lines) if i not in skip and not line.is_table]
    layout = measure(plain, source.wrapped)
    notes, marks = find_notes(lines, skip, layout, cleaned, source)
    page = Editor(cleaned, marks)
    in_notes = {index for note in notes for index in note.lines}
    running = [i for i in range(len(lines)) if i not in skip and i not in in_notes]
    if source.wrapped is None:
        plain = [lines[i] for i in running if not lines[i].is_table]
        layout = replace(measure(plain, layout.wrapped), wrapped=layout.wrapped)
    in_pictures = measure([line for line in plain if line.recognised], wrapped=True)
    layouts = (layout, layout if layout.wrapped else in_pictures)
    paragraphs = _paragraphs(lines, running, page, layouts, set(range(len(lines))) - set(running))
    outline = StatuteOutline(paragraphs) if is_statute(paragraphs) else ReportOutline(paragraphs)
    for index in range(outline.title_block(), len(paragraphs)):
        outline.read(index)
    drafts = place_notes(outline.drafts, notes, marks, lines, page, cleaned)
    return assemble(drafts)


def _paragraphs(
    lines: Sequence[Line], running: Sequence[int], page: Editor, layouts: tuple[Layout, Layout], breaks: set[int]
) -> list[Paragraph]:
    """Join running lines into paragraphs; ``layouts`` are those of typed lines and of lines recognised in pictures."""
    displaced = _displaced_title(lines, running, breaks)
    if displaced:  # the paper's date is printed on every page; it belongs to the title once
        dated = (
            i for i in sorted(breaks) if p.NEWSPAPER.fullmatch(lines[i].text) and p.DATE_SLASH.search(lines[i].text)
        )
        displaced += [index for index in dated][:1]
    result: list[Paragraph] = []
    last_line = ""
    recognised = False
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
        layout = layouts[line.recognised]
        other_text, recognised = line.recognised != recognised and layouts[0] != layouts[1], line.recognised
        shown = replace(line, text=content.text)
        previous = result[-1] if result else None
        if previous is not None and previous.row is None and not previous.displaced and index not in displaced:
            together = (
                previous.hint is not None and previous.hint == line.hint and line.hint is not None and layout.wrapped
            )
            stated = other_text or (line.hint != previous.hint and (_is_unit(line) or _is_unit_paragraph(previous)))
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


def _add_table(lines: Sequence[Line], indices: Sequence[int], page: Editor, result: list[Paragraph]) -> None:
    """Read the lines of one or more tables that follow each other."""
    contents = [page.line(lines[index], keep_tabs=True) for index in indices]
    for start, end in _table_runs(lines, indices):
        hint = lines[indices[start]].hint
        stated = hint.level if hint is not None and hint.kind == "table" else 0
        merged = [lines[index].merged for index in indices[start:end]]
        rows = read_table([content.text for content in contents[start:end]], stated, merged)
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
    if hint == lines[before].hint or (hint is not None and hint.label == GOES_ON):
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


def _merge_headings(paragraphs: list[Paragraph], page: Editor) -> list[Paragraph]:
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
    if p.ROMAN.match(text) and p.is_capitals(text) and p.is_capitals(more):
        return not (ends_sentence(text) or p.KIND_LINE.match(more) or is_signing(more) or _TABLE_TITLE.match(more))
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
