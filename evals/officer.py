"""Questions as an officer writes them: one row of a spreadsheet each, Vietnamese columns, no code.

| Câu hỏi | Đáp án phải có | Không được có | Văn bản | Điều/khoản/trang | Trả lời được? |

Several things that must stand in the answer go on lines of their own or are separated by ";"; other wordings of the
same thing by "|". Optional columns: Mã, Đáp án mẫu, Trích nguyên văn, Loại, Kiểu.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from evals.errors import BadGold
from evals.folding import folded, plain
from evals.metrics.answers import LACKING
from evals.metrics.provisions import labels, pages_named
from evals.records import KINDS, STYLES, GoldQuestion

QUESTION, REQUIRED, FORBIDDEN, SOURCE, PLACE, ANSWERABLE = (
    "Câu hỏi", "Đáp án phải có", "Không được có", "Văn bản", "Điều/khoản/trang", "Trả lời được?",
)  # fmt: skip
COLUMNS = (QUESTION, REQUIRED, FORBIDDEN, SOURCE, PLACE, ANSWERABLE)
ID, MODEL_ANSWER, EVIDENCE, KIND, STYLE = "Mã", "Đáp án mẫu", "Trích nguyên văn", "Loại", "Kiểu"
OPTIONAL = (ID, MODEL_ANSWER, EVIDENCE, KIND, STYLE)

_YES = frozenset({"", "co", "x", "yes", "y", "1", "true", "duoc", "dung", "tra loi duoc"})
_NO = frozenset({"khong", "no", "n", "0", "false", "khong duoc", "sai", "khong tra loi duoc"})
_LACK_WORDINGS = (*LACKING, "không liệt kê", "không nằm trong", "không thuộc phạm vi", "để trống", "không có con số")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of one sheet; ``number`` is the one the spreadsheet program shows."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def place(self, column: str) -> str:
        """Say where a problem stands, as the officer sees it."""
        return f"{_where(self.sheet, self.number)}, cột “{column}”"


def _where(sheet: str, number: int) -> str:
    return f"Trang tính “{sheet}”, dòng {number}" if sheet else f"Dòng {number}"


def read_table(path: Path) -> list[GoldQuestion]:
    """Read questions from an XLSX or CSV file (UTF-8 with or without mark; comma, semicolon or tab).

    Raises ``BadGold`` naming sheet, row and column of every mistake at once.
    """
    if not path.is_file():
        raise BadGold(
            f"Không có tệp “{path}”.", remedy="Kiểm tra đường dẫn; tạo tệp mẫu bằng `tdkt eval import --template`."
        )
    rows, problems = _rows(path)
    questions: list[GoldQuestion] = []
    seen: dict[str, str] = {}
    for row in rows:
        question, wrong = _question(row, path)
        problems.extend(wrong)
        key = " ".join(folded(question.question).split())
        if key and key in seen:
            problems.append(f"{row.place(QUESTION)}: trùng với câu ở {seen[key]}")
        seen.setdefault(key, row.place(QUESTION))
        questions.append(question)
    if problems:
        raise BadGold(
            f"Tệp “{path.name}” có {len(problems)} chỗ phải sửa:",
            remedy="Sửa trong bảng rồi nhập lại.",
            problems=problems,
        )
    if not questions:
        raise BadGold(f"Tệp “{path.name}” không có câu hỏi nào.", remedy=f"Điền từ dòng thứ hai, cột “{QUESTION}”.")
    return questions


def _rows(path: Path) -> tuple[list[_Row], list[str]]:
    problems: list[str] = []
    rows: list[_Row] = []
    for sheet, lines in _sheets(path):
        header_at = next((index for index, line in enumerate(lines) if any(line)), None)
        if header_at is None:
            continue
        header, wrong = _header(sheet, header_at + 1, lines[header_at])
        problems.extend(wrong)
        for number, line in enumerate(lines[header_at + 1 :], header_at + 2):
            if any(line):
                rows.append(_Row(sheet, number, {header[i]: cell for i, cell in enumerate(line) if i in header}))
    if problems:
        raise BadGold(
            f"Tệp “{path.name}” thiếu cột hoặc có cột lạ:",
            remedy=f"Cần các cột: {', '.join(COLUMNS)}.",
            problems=problems,
        )
    return rows, problems


def _name(text: str) -> str:
    """Return a column name as compared: no accents, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", plain(text).lower())


_BY_NAME = MappingProxyType({_name(column): column for column in (*COLUMNS, *OPTIONAL)})


def _header(sheet: str, number: int, cells: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    where = _where(sheet, number)
    found: dict[int, str] = {}
    problems: list[str] = []
    for index, cell in enumerate(cells):
        column = _BY_NAME.get(_name(cell))
        if column is None and cell:
            problems.append(f"{where}: không hiểu cột “{cell}”")
        elif column in found.values():
            problems.append(f"{where}: cột “{column}” có hai lần")
        elif column is not None:
            found[index] = column
    missing = [column for column in (QUESTION, REQUIRED) if column not in found.values()]
    problems.extend(f"{where}: thiếu cột “{column}”" for column in missing)
    return found, problems


def _sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from _workbook(path)
    elif path.suffix.lower() in (".csv", ".tsv", ".txt"):
        yield "", _csv(path)
    else:
        raise BadGold(f"Không nhập được tệp loại “{path.suffix}”.", remedy="Lưu bảng thành .xlsx hoặc .csv (UTF-8).")


def _workbook(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise BadGold(
            f"Không mở được bảng tính “{path.name}”.",
            remedy="Mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx, bỏ mật khẩu nếu có.",
            detail=repr(error),
        ) from error
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.title != GUIDE_SHEET]
        for sheet in sheets:
            yield sheet.title, [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _cell(value: object) -> str:
    """Return a cell as text; a whole number that the program keeps as a fraction (20.0) is written 20."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadGold(
            f"Tệp “{path.name}” không phải UTF-8.",
            remedy="Trong Excel: Lưu thành… chọn “CSV UTF-8”; hoặc lưu thành .xlsx.",
            detail=repr(error),
        ) from error
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _question(row: _Row, path: Path) -> tuple[GoldQuestion, list[str]]:
    problems: list[str] = []

    def wrong(column: str, message: str) -> None:
        problems.append(f"{row.place(column)}: {message}")

    text = row.cells.get(QUESTION, "")
    if not text:
        wrong(QUESTION, "chưa có câu hỏi")
    answerable = _yes_or_no(row.cells.get(ANSWERABLE, ""))
    if answerable is None:
        wrong(ANSWERABLE, f"không hiểu “{row.cells[ANSWERABLE]}”; ghi “có” hoặc “không”")
    required = _groups(row.cells.get(REQUIRED, ""))
    if answerable is not False and not required:
        wrong(REQUIRED, "chưa ghi điều phải có trong câu trả lời")
    sources, places = _list(row.cells.get(SOURCE, "")), _list(row.cells.get(PLACE, ""))
    if any(not (labels(place) or pages_named(place)) for place in places):
        wrong(PLACE, f"không hiểu “{row.cells[PLACE]}”; ghi như “Điều 21 khoản 2” hoặc “trang 14”")
    if places and not sources:
        wrong(SOURCE, "đã ghi điều/trang thì phải ghi tên tệp văn bản")
    kind, style = row.cells.get(KIND, "") or "officer", row.cells.get(STYLE, "") or "formal"
    for column, value, known in ((KIND, kind, KINDS), (STYLE, style, STYLES)):
        if value not in known and value not in known.values():
            wrong(column, f"không có loại “{value}”; dùng: {', '.join(known.values())}")
    if answerable is False:
        required = required or (_LACK_WORDINGS,)
    question = GoldQuestion(
        id=row.cells.get(ID, "") or f"{path.stem}-{row.sheet or 'csv'}-{row.number}",
        question=text,
        kind=_code(kind, KINDS),
        style=_code(style, STYLES),
        answerable=answerable is not False,
        answer=row.cells.get(MODEL_ANSWER, "") or "; ".join(group[0] for group in required),
        must_contain=required,
        must_not_contain=_list(row.cells.get(FORBIDDEN, "")),
        source=sources,
        evidence=_list(row.cells.get(EVIDENCE, ""), "\n"),
        section=row.cells.get(PLACE, ""),
        places=places,
    )
    return question, problems


def _code(value: str, known: Mapping[str, str]) -> str:
    return next((code for code, title in known.items() if value in (code, title)), value)


def _yes_or_no(text: str) -> bool | None:
    word = " ".join(plain(text).lower().strip(" .?!").split())
    return True if word in _YES else False if word in _NO else None


def _list(text: str, separators: str = "\n;") -> tuple[str, ...]:
    pieces = re.split(f"[{separators}]", text)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    groups = (_list(group, "|") for group in _list(text))
    return tuple(group for group in groups if group)


GUIDE_SHEET = "Hướng dẫn"
