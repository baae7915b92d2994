"""Rows of a table read: which cells name the row, which are figures, which year it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answers.amounts import amount
from assistant.drafts import Span
from assistant.retrieval.library import Library
from ingest.patterns import TOTAL_ROW
from ingest.records import Cell, Chunk
from ingest.tables import numbers_rows
from vectorstore.lexical import tokens

_YEAR = re.compile(r"^(?:nam\s+)?((?:19|20)\d{2})$")
_CAPTION = re.compile(r"\(((?:Bảng|Biểu|Phụ lục|Phụ biểu)(?:[^()]|\([^()]*\))*)\)$")
_DONE = frozenset(["thực hiện", "kết quả", "số lượng"])
"""Headers that say nothing of what is counted."""
_OF_ALL = re.compile(r"\d{1,4}/\d{1,4}")
"""So many of so many, as votes are counted."""
_DASH = re.compile(r"[-–—]+|…|\.{2,}")
_DITTO = re.compile(r"\W*(?:nt|như trên|-nt-|〃|″)\W*", re.I)
"""A cell that repeats the one above it."""
LABEL = 90
"""Longer cells are remarks."""
BARE = "số liệu"
"""Stands for the header of a column that said its year only."""
_UNIT = re.compile(r"\(\s*((?:nghìn |triệu |tỷ )?đồng|người|hộ|ha|km|%)\s*\)\s*$", re.IGNORECASE)


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

    @property
    def name(self) -> str:
        """What the row is called in an answer."""
        return ", ".join(part for part in (self.label, f"năm {self.year}" if self.year else "") if part)


def read(chunk: Chunk) -> Row:
    """Tell a row's labels from its figures; a header that counts rows is neither."""
    year, labels, figures = "", [], []
    for cell in chunk.cells:
        header = " ".join(tokens(cell.header))
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
        elif header in ("nam", "giai doan", "thoi gian"):
            continue
        elif cell.value or _counts(header):
            figures.append(cell)
    label = next((cell.value for cell in labels), "")
    return Row(chunk, year, label, tuple(labels), tuple(figures), TOTAL_ROW.match(label) is not None)


def _counts(header: str) -> bool:
    """Say whether a blank cell under such a header is a missing figure, not a missing remark."""
    return bool(header) and not re.search(r"ghi chu|hinh thuc|noi dung|ten|linh vuc|don vi", header)


def caption(chunk: Chunk) -> str:
    """Return the caption that a row's sentence ends in, "" where the table has none: a section may hold several."""
    found = _CAPTION.search(chunk.context)
    return found.group(1) if found else ""


def first_rows(documents: Iterable[str], library: Library, least: int = 1) -> list[Chunk]:
    """Return of each table of the documents the first row that has so many cells, in order."""
    found: dict[tuple[str, tuple[str, ...], str], Chunk] = {}
    for document in documents:
        for chunk in library.chunks_of(document):
            if chunk.kind == "row" and len(chunk.cells) >= least:
                found.setdefault((document, chunk.path, caption(chunk)), chunk)
    return list(found.values())


def rows_beside(row: Chunk, library: Library) -> list[Row]:
    """Read all rows of the table that a row belongs to, in order."""
    return settled(named([read(one) for one in beside(row, library)]))


def beside(row: Chunk, library: Library) -> list[Chunk]:
    """Return all rows of the table that a row belongs to, in order, each with its cells under their headers.

    A row read beside the columns that has as many cells as they are gets their headers; "nt" says what stands above.
    """
    same = caption(row)
    chunks = library.chunks_of(row.document_id)
    found = [one for one in chunks if one.kind == "row" and one.path == row.path and caption(one) == same]
    headers = next((tuple(cell.header for cell in one.cells) for one in found if _headed(one)), ())
    above: dict[str, str] = {}
    made = []
    for one in found:
        cells = one.cells
        if headers and len(cells) == len(headers) and not any(cell.header for cell in cells):
            cells = tuple(replace(cell, header=header) for cell, header in zip(cells, headers, strict=True))
        cells = tuple(
            replace(cell, value=above.get(cell.header, cell.value)) if _DITTO.fullmatch(cell.value) else cell
            for cell in cells
        )
        above |= {cell.header: cell.value for cell in cells if cell.header and cell.value}
        made.append(replace(one, cells=cells))
    return made


def _headed(row: Chunk) -> bool:
    return len(row.cells) > 2 and all(cell.header for cell in row.cells)


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
        if len(row.figures) != len(order) or any(cell.header or not cell.value for cell in row.figures):
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


def figure_in(row: Row, column: str) -> Cell | None:
    """Return the cell of a row under a header of figures."""
    return next((cell for cell in row.figures if cell.header == column), None)


def number_in(row: Row, column: str) -> Decimal | None:
    """Return the number of a row under a header, ``None`` where its cell is empty or holds none."""
    cell = figure_in(row, column)
    return amount(cell.value) if cell else None


def column_name(column: str) -> str:
    """Return the last line of a header, as it is said beside a figure."""
    return "" if column == BARE else column.rsplit(">", 1)[-1].strip().lower()


def counted_in(row: Row, column: str) -> str:
    """Return what a figure counts, said after it: "tập thể", "triệu đồng", "đồng (cá nhân)"."""
    name, unit = column_name(column), row.unit
    if found := _UNIT.search(name):
        name, unit = name[: found.start()].strip(), found.group(1)
    name = "" if name in _DONE else name
    if not unit or unit == name:
        return name
    return f"{unit} ({name})" if name else unit


def said(row: Row, column: str, value: str) -> str:
    """Say a figure with what it counts; one that carries its own sign needs no unit."""
    words = column_name(column) if value.endswith("%") else counted_in(row, column) or column_name(column)
    return f"{value} {words}".rstrip()


def row_spans(row: Row) -> tuple[Span, ...]:
    """Return the whole row as what is quoted, with the one that names it where cells were merged."""
    chunks = (row.chunk,) if row.lead is None else (row.chunk, row.lead)
    return tuple(Span(chunk, chunk.start, chunk.end) for chunk in chunks)
