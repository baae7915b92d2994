from decimal import Decimal

import pytest

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.breakdowns import figures
from assistant.answers.tables.columns import said
from assistant.answers.tables.periods import by_year, measured
from assistant.answers.tables.rows import named, read
from ingest.records import Cell, Chunk


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.419", 1419),
        ("5025", 5025),
        ("61,5%", Decimal("61.5")),
        ("1.250,5", Decimal("1250.5")),
        ("", None),
        ("abc", None),
    ],
)
def test_figures_are_read_the_vietnamese_way(text, value):
    assert amount(text) == value


@pytest.mark.parametrize(("value", "text"), [("1419", "1.419"), ("-30", "-30"), ("1250.50", "1.250,5"), ("7", "7")])
def test_figures_are_written_the_vietnamese_way(value, text):
    assert printed(Decimal(value)) == text


def row(*cells):
    made = tuple(Cell(header, value, 0, len(value)) for header, value in cells)
    return read(Chunk("c", "d", 0, "row", (), "", "x", 0, 1, None, None, 1, "", made))


def test_a_row_knows_year_label_and_figures():
    found = row(("TT", "3"), ("Năm", "2022"), ("Lĩnh vực", "Y tế"), ("Tập thể", "95"), ("Cá nhân", ""), ("Ghi chú", ""))
    assert (found.year, found.label, found.total) == ("2022", "Y tế", False)
    assert [(cell.header, cell.value) for cell in found.figures] == [("Tập thể", "95"), ("Cá nhân", "")]


def test_the_total_row_is_known_even_in_the_numbering_column():
    assert row(("TT", "Tổng"), ("Năm", ""), ("Tập thể", "950")).total


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("giành được 21 giải Nhất, 17 giải Nhì và 69 giải Ba", [("21", {"nhat"}), ("17", {"nhi"}), ("69", {"ba"})]),
        ("tặng Bằng khen cho 15 tập thể, 36 cá nhân", [("15", {"tap", "the"}), ("36", {"ca", "nhan"})]),
    ],
)
def test_figures_of_a_sentence_are_told_apart_by_their_nouns(text, told):
    assert [(one.number, one.telling - {"va"}) for one in figures(text)] == told


def table(*rows, context=""):
    made = []
    for number, cells in enumerate(rows):
        own = tuple(Cell(header, value, 0, len(value)) for header, value in cells)
        made.append(read(Chunk(f"c{number}", "d", number, "row", (), context, "x", 0, 1, None, None, 1, "", own)))
    return by_year(measured(named(made)))


def test_columns_that_are_years_are_read_a_year_a_row_with_the_unit_beside():
    rows = table(
        (("Danh hiệu", "Cờ thi đua"), ("Đơn vị tính", "tập thể"), ("Năm 2021", "3"), ("Năm 2022", "5")),
        (("Danh hiệu", "Bằng khen"), ("Đơn vị tính", "người"), ("Năm 2021", "12"), ("Năm 2022", "14")),
    )
    assert [(one.name, said(one, cell.header, cell.value)) for one in rows for cell in one.figures] == [
        ("Cờ thi đua, năm 2021", "3 tập thể"),
        ("Cờ thi đua, năm 2022", "5 tập thể"),
        ("Bằng khen, năm 2021", "12 người"),
        ("Bằng khen, năm 2022", "14 người"),
    ]


def test_plan_and_result_of_a_year_stay_apart_and_the_comparison_belongs_to_the_last():
    rows = table(
        (("Việc", "Tập huấn"), ("Thực hiện 2023", "2"), ("Kế hoạch 2024", "4"), ("So với kế hoạch", "75,0%")),
        (("Việc", "Kiểm tra"), ("Thực hiện 2023", "7"), ("Kế hoạch 2024", "9"), ("So với kế hoạch", "100,0%")),
    )
    first = [(one.year, [(cell.header, cell.value) for cell in one.figures]) for one in rows[:2]]
    assert first == [
        ("2023", [("Thực hiện", "2")]),
        ("2024", [("Kế hoạch", "4"), ("So với kế hoạch", "75,0%")]),
    ]


@pytest.mark.parametrize(
    ("context", "header", "told"),
    [
        ("Việc In ấn: Mức chi: 30 (Bảng 1. Dự toán (đơn vị: triệu đồng))", "Mức chi", "30 triệu đồng (mức chi)"),
        ("", "Cá nhân (đồng)", "30 đồng (cá nhân)"),
        ("", "Cá nhân", "30 cá nhân"),
    ],
)
def test_a_figure_is_told_with_the_unit_of_caption_or_header(context, header, told):
    made = Chunk("c", "d", 0, "row", (), context, "x", 0, 1, None, None, 1, "", (Cell(header, "30", 0, 2),))
    one = measured([read(made)])[0]
    assert said(one, header, "30") == told


def test_a_dash_is_an_empty_cell_and_votes_are_figures():
    found = row(("Tên", "Phòng A"), ("Phiếu đồng ý", "9/12"), ("Tập thể", "-"))
    assert [(cell.header, cell.value) for cell in found.figures] == [("Phiếu đồng ý", "9/12"), ("Tập thể", "")]
