"""Tables: tab-separated lines become rows whose cells know their headers.

Blank stays blank. A value is carried down only in the columns that group rows (a year merged over its rows, also over
a page break). A row whose cells do not fit the columns is kept as printed, its numbers without headers: no guessing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ingest import patterns as p
from ingest.outline import TableCell, TableRow
from ingest.table_groups import Above, Groups, is_blank, is_total, merged_down

_INDEX = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[IVXLa-zA-ZĐđ]{1,4}(?:\.?\d{1,3})*)[.)]*")
"""What numbers a row: "12", "1.2", "6a", "II", "b)"."""
_COLUMN_NUMBERS = re.compile(r"\(?(?P<number>\d{1,2})\)?|\(?[a-z]\)?|\(?(?P<sum>\d{1,2})\)?\s*=.*", re.I)
_COUNTABLE = re.compile(
    r"(?:số )?(?:tập thể|cá nhân|hộ gia đình|hộ|người|đơn vị|doanh nghiệp|đại biểu|thành viên)$", re.IGNORECASE
)
_NUMBERING = re.compile(r"\(?(?:\d{1,3}(?:[a-zđ]|\.\d{1,2})?|[IVXLa-zA-Z]{1,4})[.)]*")
"""What stands in a column that numbers the rows: "1", "6a", "2.1", "IV."."""
LONG_CELL = 20
"""Words above which a cell is left out of the row's sentence; it stands in the row's text anyway."""


def split_cells(line: str) -> list[tuple[str, int, int]]:
    """Cells of a tab-separated line: value without surrounding space, start, end (-1, -1 when blank)."""
    cells: list[tuple[str, int, int]] = []
    position = 0
    for raw in line.split("\t"):
        value = raw.strip()
        start = position + raw.index(value) if value else -1
        cells.append((value, start, start + len(value) if value else -1))
        position += len(raw) + 1
    return cells


def read_table(
    rows: Sequence[str], header_rows: int = 0, merged: Sequence[Collection[int]] = ()
) -> list[TableRow | None]:
    """Read the rows of one table, given as tab-separated lines.

    Returns one entry a line: a :class:`TableRow` (no cells: a header line) or ``None`` for a header that a page break
    repeats. ``header_rows`` is the number of header lines where the format states it, else 0; ``merged`` gives for each
    line the columns whose cell is one with the cell above.
    """
    grid = [split_cells(row) for row in rows]
    width = max(len(cells) for cells in grid)
    grid = [cells + [("", -1, -1)] * (width - len(cells)) for cells in grid]
    count = header_rows or _count_headers(grid)
    if header_rows and count < len(grid) and _numbers_columns(grid[count]):
        count += 1
    headers = _header_paths(grid[:count], width)
    header_keys = {_key(cells) for cells in grid[:count]}
    body = [cells for cells in grid[count:] if _key(cells) not in header_keys]
    columns = _Columns(headers, body, width)
    result: list[TableRow | None] = []
    for index, cells in enumerate(grid):
        if index < count:
            result.append(TableRow(()))
        elif _key(cells) in header_keys:
            result.append(None)
        else:
            following = next((below for below in grid[index + 1 :] if _key(below) not in header_keys), None)
            result.append(columns.read(cells, following, merged[index] if merged else ()))
    return result


def sentence(cells: Iterable[TableCell], caption: str = "") -> str:
    """Write a row out in words: what it is about, then its values with their headers."""
    about: list[str] = []
    values: list[str] = []
    parent_before = ""
    for cell in cells:
        if not about and not values and p.TOTAL_ROW.match(cell.value):
            about.append("Tổng cộng" if p.TOTAL_WORDS.fullmatch(cell.value) else cell.value)
            continue
        if not cell.value or numbers_rows(cell.header) or p.word_count(cell.value) > LONG_CELL:
            continue
        parent, _, leaf = cell.header.rpartition(" > ")
        numeric = p.NUMERIC_CELL.fullmatch(cell.value) is not None
        is_year = p.YEAR.fullmatch(cell.value) is not None and (not cell.header or "năm" in cell.header.lower())
        if numeric and not is_year:
            said = (
                f"{cell.value} {leaf.lower()}"
                if _COUNTABLE.match(leaf)
                else f"{leaf}: {cell.value}"
                if leaf
                else cell.value
            )
            if parent and parent != parent_before:
                said = f"{parent.replace(' > ', ', ')} {said}"
            values.append(said)
        elif is_year:
            about.append(f"Năm {cell.value}")
        elif values:
            values.append(f"{cell.header.replace(' > ', ', ')}: {cell.value}" if cell.header else cell.value)
        elif cell.value.lower().startswith(cell.header.lower()):
            about.append(cell.value)
        else:
            about.append(f"{cell.header.replace(' > ', ', ')} {cell.value}")
        parent_before = parent if numeric else ""
    text = ", ".join(about) + (": " if about and values else "") + ", ".join(values)
    return f"{text} ({caption})" if caption and text else text or caption


def numbers_rows(header: str) -> bool:
    """Whether a column only numbers the rows, whole or within their group: "TT", "Số TT > Chung"."""
    parts = header.split(" > ")
    return any(p.NUMBERING_HEADER.fullmatch(part) for part in (parts[0], parts[-1]))


def _key(cells: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(value.lower() for value, _, _ in cells)


def _is_number(value: str) -> bool:
    return p.NUMERIC_CELL.fullmatch(value) is not None


def _count_headers(grid: Sequence[Sequence[tuple[str, int, int]]]) -> int:
    first = [value for value, _, _ in grid[0] if value]
    if len(grid) < 2 or len(first) < 2 or any(_is_number(value) for value in first):
        return 0
    count = 1
    for cells in grid[1:4]:
        values = [value for value, _, _ in cells if value]
        numbered = len(values) >= 3 and all(_COLUMN_NUMBERS.fullmatch(value) for value in values)
        under = not cells[0][0] and values and not any(_is_number(value) for value in values)
        # sub-headers stand only under headers that span several columns
        spanned = all(
            not grid[count - 1][i][0] or (i + 1 < len(cells) and not grid[count - 1][i + 1][0])
            for i, (value, _, _) in enumerate(cells) if value
        )  # fmt: skip
        if not (numbered or (under and spanned)):
            break
        count += 1
    return count if count < len(grid) else 1


def _numbers_columns(cells: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a row only numbers the columns: every cell filled, letters first, then 1, 2, 3 or "3=1+2"."""
    found = [_COLUMN_NUMBERS.fullmatch(value) for value, _, _ in cells]
    numbers = [int(match["number"] or match["sum"]) for match in found if match and (match["number"] or match["sum"])]
    return len(found) >= 3 and all(found) and len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))


def _header_paths(rows: Sequence[Sequence[tuple[str, int, int]]], width: int) -> list[str]:
    paths: list[list[str]] = [[] for _ in range(width)]
    rows = [row for row in rows if not all(_COLUMN_NUMBERS.fullmatch(value) for value, _, _ in row if value)]
    for level, row in enumerate(rows):
        above = [list(path) for path in paths]
        for column in range(width):
            value = row[column][0]
            if not value and any(below[column][0] for below in rows[level + 1 :]):
                # a cell spreads over the columns beside it as far as the one above does
                left = next((left for left in range(column - 1, -1, -1) if row[left][0]), column)
                value = row[left][0] if above[left] == above[column] else ""
            if value and (not paths[column] or paths[column][-1] != value):
                paths[column].append(" ".join(value.split()))
    return [" > ".join(path) for path in paths]


def _spanning(rows: Sequence[Sequence[tuple[str, int, int]]], column: int) -> str:
    """Return the header of the last line that spans a column: the next on its left, under the same header above."""
    for left in range(column, -1, -1):
        if rows[-1][left][0]:
            return rows[-1][left][0]
        if any(above[left][0] for above in rows[:-1]):
            return ""
    return ""


class _Columns:
    """What the columns of one table hold, and the values carried down them."""

    def __init__(self, headers: list[str], body: Sequence[Sequence[tuple[str, int, int]]], width: int) -> None:
        self.headers = headers
        self.numeric: list[float] = []
        self.filled: list[float] = []
        self.year: list[bool] = []
        self.index: list[bool] = []
        for column in range(width):
            filled = [cells[column][0] for cells in body if cells[column][0] and not is_total(cells)]
            values = [value for value in filled if not is_blank(value)]
            self.numeric.append(sum(_is_number(value) for value in values) / len(values) if values else 0.0)
            self.filled.append(len(filled) / len(body) if body else 0.0)
            years = sum(p.YEAR.fullmatch(value) is not None for value in values)
            self.year.append(bool(values) and years >= 0.5 * len(values))
            self.index.append(numbers_rows(headers[column]))
        measures = [c for c in range(width) if self.numeric[c] > 0.6 and not self.year[c] and not self.index[c]]
        first_measure = measures[0] if measures else width
        self.groups = [
            c
            for c in range(first_measure)
            if self.filled[c] <= (0.99 if self.year[c] else 0.5) and not self.index[c] and headers[c] and c < width - 1
        ]
        self.labels = [
            c for c in range(first_measure) if c not in self.groups and not self.index[c] and self.numeric[c] < 0.4
        ]
        merged = merged_down(body, [c for c in range(first_measure) if not self.index[c] and headers[c]])
        self.groups += [column for column in merged if column not in self.groups]
        self.labels = [column for column in self.labels if column not in merged]
        self.carried: dict[int, str] = {}
        self.named = Groups(width, self.index)
        self.above = Above(width)

    def read(
        self,
        cells: Sequence[tuple[str, int, int]],
        following: Sequence[tuple[str, int, int]] | None,
        merged: Collection[int],
    ) -> TableRow:
        """Read the next row, from the top of the table down; one that names the rows below it gets no cells."""
        if is_total(cells):
            self.carried.clear()
            return self._row(cells, self.headers, {})
        if any(self.headers) and self.named.opens(cells, following):
            self.carried.clear()
            return TableRow(())
        names = self.named.around() if self.named.sums(cells, following) else self.named.names()
        same = self.above.taken(cells, merged)
        row = self._read(cells, same)
        groups = tuple(TableCell(header, name, -1, -1) for header, name in names)
        return TableRow(row.cells + groups, row.label)

    def _read(self, cells: Sequence[tuple[str, int, int]], same: dict[int, str]) -> TableRow:
        if self._is_shifted(cells, same):
            return self._shifted(cells)
        for column in self.groups:
            if cells[column][0]:
                self.carried[column] = cells[column][0]
        carried = {column: self.carried[column] for column in self.groups if column in self.carried}
        return self._row(cells, self.headers, same | {c: v for c, v in carried.items() if not cells[c][0]})

    def _is_shifted(self, cells: Sequence[tuple[str, int, int]], same: Collection[int]) -> bool:
        """Whether the cells stand beside their columns: words number a row, or words and figures changed places."""
        if all(value for value, _, _ in cells):
            return False  # there is no room to shift
        words, figures = False, False
        for column, (value, _, _) in enumerate(cells):
            if is_blank(value) or column in same:
                continue
            number = _is_number(value)
            if self.index[column] and not number and not _INDEX.fullmatch(value):
                return True
            words = words or (self.numeric[column] > 0.75 and not number)
            figures = figures or (self.numeric[column] < 0.25 and self.filled[column] > 0.3 and number)
        return words and figures

    def _shifted(self, cells: Sequence[tuple[str, int, int]]) -> TableRow:
        """Only what its kind makes sure gets a header: the year, and the text of the one label column."""
        years = [column for column in self.groups if self.year[column]]
        headers = [""] * len(cells)
        for column, (value, _, _) in enumerate(cells):
            if len(years) == 1 and p.YEAR.fullmatch(value):
                self.carried[years[0]] = value
                headers[column] = self.headers[years[0]]
                if column and _is_number(cells[column - 1][0]):
                    headers[column - 1] = next((h for h, i in zip(self.headers, self.index, strict=True) if i), "")
        texts = [c for c, (value, _, _) in enumerate(cells) if value and not _is_number(value)]
        if len(texts) == 1 and len(self.labels) == 1:
            headers[texts[0]] = self.headers[self.labels[0]]
        stated = any(headers[c] == self.headers[y] for y in years for c in range(len(cells)))
        carried = {} if stated else {c: self.carried[c] for c in years if c in self.carried}
        if all(headers[c] for c, (value, _, _) in enumerate(cells) if value):
            # nothing is left whose column is unsure: the columns not seen are blank
            headers += [header for header in self.headers if header and header not in headers]
            cells = [*cells, *[("", -1, -1)] * (len(headers) - len(cells))]
        row = self._row(cells, headers, {})
        extra = tuple(TableCell(self.headers[c], value, -1, -1) for c, value in carried.items())
        return TableRow(extra + row.cells, row.label)

    def _row(self, cells: Sequence[tuple[str, int, int]], headers: list[str], carried: dict[int, str]) -> TableRow:
        read = tuple(
            TableCell(headers[c], carried.get(c, value), -1 if c in carried else start, -1 if c in carried else end)
            for c, (value, start, end) in enumerate(cells)
            if value or headers[c]
        )
        label = next((value for c, (value, _, _) in enumerate(cells) if value and self.index[c]), "")
        return TableRow(read, label if _is_number(label) else "")
