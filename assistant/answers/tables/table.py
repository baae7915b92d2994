"""Tables of documents: the rows under one caption, read once and kept, with the columns that hold words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answers.amounts import amount
from assistant.answers.tables.periods import by_year, measured
from assistant.answers.tables.rows import Row, named, read, settled, unnumbered
from assistant.retrieval.library import Library
from ingest.records import Cell, Chunk
from ingest.tables import numbers_rows

_CAPTION = re.compile(r"\(((?:Bảng|Biểu|Phụ lục|Phụ biểu)(?:[^()]|\([^()]*\))*)\)$")
BLANK = re.compile(r"[-–—…._\s]*|(?:\.{2,}|…|_{2,})\s*/.*")
"""A cell without content, or a paper's number without its figure."""
ALMOST = 0.9
FIRST = 3
"""Columns among which the one that names the rows stands."""
LONG = 90
"""Characters up to which the cells of a column are names rather than remarks."""
LEAST_CELLS = 3
"""Cells from which a row may be one of a list,"""
LEAST_ROWS = 3
"""and rows of words in two columns that make one."""


@dataclass(frozen=True)
class Table:
    """Rows of one table in order."""

    rows: tuple[Row, ...]

    @cached_property
    def figures(self) -> list[Row]:
        """The rows, one for every year where columns are years."""
        return by_year(self.rows)

    @cached_property
    def records(self) -> list[Row]:
        """The rows that are no totals."""
        return [row for row in self.rows if not row.total]

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The headers of all columns but those that number the rows."""
        found = (cell.header for row in self.records for cell in row.chunk.cells if cell.header)
        return tuple(header for header in dict.fromkeys(found) if not numbers_rows(header))

    @cached_property
    def worded(self) -> tuple[str, ...]:
        """The headers of the columns that hold words."""
        return tuple(header for header in self.headers if self._words(header))

    def _words(self, header: str) -> bool:
        values = [cell.value for one in self.records for cell in [one.cell(header)] if cell and not blank(cell.value)]
        return 2 * sum(amount(value) is None for value in values) > len(values) > 0

    @cached_property
    def key(self) -> str:
        """The header of the column that tells the rows apart: the first whose cells nearly all differ, "" without."""
        for header in (one for one in self.worded if one in self.headers[:FIRST]):
            values = [cell.value for one in self.records for cell in [one.cell(header)] if cell and cell.value]
            if len(set(values)) >= ALMOST * len(self.records) and max(map(len, values)) <= LONG:
                return header
        return ""

    @property
    def lists(self) -> bool:
        """Whether its rows are things told in words: two columns of them or more."""
        wide = any(len(row.chunk.cells) >= LEAST_CELLS for row in self.rows)
        return wide and len(self.worded) > 1 and len(self.records) >= LEAST_ROWS


def blank(value: str) -> bool:
    """Say whether a cell has no content: empty, a dash, dots, "…/QĐ-UBND"."""
    return BLANK.fullmatch(value) is not None


def caption(chunk: Chunk) -> str:
    """Return the caption that a row's sentence ends in, "" where the table has none: a section may hold several."""
    found = _CAPTION.search(chunk.context)
    return found.group(1) if found else ""


def tables_of(documents: Iterable[str], library: Library) -> list[Table]:
    """Read the tables of documents, each once, in order."""
    return [table for one in documents for table in _tables(one, library).values()]


def table_of(row: Chunk, library: Library) -> Table:
    """Return the table that a row belongs to."""
    return _tables(row.document_id, library)[row.path, caption(row)]


def _tables(document: str, library: Library) -> dict[tuple[tuple[str, ...], str], Table]:
    return library.kept("tables", document, lambda: _read(library.chunks_of(document)))


def _read(chunks: Iterable[Chunk]) -> dict[tuple[tuple[str, ...], str], Table]:
    found: dict[tuple[tuple[str, ...], str], list[Chunk]] = {}
    for chunk in chunks:
        if chunk.kind == "row":
            found.setdefault((chunk.path, caption(chunk)), []).append(chunk)
    return {key: Table(tuple(_rows(rows))) for key, rows in found.items()}


def _rows(chunks: Sequence[Chunk]) -> list[Row]:
    return measured(unnumbered(settled(named([read(one) for one in _told_apart(chunks)]))))


def _told_apart(rows: Sequence[Chunk]) -> list[Chunk]:
    """Say beside the last line of a header what it stands under where another column is called the same."""
    paths = [tuple(header.split(" > ")) for header in dict.fromkeys(c.header for row in rows for c in row.cells)]
    leaves = [path[-1] for path in paths]
    names = {
        " > ".join(path): " > ".join((*path[:-1], f"{path[-1]} ({path[-2]})"))
        for path in paths
        if len(path) > 1 and leaves.count(path[-1]) > 1 and not _YEARS.search(" ".join(path))
    }

    def renamed(cell: Cell) -> Cell:
        return replace(cell, header=names.get(cell.header, cell.header))

    return [replace(row, cells=tuple(renamed(cell) for cell in row.cells)) for row in rows] if names else list(rows)


_YEARS = re.compile(r"(?:19|20)\d{2}")
"""Columns of years are told apart by their years."""
