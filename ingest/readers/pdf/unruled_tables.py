"""Tables without rules on a PDF page: cells under each other in three columns or more, figures among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf.lines import Line, Run
from ingest.readers.pdf.segments import Segment, line_of

_COLUMNS = 3
_ROWS = 3
_FARTHEST = 2.5
"""In type sizes: the next row of a table is no farther down."""
_NEXT_LINE = 1.3
"""In type sizes: the next line of a cell is no farther down."""
_PROSE_LINES = 5
_PROSE_WORDS = 4.5
_SLACK = 1.0

Row = Sequence[Segment]
"""Segments on one baseline, from the left."""
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """A table found among rows: its lines, cells parted by tabs, and which rows it takes (``end`` not included)."""

    lines: list[Line]
    start: int
    end: int


def find_unruled(rows: Sequence[Row]) -> UnruledTable | None:
    """Find the first table among the rows of a page, from the top."""
    return next((table for at in range(len(rows) - _ROWS + 1) if (table := _table_at(rows, at))), None)


def _table_at(rows: Sequence[Row], start: int) -> UnruledTable | None:
    """Read a table that begins at a row; of a header in several lines the first may hold fewer cells."""
    first = start if len(rows[start]) >= _COLUMNS else start + 1
    if len(rows[first]) < _COLUMNS:
        return None
    columns = [(one.left, one.right) for one in rows[first]]
    end = first + 1
    while end < len(rows) and (wider := _fitted(columns, rows, end)):
        columns, end = wider, end + 1
    if first > start:
        columns = _fitted(columns, rows, start) or []
    if not columns or sum(map(_has_figure, rows[start:end])) < _ROWS - 1 or _is_prose(rows[start:end], columns):
        return None
    groups = _grouped(rows[start:end])
    while groups and len(groups[-1]) == len(groups[-1][0]) == 1:
        groups.pop()  # a heading below
    if len(groups) < _ROWS:
        return None
    lines = [_tabbed(group, columns) for group in groups]
    return UnruledTable(lines, start, start + sum(map(len, groups)))


def _fitted(columns: Sequence[Span], rows: Sequence[Row], at: int) -> list[Span] | None:
    """Return the columns, wide enough for one more row; ``None`` where it does not go on with the table.

    A single cell is a line of a wrapped one and stands close to another.
    """
    row = rows[at]
    size = max(one.size for one in row)
    gaps = [abs(rows[beside][0].y - row[0].y) / size for beside in (at - 1, at + 1) if 0 <= beside < len(rows)]
    if gaps[0] > _FARTHEST or (len(row) == 1 and min(gaps) > _NEXT_LINE):
        return None
    found = list(columns)
    for one in row:
        over = [at for at, (left, right) in enumerate(found) if one.left < right - _SLACK and one.right > left + _SLACK]
        if len(over) > 1:
            return None
        left, right = found.pop(over[0]) if over else (one.left, one.right)
        found = sorted([*found, (min(left, one.left), max(right, one.right))])
    return found if all(left[1] <= right[0] + _SLACK for left, right in pairwise(found)) else None


def _is_prose(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Whether two columns or more are running text set side by side."""
    held = [[one for row in rows for one in row if left - _SLACK <= one.left < right] for left, right in columns]
    return (
        sum(len(one) >= _PROSE_LINES and sum(each.words for each in one) >= _PROSE_WORDS * len(one) for one in held) > 1
    )


def _has_figure(row: Row) -> bool:
    return any(any(char.isdigit() for char in one.text) for one in row)


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Put the lines of wrapped cells together; where all rows stand as close as lines do, each is one."""
    groups: list[list[Row]] = []
    for at, row in enumerate(rows):
        if at and rows[at - 1][0].y - row[0].y <= _NEXT_LINE * max(one.size for one in row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups if len(groups) >= _ROWS else [[row] for row in rows]


def _tabbed(group: Sequence[Row], columns: Sequence[Span]) -> Line:
    """Write the cells of a row as one line, parted by tabs."""
    runs: list[Run] = []
    waiting = ""
    for left, right in columns:
        cell = [one for row in group for one in row if left - _SLACK <= one.left < right]
        if cell:
            first, *rest = (run for one in cell for run in line_of([one]).runs)
            joined = [first, *(replace(run, text=f" {run.text}") if run.y != first.y else run for run in rest)]
            runs += [replace(first, text=waiting + first.text.lstrip()), *joined[1:]]
            waiting = ""
        waiting += "\t"
    return Line(tuple(runs))
