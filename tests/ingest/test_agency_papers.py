"""Papers as offices make them, written here in Word, Excel and HTML and read as files; PDFs come from LibreOffice."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ingest.pipeline import read_bytes, read_document
from ingest.readers import office
from ingest.records import Document
from ingest.syllables import is_broken_syllable

needs_office = pytest.mark.skipif(office.soffice() is None, reason="cần LibreOffice (libreoffice-writer)")
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
Grid = list[list[str | None]]


def rows(document: Document) -> list[dict[str, str]]:
    return [{cell.header: cell.value for cell in one.cells} for one in document.sections if one.kind == "row"]


def paper(organs: str, number: str, day: str, title: tuple[str, str]) -> Any:
    made = docx.Document()
    head = made.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = f"{organs}\nSố: {number}", f"{MOTTO}\n{day}"
    for line in title:
        made.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    return made


def add_table(made: Any, grid: Grid, merged: tuple[tuple[int, int, int, int], ...] = ()) -> None:
    table = made.add_table(rows=len(grid), cols=len(grid[0]))
    table.style = "Table Grid"
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            if text is not None:
                first, *more = text.split("\n")
                table.cell(row, column).text = first
                for line in more:
                    table.cell(row, column).add_paragraph(line)
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))


def saved(made: Any, path: Path) -> Path:
    made.save(str(path))
    return path


def as_pdf(path: Path) -> Document:
    program = office.soffice()
    assert program is not None
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return read_document(path.with_suffix(".pdf"))


def list_of_people(path: Path) -> Path:
    made = paper("UBND TỈNH H\nSỞ NỘI VỤ", "88/DS-SNV", "H, ngày 20 tháng 6 năm 2025",
                 ("DANH SÁCH", "Cá nhân được đề nghị tặng Bằng khen"))  # fmt: skip
    grid: Grid = [["Số TT chung", "Số TT trong nhóm", "Họ và tên", "Chức vụ", "Tóm tắt thành tích", "Ghi chú"]]
    for group, first in (("I. KHỐI VĂN PHÒNG", 1), ("II. KHỐI XÃ", 13)):
        grid.append([group, None, None, None, None, None])
        for number in range(first, first + 12):
            grid.append([
                str(number), str(number - first + 1), f"Nguyễn Văn Mẫu {number}",
                "Phó Trưởng phòng phụ trách công tác tổng hợp" if number % 2 else "nt",
                f"Có {number} sáng kiến được áp dụng trong ngành; tham gia đào tạo cán bộ trẻ của đơn vị",
                "…" if number % 5 == 0 else "",
            ])  # fmt: skip
    grid.append(["Cộng", None, None, None, "24 người", ""])
    add_table(made, grid, ((1, 0, 1, 5), (14, 0, 14, 5)))
    return saved(made, path / "danh-sach.docx")


def test_rows_say_their_group_and_take_what_nt_repeats(tmp_path: Path) -> None:
    document = read_document(list_of_people(tmp_path))
    found = rows(document)
    assert (document.meta.kind, document.meta.issuer, document.meta.issued) == ("Danh sách", "Sở Nội vụ", "2025-06-20")
    assert len(found) == 25
    assert [row["Nhóm"] for row in found[:-1]] == ["KHỐI VĂN PHÒNG"] * 12 + ["KHỐI XÃ"] * 12
    assert {row["Chức vụ"] for row in found[:-1]} == {"Phó Trưởng phòng phụ trách công tác tổng hợp"}
    assert [row["Ghi chú"] for row in found if row["Ghi chú"]] == ["…"] * 4
    assert found[-1]["Số TT chung"] == "Cộng"
    taken = next(cell for one in document.sections for cell in one.cells if one.label == "2" and "Chức" in cell.header)
    assert (taken.start, taken.end) == (-1, -1)


@needs_office
def test_a_table_over_pages_without_repeated_headers_reads_like_the_word_file(tmp_path: Path) -> None:
    path = list_of_people(tmp_path)
    printed = as_pdf(path)
    assert printed.page_count > 1
    assert rows(printed) == rows(read_document(path))
    assert printed.meta == read_document(path).meta


PROCEDURE: Grid = [
    ["Tên thủ tục", "Xét tặng Giấy khen của Chủ tịch UBND xã theo đợt"],
    ["Mã số", "2.000346"],
    ["Trình tự thực hiện", "Bước 1: Nộp hồ sơ tại bộ phận một cửa.\nBước 2: Công chức kiểm tra trong 02 ngày."],
    ["Thành phần hồ sơ", "a) Tờ trình;\nb) Báo cáo thành tích;"],
    ["Số lượng hồ sơ", "01 bộ"],
    ["Lệ phí", "……"],
]


def procedure(path: Path) -> Path:
    made = docx.Document()
    for line in ("THỦ TỤC HÀNH CHÍNH", "Xét tặng Giấy khen của Chủ tịch UBND xã"):
        made.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_table(made, PROCEDURE)
    return saved(made, path / "thu-tuc.docx")


def fields(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in document.sections:
        if one.path and one.kind != "heading":
            found.setdefault(one.path[-1], []).append(document.text[one.start : one.end])
    return found


def test_a_form_of_two_columns_is_fields_and_answers(tmp_path: Path) -> None:
    document = read_document(procedure(tmp_path))
    found = fields(document)
    assert (document.meta.kind, document.meta.subject) == (
        "Thủ tục hành chính", "Xét tặng Giấy khen của Chủ tịch UBND xã",
    )  # fmt: skip
    assert list(found) == [row[0] for row in PROCEDURE]
    assert found["Thành phần hồ sơ"] == ["a) Tờ trình;", "b) Báo cáo thành tích;"]
    assert (found["Số lượng hồ sơ"], found["Lệ phí"]) == (["01 bộ"], ["……"])
    assert not rows(document)


@needs_office
def test_a_form_printed_to_pdf_keeps_its_fields(tmp_path: Path) -> None:
    found = fields(as_pdf(procedure(tmp_path)))
    assert list(found) == [row[0] for row in PROCEDURE]
    assert found["Số lượng hồ sơ"] == ["01 bộ"]


def test_a_form_under_a_header_is_fields_when_its_answers_are_prose(tmp_path: Path) -> None:
    made = docx.Document()
    steps = [
        "Bước 1. Đơn vị họp xét, bỏ phiếu kín rồi lập hồ sơ gửi bộ phận một cửa của Sở.\nBước 2. Sở thẩm định.",
        "a) Tờ trình kèm danh sách đề nghị có chữ ký của người đứng đầu;\nb) Biên bản họp xét ghi rõ số phiếu;",
        "Không thu. Cấp lại do làm mất thì đơn vị tự trả tiền khung và tiền in lại bằng.",
    ]
    asked = ("Trình tự", "Thành phần hồ sơ", "Phí")
    add_table(made, [["Nội dung", "Quy định"], *map(list, zip(asked, steps, strict=True))])
    document = read_document(saved(made, tmp_path / "thu-tuc.docx"))
    found = fields(document)
    assert found["Thành phần hồ sơ"] == steps[1].split("\n")
    assert found["Phí"] == [steps[2]]
    assert not rows(document)


RESOLUTION: Grid = [
    ["TT", "Hình thức", "Mức chi (lần lương cơ sở)", None, "Ghi chú"],
    [None, None, "Tập thể", "Cá nhân", None],
    ["1", "Bằng khen", "3,0", "1,5", ""],
    ["2", "Giấy khen:", None, None, None],
    ["2.1", "Cấp huyện", "1,0", "0,5", "nt"],
    ["2.2", "Cấp xã", "0,6", "0,3", "không quá 50 người"],
    ["3", "Cờ thi đua", "…", "-", ""],
]


def resolution(path: Path) -> Path:
    made = paper("HỘI ĐỒNG NHÂN DÂN\nTỈNH H", "07/2025/NQ-HĐND", "H, ngày 11 tháng 7 năm 2025",
                 ("NGHỊ QUYẾT", "Quy định mức chi khen thưởng"))  # fmt: skip
    made.add_paragraph("HỘI ĐỒNG NHÂN DÂN TỈNH H").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("Căn cứ Luật Thi đua, khen thưởng;", "QUYẾT NGHỊ:", "Điều 1. Phạm vi", "Điều 2. Mức chi"):
        made.add_paragraph(line)
    add_table(made, RESOLUTION, ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)))
    made.add_paragraph("Điều 3. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2025./.")
    return saved(made, path / "nghi-quyet.docx")


def test_an_item_with_parts_is_their_group(tmp_path: Path) -> None:
    document = read_document(resolution(tmp_path))
    assert (document.meta.subject, document.meta.effective_from) == ("Quy định mức chi khen thưởng", "2025-08-01")
    found = rows(document)
    assert [(row["TT"], row.get("Nhóm")) for row in found] == [
        ("1", None), ("2.1", "Giấy khen"), ("2.2", "Giấy khen"), ("3", None),
    ]  # fmt: skip
    assert found[-1]["Mức chi (lần lương cơ sở) > Tập thể"] == "…"


@needs_office
def test_a_page_of_short_lines_keeps_its_letterhead_apart(tmp_path: Path) -> None:
    path = resolution(tmp_path)
    printed, typed = as_pdf(path), read_document(path)
    assert (printed.meta, rows(printed)) == (typed.meta, rows(typed))
    assert [one.path for one in printed.sections if one.kind == "article"] == [
        one.path for one in typed.sections if one.kind == "article"
    ]


SENTENCES = (
    "Công chức tại bộ phận một cửa kiểm tra thành phần hồ sơ rồi chuyển phòng chuyên môn trong 01 ngày làm việc. "
    "Hồ sơ thiếu được trả lại kèm phiếu nêu rõ lý do, người nộp bổ sung trong 05 ngày."
)
HEADED: Grid = [
    ["TT", "Nội dung", "Quy định cụ thể"],
    ["1", "Trình tự thực hiện", SENTENCES],
    ["2", "Thành phần hồ sơ", "Tờ trình;\nBáo cáo thành tích;"],
    ["3", "Số lượng hồ sơ", "01 bộ"],
    ["4", "Yêu cầu, điều kiện", SENTENCES.replace("Hồ sơ", "Giấy tờ")],
]


def headed(path: Path, columns: int) -> Path:
    """Write a form under headers, with a number before each row where it has three columns."""
    made = docx.Document()
    for line in ("THỦ TỤC HÀNH CHÍNH", "Xét tặng Giấy khen của Chủ tịch UBND xã"):
        made.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_table(made, [row[-columns:] for row in HEADED])
    return saved(made, path / f"thu-tuc-{columns}.docx")


def test_a_form_under_headers_is_told_by_answers_in_sentences(tmp_path: Path) -> None:
    for columns in (2, 3):
        document = read_document(headed(tmp_path, columns))
        names = [" ".join(row[:-1][1 - columns :]) for row in HEADED[1:]]
        found = fields(document)
        assert list(found) == names
        assert found[names[0]] == [SENTENCES]
        assert found[names[1]] == ["Tờ trình;", "Báo cáo thành tích;"]
        assert not rows(document)


def test_a_page_of_the_web_has_forms_under_headers_too(tmp_path: Path) -> None:
    cells = "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row[1:]) + "</tr>"
        for row, tag in zip(HEADED, ["th", *["td"] * 4], strict=True)
    )
    path = tmp_path / "thu-tuc.html"
    path.write_text(f"<html><body><h1>Thủ tục</h1><table border=1>{cells}</table></body></html>", encoding="utf-8")
    assert fields(read_document(path))["Trình tự thực hiện"] == [SENTENCES]


def test_numbers_that_word_gives_to_rows_are_counted_once(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 2, style="Table Grid")
    for row, name in enumerate(("Tên", "Khối sở", "Khối huyện", "Khối xã")):
        table.cell(row, 1).text = name
        if row:
            table.cell(row, 0).paragraphs[0].style = made.styles["List Number"]
    table.cell(0, 0).text = "TT"
    found = rows(read_document(saved(made, tmp_path / "khoi.docx")))
    assert [row["TT"] for row in found] == ["1.", "2.", "3."]


def test_two_columns_under_headers_are_no_form(tmp_path: Path) -> None:
    made = docx.Document()
    add_table(made, [["Danh hiệu", "Tiêu chuẩn"], ["Lao động tiên tiến", "Hoàn thành tốt nhiệm vụ được giao trong năm"],
                     ["Chiến sĩ thi đua", "Có sáng kiến được công nhận, áp dụng"], ["Giấy khen", "Có thành tích"]])  # fmt: skip
    found = rows(read_document(saved(made, tmp_path / "bang.docx")))
    assert [list(row) for row in found] == [["Danh hiệu", "Tiêu chuẩn"]] * 3


def test_numbered_phrases_above_tables_head_them_and_items_leave_the_heading_beside_them(tmp_path: Path) -> None:
    made = paper("SỞ Y TẾ\nBỆNH VIỆN K", "12/BC-BVK", "Thành phố H, ngày 03 tháng 9 năm 2025",
                 ("BÁO CÁO THÀNH TÍCH", "Đề nghị tặng Bằng khen"))  # fmt: skip
    for line in ("I. SƠ YẾU LÝ LỊCH", "1. Sơ lược bản thân:", "- Họ và tên: NGUYỄN THỊ MẪU; Giới tính: Nữ.",
                 "- Số định danh: ……………", "2. Quá trình công tác:"):  # fmt: skip
        made.add_paragraph(line)
    add_table(made, [["Thời gian", "Chức vụ"], ["2010 - 2015", "Bác sĩ"], ["2016 - nay", "Trưởng khoa"]])
    for line in ("II. THÀNH TÍCH", "a) Phong trào “Sạch và xanh”:", "- Trồng 120 cây.", "- Thu gom 3 tấn rác.",
                 "b) Hiến máu: 14 lần; vận động được 30 người tham gia trong năm.", "III. KIẾN NGHỊ",
                 "1. Tỉnh sớm ban hành mức chi mới, dùng chung một phần mềm;", "2. Tỉnh cho thêm một biên chế.",
                 "Trên đây là báo cáo của bệnh viện./."):  # fmt: skip
        made.add_paragraph(line)
    document = read_document(saved(made, tmp_path / "bao-cao.docx"))
    assert document.meta.issuer == "Bệnh viện K"
    assert document.meta.subject.endswith("Đề nghị tặng Bằng khen của Nguyễn Thị Mẫu")
    assert {one.path[-1] for one in document.sections if one.kind == "row"} == {"2. Quá trình công tác"}
    blood = next(one for one in document.sections if one.label == "b)")
    assert blood.path == ("II. THÀNH TÍCH",)
    last = next(one for one in document.sections if "thêm một biên chế" in document.text[one.start : one.end])
    assert (last.kind, last.path) == ("list_item", ("III. KIẾN NGHỊ",))


def test_a_letter_is_about_what_its_v_v_says_and_replies_stand_under_their_questions() -> None:
    text = """UBND TỈNH H
SỞ NỘI VỤ
Số: 14/SNV-TĐKT
V/v đôn đốc gửi hồ sơ khen thưởng
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
H, ngày 15 tháng 5 năm 2026
Kính gửi: Các sở, ngành.
Sở Nội vụ hướng dẫn hồ sơ như sau:
1. Hồ sơ gồm tờ trình và báo cáo.
PHỤ LỤC
Câu 1. Hỏi: Ai ký tờ trình?
Đáp: Người đứng đầu ký, gồm các việc sau.
1. Ký tờ trình. Việc này làm trước ngày họp.
2. Ký danh sách. Việc này làm sau ngày họp.
Câu 2. Hỏi: Nộp mấy bộ?
Đáp: Nộp 02 bộ.
"""
    document = read_bytes(text.encode(), "cong-van.txt")
    assert (document.meta.kind, document.meta.subject) == ("Công văn", "đôn đốc gửi hồ sơ khen thưởng")
    assert document.meta.issued == "2026-05-15"
    reply = next(one for one in document.sections if "02 bộ" in document.text[one.start : one.end])
    assert reply.path == ("PHỤ LỤC", "Câu 2. Hỏi: Nộp mấy bộ?")
    inside = next(one for one in document.sections if "Ký danh sách" in document.text[one.start : one.end])
    assert inside.path[:2] == ("PHỤ LỤC", "Câu 1. Hỏi: Ai ký tờ trình?")


def test_rows_of_every_sheet_stand_under_its_name_and_title() -> None:
    book = openpyxl.Workbook()
    for name, title, header, data in (
        ("Danh mục", "DANH MỤC HỒ SƠ NĂM 2025", ["Mã", "Đơn vị", "Số lượng", "Kết quả"],
         [["H1", "Sở A", 3, "QĐ 12"], ["H2", "Sở B", 2, "nt"], ["H3", "Sở C", "…", "-"], ["Tổng cộng", None, 5, None]]),
        ("Theo khối", "TỔNG HỢP THEO KHỐI", ["TT", "Đơn vị", "Hồ sơ", "Tỷ lệ"],
         [["Khối sở", None, None, None], [1, "Sở A", 3, "60,0"], ["Khối xã", None, None, None], [2, "Xã B", 2, "40,0"],
          [None, "Cộng", 5, "100,0"]]),
    ):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in (["UBND TỈNH H"], ["BAN THI ĐUA - KHEN THƯỞNG"], [], [title], ["(Năm 2025)"], [], header, *data):
            sheet.append(row)
    notes = book.create_sheet("Ghi chú")
    for number, line in enumerate(
        ("Thời hạn thẩm định là 15 ngày làm việc kể từ ngày nhận.", "Người theo dõi khối xã: … (sẽ phân công sau)."), 1
    ):
        notes.append([number, line])
    del book["Sheet"]
    buffer = BytesIO()
    book.save(buffer)
    document = read_bytes(buffer.getvalue(), "so-theo-doi.xlsx")
    assert (document.meta.kind, document.meta.subject.lower()) == ("Danh mục", "hồ sơ năm 2025")
    assert document.meta.issuer == "Ban Thi đua - Khen thưởng"
    paths = {one.path for one in document.sections if one.kind == "row"}
    assert paths == {("Danh mục", "DANH MỤC HỒ SƠ NĂM 2025"), ("Theo khối", "TỔNG HỢP THEO KHỐI")}
    found = rows(document)
    assert [row["Kết quả"] for row in found[:3]] == ["QĐ 12", "QĐ 12", "-"]
    assert found[2]["Số lượng"] == "…"
    assert [row.get("Nhóm") for row in found[4:]] == ["Khối sở", "Khối xã", None]
    listed = [document.text[one.start : one.end] for one in document.sections if one.kind == "list_item"]
    assert listed[1] == "2. Người theo dõi khối xã: … (sẽ phân công sau)."
    assert all("Danh mục" in chunk.section for chunk in document.chunks if chunk.kind == "row" and "H1" in chunk.text)


PAGE = """<!DOCTYPE html><html><head><title>Tỉnh H tổng kết thi đua | Cổng thông tin điện tử tỉnh H</title></head><body>
<header><div class="logo">CỔNG THÔNG TIN TỈNH H</div><ul><li><a href="/">Trang chủ</a></li></ul></header>
<div class="breadcrumb">Trang chủ / Tin tức</div>
<article><h1>Tỉnh H tổng kết thi đua</h1><p>Thứ Sáu, 10/4/2026 | 16:42</p><p>Sáng 10/4, tỉnh tổ chức hội nghị.</p>
<aside class="box"><h4>CON SỐ</h4><table border="1"><tr><th>Hình thức</th><th>Số</th></tr><tr><td>Cờ</td><td>5</td></tr>
</table></aside><h2>Kết quả</h2><p>Có 14 phong trào được phát động trong năm.</p>
<figure><img src="a.jpg"><figcaption>Trao thưởng cho 06 tập thể.</figcaption></figure>
<ul class="related-news"><li><a href="#">Tin khác thứ nhất</a></li></ul></article>
<h3>TIN LIÊN QUAN</h3><ul><li><a href="#">Phường M biểu dương</a></li><li><a href="#">Lịch cắt điện</a></li></ul>
<footer><p>Bản quyền thuộc cổng thông tin.</p></footer></body></html>"""


def test_a_web_page_is_its_article_its_boxes_and_captions() -> None:
    document = read_bytes(PAGE.encode(), "tin.html")
    assert (document.meta.subject, document.meta.issuer) == ("Tỉnh H tổng kết thi đua", "Cổng thông tin điện tử tỉnh H")
    assert document.meta.issued == "2026-04-10"
    for dropped in ("Trang chủ", "LIÊN QUAN", "cắt điện", "Bản quyền", "Tin khác", "CỔNG THÔNG TIN TỈNH H"):
        assert dropped not in document.text
    assert "Trao thưởng cho 06 tập thể." in document.text
    assert {one.path for one in document.sections if one.kind == "row"} == {("CON SỐ",)}
    text = next(one for one in document.sections if "14 phong trào" in document.text[one.start : one.end])
    assert text.path == ("Kết quả",)


@pytest.mark.parametrize(
    ("first", "second", "broken"),
    [("Chun", "g", True), ("nhó", "m", True), ("CHUN", "G", True), ("khoả", "n", True), ("khen", "thưởng", False),
     ("Sở", "A", False), ("tập", "thể", False), ("12", "m", False)],
)  # fmt: skip
def test_what_a_narrow_cell_breaks(first: str, second: str, broken: bool) -> None:
    assert is_broken_syllable(first, second) is broken
