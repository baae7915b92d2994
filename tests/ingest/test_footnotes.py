from ingest.clean import clean
from ingest.footnotes import find_notes
from ingest.lines import furniture, measure, read_lines
from ingest.records import Hint, Source
from ingest.structure import structure

RULE = " " * 40
WRAPPED = f"""Trong giai đoạn vừa qua, Ủy ban nhân dân huyện Thanh Hà đã
ban hành nhiều văn bản về công tác khen thưởng giai đoạn 2016-20201. Diện
tích rừng trồng mới đạt 35 km2, sản lượng gỗ khai thác đạt 4 nghìn m3 và
các xã đều tổ chức ký kết giao ước thi đua theo cụm, khối hằng năm2. Các
{RULE}
1 Kế hoạch số 12/KH-UBND ngày 03/02/2016 của Ủy ban nhân dân huyện về tổ chức phong trào thi đua yêu nước trong toàn
huyện giai đoạn năm năm.
2 Gồm 5 cụm và 3 khối.
 đơn vị đã đăng ký tham gia đầy đủ và tổng kết phong trào vào dịp cuối
năm. Hội đồng gồm 9 ủy viên (3 ủy viên là lãnh đạo xã), trong đó có 10
năm kinh nghiệm trở lên chiếm đa số các ủy viên của Hội đồng khác3.
{RULE}
3 Phó Chủ tịch Hội đồng là Trưởng phòng Nội vụ huyện; các ủy viên khác là trưởng các phòng, ban chuyên môn huyện.
"""


def notes_of(text: str) -> tuple[list[str], list[str]]:
    cleaned, source = clean(text), Source(text=text, media_type="text/plain")
    lines = read_lines(cleaned, source)
    skip = furniture(lines)
    layout = measure([line for index, line in enumerate(lines) if index not in skip], None)
    notes, marks = find_notes(lines, skip, layout, cleaned, source)
    assert [mark.note for mark in marks] == list(range(len(marks)))
    return [note.label for note in notes], [cleaned.text[mark.start : mark.end] for mark in marks]


def test_notes_and_marks_are_paired_by_the_expected_number() -> None:
    assert notes_of(WRAPPED) == (["1", "2", "3"], ["1", "2", "3"])


def test_marks_become_superscripts_and_never_join_a_number() -> None:
    source = Source(text=WRAPPED, media_type="text/plain")
    structured = structure(clean(WRAPPED), source)
    text = structured.text.text
    assert "2016-2020¹. Diện tích rừng trồng mới đạt 35 km2, sản lượng gỗ khai thác đạt 4 nghìn m3" in text
    assert "hằng năm². Các đơn vị đã đăng ký" in text
    assert "Hội đồng khác³." in text
    place = text.index("¹")
    assert WRAPPED[structured.text.offsets[place]] == "1"


def test_bodies_are_detached_and_know_their_sentence() -> None:
    structured = structure(clean(WRAPPED), Source(text=WRAPPED, media_type="text/plain"))
    text = structured.text.text
    notes = [section for section in structured.sections if section.kind == "footnote"]
    assert [note.label for note in notes] == ["1", "2", "3"]
    assert text[notes[0].start : notes[0].end].endswith("trong toàn huyện giai đoạn năm năm.")
    assert text[notes[1].start : notes[1].end] == "2 Gồm 5 cụm và 3 khối."
    assert notes[2].lead_in is not None
    assert text[slice(*notes[2].lead_in)].endswith("Hội đồng khác³.")


def test_bracketed_marks_are_told_from_list_items() -> None:
    text = """Tốc độ tăng trưởng của huyện luôn dẫn đầu toàn tỉnh trong nhiều năm(1), cao hơn
mức bình quân chung. Các chỉ tiêu chủ yếu như sau:
(1) Thu ngân sách đạt 120 tỷ đồng;
(2) Tỷ lệ hộ nghèo còn 1,5%.

1 Trong đó: năm 2021 đạt 8,5%; năm 2022 đạt 9,3%; năm 2023 đạt 9,9%; năm 2024 ước đạt 10,2% theo số liệu của Chi cục.
"""
    structured = structure(clean(text), Source(text=text, media_type="text/plain"))
    assert "nhiều năm¹, cao hơn" in structured.text.text
    items = [section.label for section in structured.sections if section.kind == "list_item"]
    assert items == ["(1)", "(2)"]


def test_notes_stated_by_the_format_are_taken_as_stated() -> None:
    text = "Hội đồng có chín ủy viên5.\n5 Theo Quyết định thành lập.\nHội đồng họp mỗi quý một lần."
    body, mark = text.index("\n5") + 1, text.index("5.")
    hints = (
        Hint("footnote", body, body + len("5 Theo Quyết định thành lập."), label="5"),
        Hint("reference", mark, mark + 1, label="5"),
    )
    source = Source(text=text, media_type="application/pdf", hints=hints, wrapped=False)
    structured = structure(clean(text), source)
    assert structured.text.text.startswith("Hội đồng có chín ủy viên⁵.\nHội đồng họp")
    note = structured.sections[-1]
    assert (note.kind, note.label) == ("footnote", "5")


def test_the_rest_of_a_note_on_the_next_page_joins_its_beginning() -> None:
    first, running, rest = "4 Gồm các phòng, ban và", "Phong trào lan rộng.", "đơn vị trực thuộc."
    text = f"Hội đồng có chín ủy viên4.\n{first}\n{running}\n{rest}\n5 Chú thích khác.\n"
    at = text.index
    hints = (
        Hint("reference", at("4."), at("4.") + 1, label="4"),
        Hint("footnote", at(first), at(first) + len(first), label="4"),
        Hint("footnote", at(rest), at(rest) + len(rest), 1, "4"),
        Hint("footnote", at("5 Chú"), len(text) - 1, label="5"),
    )
    source = Source(text=text, media_type="application/pdf", hints=hints, wrapped=True)
    structured = structure(clean(text), source)
    notes = [section for section in structured.sections if section.kind == "footnote"]
    assert [note.label for note in notes] == ["4", "5"]
    assert structured.text.text[notes[0].start : notes[0].end] == f"{first} {rest}"
