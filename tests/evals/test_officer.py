from __future__ import annotations

import csv

import pytest
from openpyxl import Workbook, load_workbook

from evals.errors import BadGold
from evals.officer import COLUMNS, read_table
from evals.template import EXAMPLES, write_template

ROW = (
    "Sở có mấy phòng?",
    "5 phòng | năm phòng\n12 người",
    "6 phòng; 7 phòng",
    "quyet-dinh.docx",
    "Điều 3, trang 2",
    "có",
)


def workbook(path, rows, title="Câu hỏi", header=COLUMNS):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def test_a_row_becomes_a_question(tmp_path):
    (question,) = read_table(workbook(tmp_path / "q.xlsx", [ROW]))
    assert question.must_contain == (("5 phòng", "năm phòng"), ("12 người",))
    assert question.must_not_contain == ("6 phòng", "7 phòng")
    assert (question.source, question.places, question.answerable) == (("quyet-dinh.docx",), ("Điều 3, trang 2",), True)
    assert (question.kind, question.style, question.id) == ("officer", "formal", "q-Câu hỏi-2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_shapes_that_excel_writes(tmp_path, encoding, delimiter):
    path = tmp_path / "q.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([COLUMNS, ROW])
    assert read_table(path)[0].must_contain == (("5 phòng", "năm phòng"), ("12 người",))


def test_headers_are_read_whatever_their_accents_and_order(tmp_path):
    header = ("TRA LOI DUOC", "cau hoi", "Dap an phai co", "Mã", "Trích nguyên văn")
    (question,) = read_table(
        workbook(tmp_path / "q.xlsx", [("", "Có mấy phòng?", "5", "p1", "có 5 phòng")], header=header)
    )
    assert (question.id, question.evidence, question.answerable) == ("p1", ("có 5 phòng",), True)


def test_a_question_without_an_answer_gets_the_words_of_a_refusal(tmp_path):
    (question,) = read_table(workbook(tmp_path / "q.xlsx", [("Lương bao nhiêu?", "", "", "", "", "Không")]))
    assert not question.answerable
    assert "không nêu" in question.must_contain[0]


def test_every_mistake_is_named_by_sheet_row_and_column(tmp_path):
    rows = [
        ROW,
        ("", "5", "", "", "", "có"),
        ("Câu a?", "", "", "", "", "có"),
        ("Câu b?", "5", "", "", "đâu đó", "có lẽ"),
        ("", "", "", "", "", ""),
        ("SỞ có mấy phòng?", "5", "", "", "", ""),
    ]
    with pytest.raises(BadGold) as caught:
        read_table(workbook(tmp_path / "q.xlsx", rows, title="Đợt 1"))
    sheet = "Trang tính “Đợt 1”, "
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        sheet + "dòng 3, cột “Câu hỏi”",
        sheet + "dòng 4, cột “Đáp án phải có”",
        sheet + "dòng 5, cột “Trả lời được?”",
        sheet + "dòng 5, cột “Điều/khoản/trang”",
        sheet + "dòng 5, cột “Văn bản”",
        sheet + "dòng 7, cột “Câu hỏi”",
    ]
    assert "đâu đó" in str(caught.value) and "dòng 2" in str(caught.value)


def test_columns_that_are_missing_strange_or_double(tmp_path):
    with pytest.raises(BadGold) as caught:
        read_table(workbook(tmp_path / "q.xlsx", [("a", "b", "c")], header=("Câu hỏi", "Câu hỏi", "Điểm")))
    assert [problem.split(": ")[1] for problem in caught.value.problems] == [
        "cột “Câu hỏi” có hai lần",
        "không hiểu cột “Điểm”",
        "thiếu cột “Đáp án phải có”",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"not a workbook"),
        ("a.csv", "Câu hỏi".encode("utf-16-le") + b"\xff"),
        ("a.pdf", b"%PDF"),
        ("a.csv", b""),
    ],
)
def test_files_that_are_no_table_are_refused_in_vietnamese(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadGold) as caught:
        read_table(tmp_path / name)
    assert caught.value.remedy
    with pytest.raises(BadGold, match="Không có tệp"):
        read_table(tmp_path / "khong-co.xlsx")


def test_numbers_typed_as_numbers_stay_whole(tmp_path):
    (question,) = read_table(workbook(tmp_path / "q.xlsx", [("Mấy?", 20, 7.5, "", "", True)]))
    assert (question.must_contain, question.must_not_contain) == ((("20",),), ("7.5",))


@pytest.mark.parametrize("name", ["mau.xlsx", "mau.csv"])
def test_the_template_can_be_filled_in_and_imported(tmp_path, name):
    write_template(tmp_path / name)
    questions = read_table(tmp_path / name)
    assert [question.question for question in questions] == [row[0] for row in EXAMPLES]
    assert [question.answerable for question in questions] == [True, True, False]


def test_the_template_guides_and_offers_yes_and_no(tmp_path):
    write_template(tmp_path / "mau.xlsx")
    book = load_workbook(tmp_path / "mau.xlsx")
    assert book.sheetnames == ["Câu hỏi", "Hướng dẫn"]
    (choice,) = book["Câu hỏi"].data_validations.dataValidation
    assert choice.formula1 == '"có,không"'
