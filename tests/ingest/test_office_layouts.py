"""Layouts that offices use and that are easily misread: each small paper has one of them and is read as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from ingest.clean import clean
from ingest.pipeline import read_document
from ingest.readers.pdf.lines import Line, PageLines, Run
from ingest.readers.pdf.notes import find_notes
from ingest.readers.pdf.order import reading_order
from ingest.records import Document, Source
from ingest.structure import Structured, structure

WRAPPED = """KẾ HOẠCH
Phát động thi đua quý II năm 2025

I. Công tác chuẩn bị của các đơn vị
1. Phân công
Văn phòng rà soát danh sách các tập thể và cá nhân có thành tích, gửi các phòng lấy ý
kiến bằng văn bản, tổng hợp trình lãnh đạo xem xét trước ngày họp và lưu hồ sơ theo
đúng quy định hiện hành của nhà nước về công tác văn thư, lưu trữ và bảo mật tài liệu.
1.1. Phòng Tổ chức
a) Lập danh sách.
b) Rà soát hồ sơ của các đơn vị gửi đến:
- 03 tập thể;
- 08 cá nhân.
2. Thời gian
Cả đợt kéo dài 90 ngày, kể từ ngày lãnh đạo ký kế hoạch này và gửi đến các đơn vị km.
Mục 2. KINH PHÍ
"""
MARKDOWN = """# THÔNG BÁO TUYỂN CHỌN NĂM 2026

## 2. Cơ cấu giải

Có ba giải.

## 3. Thời hạn

1. Nhận hồ sơ: đến hết ngày 15/5/2026
2. Công bố: ngày 19/5/2026
3. Trao giải: ngày 25/5/2026
"""
MINUTES = """TRƯỜNG TRUNG HỌC BẢN NƯA            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     TỔ NGỮ VĂN                         Độc lập - Tự do - Hạnh phúc
   Số: 3/BB-NV                        Bản Nưa, ngày 22 tháng 5 năm 2025

                           BIÊN BẢN
                   Họp bình xét năm 2025

Tổ có 11 người, có mặt 09 người, vắng 02 người có lý do./.

          THƯ KÝ                                  CHỦ TRÌ
        (Đã ký)                                   (Đã ký)
       Lò Thị C                                   Vi Văn B
"""


def lines_of(text: str) -> Structured:
    return structure(clean(text), Source(text, "text/plain", wrapped=True))


def shown(read: Structured) -> list[str]:
    return [read.text.text[one.start : one.end] for one in read.sections]


def file(tmp_path: Path, name: str, text: str) -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def word(tmp_path: Path, made: Any) -> Document:
    path = tmp_path / "giay.docx"
    made.save(str(path))
    return read_document(path)


def cells(document: Document) -> list[list[str]]:
    return [[cell.value for cell in one.cells] for one in document.sections if one.kind == "row"]


def back(document: Document) -> list[str]:
    return [chunk.text for chunk in document.chunks if chunk.kind == "back"]


def test_short_lines_of_a_list_stay_apart_in_a_wrapped_text() -> None:
    read = shown(lines_of(WRAPPED))
    for line in ("1. Phân công", "1.1. Phòng Tổ chức", "a) Lập danh sách.", "- 03 tập thể;", "Mục 2. KINH PHÍ"):
        assert line in read
    assert any(text.startswith("Văn phòng rà soát") and text.endswith("bảo mật tài liệu.") for text in read)


def test_a_remark_and_a_unit_under_a_title_are_lines_of_their_own() -> None:
    text = WRAPPED + "PHỤ LỤC I\n(Kèm theo Kế hoạch phát động thi đua quý II năm 2025 của Sở)\nĐơn vị tính: đồng\n"
    assert shown(lines_of(text))[-2:] == [
        "(Kèm theo Kế hoạch phát động thi đua quý II năm 2025 của Sở)", "Đơn vị tính: đồng",
    ]  # fmt: skip


def test_the_number_of_an_item_is_no_mark_of_a_note() -> None:
    text = WRAPPED + "III. LỊCH\nĐợt Từ 05/9 đến ngày\n1 20/11 Chào mừng ngày nhà giáo Việt Nam\n2 22/12 Uống nước\n"
    assert not [one for one in lines_of(text).sections if one.kind == "footnote"]


def test_a_list_counts_anew_inside_a_numbered_heading(tmp_path: Path) -> None:
    document = file(tmp_path, "tb.md", MARKDOWN)
    items = [one for one in document.sections if one.kind == "list_item"]
    assert [one.label for one in items] == ["1", "2", "3"]
    assert {one.path for one in items} == {("3. Thời hạn",)}


def test_no_chunk_takes_the_end_of_one_part_into_the_next(tmp_path: Path) -> None:
    text = "BÁO CÁO\nVề thi đua năm 2024\n\nI. KẾT QUẢ\n\n1. Trên báo: đăng 215 tin, bài trong năm.\n\n2. Trên mạng: lập 19 trang.\n\nII. HẠN CHẾ\n\n1. Về con người\n\nCòn thiếu.\n"
    chunks = file(tmp_path, "bc.txt", text).chunks
    assert not [one for one in chunks if "Trên mạng" in one.text and "HẠN CHẾ" in one.text]


def test_two_that_sign_side_by_side_in_a_plain_text(tmp_path: Path) -> None:
    document = file(tmp_path, "bb.txt", MINUTES)
    assert back(document) == ["THƯ KÝ\n(Đã ký)\nLò Thị C\nCHỦ TRÌ\n(Đã ký)\nVi Văn B"]
    assert document.meta.issuer.lower() == "tổ ngữ văn"


def test_letterhead_and_signature_set_by_tabs(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (
        "ĐẢNG ỦY PHƯỜNG BẾN TƯỢNG\tĐẢNG CỘNG SẢN VIỆT NAM",
        "CHI BỘ KHỐI 9\tBến Tượng, ngày 14 tháng 3 năm 2025",
        "Số 11-NQ/CB",
        "NGHỊ QUYẾT",
        "về phát động đợt thi đua chào mừng đại hội",
        "Chi bộ phấn đấu kết nạp 03 đảng viên./.",
        "Nơi nhận:\t\t\tK/T BÍ THƯ",
        "- Đảng ủy phường;\t\tPHÓ BÍ THƯ",
        "- Lưu: VP.\t\t\tCao Thị H",
    ):
        made.add_paragraph(text)
    document = word(tmp_path, made)
    meta = document.meta
    assert (meta.number, meta.issued, meta.issuer) == ("11-NQ/CB", "2025-03-14", "Chi bộ khối 9")
    assert meta.signer == "Cao Thị H"
    assert back(document)[0] == "Nơi nhận:\n- Đảng ủy phường;\n- Lưu: VP."


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_a_cell_merged_over_rows_is_each_row_s_unless_it_is_a_figure(tmp_path: Path, kind: str) -> None:
    grid = [
        ["STT", "Tiêu chí", "Điểm", "Đơn vị xác nhận", "Quỹ"],
        ["1", "Ban hành văn bản", "20", "Sở Tư pháp", "900"],
        ["", "Đúng hạn", "12", "", ""],
        ["", "Đúng thẩm quyền", "8", "", ""],
        ["2", "Hòa giải", "30", "Mặt trận xã", "400"],
    ]
    if kind == "docx":
        made = docx.Document()
        table = made.add_table(rows=len(grid), cols=5)
        table.style = "Table Grid"
        for row, texts in enumerate(grid):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        for column in (0, 3, 4):
            table.cell(1, column).merge(table.cell(3, column))
        document = word(tmp_path, made)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for texts in grid:
            book.active.append(texts)
        for area in ("A2:A4", "D2:D4", "E2:E4"):
            book.active.merge_cells(area)
        book.save(tmp_path / "bang.xlsx")
        document = read_document(tmp_path / "bang.xlsx")
    else:
        spread = {(1, 0), (1, 3), (1, 4)}
        made_rows = [
            "".join(
                f"<td{' rowspan=3' if (row, column) in spread else ''}>{text}</td>"
                for column, text in enumerate(texts)
                if text
            )
            for row, texts in enumerate(grid)
        ]
        table_text = "".join(f"<tr>{row}</tr>" for row in made_rows)
        document = file(tmp_path, "bang.html", f"<html><body><table border=1>{table_text}</table></body></html>")
    assert [row[1:] for row in cells(document)] == [
        ["Ban hành văn bản", "20", "Sở Tư pháp", "900"],
        ["Đúng hạn", "12", "Sở Tư pháp", ""],
        ["Đúng thẩm quyền", "8", "Sở Tư pháp", ""],
        ["Hòa giải", "30", "Mặt trận xã", "400"],
    ]


def test_a_heading_set_in_two_paragraphs_is_one(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (
        "KẾ HOẠCH",
        "Thi đua năm 2025",
        "I. KẾT QUẢ THỰC HIỆN PHONG TRÀO TRÊN",
        "ĐỊA BÀN XÃ NĂM 2024",
        "1. Về giao thông",
        "Toàn xã làm mới 4,2 km đường.",
    ):
        made.add_paragraph(text)
    sections = word(tmp_path, made).sections
    assert sections[-1].path == ("I. KẾT QUẢ THỰC HIỆN PHONG TRÀO TRÊN ĐỊA BÀN XÃ NĂM 2024", "1. Về giao thông")


def test_a_form_behind_the_last_article_is_not_part_of_it(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (
        "QUYẾT ĐỊNH", "Về Quỹ thi đua, khen thưởng phường",
        "Căn cứ Luật Thi đua, khen thưởng;", "QUYẾT ĐỊNH:", "Điều 1. Ban hành quy chế quản lý Quỹ.",
        "Điều 2. Quyết định có hiệu lực từ ngày 01 tháng 11 năm 2025.", "Điều 3. Các phòng chịu trách nhiệm thi hành.",
        "Mẫu số 01", "Phiếu đề nghị thanh toán tiền thưởng",
    ):  # fmt: skip
        made.add_paragraph(text)
    document = word(tmp_path, made)
    assert document.meta.effective_from == "2025-11-01"
    assert not [part for part in document.sections[-1].path if part.startswith("Điều")]
    assert any(chunk.text.startswith("QUYẾT ĐỊNH:\nĐiều 1.") for chunk in document.chunks)


def test_items_numbered_with_a_stroke(tmp_path: Path) -> None:
    text = "BÁO CÁO\nThi đua quý I năm 2025\n\nI/ KẾT QUẢ\n1/ Phục vụ 18.240 lượt.\n2/ Luân chuyển sách\n+ Về 12 trường học;\n+ Về các xã.\n3/ Khen thưởng 03 cá nhân.\n"
    document = file(tmp_path, "bc.txt", text)
    paths = {document.text[one.start : one.end]: one.path for one in document.sections}
    assert paths["+ Về 12 trường học;"] == ("I/ KẾT QUẢ", "2/ Luân chuyển sách")
    assert paths["3/ Khen thưởng 03 cá nhân."] == ("I/ KẾT QUẢ",)


def test_items_lettered_with_a_point_are_items(tmp_path: Path) -> None:
    made = docx.Document()
    for text in ("Hồ sơ gồm có:", "a. Tờ trình;", "b. Báo cáo thành tích;", "c/ Bảng chấm điểm."):
        made.add_paragraph(text)
    items = [one.label for one in word(tmp_path, made).sections if one.kind == "list_item"]
    assert items == ["a.", "b.", "c/"]


def test_a_number_written_with_blanks_and_a_title_without_a_motto(tmp_path: Path) -> None:
    made = docx.Document()
    for text in ("UBND HUYỆN KIM THÀNH", "PHÒNG NỘI VỤ", "Số: 25 /HD-PNV", "HỎI ĐÁP VỀ HỒ SƠ KHEN THƯỞNG NĂM 2025"):
        made.add_paragraph(text)
    made.add_paragraph("Hồ sơ lập thành 01 bộ, gửi về Phòng Nội vụ trong giờ hành chính.")
    meta = word(tmp_path, made).meta
    assert (meta.number, meta.issuer) == ("25/HD-PNV", "Phòng Nội vụ")
    assert meta.subject == "Hỏi đáp về hồ sơ khen thưởng năm 2025"


# --- printed pages ---


def run(x: float, y: float, text: str, size: float = 13.0) -> Run:
    return Run(text, x, y, size, x + 0.5 * size * len(text))


def test_a_party_letterhead_is_read_side_by_side() -> None:
    drawn = [
        run(60, 780, "HUYỆN ỦY THANH BA"), run(60, 765, "BAN DÂN VẬN"), run(60, 750, "-------"),
        run(60, 735, "Số: 45-BC/BDV"), run(330, 780, "ĐẢNG CỘNG SẢN VIỆT NAM"), run(330, 765, "-----------"),
        run(330, 750, "Thanh Ba, ngày 02 tháng 12 năm"), run(330, 735, "2024"),
        run(200, 690, "BÁO CÁO"),
    ]  # fmt: skip
    texts = [line.text for line in reading_order(drawn)]
    assert texts[:4] == ["HUYỆN ỦY THANH BA", "BAN DÂN VẬN", "-------", "Số: 45-BC/BDV"]
    assert texts[6:] == ["Thanh Ba, ngày 02 tháng 12 năm", "2024", "BÁO CÁO"]


def test_a_table_without_rules_with_wrapped_cells_is_read_row_by_row() -> None:
    drawn = [
        run(60, 700, "Đợt"), run(130, 700, "Thời gian"), run(300, 700, "Chủ đề"), run(440, 707, "Người phụ"),
        run(450, 692, "trách"),
        run(60, 662, "1"), run(130, 670, "Từ 05/9 đến"), run(130, 655, "20/11/2025"), run(300, 662, "Ngày Nhà giáo"),
        run(440, 662, "Cô L"),
        run(60, 630, "2"), run(130, 630, "Đến 22/12/2025"), run(300, 630, "Uống nước nhớ nguồn"),
        run(60, 600, "Các tổ nộp kết quả chấm điểm cho thư ký hội đồng vào chiều thứ Sáu."),
    ]  # fmt: skip
    assert [line.text for line in reading_order(drawn)] == [
        "Đợt\tThời gian\tChủ đề\tNgười phụ trách",
        "1\tTừ 05/9 đến 20/11/2025\tNgày Nhà giáo\tCô L",
        "2\tĐến 22/12/2025\tUống nước nhớ nguồn",
        "Các tổ nộp kết quả chấm điểm cho thư ký hội đồng vào chiều thứ Sáu.",
    ]


def test_three_that_sign_are_no_table() -> None:
    names = [("NGƯỜI LẬP", "KẾ TOÁN", "GIÁM ĐỐC"), ("(Đã ký)", "(Đã ký)", "(Đã ký)"), ("Lò A", "Vi B", "Ma C")]
    drawn = [run(60 + 160 * i, 300 - 20 * y, text) for y, row in enumerate(names) for i, text in enumerate(row)]
    assert not any("\t" in line.text for line in reading_order(drawn))


def test_a_footer_under_a_signature_does_not_mix_its_columns() -> None:
    drawn = [
        run(60, 300, "Nơi nhận:"), run(60, 285, "- UBND tỉnh;"), run(60, 270, "- Lưu: VT."),
        run(350, 300, "GIÁM ĐỐC"), run(350, 270, "(Đã ký)"), run(350, 240, "Quách Văn S"),
        run(60, 30, "Bao cao so ket.docx"),
    ]  # fmt: skip
    texts = [line.text for line in reading_order(drawn)]
    assert [one for one in texts if not one.startswith("Bao cao")] == [
        "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "GIÁM ĐỐC", "(Đã ký)", "Quách Văn S",
    ]  # fmt: skip


def test_notes_in_the_type_of_the_text_are_known_by_their_raised_numbers() -> None:
    def marked(y: float, before: str, mark: str, behind: str) -> Line:
        first = [run(60, y, before)] if before else []
        return Line((*first, run(300, y + 5, mark, 7.5), run(305, y, behind)))

    lines = (
        marked(700, "Có 96% văn bản ký số", "1", ", tăng 11 điểm."),
        marked(680, "Tiết kiệm 12,4 triệu đồng", "2", " tiền giấy."),
        marked(90, "", "1", "Không tính văn bản mật."),
        marked(75, "", "2", "Tính theo đơn giá 300 đồng một trang, chưa gồm tiền"),
        Line((run(60, 60, "công in và khấu hao máy."),)),
    )
    notes = find_notes(PageLines(lines, 800, False), frozenset(), 13.0, None)
    assert [(note.label, note.lines) for note in notes] == [("1", (2,)), ("2", (3, 4))]
