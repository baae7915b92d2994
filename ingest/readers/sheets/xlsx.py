"""Excel workbooks (.xlsx, .xlsm) as tables: what a person sees on each sheet, in the formats of the cells."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from ingest.errors import UnreadableFile
from ingest.hint_labels import SHEET
from ingest.readers.packages import read_package
from ingest.readers.sheets.layout import write_sheet
from ingest.readers.sheets.xlsx_cells import Cells
from ingest.readers.side_by_side import UNDER, Row
from ingest.readers.transcript import Transcript
from ingest.records import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELLS = 1_000_000

_DEFAULT_NAME = re.compile(r"(?:Sheet|Trang tính|Trang_tính)\s*\d*", re.I)
_UNCOMPUTED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read_xlsx(data: bytes, file: str) -> Source:
    """Read the visible sheets of a workbook; each is a heading with its tables below.

    Raises :class:`DamagedFile`, :class:`EmptyFile`, or :class:`UnreadableFile` for a workbook beyond the limits.
    """
    return read_package(data, file, _read, "Excel", ".xlsx")


def _read(data: bytes, file: str) -> Source:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of drawings and validations it drops; the text is whole without them.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    transcript = Transcript()
    said: list[str] = []
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if sum(len(sheet._cells) for sheet in sheets) > MAX_CELLS:
        raise UnreadableFile(
            f"“{file}” có quá nhiều ô (giới hạn {MAX_CELLS:,} ô).".replace(",", "."),
            remedy="Tách bảng tính thành nhiều tệp nhỏ hơn rồi nạp từng tệp.",
        )
    for sheet in sheets:
        cells = Cells(sheet)
        rows, hidden = _rows(sheet, cells)
        said += cells.warnings()
        if not any(cell for row in rows for cell in row):
            continue
        named = len(sheets) > 1 or _DEFAULT_NAME.fullmatch(sheet.title) is None
        if named:
            transcript.line(sheet.title, "heading", 1, SHEET)
        write_sheet(transcript, rows, 2 if named else 1)
        if hidden:
            said.append(f"Trang tính “{sheet.title}”: bỏ {hidden} dòng, cột bị ẩn.")
    skipped = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if skipped:
        said.append("Bỏ trang tính bị ẩn: " + ", ".join(skipped) + ".")
    uncomputed = _uncomputed(data)
    if uncomputed:
        said.append(f"{uncomputed} ô công thức chưa có kết quả lưu sẵn, để trống; mở bằng Excel rồi lưu lại để có số.")
    about = book.properties
    return transcript.source(
        file,
        MEDIA_TYPE,
        wrapped=False,
        properties={"title": about.title, "author": about.creator, "subject": about.subject},
        warnings=said,
    )


def _rows(sheet: Any, cells: Cells) -> tuple[list[Row], int]:  # noqa: ANN401
    """Return the rows as shown, places under merged cells as ``None``, and the count of hidden rows and columns."""
    written = {place: cell for place, cell in sheet._cells.items() if cell.value not in (None, "")}
    if not written:
        return [], 0
    last_row, last_column = max(row for row, _ in written), max(column for _, column in written)
    covered = {
        place: UNDER if column == area.min_col else None
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, last_row) + 1)
        for column in range(area.min_col, min(area.max_col, last_column) + 1)
        if (place := (row, column)) != (area.min_row, area.min_col)
    }
    hidden_columns = _hidden_columns(sheet, last_column)
    hidden_rows = {row for row, form in sheet.row_dimensions.items() if form.hidden or form.height == 0}
    columns = [column for column in range(1, last_column + 1) if column not in hidden_columns]
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(written.items()):
        if row not in hidden_rows and column not in hidden_columns and (text := cells.text(cell)):
            by_row.setdefault(row, {})[column] = text
    rows: list[Row] = []
    previous = 0
    for row in sorted(by_row):
        if previous and row > previous + 1 and not all(gap in hidden_rows for gap in range(previous + 1, row)):
            rows.append([])
        texts = by_row[row]
        rows.append([covered.get((row, column), texts.get(column, "")) for column in columns])
        previous = row
    lost = (
        {row for row, _ in written if row in hidden_rows},
        {column for _, column in written if column in hidden_columns},
    )
    return rows, len(lost[0]) + len(lost[1])


def _hidden_columns(sheet: Any, last: int) -> set[int]:  # noqa: ANN401
    return {
        column
        for form in sheet.column_dimensions.values()
        if (form.hidden or form.width == 0) and form.min
        for column in range(form.min, min(form.max or form.min, last) + 1)
    }


def _uncomputed(data: bytes) -> int:
    """Count formulas whose result was never stored (workbooks written by programs, not by Excel)."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return sum(len(_UNCOMPUTED.findall(archive.read(name))) for name in sheets)
