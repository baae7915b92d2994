"""Ruled tables of a PDF page, found by pdfplumber; used only on pages that have rules, because it is slow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise, takewhile
from statistics import median
from typing import Any

from ingest import patterns as p
from ingest.readers.marks import SUPERSCRIPTS
from ingest.readers.pdf.lines import Line, Unseen
from ingest.readers.pdf.unseen import drawn_of
from ingest.readers.side_by_side import Row
from ingest.syllables import is_broken_syllable

_SMALL = 0.8
_NEAR = 2.0


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of a table and its box, in points from the page's lower left corner.

    ``goes_on``: it is the rest of the table on the page before, whose headers it does not repeat.
    """

    rows: tuple[Row, ...]
    left: float
    bottom: float
    right: float
    top: float
    goes_on: bool = False

    def holds(self, line: Line) -> bool:
        """Say whether a line stands inside the table."""
        return self.left - _NEAR <= line.x <= self.right + _NEAR and self.bottom - _NEAR <= line.y <= self.top + _NEAR


class TableFinder:
    """Finds tables in one file, which it opens when the first page is asked for."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data = data
        self._password = password
        self._pdf: Any = None

    def find(self, page_index: int, unseen: Sequence[Unseen] = ()) -> list[RuledTable]:
        """Return the tables of a page, from top to bottom, without ``unseen`` text.

        Frames with one row or one column are no tables.
        """
        if self._pdf is None:
            import pdfplumber

            self._pdf = pdfplumber.open(BytesIO(self._data), password=self._password or "")
        page = self._pdf.pages[page_index]
        try:
            gone = {id(char) for text in unseen for char in drawn_of(text, page)}
            seen = page.filter(lambda thing: id(thing) not in gone) if gone else page
            return [table for found in seen.find_tables() if (table := _read(seen, found)) is not None]
        finally:
            page.close()

    def close(self) -> None:
        """Close the file if it was opened."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None


@contextmanager
def table_finder(data: bytes, password: str | None) -> Iterator[TableFinder]:
    """Lend a table finder and close it."""
    finder = TableFinder(data, password)
    try:
        yield finder
    finally:
        finder.close()


def _read(page: Any, found: Any) -> RuledTable | None:  # noqa: ANN401
    left, top, right, bottom = found.bbox
    inside = [char for char in page.chars if left <= char["x0"] <= right and top <= char["top"] <= bottom]
    if inside:
        _raise_small_digits(inside)
    rows = tuple(tuple(_cell(cell) for cell in row) for row in found.extract())
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or sum(1 for cell in cells if cell) < max(2, len(rows)):
        return None
    edge, _, _, foot = page.mediabox
    return RuledTable(rows, left - edge, foot - bottom, right - edge, foot - top)


def _raise_small_digits(chars: list[Any]) -> None:
    """Write small digits as superscripts, so that a reference mark cannot join the figure before it."""
    usual = median(char["size"] for char in chars)
    for char in chars:
        if char["size"] < _SMALL * usual and char["text"].isdigit():
            char["text"] = char["text"].translate(SUPERSCRIPTS)


def _cell(text: str | None) -> str | None:
    """Join the lines of a cell; a word broken at a hyphen or a syllable broken by a narrow cell stays whole."""
    if text is None:
        return None
    lines = re.sub(r"(?<=\S)-\n", "-", text).split("\n")
    joined = lines[0]
    for line in lines[1:]:
        first, second = (joined.split() or [""])[-1], (line.split() or [""])[0]
        joined += line if is_broken_syllable(first, second.rstrip(".,;:")) else f" {line}"
    return joined.strip()


def bands(lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[int]:
    """Order the lines of a page, by index, so that what stands above a table comes before it, what below after it.

    Cells set in columns would else be read with the column of text above them. A table beside which text stands parts
    nothing.
    """
    parting = [
        table
        for table in tables
        if not any(table.bottom < line.y < table.top and not table.holds(line) for line in lines)
    ]

    def band(index: int) -> int:
        inside = (2 * at + 1 for at, table in enumerate(ordered) if table.holds(lines[index]))
        return next(inside, 2 * sum(lines[index].y < table.bottom for table in ordered))

    ordered = sorted(parting, key=lambda table: -table.top)
    return sorted(range(len(lines)), key=band)


def continued(tables: Sequence[Sequence[RuledTable]], next_to: Callable[[int], bool]) -> list[list[RuledTable]]:
    """Mark tables that go on from the page before, and put the rest of a row cut in two behind its beginning.

    ``next_to`` says whether nothing but furniture stands between the last table of a page, given its index, and the
    first one of the next page.
    """
    whole = [list(found) for found in tables]
    for index, (page, following) in enumerate(pairwise(whole)):
        if not page or not following or not _are_alike(page[-1], following[0]) or not next_to(index):
            continue
        above, below = page[-1], following[0]
        headers = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above.rows, below.rows, strict=False)))
        rows = below.rows
        if headers < len(rows) and _goes_on(above.rows[-1], rows[headers]):
            joined = zip(above.rows[-1], rows[headers], strict=True)
            ends = tuple(_cell(f"{cell or ''}\n{more}") if more else cell for cell, more in joined)
            page[-1] = replace(above, rows=(*above.rows[:-1], ends))
            rows = (*rows[:headers], *rows[headers + 1 :])
        following[0] = replace(below, rows=rows, goes_on=headers == 0)
    return whole


def _are_alike(above: RuledTable, below: RuledTable) -> bool:
    """Whether two tables have the same columns and edges."""
    widths = {len(row) for row in above.rows} & {len(row) for row in below.rows}
    return bool(widths) and abs(above.left - below.left) <= _NEAR and abs(above.right - below.right) <= _NEAR


def _goes_on(above: Row, cells: Row) -> bool:
    """Whether the cells at the top of a page are the rest of the row above: words only, one in small letters."""
    if len(above) != len(cells) or cells[0] or not above[0]:
        return False
    filled = [(over, cell) for over, cell in zip(above, cells, strict=True) if cell]
    if not filled or not all(over for over, _ in filled) or len(filled) == sum(1 for over in above if over):
        return False
    return any(p.starts_lower(cell) for _, cell in filled) and not any(p.NUMERIC_CELL.fullmatch(c) for _, c in filled)
