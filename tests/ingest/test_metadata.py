import pytest

from ingest.clean import clean
from ingest.metadata import read_metadata
from ingest.pipeline import read_bytes
from ingest.records import DocumentMeta, Source
from ingest.structure import structure


def meta(text: str) -> DocumentMeta:
    source = Source(text=text, media_type="text/plain")
    return read_metadata(structure(clean(text), source), source, "tep.txt")


REPORT = """UBND TỈNH LÀO CAI
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:      /BC-SNV

Lào Cai, ngày     tháng 5 năm 2022

BÁO CÁO
Kết quả phong trào thi đua giai đoạn 2016-2021

Thực hiện chỉ đạo, Sở Nội vụ tỉnh Lào Cai báo cáo kết quả như sau:

I. KẾT QUẢ

Phong trào được duy trì.

Nơi nhận:
- Lưu: VT.

GIÁM ĐỐC

Trần Thị Mẫu
"""


def test_a_report_with_blanks() -> None:
    found = meta(REPORT)
    assert (found.kind, found.number, found.issued) == ("Báo cáo", "/BC-SNV", "2022-05")
    assert found.blanks == ("số", "ngày")
    assert found.issuer == "Sở Nội vụ" and found.place == "Lào Cai" and found.signer == "Trần Thị Mẫu"
    assert found.subject == "Kết quả phong trào thi đua giai đoạn 2016-2021" and found.period == (2016, 2021)
    assert not found.draft and not found.restated


def test_a_text_without_title_says_what_it_is_in_its_first_sentence() -> None:
    found = meta(
        "Thực hiện Công văn số 7/UBND-NC ngày 02/3/2021, Sở Nội vụ tỉnh Lào Cai báo cáo kết quả 5 năm thực hiện "
        "Chỉ thị số 1-CT/TU của Tỉnh ủy, cụ thể như sau:\n\nI. KẾT QUẢ\n\nĐã hoàn thành.\n"
    )
    assert (found.kind, found.issuer, found.issued) == ("Báo cáo", "Sở Nội vụ tỉnh Lào Cai", None)
    assert found.title == "Báo cáo kết quả 5 năm thực hiện Chỉ thị số 1-CT/TU của Tỉnh ủy"


def test_a_restated_law_with_its_days() -> None:
    found = meta(
        "# Luật Đường bộ mẫu\n# Số hiệu: 77/2030/QH20\n# Ngày ban hành / hiệu lực: 05/03/2030 / hiệu lực 01/07/2030; "
        "hết hiệu lực 01/01/2040\n# Sửa đổi: Luật khác, hiệu lực 01/09/2039\n# CÁCH GHI: ghi lại có cấu trúc, KHÔNG "
        "phải nguyên văn.\n\nĐiều 1. Phạm vi\nQuy định chung.\n"
    )
    assert found.title == "Luật số 77/2030/QH20 Đường bộ mẫu"
    assert (found.issued, found.effective_from, found.effective_to) == ("2030-03-05", "2030-07-01", "2040-01-01")
    assert found.restated


def test_a_law_that_states_its_day_in_the_text() -> None:
    found = meta("QUYẾT ĐỊNH\nVề sổ vàng\n\nĐiều 1. Quyết định này có hiệu lực thi hành từ ngày 9 tháng 8 năm 2031.\n")
    assert (found.kind, found.effective_from) == ("Quyết định", "2031-08-09")


@pytest.mark.parametrize(
    ("first", "draft", "restated"),
    [
        ("(Dự thảo)", True, False),
        ("Bản tóm tắt do dự án soạn từ Kế hoạch của huyện Thanh Hà.", False, True),
        ("(Kèm theo Công văn số 3/CV-BTG ngày 04 tháng 7 năm 2021 của Ban Tuyên giáo Huyện ủy)", False, False),
    ],
)
def test_drafts_and_restatements(first: str, draft: bool, restated: bool) -> None:
    found = meta(f"{first}\nKẾ HOẠCH\nThi đua năm 2021\n\nI. NỘI DUNG\n\nNội dung thi đua.\n")
    assert (found.draft, found.restated) == (draft, restated)
    assert found.kind == "Kế hoạch" and found.period == (2021, 2021)


def test_nothing_is_made_up() -> None:
    found = meta("Ghi chép tại buổi họp.\nMọi người phát biểu.\n")
    assert found == DocumentMeta(subject=found.subject)


REST = "I. KẾT QUẢ\n\nCác cơ quan, đơn vị triển khai thực hiện nghiêm túc và báo cáo kết quả về Sở Nội vụ.\n"


@pytest.mark.parametrize(
    ("head", "foot", "issued", "blanks"),
    [
        ("BÁO CÁO\nCông tác thi đua\n\nNgày 12 tháng 10 năm 2024\n\n", "", "2024-10-12", ()),
        ("BÁO CÁO\nCông tác thi đua\n(Ngày 12/10/2024)\n\n", "", "2024-10-12", ()),
        ("BÁO CÁO\nCông tác thi đua\n\nNgày ... tháng 10 năm 2024\n\n", "", "2024-10", ("ngày",)),
        ("BIÊN BẢN\nHọp xét\n\n", "\nLào Cai, ngày 05 tháng 6 năm 2024\n\nTHƯ KÝ\n\nTrần Văn Mẫu\n", "2024-06-05", ()),
        ("BÁO CÁO\nCông tác thi đua\n\n", "\nCuộc họp ngày 05 tháng 6 năm 2024.\n\nTHƯ KÝ\n\nTrần Văn Mẫu\n", None, ()),
    ],
)
def test_the_day_may_stand_alone_or_above_the_signature(head, foot, issued, blanks) -> None:
    found = meta(head + REST + foot)
    assert (found.issued, found.blanks) == (issued, blanks)


@pytest.mark.parametrize(
    ("written", "issuer"),
    [
        ("SỞ LAO ĐỘNG", "Sở Lao động"),
        ("BAN QUẢN LÝ DỰ ÁN", "Ban Quản lý dự án"),
        ("HỘI ĐỒNG THI ĐUA", "Hội đồng thi đua"),
    ],
)
def test_the_field_of_an_organ_keeps_its_capital(written: str, issuer: str) -> None:
    assert meta(f"{written}\nSố: 5/BC-ABC\n\nBÁO CÁO\nTổng kết\n\n{REST}").issuer == issuer


@pytest.mark.parametrize(
    ("title", "subject"),
    [("Microsoft Word - Bao cao quy 3.doc", "Bao cao quy 3"), ("untitled", "a"), ("Tổng kết", "Tổng kết")],
)
def test_titles_that_programs_write_are_no_names(title: str, subject: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>Các cơ quan triển khai thực hiện.</p></body></html>"
    assert read_bytes(page.encode(), "a.html").meta.subject == subject


def test_a_law_states_its_number_after_its_kind() -> None:
    head = "QUỐC HỘI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLuật số: 96/2031/QH19\n\n"
    text = (
        f"{head}Hà Nội, ngày 19 tháng 6 năm 2031\n\nLUẬT\n\nSỔ VÀNG\n\nĐiều 1. Phạm vi\nLuật này quy định về sổ vàng.\n"
    )
    assert meta(text).number == "96/2031/QH19"
