"""Tables set in columns by spaces, read by the blank strips that run through all their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p
from ingest.readers.side_by_side import letterhead
from ingest.readers.text.table_lines import Drawn, goes_on, is_figure, is_rule, join_lines, rows_of

Piece = tuple[int, int, str]
"""Where a piece of a line begins and ends, and its text."""

_PIECE = re.compile(r"\S+(?: \S+)*")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_STRIP = 2
_GROUP_WORDS = 12
_PROBE = 24
"""Lines that decide whether a table begins."""
_LATEST = 40
"""Lines above that a line is held against; earlier ones have said the same."""


def _pieces(line: str) -> list[Piece]:
    """Pieces of a line parted by two spaces or more."""
    return [(match.start(), match.end(), match[0]) for match in _PIECE.finditer(line)]


def spaced(lines: Sequence[str], first: int) -> tuple[Drawn | None, int]:
    """Read a table set in columns by spaces that begins at a line with its headers or first cells.

    Returns it, ``None`` where none begins there, and the line to look at next: lines that were found to be in columns
    but no table are not looked at again.
    """
    pieces = _pieces(lines[first])
    below = first + (len(pieces) == _FEWEST_COLUMNS - 1 and first + 1 < len(lines))
    if "\t" in lines[below] or len(_pieces(lines[below])) < _FEWEST_COLUMNS or is_rule(lines[below]):
        return None, first + 1
    probe = lines[: below + _PROBE]
    block = _block(probe, below)
    if _read(probe, block) is None:
        return None, max([first, *block]) + 1
    if block and block[-1] >= below + _PROBE - 3:
        block = _block(lines, below)
    found = _read(lines, block)
    if found is None:
        return None, first + 1
    table = found[0] if below == first else _with_header_above(pieces, first, *found)
    return table, first + 1 if table is None else table.last + 1


def _read(lines: Sequence[str], block: Sequence[int]) -> tuple[Drawn, list[tuple[int, int]]] | None:
    """Read the lines of a block as a table; return its columns as well, ``None`` where they are none."""
    full = [index for index in block if len(_pieces(lines[index])) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_ROWS:
        return None
    spans = _columns([_pieces(lines[index]) for index in full])
    if len(spans) < _FEWEST_COLUMNS:
        return None
    first = block[0]
    placed = {index: _place(_pieces(lines[index]), spans) for index in block}
    filled = [sum(bool(placed[index][column]) for index in full) for column in range(len(spans))]
    if sum(count >= 0.5 * len(full) for count in filled) < _FEWEST_COLUMNS or letterhead(list(placed.values())):
        return None
    head = _head(lines, block, placed)
    if p.BULLET.match(lines[first].lstrip()) or not (_is_ruled_off(lines, block, head) or _counts(placed, full)):
        return None
    headers = _joined_headers(
        [placed[index] for index in block[:head]], [_pieces(lines[i]) for i in block[:head]], spans
    )
    rows = rows_of([placed[index] for index in block[head:]])
    return Drawn(first, block[-1], tuple((*headers, *rows)), len(headers)), spans


def _with_header_above(
    pieces: Sequence[Piece], line: int, table: Drawn, spans: Sequence[tuple[int, int]]
) -> Drawn | None:
    """Add a line above the headers that names several columns each; ``None`` where it does not."""
    if not table.headers or any(len(_over(piece, spans)) < 2 for piece in pieces):
        return None
    return Drawn(line, table.last, (_place(pieces, spans), *table.rows), table.headers + 1)


def _is_ruled_off(lines: Sequence[str], block: Sequence[int], head: int) -> bool:
    return any(is_rule(line) for line in lines[block[max(head - 1, 0)] : block[head]])


def _counts(placed: dict[int, tuple[str, ...]], full: Sequence[int]) -> bool:
    """Whether some column holds figures in most rows: words set in columns by chance hold none."""
    columns = zip(*(placed[index] for index in full[1:]), strict=True)
    return any(sum(map(is_figure, column)) >= 0.6 * len(full[1:]) for column in columns)


def _block(lines: Sequence[str], first: int) -> list[int]:
    """Lines of the table that begins at ``first``: rules and single blank lines between them do not end it."""
    block = [first]
    index = first + 1
    while index < len(lines):
        line = lines[index]
        pieces = _pieces(line)
        if not pieces:
            after = _pieces(lines[index + 1]) if index + 1 < len(lines) else []
            if len(after) < _FEWEST_COLUMNS or not _within(after, lines, block):
                break
        elif is_rule(line):
            pass
        elif "\t" in line or not _fits(pieces, lines, block):
            break
        else:
            block.append(index)
        index += 1
    return _trimmed(lines, block)


def _full(lines: Sequence[str], block: Sequence[int]) -> list[list[Piece]]:
    """Pieces of those lines that have as many as a table has columns."""
    return [pieces for index in block[-2 * _LATEST :] if len(pieces := _pieces(lines[index])) >= _FEWEST_COLUMNS]


def _fits(pieces: Sequence[Piece], lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether a line may belong to the table above: it leaves the strips between the columns blank, or is short."""
    above = _full(lines, block)[-_LATEST:]
    before = _columns(above)
    if len(pieces) >= _FEWEST_COLUMNS:
        return len(_columns([*above, pieces])) >= max(_FEWEST_COLUMNS, len(before) - 1)
    if len(pieces) == 1 and pieces[0][0] < before[0][1]:
        # the name of a group of rows
        return p.word_count(pieces[0][2]) <= _GROUP_WORDS and not pieces[0][2].endswith((".", ";", ":", ","))
    return all(len(_over(piece, before)) <= 1 for piece in pieces)


def _within(pieces: Sequence[Piece], lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether every piece of a line behind a blank one stands inside one column of the table above."""
    spans = _columns(_full(lines, block)[-_LATEST:])
    return all(
        any(left - _STRIP <= start and end <= right + _STRIP for left, right in spans) for start, end, _ in pieces
    )


def _trimmed(lines: Sequence[str], block: list[int]) -> list[int]:
    """Take off lines at the end that are no rows nor go on with one: what stands below the table."""
    while block:
        pieces = _pieces(lines[block[-1]])
        if len(pieces) >= _FEWEST_COLUMNS or (len(pieces) == 2 and is_figure(pieces[1][2])):
            break
        full = _full(lines, block)
        begins_inside = pieces[0][0] >= _columns(full)[0][1]
        if begins_inside and len(block) > 1 and block[-2] == block[-1] - 1:
            break
        block.pop()
    return block


def _over(piece: Piece, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Columns that a piece of a line lies over."""
    return [column for column, (left, right) in enumerate(spans) if piece[0] < right and piece[1] > left]


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """Return where columns begin and end: stretches that some line fills, parted by strips that none does.

    Where one line alone fills strips, it holds a header over several columns and does not count.
    """
    strict = _stretches(rows, 0)
    loose = _stretches(rows, max(1, len(rows) // 10)) if len(rows) > _FEWEST_ROWS else strict
    return loose if len(loose) > len(strict) else strict


def _stretches(rows: Sequence[Sequence[Piece]], spare: int) -> list[tuple[int, int]]:
    taken = [0] * (max((piece[1] for row in rows for piece in row), default=0) + 2)
    for row in rows:
        for start, end, _ in row:
            for at in range(start, end):
                taken[at] += 1
    spans: list[tuple[int, int]] = []
    for at, count in enumerate(taken):
        if count <= spare:
            continue
        if spans and at - spans[-1][1] < _STRIP:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _place(pieces: Sequence[Piece], spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Put each piece under the column that it lies over, the first one of several."""
    cells = [""] * len(spans)
    for start, end, text in pieces:
        over = _over((start, end, text), spans) or [_nearest(start, spans)]
        cells[over[0]] = f"{cells[over[0]]} {text}".strip()
    return tuple(cells)


def _nearest(start: int, spans: Sequence[tuple[int, int]]) -> int:
    return min(range(len(spans)), key=lambda column: abs(spans[column][0] - start))


def _head(lines: Sequence[str], block: Sequence[int], placed: dict[int, tuple[str, ...]]) -> int:
    """Count the lines of the header: those above the first rule, else the first line and what goes on with it."""
    for position in range(1, min(len(block), 5)):
        if any(is_rule(lines[index]) for index in range(block[position - 1] + 1, block[position])):
            return position
    if any(is_figure(cell) and p.YEAR.fullmatch(cell) is None for cell in placed[block[0]]):
        return 0
    count = 1
    while count < len(block) - 1 and goes_on(placed[block[count]]):
        count += 1
    return count


def _joined_headers(
    rows: Sequence[tuple[str, ...]], pieces: Sequence[Sequence[Piece]], spans: Sequence[tuple[int, int]]
) -> list[tuple[str, ...]]:
    """Join the lines of a header column by column, but for a line with a header over several columns."""
    if not rows:
        return []
    if len(rows) > 1 and any(len(_over(piece, spans)) > 1 for piece in pieces[0]):
        return [rows[0], join_lines(rows[1:])]
    return [join_lines(rows)]
