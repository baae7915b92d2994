from dataclasses import replace

import pytest

from assistant.question.addresses import Place, named, standing
from ingest.records import Chunk

CHUNK = Chunk(
    "c", "d", 0, "text", ("Chương II", "Điều 8. Thể thức", "khoản 3"), "", "3. Phụ lục.", 0, 11, None, None, 3
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Khoản 2 Điều 17 Nghị định 30/2020", [("khoan", "2"), ("dieu", "17")]),
        ("dieu 25 luat 2003 noi gi", [("dieu", "25")]),
        ("Mục II.3 báo cáo nói về gì?", [("muc", "ii.3")]),
        ("Chú thích số 19 ghi gì?", [("note", "19")]),
        ("Từ mức 20 lên mức 30", []),
        ("Điều kiện xét tặng là gì?", []),
        ("Đạt 84 điểm thì sao?", []),
    ],
)
def test_places_are_read_from_the_question(question, found):
    assert [(place.level, place.number) for place in named(question)] == found


def test_an_item_counts_only_inside_the_article_named():
    assert standing((Place("dieu", "8"), Place("khoan", "3")), CHUNK) == 1.0
    assert standing((Place("dieu", "8"), Place("khoan", "1")), CHUNK) == 0.5
    assert standing((Place("dieu", "80"), Place("khoan", "3")), CHUNK) == 0.0
    assert standing((), CHUNK) == 0.0


@pytest.mark.parametrize(
    ("label", "place", "stands"),
    [
        ("điểm b–điểm d", Place("diem", "c"), 1.0),
        ("điểm b–điểm d", Place("diem", "e"), 0.0),
        ("khoản 7–khoản 12", Place("khoan", "9"), 1.0),
        ("khoản 7–khoản 12", Place("khoan", "2"), 0.0),
    ],
)
def test_a_label_of_several_items_names_those_between(label, place, stands):
    assert standing((place,), replace(CHUNK, path=(), label=label, text="")) == stands


def test_a_section_is_named_whole_or_level_by_level():
    report = replace(CHUNK, path=("II. KẾT QUẢ", "3. Hạn chế"), label="")
    assert standing((Place("muc", "ii.3"),), report) == 1.0
    assert standing((Place("muc", "ii.4"),), report) == 0.0
    assert standing((Place("muc", "2.1"),), replace(CHUNK, path=("2.1. Mục tiêu",))) == 1.0


def test_a_note_is_found_by_its_number_only_among_notes():
    note = replace(CHUNK, kind="footnote", label="19")
    assert standing((Place("note", "19"),), note) == 1.0
    assert standing((Place("note", "19"),), replace(note, kind="text")) == 0.0


def test_a_question_for_a_section_by_number_finds_it(assistant):
    first = assistant.search("Mục I.3 của báo cáo nói gì?", 5)[0]
    assert "3. Hạn chế và nguyên nhân" in first.chunk.path
    assert first.parts["address"] == 1.0
