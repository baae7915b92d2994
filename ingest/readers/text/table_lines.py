"""Lines of a table set in plain text: which are rules, what is a figure, which lines make one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import patterns as p

_RULE = re.compile(r"\s*[-=_+|:~](?:[-=_+|:~ ]*[-=_+|:~]){2,}\s*")
_BLANK_CELL = re.compile(r"[.…_\s]*|[-–—]+")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table found in lines ``first`` to ``last``: its rows and how many of them are headers."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    headers: int


def is_rule(line: str) -> bool:
    """Whether a line is drawn, not written."""
    return _RULE.fullmatch(line) is not None


def rows_of(lines: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Join the lines of one row: those that begin with a blank cell and hold no figure go on with the row above."""
    begun: list[list[tuple[str, ...]]] = []
    for cells in lines:
        if begun and goes_on(cells) and _follows(begun[-1][0], cells):
            begun[-1].append(cells)
        elif any(cells):
            begun.append([cells])
    return [join_lines(row) for row in begun]


def goes_on(cells: Sequence[str]) -> bool:
    """Whether a line goes on with the row above: its first cell is blank, and it holds words only."""
    first = next((cell for cell in cells if cell), "")
    return not cells[0] and bool(first) and not _is_total(first) and not any(map(is_figure, cells))


def _follows(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether every cell has one above that it can go on with."""
    return all(over for over, cell in zip(above, cells, strict=True) if cell)


def join_lines(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Join the lines of a row column by column."""
    return tuple(" ".join(cell for cell in column if cell) for column in zip(*rows, strict=True))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, or what stands for one that is not there."""
    return (bool(cell) and p.NUMERIC_CELL.fullmatch(cell) is not None) or (
        bool(cell) and _BLANK_CELL.fullmatch(cell) is not None
    )


def _is_total(cell: str) -> bool:
    return re.match(r"(?:tổng(?: cộng| số)?|cộng)\b", cell, re.IGNORECASE) is not None
