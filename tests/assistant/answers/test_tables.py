from decimal import Decimal

import pytest

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.breakdowns import figures
from assistant.answers.tables import ranges
from assistant.answers.tables.columns import columns_asked, said
from assistant.answers.tables.conditions import said_of
from assistant.answers.tables.periods import by_year, measured
from assistant.answers.tables.picking import rows_said
from assistant.answers.tables.rows import named, read, unnumbered
from assistant.question.understand import understand
from assistant.retrieval.library import Library
from assistant.retrieval.query import build
from assistant.words import joined
from ingest.pipeline import read_bytes
from ingest.records import Cell, Chunk
from vectorstore.embed import load_embedder
from vectorstore.store import Store


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


@pytest.mark.parametrize(
    ("cell", "number", "within"),
    [
        ("Từ 75 đến dưới 90", 75, True),
        ("Từ 75 đến dưới 90", 90, False),
        ("Từ 90 điểm trở lên", 90, True),
        ("trên 5 năm", 5, False),
        ("Dưới 60", 59, True),
    ],
)
def test_a_range_of_a_cell_holds_its_numbers(cell, number, within):
    found = ranges.read(cell)
    assert found is not None
    assert found.holds(Decimal(number)) is within


def test_a_cell_without_a_range_has_none():
    assert ranges.read("Sổ thư khen") is None


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("tables"), load_embedder) as store:
        data = "Huân chương, mức thưởng của giải và số phiếu được ghi trong bảng kèm theo.".encode()
        with store.writer() as writer:
            writer.add(read_bytes(data, "mau.txt"), data)
        library = Library(store)
        library.refresh()
        yield lambda question: build(understand(question), library)


def test_rows_whose_names_begin_alike_are_named_in_one_breath(asked):
    rows = table(*((("Hình thức", f"Huân chương hạng {name}"), ("Tập thể", "2")) for name in ("Nhất", "Nhì", "Ba")))
    named = rows_said(asked("Huân chương hạng Nhì và hạng Ba tặng mấy tập thể?"), rows)
    assert [row.label for row in named] == ["Huân chương hạng Nhì", "Huân chương hạng Ba"]


def test_columns_called_alike_are_told_apart_by_what_they_stand_under(asked):
    rows = table(
        (("Giải", "Nhất"), ("Bài viết > Mức (Bài viết)", "8"), ("Video > Mức (Video)", "10")),
        (("Giải", "Nhì"), ("Bài viết > Mức (Bài viết)", "4"), ("Video > Mức (Video)", "5")),
    )
    columns, sure = columns_asked(asked("Mức giải Nhất của video là bao nhiêu?"), rows)
    assert (columns, sure) == (["Video > Mức (Video)"], True)


def test_a_question_for_two_numbers_gets_the_columns_beside_the_one_it_names(asked):
    rows = table((("Việc", "Sửa quy chế"), ("Số phiếu > Đồng ý", "5"), ("Số phiếu > Không đồng ý", "2")))
    columns, _ = columns_asked(asked("Sửa quy chế được mấy phiếu đồng ý, mấy phiếu không?"), rows)
    assert [said(rows[0], column, "5") for column in columns] == ["5 phiếu đồng ý", "5 phiếu không đồng ý"]


def test_what_is_denied_in_the_question_is_not_what_the_cell_affirms():
    question = joined("những nội dung nào không được hội đồng thông qua")
    assert said_of("Thông qua", question, {"thong qua"}) == ""
    assert said_of("Không thông qua", question, {"thong qua"}).split() == ["khong", "thong", "qua"]
    assert said_of("Trung tâm Lưu trữ", joined("có được không, Trung tâm Lưu trữ ấy")) == " trung tam luu tru "


def test_a_first_column_that_counts_on_holds_no_figures():
    rows = unnumbered([row(("Bước", str(n)), ("Việc", f"Việc {n}"), ("Thời gian", "2")) for n in (1, 2, 3)])
    assert [[cell.header for cell in one.figures] for one in rows] == [["Thời gian"]] * 3
