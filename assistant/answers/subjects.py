"""The subject of a sentence, told with a clause that shares it: "Sở Nội vụ … thẩm định thành tích"."""

from __future__ import annotations

import re

from assistant.reading.wording import plain, shown
from assistant.retrieval.units import Unit

WORDS = 14
"""Words a subject has at most,"""
REACH = 70
"""characters before a verb that another clause opens with too."""
# Verbs and particles of administrative prose that end a subject or open a clause that shares the one before.
_VERB = (
    r"(?:là|đã|được|phải|có|cần|chịu|sẽ|chưa|không|luôn|đều|còn|cũng|tiếp tục|tăng cường|đẩy mạnh|tập trung|thực hiện|"
    r"tổ chức|phối hợp|tham mưu|xây dựng|ban hành|triển khai|chỉ đạo|hướng dẫn|vận động|phát động|thẩm định|kiểm tra|"
    r"giám sát|đôn đốc|tổng hợp|báo cáo|đề xuất|đề nghị|lựa chọn|quan tâm|chú trọng|nâng cao|đổi mới|phát huy|tham gia|"
    r"hưởng ứng|quản lý|theo dõi|tuyên truyền|giới thiệu|bồi dưỡng|phát hiện|quyết định|trình|tặng|tiếp nhận|giao|"
    r"duy trì|hỗ trợ|kịp thời|thường xuyên|tích cực|chủ động|khẩn trương|hoàn thành|nhận|đạt|lấy|khuyến khích|bảo đảm|"
    r"đảm bảo|giảm|tăng|góp phần|đóng góp|đăng ký|rà soát|đánh giá|xét|công nhận|công bố|bãi bỏ|thay thế|căn cứ)"
)
STATES = re.compile(rf"(?<!\w)(?:{_VERB}|ước|gấp|chiếm|xếp|tăng|giảm|hơn|kém|thu|chi)(?!\w)")
"""What a clause that stands alone has."""
_OPENS = re.compile(rf"{_VERB}(?!\w)")
_SUBJECT = re.compile(rf"^(?P<subject>.+?)\s+{_VERB}(?!\w)")
_ADVERBIAL = re.compile(
    r"^(?:Để|Nhằm|Trong|Theo|Thực hiện|Căn cứ|Qua|Thông qua|Tại|Từ|Năm|Với|Khi|Đến|Ngoài|Bên cạnh|Đồng thời|Hằng năm|"
    r"Hàng năm|Đặc biệt|Sau|Nhân|Ngày|Ngay|Tính|Cùng|Trước|Do|Vì|Nếu|Việc|Công tác|Nhìn|Riêng|Hiện|Đối với)(?!\w)"
)


def subject(unit: Unit) -> str:
    """Return whom or what the sentence of a unit speaks of, empty where that cannot be told."""
    text = plain(unit.sentence_text)
    while _ADVERBIAL.match(text):
        _, comma, text = text.partition(", ")
        if not comma:
            return ""
    colon = text.find(": ")
    match = _SUBJECT.match(text)
    end = match.end("subject") if match else len(text)
    found = text[: min(end, colon)] if colon > 0 else text[:end] if match else ""
    found = found.strip(" ,;")
    if _OPENS.match(found[:1].lower() + found[1:]):
        return ""  # "Đổi mới hoạt động …": what is to be done, no one who does it.
    return found if found[:1].isupper() and len(found.split()) <= WORDS else ""


def opens_with_verb(text: str) -> bool:
    """Say whether a clause says what is done and not by whom."""
    return _OPENS.match(text.lstrip(" …")) is not None


def shared_subject(before: str, clause: str) -> str:
    """Return the subject that the sentence's first verb shares with a clause that opens with the same verb, else ""."""
    opening = _OPENS.match(clause)
    while opening and _ADVERBIAL.match(before[:1].upper() + before[1:]):
        _, comma, before = before.partition(", ")
        if not comma:
            return ""
    if opening is None or not (found := re.match(rf"(.{{3,{REACH}}}?)\s{opening.group()}(?!\w)", before)):
        return ""
    subject = found.group(1).rstrip(" …")
    return "" if ";" in subject or ":" in subject or _OPENS.match(subject[:1].lower() + subject[1:]) else subject


def told(unit: Unit) -> str:
    """Return a unit as a statement; a clause that opens with a verb is told with the subject it shares."""
    text = shown(unit)
    bare = text.removeprefix("… ")
    if bare == text or not _OPENS.match(bare):
        return text
    found = subject(unit)
    return f"{found} … {bare}" if found else text
