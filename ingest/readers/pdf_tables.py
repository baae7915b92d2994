"""Ruled tables of a PDF page, found by pdfplumber; used only on pages that have rules, because it is slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

from ingest.readers.marks import SUPERSCRIPTS
from ingest.readers.pdf_lines import Line, Unseen
from ingest.readers.pdf_unseen import drawn_of
from ingest.readers.side_by_side import Row

_SMALL = 0.8
_NEAR = 2.0


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of a table and its box, in points from the page's lower left corner."""

    rows: tuple[Row, ...]
    left: float
    bottom: float
    right: float
    top: float

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
    """Join the lines of a cell; a word broken at a hyphen stays together."""
    return None if text is None else text.replace("-\n", "-").replace("\n", " ").strip()
