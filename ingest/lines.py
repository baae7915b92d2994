"""Printed lines: what is layout and what is content.

A cleaned text becomes a list of :class:`Line`; furniture (page numbers, running headers, rulers) is told apart, and
the lines of the printed page are joined again into paragraphs, across page breaks and around notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import median, quantiles

from ingest import patterns as p
from ingest.records import Hint, MappedText, Source

TERMINAL = tuple(".!?:;…")
CLOSERS = '”"’»)]*⁰¹²³⁴⁵⁶⁷⁸⁹ '


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that holds something.

    ``start``/``end`` are offsets in the cleaned text. ``blanks`` counts empty lines before it, ``ruled`` says that one
    of those was a run of spaces or a rule such as stands above notes, ``page`` is the page's number in the file (0:
    no pages), ``page_start`` that a page begins here, ``hint`` what the file format says of it, ``recognised`` that a
    machine read it in a picture, ``merged`` holds the columns of a table row that are one with the cell above.
    """

    text: str
    start: int
    end: int
    blanks: int
    ruled: bool
    page: int
    page_start: bool
    hint: Hint | None = None
    recognised: bool = False
    merged: frozenset[int] = frozenset()

    @property
    def is_table(self) -> bool:
        """Whether it is a row of tab-separated cells."""
        return "\t" in self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set. ``width`` is the usual length of a full line, ``near`` one a little short."""

    wrapped: bool
    width: float
    near: float
    blanks_tell: bool


def read_lines(cleaned: MappedText, source: Source) -> list[Line]:
    """Cut the cleaned text into its non-blank lines, in order."""
    hints = _HintFinder(source.hints)
    merged = {hint.start for hint in source.hints if hint.kind == "merged"}
    lines: list[Line] = []
    raw_indents = 0
    previous_end = 0
    position = 0
    pending: list[tuple[Line, int]] = []
    for raw in cleaned.text.splitlines(keepends=True):
        start = position
        position += len(raw)
        stripped = raw.strip()
        if not stripped:
            continue
        if "\t" in stripped:  # a table row: its first and last cells may be empty
            stripped = raw.strip(" \r\n\f\v\u00a0\u2028\u2029\u0085")
        start += raw.index(stripped[0])
        first, last = cleaned.offsets[start], cleaned.offsets[start + len(stripped) - 1]
        gap = source.text[previous_end:first] if previous_end <= first else ""
        indent = len(gap) - (gap.rfind("\n") + 1)
        page = source.page_at(first)
        number = page.number if page else 0
        ruled = any(len(part) >= 12 and not part.strip() for part in gap.split("\n")[1:-1])
        line = Line(
            stripped, start, start + len(stripped), max(gap.count("\n") - 1, 0), ruled, number,
            "\f" in gap or bool(lines and number != pending[-1][0].page), hints.at(first, last),
            page is not None and page.confidence is not None,
            _merged_columns(cleaned[start : start + len(stripped)], merged) if merged else frozenset(),
        )  # fmt: skip
        lines.append(line)
        pending.append((line, indent))
        raw_indents += indent > 0
        previous_end = last + 1
    # Some extractors leave one space where a page begins; it tells only where indents are otherwise unknown.
    if lines and raw_indents < 0.1 * len(lines) and not source.pages:
        lines = [replace(line, page_start=True) if indent == 1 else line for line, indent in pending]
    return lines


def _merged_columns(row: MappedText, merged: set[int]) -> frozenset[int]:
    """Columns of a row of tab-separated cells whose cell begins at one of the source offsets ``merged``."""
    begins = [row.offsets[0], *(offset + 1 for char, offset in zip(row.text, row.offsets, strict=True) if char == "\t")]
    return frozenset(column for column, begin in enumerate(begins) if begin in merged)


class _HintFinder:
    """Finds the hint that covers a span; spans come in order, so what ends before one is never looked at again."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        self._hints = sorted(
            (hint for hint in hints if hint.kind not in ("reference", "merged")), key=lambda hint: hint.start
        )
        self._first = 0

    def at(self, first: int, last: int) -> Hint | None:
        while self._first < len(self._hints) and self._hints[self._first].end <= first:
            self._first += 1
        for hint in islice(self._hints, self._first, None):
            if hint.start > last:
                break
            if hint.start <= first and last < hint.end + 1 and hint.end > first:
                return hint
        return None


def furniture(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the lines that are not content: page numbers, running headers and footers, rules."""
    found = {index for index, line in enumerate(lines) if line.hint is not None and line.hint.kind == "furniture"}
    edges = _page_edges(lines)
    for index, line in enumerate(lines):
        if line.is_table or index in found:
            continue
        if p.RULER.fullmatch(line.text) or (
            p.PAGE_NUMBER.fullmatch(line.text) and _is_lone_number(lines, index, edges)
        ):
            found.add(index)
    headers = [index for index, line in enumerate(lines) if p.NEWSPAPER.fullmatch(line.text) and not line.is_table]
    if len(headers) > 1:  # a single line with a day may be the date of the paper itself
        found.update(headers)
    pages = len({line.page for line in lines})
    if pages >= 3:
        often = max(3, pages // 2)
        masks = Counter(_masked(lines[index].text) for index in edges)
        found |= {index for index in edges if masks[_masked(lines[index].text)] >= often and not lines[index].is_table}
    return found


def _masked(text: str) -> str:
    """Write a running header as it recurs: only in a short one may figures change from page to page."""
    if p.word_count(text) > 6:
        return text.lower()
    return " ".join("".join("0" if char.isdigit() else char for char in text.lower()).split())


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the first two and last two lines of every page."""
    edges: set[int] = set()
    if not lines or not lines[-1].page:
        return edges
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(index)
    for indices in by_page.values():
        edges.update(indices[:2] + indices[-2:])
    return edges


def _is_lone_number(lines: Sequence[Line], index: int, edges: set[int]) -> bool:
    if edges:
        return index in edges
    around = [*lines[max(index - 2, 0) : index], *lines[index + 1 : index + 3]]
    return not any(p.PAGE_NUMBER.fullmatch(line.text) or line.is_table for line in around)


def measure(lines: Sequence[Line], wrapped: bool | None) -> Layout:
    """Find out how running lines are set; table rows, furniture and notes must be left out by the caller."""
    going_on = [
        (len(line.text), after.blanks)
        for line, after in pairwise(lines)
        if not ends_sentence(line.text)
        and p.starts_lower(after.text)
        and not p.LETTER_PAREN.match(after.text)
        and len(line.text) >= 12
    ]
    long_lines = sum(len(line.text) >= 30 for line in lines) or 1
    if wrapped is None:
        wrapped = len(going_on) > 0.15 * long_lines
    lengths = [length for length, _ in going_on] or [80]
    tenth = quantiles(lengths, n=10)[0] if len(lengths) > 1 else lengths[0]
    full = quantiles([len(line.text) for line in lines], n=10)[-1] if len(lines) > 1 else 0.0
    blank_share = sum(blanks > 0 for _, blanks in going_on) / len(lengths)
    return Layout(wrapped, median(lengths), max(tenth, full / 2), blank_share < 0.4)


def ends_sentence(text: str) -> bool:
    """Whether a line ends with closing punctuation (quotes, brackets and note marks after it aside)."""
    return text.rstrip(CLOSERS).endswith(TERMINAL)
