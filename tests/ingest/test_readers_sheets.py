from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from ingest.errors import DamagedFile, EmptyFile, UnsupportedFormat
from ingest.pipeline import read_bytes
from ingest.readers import read


def saved(book) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def kinds(source, kind):
    return [(hint.level, source.text[hint.start : hint.end]) for hint in source.hints if hint.kind == kind]


def report_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "BIỂU TỔNG HỢP KHEN THƯỞNG"
    sheet.merge_cells("A1:E1")
    sheet["A2"] = "Đơn vị tính: triệu đồng"
    for row in (
        ["TT", "Năm", "Kết quả", None, "Ngày"],
        [None, None, "Tập thể", "Tỷ lệ", None],
        [1, 2019, 1250, 0.125, datetime(2020, 1, 31)],
        [2, None, 900.5, None, None],
    ):
        sheet.append(row)
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:E4", "B5:B6"):
        sheet.merge_cells(area)
    sheet["C5"].number_format = "#,##0"
    sheet["D5"].number_format = "0.0%"
    sheet["E5"].number_format = "dd/mm/yyyy"
    sheet["A8"] = "Ghi chú: số liệu tính đến cuối năm."
    hidden = book.create_sheet("Nháp")
    hidden["A1"] = "không in"
    hidden.sheet_state = "hidden"
    return book


def test_a_workbook_reads_like_its_sheets():
    source = read(saved(report_book()), "bieu.xlsx")
    assert source.text.splitlines() == [
        "Biểu 1",
        "BIỂU TỔNG HỢP KHEN THƯỞNG",
        "Đơn vị tính: triệu đồng",
        "TT\tNăm\tKết quả\t\tNgày",
        "\t\tTập thể\tTỷ lệ\t",
        "1\t2019\t1.250\t12,5%\t31/01/2020",
        "2\t\t900,5\t\t",
        "Ghi chú: số liệu tính đến cuối năm.",
    ]
    assert kinds(source, "heading") == [(1, "Biểu 1"), (2, "BIỂU TỔNG HỢP KHEN THƯỞNG")]
    assert [level for level, _ in kinds(source, "table")] == [2]
    assert source.warnings == ("Bỏ trang tính bị ẩn: Nháp.",)


def test_rows_of_a_workbook_know_their_headers():
    document = read_bytes(saved(report_book()), "bieu.xlsx")
    rows = [section for section in document.sections if section.kind == "row"]
    first = {cell.header: cell.value for cell in rows[0].cells}
    assert first["Kết quả > Tập thể"] == "1.250"
    assert first["Ngày"] == "31/01/2020"


def test_hidden_rows_formulas_and_blank_lines():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Đơn vị", "Số"], ["A", 1], ["B", 2], ["C", "=B2+B3"], ["D", 4], []):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet["A8"], sheet["B8"] = "E", 5
    source = read(saved(book), "a.xlsx")
    assert source.text.splitlines() == ["Đơn vị\tSố", "A\t1", "C\t", "D\t4", "E\t5"]
    assert len(kinds(source, "table")) == 1
    assert any("bị ẩn" in warning for warning in source.warnings)
    assert any("công thức" in warning for warning in source.warnings)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_tables(separator, encoding):
    rows = [["Đơn vị", "Năm", "Ghi chú"], ["Sở Nội vụ", "2020", "Tăng 14 lần; 5 | 6, 7"], ["Huyện X", "2021", ""]]
    text = "\r\n".join(separator.join(f'"{cell}"' if set(cell) & set(";,|") else cell for cell in row) for row in rows)
    source = read(text.encode(encoding), "bảng.CSV")
    assert source.text.splitlines() == ["\t".join(row) for row in rows]
    assert [level for level, _ in kinds(source, "table")] == [1]
    assert source.media_type == "text/csv"


def test_decimal_commas_do_not_cut_cells():
    source = read("Chỉ tiêu;Tỷ lệ\nA;14,5\nB;2,75\nC;3\n".encode(), "a.csv")
    assert source.text.splitlines() == ["Chỉ tiêu\tTỷ lệ", "A\t14,5", "B\t2,75", "C\t3"]


def test_a_named_separator_is_used():
    assert read(b"sep=;\na,b;c\n1;2\n", "a.csv").text.splitlines() == ["a,b\tc", "1\t2"]


def test_workbooks_that_cannot_be_read():
    with pytest.raises(EmptyFile):
        read(saved(openpyxl.Workbook()), "trống.xlsx")
    whole = saved(report_book())
    with pytest.raises(DamagedFile):
        read(whole[: len(whole) // 2], "hỏng.xlsx")
    with pytest.raises(UnsupportedFormat):
        read(b"\x00\x01\x02\x03" * 100, "a.csv")
