"""Rows of a table read: which cells name the row, which are figures, which year it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answers.amounts import amount
from assistant.drafts import Span
from ingest.patterns import TOTAL_ROW
from ingest.records import Cell, Chunk
from ingest.tables import numbers_rows
from vectorstore.lexical import tokens

_YEAR = re.compile(r"^(?:nam\s+)?((?:19|20)\d{2})$")
_OF_ALL = re.compile(r"\d{1,4}/\d{1,4}")
"""So many of so many, as votes are counted."""
_DASH = re.compile(r"[-–—]+|…|\.{2,}")
LABEL = 90
"""Longer cells are remarks."""
UNIT = re.compile(
    r"\(\s*((?:(?:nghìn |triệu |tỷ )?đồng|người|hộ|ha|km|%|điểm|lượt|ca|(?:(?:số )?lần|ngày|tháng) [^()/]+)"
    r"(?:/[^()]+)?)\s*\)",
    re.IGNORECASE,
)
"""The unit that a header or heading states in brackets."""
_TIMES = ("nam", "giai doan", "thoi gian")
LEAST_COUNTED = 3
BARE = "số liệu"
"""Stands for the header of a column that said its year only."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row read: its year, its label, its figures by header.

    ``shifted``: the figures stand beside the table's columns and were read in the order of the columns; ``lead`` is the
    row whose merged cell names this one as well; ``unit`` is what its figures are counted in, where the table says so,
    ``yearly`` that the table printed its years as columns.
    """

    chunk: Chunk
    year: str
    label: str
    labels: tuple[Cell, ...]
    figures: tuple[Cell, ...]
    total: bool
    shifted: bool = False
    lead: Chunk | None = None
    unit: str = ""
    yearly: bool = False

    def cell(self, header: str) -> Cell | None:
        """Return the cell under a header, words or figures."""
        return next((cell for cell in (*self.labels, *self.figures, *self.chunk.cells) if cell.header == header), None)

    @property
    def name(self) -> str:
        """What the row is called in an answer."""
        return ", ".join(part for part in (self.label, f"năm {self.year}" if self.year else "") if part)


def read(chunk: Chunk) -> Row:
    """Tell a row's labels from its figures; a header that counts rows is neither."""
    year, labels, figures = "", [], []
    for cell in chunk.cells:
        numbering = numbers_rows(cell.header)
        match = _YEAR.match(" ".join(tokens(cell.value)))
        if match and not year:
            year = match.group(1)
        elif numbering and not TOTAL_ROW.match(cell.value):
            continue
        elif _DASH.fullmatch(cell.value):
            figures.append(replace(cell, value=""))
        elif cell.value and amount(cell.value) is None and not _OF_ALL.fullmatch(cell.value):
            labels.append(cell)
        elif match or (not cell.value and " ".join(tokens(cell.header)) in _TIMES):
            continue
        elif cell.value or _counts(" ".join(tokens(cell.header))):
            figures.append(cell)
    label = next((cell.value for cell in labels), "")
    return Row(chunk, year, label, tuple(labels), tuple(figures), TOTAL_ROW.match(label) is not None)


def _counts(header: str) -> bool:
    """Say whether a blank cell under such a header is a missing figure, not a missing remark."""
    return bool(header) and not re.search(r"ghi chu|hinh thuc|noi dung|ten|linh vuc|don vi", header)


def named(rows: Sequence[Row]) -> list[Row]:
    """Call every row of a table by what tells it from the others."""
    return _labelled(_merged(rows))


def _merged(rows: Sequence[Row]) -> list[Row]:
    """Let a row whose first label cells are empty be named by those above it, and take no such cell for a figure."""
    words = Counter(cell.header for row in rows for cell in row.labels)
    numbers = Counter(cell.header for row in rows for cell in row.figures if cell.value)
    naming = {header for header, count in words.items() if count > numbers[header]}
    made: list[Row] = []
    for row in rows:
        figures = tuple(cell for cell in row.figures if cell.value or cell.header not in naming)
        headers = [cell.header for cell in row.chunk.cells]
        first = next((n for n, cell in enumerate(row.chunk.cells) if cell.header in naming and cell.value), 0)
        above = made[-1] if made and not row.total else None
        # Rows that differ in the finer column only: the cell before it was merged over them.
        held = [cell for cell in (above.labels if above else ()) if cell.header in headers[:first]]
        if above and held and {cell.header for cell in held} <= naming:
            lead = above.lead or above.chunk
            row = replace(row, labels=(*held, *row.labels), label=held[0].value, lead=lead)
        made.append(replace(row, figures=figures))
    return made


def settled(rows: Sequence[Row]) -> list[Row]:
    """Give the figures of a row that stand under no header the table's columns in order, when there are as many."""
    order = list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))

    def placed(row: Row) -> Row:
        if not order or len(row.figures) != len(order) or any(cell.header or not cell.value for cell in row.figures):
            return row
        figures = tuple(replace(cell, header=header) for cell, header in zip(row.figures, order, strict=True))
        return replace(row, figures=figures, shifted=True)

    return [placed(row) for row in rows]


def _labelled(rows: list[Row]) -> list[Row]:
    """Call each row by the label column that tells rows apart best: not by who decides, but by what was given.

    Where cells were merged down that column, the finer one beside it is said as well.
    """
    values: dict[str, set[str]] = {}
    for row in rows:
        for cell in row.labels:
            if len(cell.value) <= LABEL and not re.search(r"ghi chu|hinh thuc tuyen", " ".join(tokens(cell.header))):
                values.setdefault(cell.header, set()).add(cell.value)
    if not values:
        return rows
    best = max(values, key=lambda header: len(values[header]))
    rows = _led(rows, best)
    merged = any(row.lead for row in rows)

    def called(row: Row) -> str:
        own = [cell for cell in row.labels if cell.header == best]
        finer = [cell for cell in row.labels if cell.header != best and cell.header in values] if merged else []
        return ", ".join(cell.value for cell in (*own, *finer)) or row.label

    return [replace(row, label=called(row)) for row in rows]


def _led(rows: Sequence[Row], header: str) -> list[Row]:
    """Tie each row whose name was carried down under a header to the row that prints it."""
    made: list[Row] = []
    printed: Row | None = None
    for row in rows:
        own = next((cell for cell in row.labels if cell.header == header), None)
        if own is not None and own.start >= 0:
            printed = row
        carried = own is not None and own.start < 0 and printed is not None and row.lead is None
        made.append(replace(row, lead=printed.chunk) if carried and printed is not None else row)
    return made


def unnumbered(rows: Sequence[Row]) -> list[Row]:
    """Take no figures from a first column that only counts the rows on, whatever it is called: "Bước" 1, 2, 3."""
    first = next((cell.header for row in rows for cell in row.chunk.cells[:1]), "")
    counted = [number for row in rows if not row.total for number in [number_in(row, first)] if number is not None]
    if not first or len(counted) < LEAST_COUNTED or counted != list(range(1, len(counted) + 1)):
        return list(rows)
    return [replace(row, figures=tuple(cell for cell in row.figures if cell.header != first)) for row in rows]


def figure_in(row: Row, column: str) -> Cell | None:
    """Return the cell of a row under a header of figures."""
    return next((cell for cell in row.figures if cell.header == column), None)


def number_in(row: Row, column: str) -> Decimal | None:
    """Return the number of a row under a header, ``None`` where its cell is empty or holds none."""
    cell = figure_in(row, column)
    return amount(cell.value) if cell else None


def row_spans(row: Row) -> tuple[Span, ...]:
    """Return the whole row as what is quoted, with the one that names it where cells were merged."""
    chunks = (row.chunk,) if row.lead is None else (row.chunk, row.lead)
    return tuple(Span(chunk, chunk.start, chunk.end) for chunk in chunks)


def unit_of(text: str) -> str:
    """Return the unit that a header or heading states in brackets, "" without."""
    found = UNIT.search(text)
    return found.group(1).lower() if found else ""
