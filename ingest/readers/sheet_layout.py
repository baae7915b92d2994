"""Where the tables of a sheet are: titles above, notes and signatures below, several tables apart by blank rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.readers.side_by_side import Row, columns, letterhead, signature
from ingest.readers.transcript import Transcript, header_depth

_NUMBER = re.compile(r"[-+(]?\d[\d.,]*\s*%?\)?")
_FEWEST_COLUMNS = 2
_HEADING_WORDS = 2


def write_sheet(transcript: Transcript, rows: Sequence[Row], level: int = 1) -> None:
    """Write the rows of a sheet: what stands in single cells as lines, the rest as tables.

    A line of capitals above a table is its heading, of the ``level`` given.
    """
    pending: list[Row] = []
    for block in _blocks(rows):
        lines_above, table, lines_below = _parts(block)
        if pending and (lines_above or not _goes_on(pending, table)):
            _write_table(transcript, pending)
            pending = []
        _write_lines(transcript, lines_above, level if table else 0)
        pending += table
        if lines_below:
            _write_table(transcript, pending)
            pending = []
            _write_lines(transcript, lines_below)
    _write_table(transcript, pending)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut at blank rows."""
    block: list[Row] = []
    for row in rows:
        if any(row):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _parts(block: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Cut a block into the lines above its table, the table, and the lines below it.

    A letterhead and a signature are texts side by side, never a table.
    """
    top = letterhead(block)
    foot = signature(block, top)
    above, table, below = _around_table(block[top:foot])
    return block[:top] + above, table, below + block[foot:]


def _around_table(block: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    if not block:
        return [], [], []
    counts = [sum(1 for cell in row if cell) for row in block]
    widest = max(counts)
    if widest < _FEWEST_COLUMNS:
        return block, [], []
    enough = max(_FEWEST_COLUMNS, (widest + 1) // 2)
    first = next(i for i, count in enumerate(counts) if count >= enough)
    last = max(
        i for i, row in enumerate(block) if counts[i] >= enough or (counts[i] >= _FEWEST_COLUMNS and _figures(row))
    )
    if last == first:
        # One line of cells side by side: a letterhead, not a table.
        return (block, [], []) if not _figures(block[first]) else (block[:first], block[first:], [])
    return block[:first], block[first : last + 1], block[last + 1 :]


def _goes_on(table: Sequence[Row], block: Sequence[Row]) -> bool:
    """Say whether a block after a blank row belongs to the table above: it begins with figures, not with headers."""
    return bool(block) and _figures(block[0])


def _figures(row: Row) -> bool:
    return any(cell and _NUMBER.fullmatch(cell.strip()) for cell in row)


def _write_lines(transcript: Transcript, rows: Sequence[Row], level: int = 0) -> None:
    for cells in _in_order(rows):
        for cell in cells:
            for line in cell.splitlines():
                words = line.split()
                if level and len(cells) == 1 and len(words) >= _HEADING_WORDS and line.isupper():
                    transcript.line(" ".join(words), "heading", level)
                elif words:
                    transcript.line(" ".join(words))


def _in_order(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield the cells of each row; those of a letterhead and of a signature column by column."""
    head = letterhead(rows)
    foot = signature(rows, head)
    for start, end in ((0, head), *((i, i + 1) for i in range(head, foot)), (foot, len(rows))):
        yield columns(rows[start:end])


def _write_table(transcript: Transcript, rows: Sequence[Row]) -> None:
    if not rows:
        return
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    used = [column for column in range(width) if any(row[column] for row in full)]
    kept: list[Row] = [[row[column] for column in used] for row in full]
    # A first line with figures is data: such a table has no header.
    transcript.table(kept, 0 if _figures(kept[0]) and not _years_only(kept[0]) else header_depth(kept))


def _years_only(row: Row) -> bool:
    figures = [cell.strip() for cell in row if cell and _NUMBER.fullmatch(cell.strip())]
    return all(re.fullmatch(r"(?:19|20)\d\d", figure) for figure in figures)
