"""What a row takes from rows above it: the names of the groups it stands in, and cells that say "as above"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import patterns as p

Cells = Sequence[tuple[str, int, int]]
"""Cells of a row: value, start, end."""

GROUP_HEADERS = ("Nhóm", "Phần")
"""What the cells are headed that name the groups of a row, the inner group first."""
_MARKERS = (
    ("roman", re.compile(r"[IVXL]{1,5}(?:[.)\-–:]\s*|\s+|$)")),
    ("letter", re.compile(r"[A-HĐ](?:[.)\-–:]\s*|\s+(?=[^\W\d_]{2})|$)")),
    ("small", re.compile(r"[a-hđ][.)]\s*")),
    ("numbered", re.compile(r"\d{1,2}\.\d?\s+")),
)
_GROUP_WORD = re.compile(
    r"(?:khối|cụm|nhóm|phần|lĩnh vực|ngành|cấp|tập thể|cá nhân|hộ gia đình|đợt|quý|đối với|các)(?!\w)", re.IGNORECASE
)
_COUNT = re.compile(r"\s*[(:]\s*\d[^()]*\)?\s*$|\s*:\s*$")
_SAME = re.compile(r"[-–\s]*(?:n\s?/?\s?t|như (?:dòng |ô |hàng )?trên|\"|''|″|〃|//)[-–.\s]*", re.IGNORECASE)
_LONGEST = 18
_BLANK = re.compile(r"[.…_\s]*|[-–—]+")


def says_same(value: str) -> bool:
    """Whether a cell says that it holds what the one above it holds: "nt", "như trên"."""
    return bool(value) and _SAME.fullmatch(value) is not None


def is_blank(value: str) -> bool:
    """Whether a cell holds nothing, a dash, or the dots that stand for what is to be filled in."""
    return _BLANK.fullmatch(value) is not None


@dataclass(slots=True)
class Groups:
    """The groups that the rows of one table stand in, told by rows that hold a name and nothing else."""

    width: int
    index: Sequence[bool]
    open: list[tuple[str, str]] = field(default_factory=list)

    def opens(self, cells: Cells, following: Cells | None) -> bool:
        """Whether a row only names the group of the rows below it; it is taken note of then."""
        self._leave(cells[0][0])
        found = self._name(cells, following)
        if found is None or following is None:
            return False
        kind, name, sure = found
        if not sure and (len(_filled(following)) < min(3, self.width) or not any(self.index)):
            return False
        self.push(kind, name)
        return True

    def _leave(self, label: str) -> None:
        """Close the group of an item "2." at a row that is none of its parts "2.1", "2.2"."""
        if self.open and self.open[-1][0][:1].isdigit() and not label.startswith(self.open[-1][0]):
            self.open.pop()

    def sums(self, cells: Cells, following: Cells | None) -> bool:
        """Whether a row of figures stands for the rows below it: "I | Khối sở | 12", then "1 | …"; its name is kept."""
        if following is None or self.width < 3 or not self.index[0] or not following[0][0].isdigit():
            return False
        marker, text = cells[0][0], cells[1][0]
        if not text or re.fullmatch(r"(?:[IVXL]{1,5}|[A-HĐ])\.?", marker) is None:
            return False
        self.push(*_kind(f"{marker.rstrip('.')}. {text}"))
        return True

    def push(self, kind: str, name: str) -> None:
        """Open a group; one of the same kind and those inside it are closed."""
        kinds = [known for known, _ in self.open]
        if kind in kinds:
            del self.open[kinds.index(kind) :]
        self.open.append((kind, name))

    def names(self) -> list[tuple[str, str]]:
        """Header and name of the groups that are open, at most two, the inner one first."""
        return list(zip(GROUP_HEADERS, (name for _, name in reversed(self.open)), strict=False))

    def around(self) -> list[tuple[str, str]]:
        """Header and name of the groups around the one opened last."""
        return list(zip(GROUP_HEADERS, (name for _, name in reversed(self.open[:-1])), strict=False))

    def _name(self, cells: Cells, following: Cells | None) -> tuple[str, str, bool] | None:
        filled = _filled(cells)
        marker, text = "", ""
        if len(filled) == 1:
            text = cells[filled[0]][0]
            if filled[0] > 1 or (filled[0] == 1 and not self.index[0]):
                return None
        elif len(filled) == 2 and filled[0] == 0 and filled[1] == 1 and self.index[0]:
            marker, text = cells[0][0].strip(" .)"), cells[1][0]
            if marker.isdigit():
                below = following[0][0] if following else ""
                return (f"{marker}.", text.rstrip(": "), True) if below.startswith(f"{marker}.") else None
        if self.width < 3 or not text or p.word_count(text) > _LONGEST or not re.search(r"[^\W\d_]{2}", text):
            return None
        if p.ENCLOSED.match(text) or text.startswith("(") or text.rstrip().endswith((".", ";")) or _is_remark(text):
            return None
        kind, name = _kind(f"{marker.strip(' .)')}. {text}" if marker else text)
        sure = kind != "plain" or _GROUP_WORD.match(name) is not None
        return kind, _COUNT.sub("", name), sure


def _filled(cells: Cells) -> list[int]:
    return [column for column, (value, _, _) in enumerate(cells) if value]


def _kind(text: str) -> tuple[str, str]:
    for kind, pattern in _MARKERS:
        match = pattern.match(text)
        if match is not None and text[match.end() :]:
            return kind, text[match.end() :].strip()
    return ("capitals" if p.is_capitals(text) else "plain"), text


def _is_remark(text: str) -> bool:
    return re.match(r"(?:ghi chú|nguồn|đơn vị tính|lưu ý|chú thích)\b", text, re.IGNORECASE) is not None


class Above:
    """The last values of the columns, for cells that say they hold the same."""

    def __init__(self, width: int) -> None:
        self._values = [""] * width

    def taken(self, cells: Cells, merged: Collection[int] = ()) -> dict[int, str]:
        """Return the values that cells of a row take from above, and remember those it states.

        A figure in a cell merged over several rows is their sum as often as the figure of each; it stays where it is.
        """
        found: dict[int, str] = {}
        for column, (value, _, _) in enumerate(cells):
            held = self._values[column]
            if column in merged:
                if not (is_blank(held) or p.NUMERIC_CELL.fullmatch(held)):
                    found[column] = held
            elif not says_same(value):
                self._values[column] = value
            elif not is_blank(held):
                found[column] = held
        return found


def merged_down(body: Sequence[Cells], columns: Sequence[int]) -> list[int]:
    """Return the columns whose cell is merged over rows that differ in the next one: an order and its classes.

    Each row with a blank has the finer cell, and so has the row that names it; else the blank is a blank.
    """
    found = []
    for column, finer in pairwise(columns):
        above, blanks = False, 0
        fits = not any(p.DATE_SLASH.search(cells[column][0]) for cells in body)
        for cells in body:
            if cells[column][0]:
                above = bool(cells[finer][0])
            elif not is_total(cells):
                blanks += 1
                fits = fits and above and bool(cells[finer][0]) and not p.NUMERIC_CELL.fullmatch(cells[finer][0])
        if blanks and fits:
            found.append(column)
    return found


def is_total(cells: Cells) -> bool:
    """Whether a row sums up others."""
    return p.TOTAL_ROW.match(next((value for value, _, _ in cells if value), "")) is not None
