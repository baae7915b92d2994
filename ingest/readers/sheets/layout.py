"""Where the tables of a sheet are: titles above, notes and signatures below, several tables apart by blank rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest import patterns as p
from ingest.readers.side_by_side import Row, columns, letterhead, signature
from ingest.readers.transcript import Transcript, header_depth

_NUMBER = re.compile(r"[-+(]?\d[\d.,]*\s*%?\)?")
_FEWEST_COLUMNS = 2
_HEADING_WORDS = 2
_SENTENCE_WORDS = 7


def write_sheet(transcript: Transcript, rows: Sequence[Row], level: int = 1) -> None:
    """Write the rows of a sheet: what stands in single cells as lines, the rest as tables.

    A line of capitals above a table is its heading, of the ``level`` given; the organ named above that is none.
    """
    pending: list[Row] = []
    blocks = [_parts(block) for block in _blocks(rows)]
    for index, (lines_above, table, lines_below) in enumerate(blocks):
        if pending and (lines_above or not _goes_on(pending, table)):
            _write_table(transcript, pending)
            pending = []
        _write_lines(transcript, lines_above, level if any(below for _, below, _ in blocks[index:]) else 0)
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
                if level > 1 and len(cells) == 1 and _is_organ(line):
                    transcript.line(" ".join(words), "title")
                elif level and len(cells) == 1 and len(words) >= _HEADING_WORDS and line.isupper():
                    transcript.line(" ".join(words), "heading", level)
                elif words:
                    transcript.line(" ".join(words))


def _is_organ(line: str) -> bool:
    return p.is_capitals(line) and bool(p.UPPER_ORGAN.match(line) or p.LOWER_ORGAN.match(line))


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
    if _numbers_lines(kept):
        for number, text in kept:
            transcript.line(f"{number}. {' '.join((text or '').split())}", "list_item", 1, f"{number}")
        return
    # A first line with figures is data: such a table has no header.
    transcript.table(kept, 0 if _figures(kept[0]) and not _years_only(kept[0]) else header_depth(kept))


def _numbers_lines(rows: Sequence[Row]) -> bool:
    """Whether rows are numbered sentences, such as notes, not records."""
    if any(len(row) != _FEWEST_COLUMNS for row in rows) or len(rows) < _FEWEST_COLUMNS:
        return False
    running = all((row[0] or "").strip() == str(number) for number, row in enumerate(rows, start=1))
    return running and sum(len((row[1] or "").split()) for row in rows) >= _SENTENCE_WORDS * len(rows)


def _years_only(row: Row) -> bool:
    figures = [cell.strip() for cell in row if cell and _NUMBER.fullmatch(cell.strip())]
    return all(re.fullmatch(r"(?:19|20)\d\d", figure) for figure in figures)
