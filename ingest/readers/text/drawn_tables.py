"""Tables drawn in plain text, with bars and rules or with spaces, written as tab-separated rows.

What makes a table is its geometry alone: bars that stand below each other, or blank strips that run through all lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.text.spaced_tables import spaced
from ingest.readers.text.table_lines import Drawn, is_rule, rows_of
from ingest.records import Hint

_BOX = str.maketrans(
    {**dict.fromkeys("│┃║¦", "|"), **dict.fromkeys("─━═", "-"), **dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪", "+")}
)
_FEWEST_ROWS = 3


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
        table, following = _barred(plain, index), index + 1
        if table is None:
            table, following = spaced(plain, index)
        if table is None:
            piece = "".join(lines[index:following])
            index = following
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


def _barred(lines: Sequence[str], first: int) -> Drawn | None:
    """Read a table whose cells are parted by bars, beginning at a line."""
    last = first
    while last < len(lines) and _is_barred(lines[last]):
        last += 1
    cells = [index for index in range(first, last) if not is_rule(lines[index])]
    if len(cells) < 2:
        return None
    bars = _bars(lines[first:last])
    if bars is None:
        return _loosely_barred(lines, first, last, cells)
    head, segments = _segments(lines[first:last])
    spans = list(pairwise(bars))
    headers = _header_rows(head, spans) if segments else []
    rows = [row for segment in segments or [head] for row in rows_of([_cut(line, spans) for line in segment])]
    return Drawn(first, last - 1, tuple((*headers, *rows)), len(headers)) if len(rows) + len(headers) > 1 else None


def _is_barred(line: str) -> bool:
    return line.count("|") >= 2 or ("+" in line and "-" in line and is_rule(line))


def _bars(lines: Sequence[str]) -> list[int] | None:
    """Return where the bars stand, when every line has its bars in the same places; a cell may lie over some."""
    full = max((line for line in lines if not is_rule(line)), key=lambda line: line.count("|"))
    places = [at for at, sign in enumerate(full) if sign == "|"]
    if not full.lstrip().startswith("|") or not full.rstrip().endswith("|"):
        return None
    within = all(at in places for line in lines if not is_rule(line) for at, sign in enumerate(line) if sign == "|")
    return places if within and len(places) > 2 else None


def _segments(lines: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Part the lines at full rules: the header, then the rest."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if is_rule(line):
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


def _loosely_barred(lines: Sequence[str], first: int, last: int, cells: Sequence[int]) -> Drawn | None:
    """Read rows of cells parted by bars that stand anywhere, as many in each row."""
    texts = [lines[index].strip() for index in cells]
    if all(text.startswith("|") for text in texts):
        texts = [text[1:].removesuffix("|") for text in texts]
    rows = [[" ".join(cell.split()) for cell in text.split("|")] for text in texts]
    width = len(rows[0])
    if len(rows) < _FEWEST_ROWS or width < 2 or any(len(row) != width for row in rows):
        return None
    ruled = first + 1 < last and is_rule(lines[first + 1])
    return Drawn(first, last - 1, tuple(map(tuple, rows)), 1 if ruled else 0)
