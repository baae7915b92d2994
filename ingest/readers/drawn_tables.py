"""Tables drawn in plain text, with bars and rules or with spaces, written as tab-separated rows.

What makes a table is its geometry alone: bars that stand below each other, or blank strips that run through all lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import patterns as p
from ingest.readers.side_by_side import letterhead
from ingest.records import Hint

Piece = tuple[int, int, str]
"""Where a piece of a line begins and ends, and its text."""

_BOX = str.maketrans({**dict.fromkeys("│┃║¦", "|"), **dict.fromkeys("─━═", "-"), **dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪", "+")})
_RULE = re.compile(r"\s*[-=_+|:~](?:[-=_+|:~ ]*[-=_+|:~]){2,}\s*")
_PIECE = re.compile(r"\S+(?: \S+)*")
_BLANK_CELL = re.compile(r"[.…_\s]*|[-–—]+")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_STRIP = 2
_GROUP_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A table found in lines ``first`` to ``last``: its rows and how many of them are headers."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    headers: int


def redrawn(text: str) -> tuple[str, list[Hint]]:
    """Return ``text`` with every drawn table as lines of tab-separated cells, and a hint for each table."""
    if "|" not in text and "│" not in text and "   " not in text:
        return text, []
    lines = text.splitlines(keepends=True)
    plain = [line.rstrip("\r\n\f").translate(_BOX) for line in lines]
    written: list[str] = []
    hints: list[Hint] = []
    length = index = 0
    while index < len(lines):
        table = _barred(plain, index) or _spaced(plain, index)
        if table is None:
            piece = lines[index]
            index += 1
        else:
            rows = "\n".join("\t".join(row) for row in table.rows)
            hints.append(Hint("table", length, length + len(rows), table.headers))
            ends = lines[table.last]
            piece = rows + ends[len(ends.rstrip("\r\n\f")) :]
            index = table.last + 1
        written.append(piece)
        length += len(piece)
    return "".join(written), hints


# --- bars ---


def _barred(lines: Sequence[str], first: int) -> _Drawn | None:
    """Read a table whose cells are parted by bars, beginning at a line."""
    last = first
    while last < len(lines) and _is_barred(lines[last]):
        last += 1
    cells = [index for index in range(first, last) if not _is_rule(lines[index])]
    if len(cells) < 2:
        return None
    bars = _bars(lines[first:last])
    if bars is None:
        return _loosely_barred(lines, first, last, cells)
    head, segments = _segments(lines[first:last])
    spans = list(zip(bars, bars[1:], strict=False))
    headers = _header_rows(head, spans) if segments else []
    rows = [row for segment in segments or [head] for row in _rows_of([_cut(line, spans) for line in segment])]
    return _Drawn(first, last - 1, tuple((*headers, *rows)), len(headers)) if len(rows) + len(headers) > 1 else None


def _is_barred(line: str) -> bool:
    return line.count("|") >= 2 or ("+" in line and "-" in line and _is_rule(line))


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None


def _bars(lines: Sequence[str]) -> list[int] | None:
    """Return where the bars stand, when every line has its bars in the same places; a cell may lie over some."""
    full = max((line for line in lines if not _is_rule(line)), key=lambda line: line.count("|"))
    places = [at for at, sign in enumerate(full) if sign == "|"]
    if not full.lstrip().startswith("|") or not full.rstrip().endswith("|"):
        return None
    within = all(at in places for line in lines if not _is_rule(line) for at, sign in enumerate(line) if sign == "|")
    return places if within and len(places) > 2 else None


def _segments(lines: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Part the lines at full rules: the header, then the rest."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _is_rule(line):
            parts.append([])
        else:
            parts[-1].append(line)
    filled = [part for part in parts if part]
    return filled[0], filled[1:]


def _cut(line: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Cells of a line; what lies over several columns stands in the first of them."""
    cells = []
    start = spans[0][0]
    for left, right in spans:
        if line[right : right + 1] in ("|", "+", "") or right >= len(line):
            cells.append((left, line[start + 1 : right].strip(" |+")))
            start = right
        else:
            cells.append((left, ""))
    # the text of a cell over several columns was taken at its right end; it belongs to its left one
    texts = [text for _, text in cells]
    for column in range(len(texts) - 1, 0, -1):
        over = spans[column][0] < len(line) and line[spans[column][0]] not in "|+"
        if over:
            texts[column - 1], texts[column] = texts[column], ""
    return tuple("" if re.fullmatch(r"[-=+]+", text) and len(text) > 2 else " ".join(text.split()) for text in texts)


def _header_rows(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    """Join the lines of a header; a rule under some of its cells begins a second row for those."""
    rules = [[_is_ruled(line, span) for span in spans] for line in lines]
    levels = [["" for _ in spans] for _ in range(2)]
    below = [False] * len(spans)
    for line, ruled in zip(lines, rules, strict=True):
        for column, text in enumerate(_cut(line, spans)):
            below[column] = below[column] or ruled[column]
            level = levels[below[column]]
            level[column] = f"{level[column]} {text}".strip()
    return [tuple(level) for level in levels if any(level)]


def _is_ruled(line: str, span: tuple[int, int]) -> bool:
    inside = line[span[0] + 1 : span[1]].strip()
    return len(inside) > 2 and not inside.strip("-=+")


def _loosely_barred(lines: Sequence[str], first: int, last: int, cells: Sequence[int]) -> _Drawn | None:
    """Read rows of cells parted by bars that stand anywhere, as many in each row."""
    texts = [lines[index].strip() for index in cells]
    if all(text.startswith("|") for text in texts):
        texts = [text[1:].removesuffix("|") for text in texts]
    rows = [[" ".join(cell.split()) for cell in text.split("|")] for text in texts]
    width = len(rows[0])
    if len(rows) < _FEWEST_ROWS or width < 2 or any(len(row) != width for row in rows):
        return None
    ruled = first + 1 < last and _is_rule(lines[first + 1])
    return _Drawn(first, last - 1, tuple(map(tuple, rows)), 1 if ruled else 0)


# --- spaces ---


def _pieces(line: str) -> list[Piece]:
    """Pieces of a line parted by two spaces or more."""
    return [(match.start(), match.end(), match[0]) for match in _PIECE.finditer(line)]


def _spaced(lines: Sequence[str], first: int) -> _Drawn | None:
    """Read a table set in columns by spaces, beginning at a line with its headers or first cells."""
    pieces = _pieces(lines[first])
    if len(pieces) == _FEWEST_COLUMNS - 1 and first + 1 < len(lines):
        table = _spaced_below(lines, first + 1)
        return None if table is None else _with_header_above(pieces, first, *table)
    table = _spaced_below(lines, first)
    return None if table is None else table[0]


def _spaced_below(lines: Sequence[str], first: int) -> tuple[_Drawn, list[tuple[int, int]]] | None:
    """Read a table whose first line has a piece in three columns or more; return its columns as well."""
    if "\t" in lines[first] or len(_pieces(lines[first])) < _FEWEST_COLUMNS or _is_rule(lines[first]):
        return None
    block = _block(lines, first)
    full = [index for index in block if len(_pieces(lines[index])) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_ROWS:
        return None
    spans = _columns([_pieces(lines[index]) for index in full])
    if len(spans) < _FEWEST_COLUMNS:
        return None
    placed = {index: _place(_pieces(lines[index]), spans) for index in block}
    filled = [sum(bool(placed[index][column]) for index in full) for column in range(len(spans))]
    if sum(count >= 0.5 * len(full) for count in filled) < _FEWEST_COLUMNS or letterhead(list(placed.values())):
        return None
    head = _head(lines, block, placed)
    if p.BULLET.match(lines[first].lstrip()) or not (_is_ruled_off(lines, block, head) or _counts(placed, full)):
        return None
    headers = _joined_headers([placed[index] for index in block[:head]], [_pieces(lines[i]) for i in block[:head]], spans)
    rows = _rows_of([placed[index] for index in block[head:]])
    return _Drawn(first, block[-1], tuple((*headers, *rows)), len(headers)), spans


def _with_header_above(
    pieces: Sequence[Piece], line: int, table: _Drawn, spans: Sequence[tuple[int, int]]
) -> _Drawn | None:
    """Add a line above the headers that names several columns each; ``None`` where it does not."""
    if not table.headers or any(len(_over(piece, spans)) < 2 for piece in pieces):
        return None
    return _Drawn(line, table.last, (_place(pieces, spans), *table.rows), table.headers + 1)


def _is_ruled_off(lines: Sequence[str], block: Sequence[int], head: int) -> bool:
    return any(_is_rule(line) for line in lines[block[max(head - 1, 0)] : block[head]])


def _counts(placed: dict[int, tuple[str, ...]], full: Sequence[int]) -> bool:
    """Whether some column holds figures in most rows: words set in columns by chance hold none."""
    columns = zip(*(placed[index] for index in full[1:]), strict=True)
    return any(sum(map(_is_figure, column)) >= 0.6 * len(full[1:]) for column in columns)


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
        elif _is_rule(line):
            pass
        elif "\t" in line or not _fits(pieces, lines, block):
            break
        else:
            block.append(index)
        index += 1
    return _trimmed(lines, block)


def _fits(pieces: Sequence[Piece], lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether a line may belong to the table above: it leaves the strips between the columns blank, or is short."""
    above = [_pieces(lines[index]) for index in block if len(_pieces(lines[index])) >= _FEWEST_COLUMNS]
    before = _columns(above)
    if len(pieces) >= _FEWEST_COLUMNS:
        return len(_columns([*above, pieces])) >= max(_FEWEST_COLUMNS, len(before) - 1)
    if len(pieces) == 1 and pieces[0][0] < before[0][1]:
        # the name of a group of rows
        return p.word_count(pieces[0][2]) <= _GROUP_WORDS and not pieces[0][2].endswith((".", ";", ":", ","))
    return all(len(_over(piece, before)) <= 1 for piece in pieces)


def _within(pieces: Sequence[Piece], lines: Sequence[str], block: Sequence[int]) -> bool:
    """Whether every piece of a line behind a blank one stands inside one column of the table above."""
    spans = _columns([_pieces(lines[index]) for index in block if len(_pieces(lines[index])) >= _FEWEST_COLUMNS])
    return all(any(left - _STRIP <= start and end <= right + _STRIP for left, right in spans) for start, end, _ in pieces)


def _trimmed(lines: Sequence[str], block: list[int]) -> list[int]:
    """Take off lines at the end that are no rows nor go on with one: what stands below the table."""
    while block:
        pieces = _pieces(lines[block[-1]])
        if len(pieces) >= _FEWEST_COLUMNS or (len(pieces) == 2 and _is_figure(pieces[1][2])):
            break
        full = [_pieces(lines[index]) for index in block if len(_pieces(lines[index])) >= _FEWEST_COLUMNS]
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
        if any(_is_rule(lines[index]) for index in range(block[position - 1] + 1, block[position])):
            return position
    if any(_is_figure(cell) and p.YEAR.fullmatch(cell) is None for cell in placed[block[0]]):
        return 0
    count = 1
    while count < len(block) - 1 and _goes_on(placed[block[count]]):
        count += 1
    return count


def _joined_headers(
    rows: Sequence[tuple[str, ...]], pieces: Sequence[Sequence[Piece]], spans: Sequence[tuple[int, int]]
) -> list[tuple[str, ...]]:
    """Join the lines of a header column by column, but for a line with a header over several columns."""
    if not rows:
        return []
    if len(rows) > 1 and any(len(_over(piece, spans)) > 1 for piece in pieces[0]):
        return [rows[0], _join(rows[1:])]
    return [_join(rows)]


# --- rows ---


def _rows_of(lines: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Join the lines of one row: those that begin with a blank cell and hold no figure go on with the row above."""
    begun: list[list[tuple[str, ...]]] = []
    for cells in lines:
        if begun and _goes_on(cells) and _follows(begun[-1][0], cells):
            begun[-1].append(cells)
        elif any(cells):
            begun.append([cells])
    return [_join(row) for row in begun]


def _goes_on(cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if cell), "")
    return not cells[0] and bool(first) and not _is_total(first) and not any(map(_is_figure, cells))


def _follows(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether every cell has one above that it can go on with."""
    return all(over for over, cell in zip(above, cells, strict=True) if cell)


def _join(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(" ".join(cell for cell in column if cell) for column in zip(*rows, strict=True))


def _is_figure(cell: str) -> bool:
    return bool(cell) and p.NUMERIC_CELL.fullmatch(cell) is not None or (bool(cell) and _BLANK_CELL.fullmatch(cell) is not None)


def _is_total(cell: str) -> bool:
    return re.match(r"(?:tổng(?: cộng| số)?|cộng)\b", cell, re.IGNORECASE) is not None
