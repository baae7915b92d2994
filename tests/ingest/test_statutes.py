from ingest.clean import clean
from ingest.records import Source
from ingest.structure import structure

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 99/2031/NĐ-CP
Hà Nội, ngày 02 tháng 01 năm 2031
NGHỊ ĐỊNH
Quy định về sổ vàng thi đua

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc ghi sổ vàng thi đua.

Điều 2. Hồ sơ
1. Hồ sơ ghi sổ gồm:
a) Tờ trình;
b) Báo cáo thành tích theo quy định tại
khoản 1 Điều 1 của Nghị định này.
2. Hồ sơ nộp trước ngày 15 tháng 3 hằng năm.

Chương II
TỔ CHỨC THỰC HIỆN

Mục 1. HIỆU LỰC

Điều 3
Nghị định này có hiệu lực kể từ ngày 01 tháng 7 năm 2031.
"""


def test_the_tree_of_a_decree() -> None:
    structured = structure(clean(DECREE), Source(text=DECREE, media_type="text/plain", wrapped=False))
    text = structured.text.text
    by_label = {section.label: section for section in structured.sections if section.label}
    assert by_label["Điều 2"].kind == "article"
    assert by_label["Điều 2"].path == ("Chương I. QUY ĐỊNH CHUNG", "Điều 2. Hồ sơ")
    assert by_label["khoản 1"].kind == "clause" and by_label["khoản 1"].path[-1] == "Điều 2. Hồ sơ"
    point = by_label["điểm b"]
    assert point.kind == "point" and point.path[-2:] == ("Điều 2. Hồ sơ", "khoản 1")
    assert point.lead_in is not None and text[slice(*point.lead_in)] == "1. Hồ sơ ghi sổ gồm:"
    assert by_label["Điều 3"].path == ("Chương II. TỔ CHỨC THỰC HIỆN", "Mục 1. HIỆU LỰC", "Điều 3")


def test_a_reference_to_an_article_is_not_an_article() -> None:
    structured = structure(clean(DECREE), Source(text=DECREE, media_type="text/plain", wrapped=True))
    labels = [section.label for section in structured.sections if section.kind == "article"]
    assert labels == ["Điều 1", "Điều 2", "Điều 3"]
    assert "theo quy định tại khoản 1 Điều 1 của Nghị định này." in structured.text.text


def test_an_article_told_in_one_line_keeps_its_title() -> None:
    text = """Điều 1. Phạm vi: sổ vàng. [1]
Điều 2. Mức thưởng sổ vàng (cá nhân): hạng Nhất 46,0; hạng Nhì 30,5 lần mức lương cơ sở, kèm bằng và khung. [2][3]
Điều 44 khoản 2: danh sách đăng công khai lấy ý kiến 10 ngày làm việc. [4]
Điều 50. (1) Ghi sổ; (2) Cấp thẻ.
"""
    structured = structure(clean(text), Source(text=text, media_type="text/plain", wrapped=False))
    paths = [section.path[-1] for section in structured.sections if section.kind == "article"]
    assert paths == ["Điều 1. Phạm vi", "Điều 2. Mức thưởng sổ vàng (cá nhân)", "Điều 44 khoản 2", "Điều 50"]
