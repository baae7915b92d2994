"""Right and wrong per field over the documents at hand; what a paper leaves open is expected to be empty."""

import sys
from pathlib import Path

import pytest

from ingest.pipeline import read_document
from ingest.records import DocumentMeta

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
SAMPLES = Path(__file__).parents[2] / "ingest" / "samples" / "documents"
FIELDS = (
    "kind", "number", "issued", "issuer", "signer", "place", "period", "draft", "restated", "effective_from",
    "effective_to",
)  # fmt: skip

REPORT_10 = ("Báo cáo", "/BC-SNV", "2024", "Sở Nội vụ", "", "Bắc Giang", (2014, 2023), False, False, None, None)
REPORT_MODELS = ("Báo cáo", "/BC-SNV", "2024-02", "Sở Nội vụ", "Nguyễn Văn Phương", "Bắc Giang", (2014, 2023), False,
                 False, None, None)  # fmt: skip
CONGRESS = ("Đề cương tuyên truyền", "", "2020-07-23", "Ban Tuyên giáo Tỉnh ủy", "", "Bắc Kạn", (2020, 2020), False,
            False, None, None)  # fmt: skip
DRAFT = ("Báo cáo chính trị", "", "2025-03-25", "Ban Chấp hành Đảng bộ tỉnh khóa XIX", "", "Bắc Giang", (2025, 2030),
         True, False, None, None)  # fmt: skip
PLAN = ("Kế hoạch", "/KH-UBND", "2024-01", "Ủy ban nhân dân tỉnh Bắc Giang", "Lê Ánh Dương", "Bắc Giang", (2024, 2024),
        False, False, None, None)  # fmt: skip
LETTER = ("Công văn", "12/CV-SNV", "2024-03-05", "Sở Nội vụ", "", "Bắc Giang", None, False, False, None, None)

EXPECTED: dict[str, tuple[object, ...]] = {
    "files/000.pdf": REPORT_10,
    "files/001.pdf": REPORT_MODELS,
    "files/002.pdf": CONGRESS,
    "files/003.pdf": DRAFT,
    "files/003-a3-4cot.pdf": DRAFT,
    "files/004.pdf": PLAN,
    "files/004.docx": PLAN,
    "hard/000-footnotes.docx": REPORT_10,
    "hard/002-nfd.txt": CONGRESS,
    "hard/002-tcvn3.docx": CONGRESS,
    "hard/002-tcvn3.txt": CONGRESS,
    "hard/004-utf16.txt": (*PLAN[:3], "Ủy ban nhân dân tỉnh", *PLAN[4:]),
    "hard/prompt-injection.pdf": (
        "Thông báo", "/TB-SNV", "2024", "Sở Nội vụ", "", "Bắc Giang", None, False, False, None, None),
    "hard/xss.docx": LETTER,
    "hard/xss.pdf": LETTER,
    # the text of the first report came without its letterhead
    "reports/000_37f5b5126ae9c00c.txt": ("Báo cáo", "", None, "Sở Nội vụ tỉnh Bắc Giang", *REPORT_10[4:]),
    "reports/001_a888b15ccf0e55dc.txt": (*REPORT_MODELS[:3], "Sở Nội vụ tỉnh Bắc Giang", *REPORT_MODELS[4:]),
    "reports/002_d092e2f3fc018b89.txt": CONGRESS,
    "reports/003_a1f4c194be7700a3.txt": DRAFT,
    "reports/004_c0df25c7958726b6.txt": (*PLAN[:3], "Ủy ban nhân dân tỉnh", *PLAN[4:]),
    "regulations/luat_15_2003_QH11_thi_dua_khen_thuong.txt": (
        "Luật", "15/2003/QH11", "2003-11-26", "Quốc hội", "", "Hà Nội", None, False, False, "2004-07-01",
        "2024-01-01"),
    "regulations/luat_06_2022_QH15_trich_yeu.txt": (
        "Luật", "06/2022/QH15", "2022-06-15", "Quốc hội", "Vương Đình Huệ", "", None, False, True, "2024-01-01", None),
    "regulations/luat_39_2013_QH13_va_nghi_dinh_cu_trich_yeu.txt": (
        "Luật", "39/2013/QH13", "2013-11-16", "Quốc hội", "", "", None, False, True, None, None),
    "regulations/luat_sua_doi_06_2026_QH16_sieu_du_lieu.txt": (
        "Luật", "06/2026/QH16", "2026-04-23", "Quốc hội", "", "", None, False, True, "2026-10-01", None),
    "regulations/chi_thi_34-CT-TW_2014_sieu_du_lieu.txt": (
        "Chỉ thị", "34-CT/TW", "2014-04-07", "Bộ Chính trị", "", "", None, False, True, None, None),
    "regulations/nghi_dinh_30_2020_ND-CP_cong_tac_van_thu.txt": (
        "Nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "", "", None, False, False, "2020-03-05", None),
    "regulations/nghi_dinh_90_2020_ND-CP_danh_gia_xep_loai.txt": (
        "Nghị định", "90/2020/NĐ-CP", "2020-08-13", "Chính phủ", "", "", None, False, False, "2020-08-20", None),
    "regulations/nghi_dinh_91_2017_ND-CP_trich_yeu.txt": (
        "Nghị định", "91/2017/NĐ-CP", "2017-07-31", "Chính phủ", "", "", None, False, True, "2017-10-01",
        "2024-01-01"),
    "regulations/nghi_dinh_98_2023_ND-CP_trich_yeu.txt": (
        "Nghị định", "98/2023/NĐ-CP", "2023-12-31", "Chính phủ", "Trần Lưu Quang", "", None, False, True, "2024-01-01",
        "2025-07-01"),
    "regulations/nghi_dinh_152_2025_ND-CP_trich_yeu.txt": (
        "Nghị định", "152/2025/NĐ-CP", "2025-06-14", "Chính phủ", "Nguyễn Hoà Bình", "", None, False, True,
        "2025-07-01", "2027-03-01"),
    "regulations/thong_tu_01_2024_va_15_2025_TT-BNV_trich_yeu.txt": (
        "Thông tư", "01/2024/TT-BNV", "2024-02-24", "Bộ Nội vụ", "", "", None, False, True, None, None),
}  # fmt: skip


def table() -> list[tuple[str, str, object, object]]:
    """Every field of every paper: (file, field, as read, as it is)."""
    rows = []
    for name, expected in EXPECTED.items():
        meta = read_document(SHARED / name).meta
        rows += [(name, field, getattr(meta, field), value) for field, value in zip(FIELDS, expected, strict=True)]
    return rows


@pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")
def test_at_least_95_of_100_fields_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    rows = table()
    wrong = [row for row in rows if row[2] != row[3]]
    with capsys.disabled():
        share = 1 - len(wrong) / len(rows)
        sys.stdout.write(f"\n{len(rows) - len(wrong)} of {len(rows)} metadata fields right ({share:.3f})\n")
        for name, field, read, right in wrong:
            sys.stdout.write(f"  {name} {field}: {read!r}, should be {right!r}\n")
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_bundled_sample_says_that_it_is_restated_and_has_a_name(path: Path) -> None:
    document = read_document(path)
    assert document.meta.restated
    assert document.chunks[0].kind == "front"
    letters = [letter for letter in document.meta.title if letter.isalpha()]
    assert letters
    assert sum(letter.isupper() for letter in letters) < 0.4 * len(letters)


def test_a_title_shows_blank_numbers_and_drafts() -> None:
    plan = DocumentMeta(kind="Kế hoạch", number="/KH-UBND", subject="Phát động phong trào thi đua", draft=True)
    assert plan.title == "Kế hoạch số …/KH-UBND Phát động phong trào thi đua (dự thảo)"
    assert DocumentMeta(kind="Luật", number="5/2020/QH14").title == "Luật số 5/2020/QH14"
