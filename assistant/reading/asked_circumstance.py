"""Whether what is about to be told holds the circumstance asked for: an hour, how long, an end, a rank, who signed.

A sentence that only states the fact again has all words of the question and not the one thing it asks. Causes are not
among them: many are told without a word that says so.
"""

from __future__ import annotations

import re

from assistant.question.answer_types import PERSON, undated
from assistant.question.understand import Understood
from ingest.clean import fold

_HOUR_ASKED = re.compile(r"\b(?:may|bao nhieu|bn) gio\b|\bgio nao\b")
_HOUR = re.compile(r"\d\s*(?:giờ|h\b|tiếng)|\d:\d\d", re.I)
_LENGTH_ASKED = re.compile(
    r"(?:^|[\s(])(?:trong |mat |keo dai |het )?bao lau\b|\btrong (?:may|bao nhieu) (?:ngay|thang|nam|tuan)\b"
)
_PERIOD = re.compile(
    r"(?:\d|(?<![^\W_])(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))\s+(?:\w+\s+)?"
    r"(?:năm|tháng|ngày|tuần|giờ|phút|quý|buổi)(?!\w)|(?<!\w)ngay(?!\w)|(?<!\w)(?:hằng|hàng|mỗi|từng) năm",
    re.I,
)
"""How long something lasts or how often it comes."""
_TO_DAY = re.compile(r"(?:đến|[-–]) (?:hết |trước )?(?:ngày )?\d{1,2}[/-]\d", re.I)
_ENDS = "ket thuc|het han|be mac|ha man|khep lai|cham dut|het hieu luc"
_END_ASKED = re.compile(rf"\b(?:{_ENDS})\b")
_END = re.compile(
    rf"\b(?:{_ENDS}|den|toi|het|truoc|cham nhat|han|trong|xong|hoan thanh|thay|bai bo|huy bo)\b|\d ?[-–] ?\d"
)
_RANKED = re.compile(r"\bthu (hai|nhi|ba|tu|nam|sau|bay|tam|chin|muoi|\d+)\b(?! (?:truong|nhat))")
_ORDINALS = {
    **{"hai": "2", "nhi": "2", "ba": "3", "tu": "4", "bon": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8"},
    **{"chin": "9", "muoi": "10", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"},
}
_SIGNER_ASKED = re.compile(
    r"\bai (?:la nguoi |da |dung ra )?ky\b(?! tang)|\bnguoi ky\b.*\b(?:la ai|ten gi|chuc vu)\b|\b(?:ong|ba|vi) nao ky\b"
)
_SIGNED = re.compile(r"(?<!\w)(?:ký|quyết định|chịu trách nhiệm)(?!\w)", re.I)


def lacking(understood: Understood, told: str) -> str:
    """Return what a text lacks of the circumstance asked for, in Vietnamese; "" when nothing."""
    folded = understood.folded
    if understood.asks("list", "needs", "why"):
        return ""
    if not understood.asks("yes_no", "compare", "consistency") and _other_rank(understood, told):
        return "mục ở đúng thứ tự"
    if _HOUR_ASKED.search(folded) and not _HOUR.search(told):
        return "giờ"
    if _LENGTH_ASKED.search(folded) and not (_PERIOD.search(undated(told)) or _TO_DAY.search(told)):
        return "thời gian"
    if understood.kind == "when" and _END_ASKED.search(folded) and not _END.search(fold(told)):
        return "thời điểm kết thúc"
    if _SIGNER_ASKED.search(folded) and not (_SIGNED.search(told) or PERSON.search(told)):
        return "người ký"
    return ""


def _other_rank(understood: Understood, told: str) -> bool:
    """Say whether one that stands at a rank ("đơn vị xếp thứ ba") is asked about and the text has not that rank."""
    asked = _RANKED.search(understood.folded)
    if asked is None or not understood.read[asked.start() :].lower().startswith("thứ"):
        return False
    number = _ORDINALS.get(asked[1], asked[1])
    words = [word for word, meant in _ORDINALS.items() if meant == number]
    return not re.search(rf"\b(?:{'|'.join([*words, f'0?{number}'])})\b", fold(told))
