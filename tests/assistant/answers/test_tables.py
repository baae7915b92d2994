from decimal import Decimal

import pytest

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.breakdowns import figures
from assistant.answers.tables.rows import read
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
