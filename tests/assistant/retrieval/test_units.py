from assistant.retrieval.units import cut
from ingest.records import Cell, Chunk


def chunk(text, kind="text", context="", path=("I. KẾT QUẢ",), start=100, cells=()):
    return Chunk("c1", "d1", 0, kind, path, context, text, start, start + len(text), 1, "1", 10, "", cells)


def test_offsets_are_those_of_the_document():
    passage = cut(chunk("Câu thứ nhất có số 5. Câu thứ hai có số 7."))
    first, second = passage.units
    assert first.text == "Câu thứ nhất có số 5."
    assert second.start == 100 + len("Câu thứ nhất có số 5. ")
    assert "nhat" in second.before


def test_headings_and_table_heads_are_not_statements():
    passage = cut(chunk("I. KẾT QUẢ\nNăm\tTập thể\nTỉnh tặng 5 Cờ thi đua."))
    assert [unit.text for unit in passage.units] == ["Tỉnh tặng 5 Cờ thi đua."]


def test_items_know_their_lead_in_but_not_each_other():
    first, second = cut(chunk("- Đăng báo;\n- In sách.", kind="list", context="Hình thức gồm:")).units
    assert (first.kind, second.kind) == ("item", "item")
    assert "hinh thuc" in second.before and "dang" not in second.before


def test_a_long_sentence_is_offered_in_clauses_that_remember_its_head():
    part = "tặng Bằng khen cho mười tập thể và hai mươi cá nhân có thành tích xuất sắc trong phong trào"
    text = f"Chủ tịch UBND tỉnh {part}; {part} xây dựng nông thôn mới; {part} vì người nghèo."
    units = cut(chunk(text)).units
    clauses = [unit for unit in units if unit.kind == "clause"]
    assert len(clauses) == 3
    assert all(unit.sentence == (100, 100 + len(text)) for unit in clauses)
    assert "chu tich" in clauses[1].before


def test_reference_marks_name_their_notes_and_join_no_number():
    unit = cut(chunk("Tỉnh có 20 thành viên¹⁹ và 5 tổ³.")).units[0]
    assert unit.notes == ("19", "3")
    assert "20" in unit.set and "2019" not in unit.set


def test_a_row_is_one_unit_read_through_its_context():
    cells = (Cell("Năm", "2022", 100, 104), Cell("Tập thể", "15", 105, 107))
    (unit,) = cut(chunk("2022\t15", kind="row", context="Năm 2022: 15 tập thể", cells=cells)).units
    assert unit.kind == "row" and "tap the" in unit.before
