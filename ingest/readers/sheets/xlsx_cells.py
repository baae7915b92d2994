"""What a person sees in the cells of a sheet: values in their formats, days kept as numbers, text nobody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.readers.sheets.number_format import shown

_TINY = 3.5
"""Points: below nobody reads."""
_WHITE = 0xF5
_WHITE_INDEXES = (1, 9)
_WHITE_THEME = 0
_NOTHING_SHOWN = re.compile(r";{2,3}")
_DAY = re.compile(r"(?<!số )\bngày\b", re.I)
_DAYS = range(18_264, 73_051)
"""Numbers of the days of 1950 to 2099."""


@dataclass(slots=True)
class Cells:
    """Reads the cells of one sheet, row by row from the top; counts what it changed or left out."""

    sheet: Any
    unseen: int = 0
    days: int = 0
    errors: int = 0
    _above: dict[int, str] = field(default_factory=dict)
    _hides: dict[int, bool] = field(default_factory=dict)

    def text(self, cell: Any) -> str:  # noqa: ANN401
        """Return a cell's text as shown, "" where nobody sees it."""
        if self._is_unseen(cell):
            self.unseen += 1
            return ""
        value = cell.value
        if isinstance(value, str):
            self._above[cell.column] = value
            self.errors += cell.data_type == "e"
        elif self._is_day(cell):
            self.days += 1
            value = _day(value, self.sheet.parent.epoch)
        return shown(value, cell.number_format)

    def warnings(self) -> list[str]:
        """Say what was left out and what was changed."""
        where = f"Trang tính “{self.sheet.title}”:"
        said: list[str] = []
        if self.unseen:
            said.append(
                f"{where} bỏ {self.unseen} ô chữ ẩn (màu trắng, quá nhỏ hoặc định dạng ẩn), mắt không đọc được."
            )
        if self.days:
            said.append(f"{where} {self.days} ô ngày lưu dạng số đã đổi ra ngày theo tiêu đề cột; nên đối chiếu.")
        if self.errors:
            said.append(f"{where} {self.errors} ô báo lỗi công thức (#REF!, #DIV/0!…), giữ nguyên như hiển thị.")
        return said

    def _is_day(self, cell: Any) -> bool:  # noqa: ANN401
        """Whether a plain number stands for a day: under a header that says so."""
        value = cell.value
        plain = cell.number_format == "General" and isinstance(value, (int, float)) and not isinstance(value, bool)
        return plain and value in _DAYS and _DAY.search(self._above.get(cell.column, "")) is not None

    def _is_unseen(self, cell: Any) -> bool:  # noqa: ANN401
        style = cell.style_id
        if style not in self._hides:
            self._hides[style] = _hides(cell)
        return self._hides[style] and not self._is_coloured_otherwise(cell)

    def _is_coloured_otherwise(self, cell: Any) -> bool:  # noqa: ANN401
        """Whether a table style or a rule may lay a ground behind the cell, which its own format does not tell."""
        if any(cell.coordinate in rule.cells for rule in self.sheet.conditional_formatting):
            return True
        from openpyxl.worksheet.cell_range import CellRange

        return any(cell.coordinate in CellRange(table.ref) for table in self.sheet.tables.values())


def _hides(cell: Any) -> bool:  # noqa: ANN401
    """Whether the format of a cell shows nothing, too little to read, or white on white."""
    if _NOTHING_SHOWN.fullmatch(cell.number_format):
        return True
    font = cell.font
    if font.size is not None and font.size < _TINY:
        return True
    ground = cell.fill
    bare = ground.fill_type is None or (ground.fill_type == "solid" and _is_white(ground.fgColor))
    return bare and _is_white(font.color)


def _is_white(colour: Any | None) -> bool:  # noqa: ANN401
    if colour is None:
        return False
    if colour.type == "theme":
        return colour.theme == _WHITE_THEME and (colour.tint or 0.0) > -0.05
    if colour.type == "indexed":
        return colour.indexed in _WHITE_INDEXES
    letters = str(colour.rgb)[-6:]
    try:
        return len(letters) == 6 and all(int(letters[at : at + 2], 16) >= _WHITE for at in (0, 2, 4))
    except ValueError:
        return False


def _day(number: float, epoch: datetime) -> object:
    from openpyxl.utils.datetime import from_excel

    return from_excel(number, epoch)
