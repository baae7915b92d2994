"""Whether what is about to be told holds a value of the class asked for: money, years of age, a day, a named commune.

Start at :func:`missing`; hours, ends and signers stand in ``asked_circumstance``.

The words around a near miss are often the right ones; what it lacks is the value itself. A text without one is no
answer, whatever its score.
"""

from __future__ import annotations

import re

from assistant.drafts import Draft
from assistant.question.answer_types import BLANK, DATE, MONEY, MONTH, NUMBER, PERSON, RANK, SPAN, YEAR, undated
from assistant.question.question_types import NUMERIC
from assistant.reading.asked_circumstance import lacking
from assistant.retrieval.query import Query
from assistant.words import CAPITALS, joined

_ASKING = r"(?:bao nhieu|may|bn|bnh)"
_ROMAN = re.compile(r"(?<!\w)(?:lần thứ |thứ |hạng |khóa |khoá )[IVXL]+(?!\w)")
_ORDINAL = re.compile(r"\b(?:thu|hang|khoa) (?:may|bao nhieu)\b")
_IN_WORDS = re.compile(
    r"(?<![^\W_])(?:một(?! số| phần| cách| trong)|hai|ba|bốn|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|vạn|triệu|tỷ|nửa"
    r"|toàn bộ|tất cả|không có|(?:thành|gồm|chia|có|là|kể|trong|cả|đủ) năm(?= [^\W\d_])"
    r"(?! (?:qua|nay|học|trước)))(?!\w)",
    re.I,
)
"""Numbers in words."""
_LEFT_OUT = re.compile(r"^… |(?<=[;,]) …(?= )")
_CLASS = "(?:nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_CLASSED = re.compile(
    rf"(?<![^\W_])(?:hạng|giải|thứ|bậc|loại|cấp|khóa|khoá)\s+{_CLASS}(?!\w)"
    rf"(?:\s*(?:,|và|hoặc|hay|đến|[-–/])\s*(?:(?:hạng|giải|thứ)\s+)?{_CLASS}(?!\w))*",
    re.I,
)
"""Classes and ordinals in words count nothing: "hạng Nhất, Nhì, Ba"."""
_BLANK = re.compile(r"(?:để|bỏ) trống|\b(?:có|được|là|gồm)\s+(?:…|\.{3,})\s*[^\W\d_]", re.I)
# A table's cell has its unit in the caption.
_MONEY_STATED = re.compile(rf"{MONEY.pattern}|hệ số|:\s*\d[\d.,]*(?=\s*[,;.(]|\s*$)", re.I)
_MONEY = "số tiền"
# What is asked for after or before the asking word, over accent-free text; how it is stated; its name in a refusal.
_CLASSES = (
    (
        rf"{_ASKING} (?:la )?(?:tien(?! si| tien)|dong(?! chi| bao)|von|kinh phi|(?:ty|trieu|nghin) dong|usd|do la)\b"
        r"|\b(?:so tien|kinh phi|muc thuong|tien thuong|phu cap|tien luong|muc luong|chi phi|tong von)\b[^,;?]*"
        rf"\b{_ASKING}\b(?! (?:lan|he so|phan tram|%|nguoi|ho|don vi))",
        _MONEY_STATED,
        _MONEY,
    ),
    (rf"{_ASKING} tuoi\b|\btuoi\b[^,;?]{{0,40}}\b{_ASKING}\b", re.compile(r"tuổi|sinh năm", re.I), "số tuổi"),
    (
        rf"{_ASKING} (?:km|cay so|ki lo met)\b(?! vuong)",
        re.compile(r"\d\s*(?:km|cây số|ki-lô-mét)(?!\w)", re.I),
        "quãng đường",
    ),
    (rf"{_ASKING} (?:ha|hec ?ta)\b", re.compile(r"\d\s*(?:ha|héc|hecta|km2|km²|m2|m²|mẫu)", re.I), "diện tích"),
    (rf"{_ASKING} phan tram\b|{_ASKING} ?%", re.compile(r"%|phần trăm|\d/\d|toàn bộ|tất cả", re.I), "tỷ lệ"),
)
# Read with its accents: "lượng" is no pay. "Lương cơ sở" is a unit of awards.
_PAY = re.compile(
    r"(?<!\w)(?:lương(?! cơ sở)|phụ cấp|thu nhập|học phí|viện phí)(?!\w)[^,;?]*"
    r"(?<!\w)(?:bao nhiêu|mấy)(?! (?:lần|phần trăm|%))"
)
_DAY_ASKED = re.compile(r"\b(?:ngay|hom) (?:nao|may|bao nhieu|thang nam)\b")
_IN_MONTH = re.compile(r"\bngay (?:may|nao|bao nhieu) thang 0?(\d{1,2})\b")
_YEAR_ASKED = re.compile(r"\b(?:nam|thang) (?:nao|may|bao nhieu)\b")
_DAY = re.compile(rf"{DATE.pattern}|{SPAN.pattern}|(?<!\w)(?:ngày|mùng|sau khi|trong ngày)(?!\w)", re.I)
_NUMBER_ASKED = re.compile(r"\b(?:so may|so bao nhieu|so hieu|mang so)\b")
_PERSONS_NAMED = re.compile(
    r"\bten (?:tuoi )?(?:(?:cua|la|cac|nhung|tung|moi|ca|\d+) )*"
    r"(?:em|chau|hoc sinh|van dong vien|vdv|can bo|nguoi|bac si|giao vien|thay|co giao|dai bieu|chien si|nghe nhan"
    r"|nong dan|cong nhan|dong chi|ca nhan|chu tich|giam doc|vi)\b"
)
TITLE = 4
"""Syllables from which a quoted phrase is a title."""
# Kinds of places and bodies that bear a name; "nào" after one of them asks for that name.
_NAMED = re.compile(
    r"(?<!\w)(?P<kind>huyện|xã|phường|thị xã|thị trấn|thôn|tỉnh|thành phố|trường|công ty|doanh nghiệp|bệnh viện"
    r"|ngân hàng|khu công nghiệp)\s+nào(?!\w)",
    re.I,
)
_NAME = rf"\s+(?:[^\W\d_]+\s+){{0,3}}?[“\"]?[{CAPITALS}][^\W\d_]*"
_PLACES = "huyện|thành phố|thị xã|quận"


def missing(query: Query, draft: Draft) -> str:
    """Return what a draft lacks of the class asked for, in Vietnamese; "" when nothing."""
    if query.understood.inherited or "answer_type" in query.without:
        return ""
    # An ellipsis before a clause says that something was left out here, not that the document has a blank.
    told = " ".join(_LEFT_OUT.sub("", statement.text) for statement in draft.statements)
    if BLANK.search(told) or _BLANK.search(told):
        return ""
    if draft.form == "list":
        return _persons(query, told)
    found = _quantity(query, told) or _day(query, told) or _number(query, told) or _name(query, told)
    found = found or _persons(query, told)
    # What is worked out names its own parts.
    computed = any(statement.computed for statement in draft.statements)
    return found if found or computed else lacking(query.understood, told)


def _quantity(query: Query, told: str) -> str:
    understood = query.understood
    if understood.kind not in NUMERIC or understood.asks("list", "yes_no", "compare", "consistency", "permit"):
        return ""
    for asked, stated, name in _CLASSES:
        if re.search(asked, understood.folded) and not stated.search(told):
            return name
    if _PAY.search(understood.read.lower()) and not _MONEY_STATED.search(told):
        return _MONEY
    if understood.asks("rank") and RANK.search(told):
        return ""
    rest = undated(told)
    figures = {match.group() for match in NUMBER.finditer(rest)} - set(understood.numbers)
    years = "nam" in understood.counted[:1] or re.search(r"\bnam (?:nao|may|bao nhieu)\b", understood.folded)
    stated_here = any(years or not YEAR.fullmatch(figure) for figure in figures)
    stated_here = stated_here or re.search(r"\d ?[/–-] ?\d", rest) is not None
    stated_here = stated_here or _IN_WORDS.search(_CLASSED.sub(" ", rest)) is not None
    return "" if stated_here or (_ORDINAL.search(understood.folded) and _ROMAN.search(rest)) else "số liệu"


def _day(query: Query, told: str) -> str:
    folded = query.understood.folded
    if query.understood.kind != "when":
        return ""
    month = _IN_MONTH.search(folded)
    if month and not re.search(rf"\d ?[/.-] ?0?{month[1]}(?!\d)|ngày \d+[^.;]{{0,15}}tháng 0?{month[1]}(?!\d)", told):
        return "ngày"
    if _DAY_ASKED.search(folded) and not (_DAY.search(told) or MONTH.search(told)):
        return "ngày"
    if _YEAR_ASKED.search(folded) and not (DATE.search(told) or MONTH.search(told) or YEAR.search(told)):
        return "" if SPAN.search(told) else "thời gian"
    return ""


def _number(query: Query, told: str) -> str:
    understood = query.understood
    if understood.kind != "document":
        return ""
    words = joined(told)
    for title in understood.quoted:
        # A sentence that gives a document's number says what the document is about.
        named = [word for word in joined(title).split() if len(word) > 1]
        if len(named) >= TITLE and sum(f" {word} " in words for word in named) < len(named) / 2:
            return "văn bản"
    return "số hiệu" if _NUMBER_ASKED.search(understood.folded) and not re.search(r"\d", told) else ""


def _persons(query: Query, told: str) -> str:
    asked = _PERSONS_NAMED.search(query.understood.folded)
    return "họ tên" if asked and not PERSON.search(told) else ""


def _name(query: Query, told: str) -> str:
    match = _NAMED.search(query.understood.read)
    if match is None:
        return ""
    kind = match["kind"].lower()
    own = {"doanh nghiệp": "doanh nghiệp|công ty|hợp tác xã", "huyện": _PLACES, "thành phố": _PLACES}.get(kind, kind)
    listed = rf"(?i:(?:{own}))s?(?:{_NAME})"
    return "" if re.search(listed, told) else f"tên {kind}"
