from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.joining import glue
from ingest.lines import furniture, read_lines
from ingest.records import Hint, MappedText, Page, Section, Source
from ingest.structure import Structured, structure

SHARED = Path(__file__).parents[2].parent / "shared"

PLAN = """
ỦY BAN NHÂN DÂN
HUYỆN THANH HÀ

Số:    /KH-UBND

Thanh Hà, ngày    tháng 3 năm 2022

KẾ HOẠCH
Tổ chức phong trào thi đua năm 2022

Thực hiện chỉ đạo của tỉnh, Ủy ban nhân dân huyện ban hành kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

Nâng cao chất lượng phong trào thi đua trong toàn huyện.

2. Các chỉ tiêu chủ yếu năm 2022:

- (1) Thu ngân sách đạt 120 tỷ đồng;
- (2) Tỷ lệ hộ nghèo (*theo chuẩn mới*) còn ...%.

II. TỔ CHỨC THỰC HIỆN

2.1. Công tác tuyên truyền được đẩy mạnh. Phòng Văn hóa chủ trì thực hiện.

Đài truyền thanh huyện mở chuyên mục gương người tốt.

a) Các xã:
+ Nhiệm vụ chung:
- Ký giao ước thi đua;
- Tổng kết trước ngày **15/11/2022**.

Yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Phòng Nội vụ;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Mẫu
"""


def read(text: str, **more: object) -> Structured:
    return structure(clean(text), Source(text=text, media_type="text/plain", **more))  # type: ignore[arg-type]


def shown(structured: Structured, kind: str) -> list[str]:
    return [structured.text.text[s.start : s.end] for s in structured.sections if s.kind == kind]


def find(structured: Structured, beginning: str) -> Section:
    return next(s for s in structured.sections if structured.text.text.startswith(beginning, s.start))


def test_title_signature_and_recipients() -> None:
    plan = read(PLAN)
    assert shown(plan, "title")[-2:] == ["KẾ HOẠCH", "Tổ chức phong trào thi đua năm 2022"]
    assert shown(plan, "recipients") == ["Nơi nhận:", "- Phòng Nội vụ;", "- Lưu: VT."]
    assert shown(plan, "signature") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]


def test_headings_nest_and_a_run_in_heading_is_text_that_names_its_part() -> None:
    plan = read(PLAN)
    assert find(plan, "Nâng cao").path == ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích")
    run_in = find(plan, "2.1.")
    assert run_in.kind == "paragraph" and run_in.label == "2.1"
    assert find(plan, "Đài truyền thanh").path == (
        "II. TỔ CHỨC THỰC HIỆN",
        "2.1. Công tác tuyên truyền được đẩy mạnh",
    )


def test_items_know_what_introduces_them() -> None:
    plan = read(PLAN)
    target = find(plan, "- (2)")
    assert target.label == "(2)" and target.lead_in is not None
    assert plan.text.text[slice(*target.lead_in)] == "2. Các chỉ tiêu chủ yếu năm 2022:"
    nested = find(plan, "- Tổng kết")
    assert nested.lead_in is not None and plan.text.text[slice(*nested.lead_in)] == "+ Nhiệm vụ chung:"


def test_emphasis_is_dropped_and_blanks_stay() -> None:
    text = read(PLAN).text.text
    assert "(theo chuẩn mới) còn ...%." in text and "ngày 15/11/2022." in text and "*" not in text


WRAPPED = """II. KẾT QUẢ

1. Công tác chỉ đạo

Huyện ủy và Ủy ban nhân dân huyện đã ban hành nhiều văn bản để chỉ đạo

phong trào thi đua; các xã trong huyện đã tổ chức ký kết giao ước, tỷ lệ

tham gia đạt từ 92-

95%, cao hơn năm trước. Các đơn vị thực hiện tốt chế độ báo cáo theo

quy định của tỉnh.

7

 Các cụm thi đua tiếp tục đổi mới nội dung hoạt động, lấy hiệu quả công

việc làm thước đo.
"""


def test_wrapped_lines_become_paragraphs_across_page_numbers() -> None:
    report = read(WRAPPED)
    assert shown(report, "heading") == ["II. KẾT QUẢ", "1. Công tác chỉ đạo"]
    first, second = shown(report, "paragraph")
    assert "để chỉ đạo phong trào thi đua;" in first and "từ 92-95%, cao hơn" in first
    assert first.endswith("quy định của tỉnh.") and second.startswith("Các cụm thi đua")
    assert "7" not in report.text.text


def test_a_broken_word_is_mended_only_when_the_whole_is_known() -> None:
    text = (
        "Phong trào phát triển rộng khắp trong toàn huyện và được nhân dân hưởng ứng tri-\n"
        "ển khai theo kế hoạch; việc triển khai ở các xã do các chi hội thực hiện trên tinh-\n"
        "thần tự nguyện, công khai và đúng quy định hiện hành của pháp luật.\n"
    )
    report = read(text, wrapped=True).text.text
    assert "hưởng ứng triển khai" in report
    assert "tinh-thần" in report


def test_running_headers_are_dropped_by_page() -> None:
    pages, text = [], ""
    for number in range(1, 5):
        start = len(text)
        text += f"Sở Nội vụ - Báo cáo năm\nNội dung riêng của trang thứ {number} trong báo cáo này.\nTrang {number}/4\n"
        pages.append(Page(number, str(number), start, len(text)))
    report = read(text, pages=tuple(pages), wrapped=True).text.text
    assert "Báo cáo năm" not in report and "Trang" not in report and report.count("Nội dung riêng") == 4


def test_stated_hints_are_used() -> None:
    text = "Giới thiệu\nVăn bản này có hai phần.\nTT\tTên\n1\tHội Nông dân\n"
    table = text.index("TT")
    hints = (Hint("heading", 0, 10, level=1), Hint("table", table, len(text), level=1))
    report = read(text, hints=hints, wrapped=False)
    kinds = [section.kind for section in report.sections]
    assert kinds == ["title", "paragraph", "paragraph", "row"] or kinds == ["heading", "paragraph", "paragraph", "row"]
    row = report.sections[-1]
    assert [(cell.header, cell.value) for cell in row.cells] == [("TT", "1"), ("Tên", "Hội Nông dân")]
    assert report.text.text[row.cells[1].start : row.cells[1].end] == "Hội Nông dân"


def check_laws(text: str) -> None:
    """Nothing lost, nothing twice, offsets right."""
    cleaned, source = clean(text), Source(text=text, media_type="text/plain")
    structured = structure(cleaned, source)
    lines = read_lines(cleaned, source)
    dropped = [(lines[index].start, lines[index].end) for index in furniture(lines)]
    at = {offset: char for char, offset in zip(cleaned.text, cleaned.offsets, strict=True)}
    kept: set[int] = set()
    end = 0
    for section in structured.sections:
        assert end <= section.start < section.end <= len(structured.text)
        assert not structured.text.text[end : section.start].strip()
        end = section.end
        for index in range(section.start, section.end):
            char, offset = structured.text.text[index], structured.text.offsets[index]
            if char.isalpha():
                assert offset not in kept and at[offset] == char
                kept.add(offset)
    lost = [
        cleaned.text[index]
        for index, offset in enumerate(cleaned.offsets)
        if cleaned.text[index].isalpha() and offset not in kept and not any(a <= index < b for a, b in dropped)
    ]
    repeated_headers = "".join(line.text for line in lines if line.is_table)
    assert len(lost) == 0 or all(char in repeated_headers for char in lost)


@pytest.mark.parametrize("text", [PLAN, WRAPPED, "", "\n \n", "một", "1\n2\n3"])
def test_laws_on_small_texts(text: str) -> None:
    check_laws(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="không có thư mục ../shared")
@pytest.mark.parametrize("folder", ["corpus/reports", "corpus/regulations"])
def test_laws_on_the_corpus(folder: str) -> None:
    files = sorted((SHARED / folder).glob("*.txt"))
    assert files
    for path in files:
        check_laws(path.read_text(encoding="utf-8"))


def test_a_stated_table_cut_by_a_page_break_is_one_table() -> None:
    head = "TT\tNăm\tHội\tSố\n"
    first, second = head + "1\t2020\tNông dân\t5\n\t\tPhụ nữ\t6\n", head + "\t\tThanh niên\t7\n2\t2021\tNông dân\t8\n"
    text = first + second
    hints = (Hint("table", 0, len(first), level=1), Hint("table", len(first), len(text), level=1))
    report = read(text, hints=hints, wrapped=True)
    rows = [{cell.header: cell.value for cell in s.cells} for s in report.sections if s.kind == "row"]
    assert [(row["Năm"], row["Hội"]) for row in rows][2] == ("2020", "Thanh niên") and len(rows) == 4


def test_letterhead_subject_and_first_sentence_stay_apart() -> None:
    text = (
        "UBND TỈNH LÀO CAI\nSỞ NỘI VỤ\n⎯⎯⎯⎯⎯\nSố:     /BC-SNV\nBÁO CÁO\n"
        "Kết quả 5 năm thực hiện phong trào thi đua trồng rừng phòng hộ đầu nguồn trên địa\nbàn tỉnh Lào Cai\n"
        "Thực hiện Công văn số 7/UBND-NC ngày 02/3/2021 của Chủ tịch Ủy ban nhân dân tỉnh,\n"
        "Sở Nội vụ báo cáo như sau:\nI. KẾT QUẢ\nToàn tỉnh đã trồng được nhiều rừng.\n"
    )
    report = read(text, wrapped=True)
    assert shown(report, "title")[:2] == ["UBND TỈNH LÀO CAI", "SỞ NỘI VỤ"]
    assert shown(report, "title")[-1].endswith("trên địa bàn tỉnh Lào Cai")
    assert shown(report, "paragraph")[0].startswith("Thực hiện Công văn số 7/UBND-NC")


def test_a_dash_inside_a_sentence_is_no_bullet() -> None:
    text = (
        "Thực hiện kế hoạch của Ban chỉ đạo trên tuyến hành lang Móng Cái\n"
        "– Hà Nội, các huyện đã ký kết giao ước thi đua và phân công nhiệm vụ cho từng\n"
        "xã, phường, thị trấn trong vùng theo đúng tiến độ chung của cả tuyến, gồm:\n"
        "- Ký giao ước;\n- Tổng kết.\n"
    )
    report = read(text, wrapped=True)
    assert shown(report, "paragraph")[0].startswith(
        "Thực hiện kế hoạch của Ban chỉ đạo trên tuyến hành lang Móng Cái – Hà"
    )
    assert shown(report, "list_item") == ["- Ký giao ước;", "- Tổng kết."]


def test_a_foreign_word_parted_at_a_line_end_is_mended_and_a_real_hyphen_stays() -> None:
    def joined(left: str, right: str) -> str:
        return glue(MappedText.of(left), MappedText.of(right), frozenset()).text

    assert joined("phát triển hạ tầng logis-", "tics, kho bãi") == "phát triển hạ tầng logistics, kho bãi"
    assert joined("giai đoạn 2021-", "2025") == "giai đoạn 2021-2025"
    assert joined("Nghị quyết số 12-", "NQ/TW") == "Nghị quyết số 12-NQ/TW"
    assert joined("phòng họp e-", "cabinet của tỉnh") == "phòng họp e-cabinet của tỉnh"
