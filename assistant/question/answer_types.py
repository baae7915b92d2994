"""Whether a text can hold the kind of answer asked for, and where the asked-for value stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.question.question_types import Kind
from assistant.question.understand import Understood
from assistant.words import CAPITALS
from ingest.clean import fold

DATE = re.compile(
    r"\b\d{1,2}(?:\s*(?:,|và|-|–)\s*\d{1,2})?[/.-]\d{1,2}[/.-]\d{4}\b|"
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?",
    re.I,
)
MONTH = re.compile(r"tháng\s+\d{1,2}(?:\s*,\s*\d{1,2})*(?:\s*(?:/|năm\s+)\d{4})?|\b\d{1,2}/\d{4}\b", re.I)
SPAN = re.compile(r"\b\d{1,3}\s+(?:năm|tháng|tuần|ngày|giờ)\b|(?:ngày|dịp)\b[^.;,]{0,20}?\b\d{1,2}[-/]\d{1,2}\b", re.I)
"""How long ("05 năm") and a day of every year ("ngày 2-9")."""
DEADLINE = re.compile(r"(?<!\w)(?:trong ngày|ngay (?:sau )?khi|ngay(?=\W*$)|chậm nhất|ngày làm việc)(?!\w)", re.I)
"""A time told by another: "ngay sau khi nhận được"."""
YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d.,]?\d)")
DOCUMENT_NUMBER = re.compile(
    r"\b\d+(?:/\d{4})?\s?[/-]\s?[A-ZĐ][A-ZĐa-z&]*(?:\s?[-/–]\s?[A-ZĐ][A-ZĐa-zđ]*\d*)*|\b\d+/\d{4}/[A-ZĐ]+(?:-[A-ZĐ]+)*"
)
NUMBER = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w]*[/-][A-ZĐ\d])")
# "4/5 xã" is a share, the day in "24/8/1949" is none.
PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%|(?<![\d/])\d+/\d+(?![\d/]|/?[-–]?[A-ZĐ])")
MONEY = re.compile(
    r"\d[\d.,]*\s*(?:đồng|tỷ|tỉ|triệu|nghìn|USD|đ|VNĐ)(?!\w)|"
    r"\bhàng (?:(?:chục|trăm|nghìn|triệu|tỷ)\s+)+đồng\b|\bhàng (?:triệu|tỷ)\b|\blần mức lương",
    re.I,
)
RANK = re.compile(
    r"(?:thứ|hạng|vị trí|lần thứ|top|tốp)\s*(?:\d+|[IVXLC]+\b|nhất|nhì|hai|ba|tư|năm)|"
    r"đầu tiên|dẫn đầu|đứng đầu|\b\d+/63\b",
    re.I,
)
_DOTS = r"(?:[.…]{2,}|…)"
BLANK = re.compile(
    rf"{_DOTS}\s*(?:%|tỷ|triệu|nghìn|đồng|người|USD|lần|/\d)|(?:đạt|còn|là|:)\s*(?:\.{{3,}}|…+)(?=\s|$|[;,])|"
    rf"\b(?:tăng|giảm|hơn|chiếm|gấp|thêm|có|thứ)\s*(?:\.{{3,}}|…+)(?=\s*[^\W\d])",
)
"""A figure left out: dots where a unit follows or a word for its value goes before."""
ROLE = re.compile(
    r"chủ tịch|phó chủ tịch|giám đốc|trưởng (?:phòng|ban)|phó trưởng|bí thư|chánh|thủ trưởng|đồng chí|ông |bà |"
    r"ủy viên|uỷ viên|thư ký|chuyên viên|người đứng đầu|hội trưởng|bộ trưởng|thủ tướng"
)
CAPITALISED = re.compile(rf"(?:[{CAPITALS}]\w+\s+){{1,3}}[{CAPITALS}]\w+")
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đào|Trịnh|Mai|Cao|Lương|Tạ|Hà|Thân|"
    "Giáp|Tống|Lâm|Trương|Đoàn|Chu|Tô|Lưu|Triệu|Nông|Hứa|Quách|Khổng|Ma|Lục|La|Vi|Lường|Lò|Tăng|Thái|Kiều|Phùng|Vương"
)
PERSON = re.compile(rf"\b(?:{_SURNAMES})\s+(?!Chí Minh)[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{1,3}}")
"""A person's name: a family name and two or more capitalised syllables."""
PLACE_WORD = re.compile(
    r"\b(?:tỉnh|huyện|xã|thành phố|thị xã|thị trấn|phường|thôn|tại|trụ sở|trung tâm|cổng|hội trường|cao tốc)\b", re.I
)
BODY_WORD = re.compile(
    r"\b(?:sở|ban|bộ|phòng|hội|ủy ban|uỷ ban|công an|cơ quan|đơn vị|trường|"
    r"doanh nghiệp|công ty|đoàn|liên đoàn|liên minh)\b",
    re.I,
)
CAUSE = re.compile(r"\bnguyên nhân\b|^(?:\W*)(?:do|vì|bởi)\b(?! (?:đó|vậy|thế))", re.I)
CAUSAL = re.compile(r"\b(?:do|vì|bởi|nên|dẫn đến|phụ thuộc|thiếu|chưa)\b", re.I)
PURPOSE = re.compile(r"\b(?:để|nhằm|làm căn cứ|mục đích|phục vụ|góp phần)\b", re.I)
DEFINES = re.compile(r"\blà\b|được hiểu|\(|:", re.I)
ENUMERATES = re.compile(r"\bgồm\b|như sau|sau đây|, như:|: “")


PHRASE = 4
"""Words from which what is defined is more than a term."""


def undated(text: str) -> str:
    """Return a text without its dates and documents' numbers, whose digits count nothing."""
    return DOCUMENT_NUMBER.sub(" ", DATE.sub(" ", text))


_FORMS: dict[Kind, re.Pattern[str]] = {
    "ratio": PERCENT,
    "money": MONEY,
    "rank": RANK,
    "document": DOCUMENT_NUMBER,
    "where": PLACE_WORD,
    "body": BODY_WORD,
    "purpose": PURPOSE,
    "definition": DEFINES,
}
"""Kinds whose answer one pattern shows."""


def fits(understood: Understood, text: str, kinds: Sequence[Kind] | None = None) -> float:
    """Say from 0 to 1 whether a text holds what the question asks for; 0.5 where the kind has no visible form."""
    asked = list(kinds or understood.kinds)
    if "how_many" in asked and {"money", "ratio", "rank"} & set(asked) and not _counts_things(understood):
        asked.remove("how_many")
    scores = [_fits(kind, understood, text) for kind in asked]
    return max(scores[:1] + [score * 0.9 for score in scores[1:]], default=0.5)


def _fits(kind: Kind, understood: Understood, text: str) -> float:
    if kind == "how_many":
        return _counts(understood, text)
    if kind == "definition" and understood.defined:
        return _defines(understood.defined, text)
    return _shows(kind, text)


@lru_cache(maxsize=16_384)
def _shows(kind: Kind, text: str) -> float:
    """Say how well a text has the form of a kind, whatever the question; the same texts are read again and again."""
    if kind == "list":
        commas = text.count(",") + 2 * text.count(";")
        if text.rstrip(" *").endswith(":"):
            return 0.9
        return 0.1 + min(0.4, 0.06 * commas) + (0.5 if ENUMERATES.search(text) else 0.0)
    if kind == "when":
        day = MONTH.search(text) or SPAN.search(text) or DEADLINE.search(text)
        return 1.0 if DATE.search(text) else 0.75 if day else 0.4 if YEAR.search(text) else 0.0
    if kind == "why":
        return 1.0 if CAUSE.search(text) else 0.6 if CAUSAL.search(text) else 0.0
    if kind == "who":
        return 1.0 if ROLE.search(text.lower()) else 0.5 if CAPITALISED.search(text) else 0.0
    if kind == "compare":
        return min(1.0, 0.5 * len(NUMBER.findall(text)))
    pattern = _FORMS.get(kind)
    if pattern is None:
        return 0.5
    return 1.0 if pattern.search(text) or (kind == "ratio" and BLANK.search(text)) else 0.0


_SAYS = r"\s*(?:\([^)]*\)\s*)?(?:la\b|duoc hieu|:|=|\()"


def _defines(term: str, text: str) -> float:
    """Score how plainly a text defines the accent-free term: "X là …", "X: …", "X = …".

    Of a longer phrase ("chủ đề của phong trào …") the text need only say what its head is.
    """
    folded = " ".join(re.sub(r"[\"“”*]", " ", fold(text)).split())
    match = re.search(rf"\b{re.escape(term)}{_SAYS}", folded)
    if match:
        # "Việc xây dựng X là …" says what something else is.
        return 1.0 if not folded[: match.start()].rstrip()[-1:].isalpha() else 0.5
    head = term.split()[:2] if len(term.split()) > PHRASE else []
    return 0.9 if head and re.search(rf"\b{' '.join(head)}\b[^.;]{{0,60}}?(?:\bla\b|:)", folded) else 0.35


def _counts_things(understood: Understood) -> bool:
    """Say whether something other than money or a share is counted as well ("mấy xã, chiếm bao nhiêu %")."""
    return bool(understood.counted) and understood.counted[0] not in ("tien", "ty", "trieu", "dong", "phan")


_BEFORE_NOUN = re.compile(r"\b(?:hai|ba|bon|sau|bay|tam|chin|muoi)(?=\s+(\w+))")


def _counts(understood: Understood, text: str) -> float:
    """Score a count: a number beside what is counted is best; any number that is no year or document number will do."""
    known = set(understood.numbers)
    folded, figures = _figures(text)
    ends = [end for figure, end in figures if figure not in known]
    if not ends:
        spelled, scale = _spelled_out(text)
        return 0.85 if not spelled.isdisjoint(understood.counted[:1]) else 0.6 if scale else 0.0
    if understood.counted:
        noun = understood.counted[0] if len(understood.counted) == 1 else " ".join(understood.counted[:2])
        for end in ends:
            if folded[end : end + 24].lstrip().startswith(noun):
                return 1.0
        return 0.75
    return 0.85


@lru_cache(maxsize=4096)
def _spelled_out(text: str) -> tuple[frozenset[str], bool]:
    """Return the accent-free words that a number in letters stands before, and whether a text says "hàng trăm"."""
    scale = re.search(r"\b(?:hàng|hằng) (?:trăm|nghìn|vạn|triệu)|(?:trăm|nghìn|triệu|chục)\b", text)
    return frozenset(_BEFORE_NOUN.findall(fold(text))), scale is not None


@lru_cache(maxsize=8192)
def numbers(text: str) -> frozenset[str]:
    """Return the different numbers of a text as printed."""
    return frozenset(NUMBER.findall(text))


@lru_cache(maxsize=8192)
def _figures(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return a text without accents, dates and document numbers, and its figures that are no years with their ends."""
    rest = undated(text)
    found = ((match.group(), match.end()) for match in NUMBER.finditer(rest))
    return fold(rest), tuple((figure, end) for figure, end in found if not YEAR.fullmatch(figure))


_LIMIT = re.compile(
    r"(?<![^\W_])(?P<words>(?:(?:gan|hon|tren|duoi|khoang|chung|uoc|du kien|toi thieu|toi da|it nhat|nhieu nhat"
    r"|khong qua|khong duoi|xap xi|uoc khoang|tam|ngot|tu)\s+)+(?:dat\s+|co\s+)?)\Z"
)
"""Words before a figure without which it says something else, over accent-free text."""


def value(understood: Understood, text: str) -> str:
    """Return the number with its counted noun as printed ("20 thành viên"), empty unless stated side by side."""
    if not understood.counted or "how_many" not in understood.kinds:
        return ""
    folded = fold(text)
    for length in (3, 2):
        noun = " ".join(understood.counted[:length])
        if len(understood.counted) < length:
            continue
        found = [
            match
            for match in NUMBER.finditer(text)
            if folded[match.end() :].lstrip().startswith(f"{noun}")
            and not folded[match.end() :].lstrip()[len(noun) : len(noun) + 1].isalpha()
        ]
        if len(found) == 1:
            start = found[0].start()
            # "gần 92.000" is not "92.000": what limits a figure is told with it.
            limit = _LIMIT.search(folded, 0, start)
            start = limit.start("words") if limit else start
            gap = len(folded[found[0].end() :]) - len(folded[found[0].end() :].lstrip())
            end = found[0].end() + gap + len(noun)
            # The question's noun may be longer than what was kept of it, or end in a word that joins it to the rest.
            while (more := re.match(r" [a-z]+", folded[end:])) and f"{noun}{more.group()}" in understood.folded:
                noun, end = noun + more.group(), end + more.end()
            joins = _JOINS.search(noun)
            return text[start : end - (len(joins.group()) if joins else 0)]
    return ""


_JOINS = re.compile(r"(?: (?:va|hoac|duoc|da|co|cho|trong|la|tai|o|cua|nhu|voi))+$")
