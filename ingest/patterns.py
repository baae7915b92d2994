"""Named patterns of Vietnamese administrative documents, each with sample lines that a test runs.

A pattern says what one line or mark looks like, never what it means in its place: whether "1. Mục đích" is a heading
or a clause is decided by ``reports`` and ``statutes``.
"""

from __future__ import annotations

import re

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TO_SUPERSCRIPT = str.maketrans("0123456789", SUPERSCRIPTS)
FROM_SUPERSCRIPT = str.maketrans(SUPERSCRIPTS, "0123456789")

# --- structure of reports -------------------------------------------------------------------------------------
PART = re.compile(r"(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s+\S+|[IVX]+|\d+|[A-Z])\b[.:]?", re.UNICODE)
ROMAN = re.compile(r"(?P<label>[IVXL]{1,6})\s?[.\-–)/]\s*(?=\S)")
LETTERED = re.compile(r"(?P<label>[A-H])\s?[.\-–]\s+(?=\S)")
NUMBERED = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,4})(?P<end>[./]?)\s+(?=\S)")
NUMBER_PAREN = re.compile(r"(?P<label>\d{1,2}\))\s*(?=\S)")
LETTER_PAREN = re.compile(r"(?P<label>[a-zđ]{1,2}\d?\)|[a-eđghik][./](?=\s))\s*(?=\S)")
PAREN_ITEM = re.compile(r"(?P<label>\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\))\s*(?=\S)")
BULLET = re.compile(r"(?P<label>[-–+•*●▪◦✓])\s+(?=\S)")
DASHED = re.compile(r"(?P<label>[-–+•])(?=[^\W\d_])")
ORDINAL_ITEM = re.compile(
    r"(?P<label>(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là|"
    r"Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\s?[,:]\s"
)
ANNEX = re.compile(r"(?:Phụ lục|Phụ biểu|Mẫu số)\s+(?:số\s+)?(?:[IVX]+|\d{1,2}[A-Za-z]?)(?!\w)[.:]?(?=\s|$)")
QUESTION = re.compile(r"(?:Câu(?: hỏi)?\s*\d{1,3}\s*[.:)]|(?:Hỏi|HỎI)\s*:)")
REPLY = re.compile(r"(?:Đáp|ĐÁP|Trả lời|TRẢ LỜI)(?: án)?\s*:")
MARKDOWN_HEADING = re.compile(r"(?P<marks>#{1,6})\s*(?=\S)")

# --- structure of statutes ------------------------------------------------------------------------------------
CHAPTER = re.compile(r"(?P<label>(?:CHƯƠNG|Chương)\s+(?:[IVXL]+|\d+))\b\s*[.:]?\s*")
DIVISION = re.compile(r"(?P<label>(?:MỤC|Mục)\s+(?:[IVXL]+|\d+))\b\s*[.:]?\s*")
ARTICLE = re.compile(
    r"(?P<label>Điều\s+\d{1,3}[a-zđ]?)(?:\s*[.:]\s*|\s*$|\s+(?=khoản\s+\d{1,2}[^:.]{0,40}:|\([^()]{2,60}\)\s*:))"
)
CLAUSE = re.compile(r"(?P<label>\d{1,2}[a-zđ]?)\.\s*(?=\S)")
POINT = re.compile(r"(?P<label>[a-zđ]\d?)\)\s*(?=\S)")

# --- title, signature, recipients -----------------------------------------------------------------------------
MOTTO = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM"
)
LETTER_SUBJECT = re.compile(r"V\s?/\s?[vV]\b[.:]?\s*")
NUMBER_LINE = re.compile(
    r"Số(?:\s+hiệu)?\s*[:.]?\s*(?P<number>[\d.…]*\s*[-/]?\s*[\d/A-ZĐƯ][\w/\-Đđ]*|[\d.…]+)?", re.UNICODE
)
NUMBER_MARK = re.compile(r"Số(?:\s+(?:ký )?hiệu)?\s*(?:[:.]|(?=[\d.…]+\s?[-/]\s?[A-ZĐƯ]{2,}))")
_DAY_WITH_BLANKS = r"ngày\s*(?P<day>\d{1,2}|[.…]*)\s*tháng\s*(?P<month>\d{1,2}|[.…]*)\s*năm\s*(?P<year>\d{4}|[.…]*)"
PLACE_DATE = re.compile(rf"(?P<place>[^\W\d_][^,;:\n]{{0,30}}),\s*{_DAY_WITH_BLANKS}")
DATE_ALONE = re.compile(rf"\(?{_DAY_WITH_BLANKS}\)?\.?", re.IGNORECASE)
KINDS: tuple[str, ...] = (
    "Báo cáo chính trị", "Báo cáo", "Kế hoạch", "Quyết định", "Nghị định", "Nghị quyết", "Bộ luật", "Luật",
    "Pháp lệnh", "Thông tư liên tịch", "Thông tư", "Chỉ thị", "Công văn", "Đề cương tuyên truyền", "Đề cương",
    "Tờ trình", "Hướng dẫn", "Chương trình", "Thông báo", "Kết luận", "Quy định", "Quy chế", "Đề án", "Phương án",
    "Công điện", "Biên bản", "Hợp đồng", "Giấy mời", "Thông cáo", "Dự án", "Công bố", "Lời kêu gọi",
    "Bảng thống kê", "Phụ lục", "Thủ tục hành chính", "Thủ tục",
    "Thể lệ", "Điều lệ", "Nội quy", "Quy trình", "Danh sách", "Danh mục",
    "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy giới thiệu", "Phiếu chuyển", "Thư công",
)  # fmt: skip
KIND_LINE = re.compile("(?P<kind>" + "|".join(kind.upper() for kind in KINDS) + r")(?!\w)")
ENCLOSED = re.compile(r"\((?:Kèm theo|Ban hành kèm theo|Dự thảo|Trích|Phục vụ|Theo)\b", re.IGNORECASE)
UNIT_LINE = re.compile(r"\(?(?:Đơn vị(?: tính)?|ĐVT)\s*:")
RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Kính gửi báo cáo)\s*:?")
ADDRESSEE = re.compile(r"Kính gửi\s*:")
SIGNED_FOR = re.compile(r"(?:(?:TM|KT|TL|TUQ|Q)\s?[./]|(?:T/M|K/T|T/L|TU/Q)(?!\w)\.?)\s*[^\W\d_]")
ROLE = re.compile(
    r"(?:QUYỀN |PHÓ )*(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|"
    r"BÍ THƯ|CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CHÁNH ÁN|TRƯỞNG PHÒNG|TỔNG BÍ THƯ|"
    r"TRƯỞNG ĐOÀN|CHỦ NHIỆM|TƯ LỆNH|CHỈ HUY TRƯỞNG|NGƯỜI LẬP|NGƯỜI KÝ|NGƯỜI ĐỀ NGHỊ|NGƯỜI BÁO CÁO|THƯ KÝ|THỦ TRƯỞNG|"
    r"(?:CHI CỤC|HẠT|ĐỘI|TỔ|CỤM|KHỐI|KẾ TOÁN) TRƯỞNG|CHỦ TRÌ|CHỦ TỌA)\b"
)
BODY_END = re.compile(r".*\.\s?/\.\s*$", re.DOTALL)
PERSON = re.compile(
    r"(?:(?:TS|ThS|PGS|GS|BS|Đại tá|Thượng tá|Đại tướng|Trung tướng|Thiếu tướng)\.?\s*)*[^\W\d_]+(?:\s[^\W\d_]+){1,4}"
)
OPENING = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Thực hiện (?:Công văn|Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Văn bản|"
    r"Luật|Hướng dẫn|Kết luận|Thông báo|chỉ đạo|quy định|sự chỉ đạo|chương trình))(?!\w)"
)
LOWER_ORGAN = re.compile(
    r"(?:SỞ|CỤC|CHI CỤC|PHÒNG|VĂN PHÒNG|BAN|HỘI ĐỒNG|THANH TRA|TRUNG TÂM|BỆNH VIỆN|TRƯỜNG|TRẠM|CÔNG TY|NHÀ MÁY|"
    r"XÍ NGHIỆP|TỔ|KHOA|ĐỘI|HẠT|VIỆN|HỌC VIỆN|CÔNG ĐOÀN|ĐẢNG (?:ỦY|UỶ)|CHI BỘ|CỤM THI ĐUA|KHỐI THI ĐUA)"
    r"(?!\w)"
)
UPPER_ORGAN = re.compile(
    r"(?:UBND|ỦY BAN|UỶ BAN|TỈNH|THÀNH|HUYỆN|BỘ|CHÍNH PHỦ|ĐẢNG BỘ|BAN CHẤP HÀNH|TỔNG CÔNG TY|TẬP ĐOÀN|ĐẠI HỌC|"
    r"LIÊN ĐOÀN LAO ĐỘNG|ĐẢNG (?:ỦY|UỶ))(?!\w)"
)
ENACTING = re.compile(r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Kính gửi|Để |Nhằm |Trong )")

# --- furniture ------------------------------------------------------------------------------------------------
PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:Trang|Tr\.|Page)\s*)?(?:\d{1,3}|[ivx]{2,6})(?:\s*/\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE
)
RULER = re.compile(r"[\s\-–—_=*.·•~#⎯─━‾¯]{3,}|\*(?:\s+\*)*")
NEWSPAPER = re.compile(
    r"(?:Thứ\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật)?\W*Ngày\s*\d{1,2}[/-]\d{1,2}[/-]\d{4}\W*(?:Thứ\s*\w+|Chủ nhật)?"
    r"|phụ\s+trương\s+[IVXL\d]+",
    re.IGNORECASE,
)

# --- notes ----------------------------------------------------------------------------------------------------
NOTE_BODY = re.compile(
    rf"(?:(?P<raised>[{SUPERSCRIPTS}]{{1,3}})\s*|\[(?P<square>[1-9]\d{{0,2}})\]\s*|(?P<plain>[1-9]\d{{0,2}})\s+)(?=[^\s.)/])"
)
UNIT_BEFORE_POWER = re.compile(r"(?:^|[\d\s/(])(?:[kcdmh]?m|mm|CO|SO|NO|H|PM)$")

# --- emphasis -------------------------------------------------------------------------------------------------
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])((?:(?!\n\s*\n)[^*]){1,600}?)(?<=[^\s*])\1(?![\w*])")

# --- dates, periods, numbers ----------------------------------------------------------------------------------
DATE_SLASH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)")
DATE_WORDS = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})", re.IGNORECASE)
PERIOD = re.compile(r"\b(?P<first>(?:19|20)\d{2})\s*(?:[-–]|đến(?: năm)?)\s*(?P<last>(?:19|20)\d{2})\b")
YEAR = re.compile(r"(?:19|20)\d{2}")
NUMERIC_CELL = re.compile(r"[-–+]?\d{1,3}(?:[.,\s]\d{3})*(?:[.,]\d+)?\s*%?|[-–+]?\d+(?:[.,]\d+)?\s*%?|\.{2,}%?|…%?")
DOCUMENT_NUMBER = re.compile(
    r"\d+(?:/\d{4})?(?:[/-]|\s[/-]\s?(?=[A-ZĐƯ]{2,}\s?[-/]))[A-ZĐƯ][\wĐđ]*(?:[-/][A-ZĐƯ\d][\wĐđ]*)*"
)
TOTAL_WORDS = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn (?:tỉnh|quốc|đơn vị)|chung)\s*:?", re.IGNORECASE)
TOTAL_ROW = re.compile(
    rf"\W*(?:(?:{TOTAL_WORDS.pattern})\Z|tong (?:so|cong)\b|tổng cộng|tổng số|"
    r"(?:tổng|cộng)\s*(?:\(|:|(?:toàn|cả|các|khối|chung)(?!\w)))",
    re.IGNORECASE,
)
"""How a row of totals begins: "Cộng", "Tổng (12 đơn vị)", "Cộng khối huyện"."""
NUMBERING_HEADER = re.compile(
    r"(?:tt|stt|số tt|số thứ tự|thứ tự|no)\.?(?: (?:chung|riêng|nhóm|khối|trong .{1,20}|theo .{1,20}))?", re.IGNORECASE
)
"""A line of a header whose column only numbers the rows."""

SAMPLES: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (PART, "Phần thứ nhất", True),
    (PART, "PHẦN II. NHIỆM VỤ", True),
    (PART, "Phần lớn các đơn vị", False),
    (ROMAN, "IV- CÁC GIẢI PHÁP", True),
    (ROMAN, "II. NỘI DUNG", True),
    (ROMAN, "Vinh dự được", False),
    (NUMBERED, "2.1. Mục tiêu chung", True),
    (NUMBERED, "12. Tổ chức thực hiện", True),
    (NUMBERED, "12/KH-UBND ngày", False),
    (NUMBERED, "3/ Khen thưởng", True),
    (NUMBER_PAREN, "3) Kiểm tra", True),
    (LETTER_PAREN, "đ) Các hội quần chúng", True),
    (LETTER_PAREN, "b. Báo cáo thành tích", True),
    (LETTER_PAREN, "a/ Tờ trình", True),
    (PAREN_ITEM, "(14) Tỷ lệ hộ nghèo", True),
    (BULLET, "- Sở Tài chính", True),
    (BULLET, "-Sở Tài chính", False),
    (DASHED, "-Sở Tài chính", True),
    (ORDINAL_ITEM, "Hai là, nâng cao chất lượng", True),
    (ORDINAL_ITEM, "Hai đơn vị", False),
    (ANNEX, "Phụ lục 2", True),
    (ANNEX, "Phụ lục kèm theo", False),
    (QUESTION, "Câu 4. Hỏi: Ai ký tờ trình?", True),
    (QUESTION, "Câu lạc bộ", False),
    (REPLY, "Đáp: Người đứng đầu ký.", True),
    (REPLY, "Đáp ứng yêu cầu:", False),
    (MARKDOWN_HEADING, "## Điều kiện", True),
    (CHAPTER, "Chương II", True),
    (DIVISION, "Mục 3. HỒ SƠ", True),
    (ARTICLE, "Điều 5. Nguyên tắc", True),
    (ARTICLE, "Điều 5", True),
    (ARTICLE, "Điều 5 khoản 2 (cá nhân): mức thưởng", True),
    (ARTICLE, "Điều 5 (thuật ngữ): tập thể", True),
    (ARTICLE, "Điều 5 của Luật này", False),
    (ARTICLE, "Điều 5 khoản 2 của Luật này", False),
    (CLAUSE, "2. Hồ sơ gồm:", True),
    (POINT, "đ) Biên bản họp", True),
    (MOTTO, "Độc lập - Tự do - Hạnh phúc", True),
    (LETTER_SUBJECT, "V/v xét khen thưởng", True),
    (LETTER_SUBJECT, "V. Khen thưởng", False),
    (NUMBER_LINE, "Số: 12/KH-UBND", True),
    (NUMBER_MARK, "Số: 12/KH-UBND", True),
    (NUMBER_MARK, "Số 11-NQ/CB", True),
    (NUMBER_MARK, "Số người dự", False),
    (PLACE_DATE, "Lào Cai, ngày   tháng 5 năm 2022", True),
    (PLACE_DATE, "X, ngày 14 tháng 8 năm 2024", True),
    (DATE_ALONE, "Ngày 12 tháng 10 năm 2024", True),
    (DATE_ALONE, "Ngày 12/10/2024", False),
    (KIND_LINE, "KẾ HOẠCH", True),
    (KIND_LINE, "Kế hoạch này", False),
    (ENCLOSED, "(Kèm theo Công văn số 5/CV-BTG)", True),
    (UNIT_LINE, "(Đơn vị tính: triệu đồng)", True),
    (UNIT_LINE, "Đơn vị có thành tích", False),
    (RECIPIENTS, "Nơi nhận:", True),
    (SIGNED_FOR, "KT. GIÁM ĐỐC", True),
    (SIGNED_FOR, "K/T TRƯỞNG BAN", True),
    (ROLE, "PHÓ CHỦ TỊCH", True),
    (OPENING, "Thực hiện Công văn số 5/UBND", True),
    (OPENING, "Thực hiện tốt công tác", False),
    (LOWER_ORGAN, "SỞ NỘI VỤ", True),
    (LOWER_ORGAN, "CÔNG TY CỔ PHẦN", True),
    (UPPER_ORGAN, "UBND TỈNH LÀO CAI", True),
    (BODY_END, "trân trọng báo cáo./.", True),
    (PAGE_NUMBER, "- 12 -", True),
    (PAGE_NUMBER, "Trang 3/9", True),
    (RULER, "-----", True),
    (NEWSPAPER, "Ngày 4/5/2021Thứ Ba", True),
    (NOTE_BODY, "7 Gồm các đơn vị", True),
    (NOTE_BODY, "³ Gồm các đơn vị", True),
    (NOTE_BODY, "7. Gồm các đơn vị", False),
    (NOTE_BODY, "7/CT-TTg ngày", False),
    (EMPHASIS, "*theo chuẩn mới*", True),
    (EMPHASIS, "* Các phong trào", False),
    (DATE_SLASH, "05/3/2020", True),
    (DATE_WORDS, "ngày 26 tháng 11 năm 2003", True),
    (PERIOD, "2014-2023", True),
    (NUMERIC_CELL, "17.889", True),
    (DOCUMENT_NUMBER, "30/2020/NĐ-CP", True),
    (TOTAL_WORDS, "Tổng cộng", True),
    (TOTAL_ROW, "Cộng khối huyện", True),
    (TOTAL_ROW, "Cộng đồng dân cư", False),
    (NUMBERING_HEADER, "Số TT", True),
)
"""(pattern, sample line, does it match at the start of the line)."""


def starts_upper(text: str) -> bool:
    """Whether the first letter of ``text`` is a capital, opening quotes and brackets aside."""
    for char in text:
        if char.isalpha():
            return char.isupper()
        if char not in "“\"'‘([«":
            return False
    return False


def starts_lower(text: str) -> bool:
    """Whether ``text`` begins with a small letter, opening quotes and brackets aside."""
    for char in text:
        if char.isalpha():
            return char.islower()
        if char not in "“\"'‘([«":
            return False
    return False


def is_capitals(text: str) -> bool:
    """Whether ``text`` is written in capitals (three letters or more, one small letter in ten forgiven)."""
    most = len(text) // 10
    small = letters = 0
    for char in text:
        if char.isalpha():
            letters += 1
            if char.islower():
                small += 1
                if small > most:
                    return False
    return letters >= 3 and small * 10 <= letters


def word_count(text: str) -> int:
    """Return the number of words (white-space separated)."""
    return len(text.split())
