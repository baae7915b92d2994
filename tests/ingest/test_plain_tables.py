"""Tables and columns that plain text sets with bars, rules and spaces."""

from __future__ import annotations

import pytest

from ingest.pipeline import read_bytes
from ingest.readers.text.drawn_tables import redrawn
from ingest.records import Document


def rows(document: Document) -> list[dict[str, str]]:
    return [{cell.header: cell.value for cell in one.cells} for one in document.sections if one.kind == "row"]


def read(text: str) -> Document:
    return read_bytes(text.encode(), "giấy tờ.txt")


GRID = """Bảng 2. Kết quả chấm điểm

+----+------------------+---------------------+
|    |                  |      Điểm chấm      |
| TT | Đơn vị           +----------+----------+
|    |                  | Tự chấm  | Thẩm định|
+----+------------------+----------+----------+
| 1  | Trường mầm non   |   9,5    |   9,0    |
|    | Hoa Sen          |          |          |
| 2  | Trạm y tế        |   8,0    |   …      |
+----+------------------+----------+----------+
|    | Cộng (02 đơn vị) |  17,5    |   9,0    |
+----+------------------+----------+----------+

Bảng trên là căn cứ xét khen thưởng.
"""
RULED_ROWS = """┌────┬──────────────┬───────┐
│ TT │ Tên đơn vị   │ Điểm  │
├────┼──────────────┼───────┤
│ 1  │ Phòng Văn    │  9,5  │
│    │ hóa          │       │
├────┼──────────────┼───────┤
│ 2  │ Trạm y tế    │  8,0  │
├────┼──────────────┼───────┤
│    │ Cộng         │ 17,5  │
└────┴──────────────┴───────┘
"""
LOOSE = """TT | Đơn vị | Số hồ sơ | Ghi chú
---+--------+----------+--------
1 | Phòng Văn hóa | 12 | đủ
2 | Phòng Y tế | 9 |
3 | Thanh tra huyện | 4 | chậm 02 ngày
"""
SPACED = """Kết quả đề nghị khen thưởng của các khối:

                         Năm 2024           Năm 2025
STT  Đơn vị trình     Tập thể  Cá nhân   Tập thể  Cá nhân
====================================================
I. Khối phòng ban
1    Phòng Nội vụ        2        5         3        6
2    Phòng Tài chính     -        4         1        2
     và Kế hoạch
II. Khối xã
3    Xã Hòa              1        2         …        4
     Tổng cộng           3       11         4       12

Số liệu do Phòng Nội vụ tổng hợp.
"""
UNRULED = """Danh sách kèm theo:
STT   Họ và tên          Chức vụ              Số tiền
1     Nguyễn Văn M       Công chức            500.000
2     Trần Thị N         Chủ tịch hội         700.000
3     Lê Văn O           Bí thư               -
Cộng                                       1.200.000
Người nhận ký tên vào cột bên cạnh.
"""


def test_a_grid_with_a_header_of_two_rows_and_a_cell_of_two_lines() -> None:
    document = read(GRID)
    found = rows(document)
    assert found[0] == {
        "TT": "1",
        "Đơn vị": "Trường mầm non Hoa Sen",
        "Điểm chấm > Tự chấm": "9,5",
        "Điểm chấm > Thẩm định": "9,0",
    }
    assert found[1]["Điểm chấm > Thẩm định"] == "…"
    assert found[2]["Đơn vị"] == "Cộng (02 đơn vị)"
    assert [one.caption for one in document.sections if one.kind == "row"] == ["Bảng 2. Kết quả chấm điểm"] * 3
    assert "căn cứ xét khen thưởng" in document.text.splitlines()[-1]


def test_a_rule_under_every_row_makes_its_lines_one_row() -> None:
    assert [row["Tên đơn vị"] for row in rows(read(RULED_ROWS))] == ["Phòng Văn hóa", "Trạm y tế", "Cộng"]


def test_bars_that_stand_anywhere() -> None:
    found = rows(read(LOOSE))
    assert [row["Số hồ sơ"] for row in found] == ["12", "9", "4"]
    assert [row["Ghi chú"] for row in found] == ["đủ", "", "chậm 02 ngày"]


def test_columns_set_by_spaces_with_groups_and_headers_over_two_columns() -> None:
    document = read(SPACED)
    found = rows(document)
    assert found[0] == {
        "STT": "1", "Đơn vị trình": "Phòng Nội vụ", "Năm 2024 > Tập thể": "2", "Năm 2024 > Cá nhân": "5",
        "Năm 2025 > Tập thể": "3", "Năm 2025 > Cá nhân": "6", "Nhóm": "Khối phòng ban",
    }  # fmt: skip
    assert (found[1]["Đơn vị trình"], found[1]["Năm 2024 > Tập thể"]) == ("Phòng Tài chính và Kế hoạch", "-")
    assert (found[2]["Nhóm"], found[2]["Năm 2025 > Tập thể"]) == ("Khối xã", "…")
    assert (found[3]["Đơn vị trình"], found[3]["Năm 2025 > Cá nhân"]) == ("Tổng cộng", "12")
    assert "Nhóm" not in found[3]
    assert document.text.splitlines()[-1] == "Số liệu do Phòng Nội vụ tổng hợp."


def test_columns_without_any_rule_end_before_running_text() -> None:
    document = read(UNRULED)
    assert [row["Số tiền"] for row in rows(document)] == ["500.000", "700.000", "-", "1.200.000"]
    assert document.text.splitlines()[-1] == "Người nhận ký tên vào cột bên cạnh."


@pytest.mark.parametrize(
    "text",
    [
        "Tuần này họp    thứ hai       tại phòng ba\nTuần sau họp    thứ ba        tại phòng tư\n"
        "Tháng sau họp   thứ tư        tại phòng năm\n",
        "- Tỷ lệ   lao   động\n- Tỷ lệ   lao   động\n- Tỷ lệ   12    động\n",
        "Thi đua là yêu nước.  Yêu nước thì phải thi đua.  Ai cũng thi đua.\nMột dòng khác.\n",
    ],
)
def test_words_set_apart_by_chance_are_no_table(text: str) -> None:
    assert redrawn(text) == (text, [])


PAPER = """     UBND TỈNH H                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     SỞ NỘI VỤ                           Độc lập - Tự do - Hạnh phúc
     Số: 09/BC-SNV                   Tỉnh H, ngày 06 tháng 7 năm 2026


                          BÁO CÁO
             Kết quả phong trào thi đua năm 2026

Phong trào thi đua năm 2026 được triển khai tại tất cả các sở, ngành và địa phương
trong tỉnh, bảo đảm đúng tiến độ, đạt kết quả tốt./.

                                        KT. GIÁM ĐỐC
Nơi nhận:                               PHÓ GIÁM ĐỐC
- UBND tỉnh (để báo cáo);               (Đã ký số)
- Các sở, ngành;
- Thanh tra tỉnh;                       Nguyễn Thị Mẫu
- Lưu: VT.

----------------------------------------------------------------------
PHỤ LỤC
Số người được khen
TT  Đơn vị            Số người  Hạn nộp
1   Sở Y tế              64      15/8/2026
2   Sở Xây dựng          18      ……
    Cộng                 82
----------------------------------------------------------------------
Tài khoản nhận: ........ (Kho bạc Nhà nước khu vực ......)
"""


def test_letterhead_and_signature_set_apart_by_spaces_are_read_column_by_column() -> None:
    document = read(PAPER)
    assert (document.meta.number, document.meta.issuer) == ("09/BC-SNV", "Sở Nội vụ")
    assert (document.meta.issued, document.meta.signer) == ("2026-07-06", "Nguyễn Thị Mẫu")
    recipients = [document.text[one.start : one.end] for one in document.sections if one.kind == "recipients"]
    assert recipients == [
        "Nơi nhận:",
        "- UBND tỉnh (để báo cáo);",
        "- Các sở, ngành;",
        "- Thanh tra tỉnh;",
        "- Lưu: VT.",
    ]
    assert rows(document)[-1]["Số người"] == "82"
    assert {one.path for one in document.sections if one.kind == "row"} == {("PHỤ LỤC Số người được khen",)}
    assert "Tài khoản nhận: ........" in document.text
