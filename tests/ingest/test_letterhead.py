"""Letterheads and signatures set side by side are read column by column, whatever the format writes them with."""

import pytest

from ingest.pipeline import read_document
from ingest.readers.side_by_side import columns, letterhead, signature, unfolded

LETTER = """Bản lưu của văn thư, không phải bản chính.

ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN K\tĐộc lập - Tự do - Hạnh phúc

Số: 27/UBND-NV\tHuyện K, ngày 05 tháng 3 năm 2024
V/v trả lời đơn hỏi về khen thưởng

Kính gửi: Ông chủ hộ số 7, thôn Đồi.

UBND huyện đã nhận được đơn và trả lời như sau: hồ sơ được 04 xã gửi đủ[1].

Loại\tNăm 2022\tNăm 2023
Giấy khen\t11\t14
Bằng khen\t2\t3

[1] Gồm các xã Đồi, Bãi, Suối và Đèo.

Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
- Như trên;\tCHỦ TỊCH
- Lưu: VT.\tNguyễn Văn Mẫu
"""
PIPES = """Bản chép tay

| ỦY BAN NHÂN DÂN XÃ L | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 9/QC-UBND | Độc lập - Tự do - Hạnh phúc |

Xã L, ngày 02 tháng 4 năm 2024

# QUY CHẾ

**Chi tiền thưởng**

| Đối tượng | Mức |
|---|---|
| Hộ gia đình | 300.000 |
"""


def document(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def test_a_letter_saved_as_text_says_what_it_is(tmp_path):
    meta = document(tmp_path, "thu.txt", LETTER).meta
    assert (meta.kind, meta.number, meta.issued) == ("Công văn", "27/UBND-NV", "2024-03-05")
    assert meta.issuer == "Ủy ban nhân dân huyện K"
    assert meta.subject == "trả lời đơn hỏi về khen thưởng"
    assert meta.signer == "Nguyễn Văn Mẫu"


def test_only_the_table_gives_rows(tmp_path):
    found = document(tmp_path, "thu.txt", LETTER)
    rows = [found.text[one.start : one.end] for one in found.sections if one.kind == "row"]
    assert rows == ["Giấy khen\t11\t14", "Bằng khen\t2\t3"]


def test_notes_in_square_brackets_leave_the_sentence(tmp_path):
    found = document(tmp_path, "thu.txt", LETTER)
    assert "gửi đủ¹." in found.text
    notes = [found.text[one.start : one.end] for one in found.sections if one.kind == "footnote"]
    assert notes == ["[1] Gồm các xã Đồi, Bãi, Suối và Đèo."]


def test_brackets_without_a_note_of_that_number_are_text(tmp_path):
    found = document(tmp_path, "phieu.txt", "Đánh dấu [1] vào ô chọn.\n\nHồ sơ gồm [2] bản.\n")
    assert "[1]" in found.text and "[2]" in found.text
    assert not [one for one in found.sections if one.kind == "footnote"]


def test_a_letterhead_in_a_markdown_table(tmp_path):
    found = document(tmp_path, "quy-che.md", PIPES)
    assert (found.meta.kind, found.meta.number, found.meta.issuer) == ("Quy chế", "9/QC-UBND", "Ủy ban nhân dân xã L")
    assert [one.kind for one in found.sections].count("row") == 1


@pytest.mark.parametrize(
    ("rows", "head", "foot"),
    [
        ([["SỞ Y", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Năm", "Số"], ["2023", "4"]], 1, 3),
        ([["Năm", "Số"], ["2023", "4"], ["Nơi nhận:", "KT. GIÁM ĐỐC"]], 0, 2),
        ([["Năm", "Số: lượt"], ["2023", "4"]], 0, 2),
    ],
)
def test_where_letterhead_and_signature_end(rows, head, foot):
    assert (letterhead(rows), signature(rows)) == (head, foot)


def test_columns_are_read_one_after_the_other():
    assert columns([["a", "x"], ["b", None], ["c", "y"]]) == ["a", "b", "c", "x", "y"]


def test_a_text_without_side_by_side_blocks_is_left_as_it_is():
    text = "Năm\tSố\r\n2023\t4\r\n\r\nHết."
    assert unfolded(text) == text
