"""Whether what is about to be told counts the thing asked for: "mấy con bò" needs a number that stands beside "con".

A number of something else is the commonest near miss. A noun that the text does not have may be counted under another
name there; of words that stand for many others ("người", "đơn vị") only some plain number must be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.question.answer_types import DATE, DOCUMENT_NUMBER, MONTH, YEAR
from assistant.question.question_types import masked
from assistant.retrieval.query import Query
from assistant.words import joined
from ingest.clean import fold

BEFORE, AFTER = 4, 40
"""Words between a number and the noun it counts; characters between a noun and its number ("số thôn kiểu mẫu là 9")."""
_COUNTED = re.compile(
    r"(?<!bo )(?<!thu )(?<!hang )(?<!so )(?<!hom )(?<!ngay )\b(?:bao nhieu|may|bn|bnh) "
    r"(?P<noun>[a-z]+)(?P<rest>(?: [a-z\d]+)?)"
)
# Counted under another name, or with a class of their own in ``asked_value``.
_GENERIC = (
    "nguoi ong ba anh chi vi em chu don noi cho cai loai dang nha ho suat truong hop luot vu ben phan muc nhom tien "
    "dong ty trieu nghin usd do von kinh kg ta tan tram cay so km ki met mm cm ly li ha hec dau gi nao lan viec dieu "
    "vang the sao roi toan tat la o trong duoc thi tuoi gio co"
)
_BY_OTHER_NAMES = frozenset(["ca nhan", "tap the", "gia dinh", "ca thay"])
_PLAIN = frozenset(["nguoi", "ong", "ba", "em", "ho", "don", "lan", "luot", "vu"])
"""Of the generic ones those that a share or a year does not count."""
_TIMES = frozenset(["nam", "thang", "ngay", "tuan", "phut", "quy"])
_RANKS = frozenset(["nhat", "nhi", "ba", "khuyen"])
# A row is told with its headers; what it counts may stand in the caption alone.
_ROW = re.compile(r"^[^:.]{1,60}: [^:]{1,80}, [^:.]{1,60}: ")
_IN_WORDS = re.compile(
    r"(?<![^\W_])(?:một(?! số| phần| cách| trong)|hai|ba|bốn|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|vạn|triệu|tỷ|nửa"
    r"|toàn bộ|tất cả|không có|(?:thành|gồm|chia|có|là|kể|trong|cả|đủ) năm(?= [^\W\d_])"
    r"(?! (?:qua|nay|học|trước)))(?!\w)",
    re.I,
)
_NUMERAL = r"(?:\d[\d.,/]*(?!\s*%)|#)"
_FIGURE = re.compile(r"(?<![\w.,/-])(?:\d[\d.,]*(?!\s*%)(?![\w.,/-]*\d)(?!\s+năm\b)|#)")
PERIOD = re.compile(
    r"(?:\d|#|(?<![^\W_])năm)\s+(?:\w+\s+)?(?:năm|tháng|ngày|tuần|giờ|phút|quý|buổi)(?!\w)|(?<!\w)ngay(?!\w)"
    r"|(?<!\w)(?:hằng|hàng|mỗi|từng) năm",
    re.I,
)
"""How long something lasts or how often it comes."""


def uncounted(query: Query, told: str) -> str:
    """Return what a text lacks of the count asked for, in Vietnamese; "" when nothing."""
    understood = query.understood
    if understood.kind != "how_many" or understood.asks("list", "which", "why", "yes_no") or _ROW.search(told):
        return ""
    rest = plain(told)
    lacks = [_lacking(query, *asked, rest) for asked in _asked(query)]
    return lacks[0] if lacks and all(lacks) else ""


def plain(text: str) -> str:
    """Return a text in lower case without dates and documents' numbers, "#" for each number in words."""
    bare = MONTH.sub(" ", DOCUMENT_NUMBER.sub(" ", DATE.sub(" ", text)))
    # After a figure "tỷ" is its unit.
    return re.sub(r"(?<=\d )#", "tỷ", _IN_WORDS.sub("#", bare.lower()))


def _asked(query: Query) -> Iterator[tuple[str, str]]:
    """Yield what is counted, with its accents where they were typed, and the word after it."""
    understood = query.understood
    asked = masked(understood.folded, understood.read.lower())
    for match in _COUNTED.finditer(asked):
        start, end = match.span("noun")
        accented = understood.accented and len(understood.read) == len(asked)
        yield (understood.read[start:end].lower() if accented else match["noun"]), match["rest"].strip()


def _lacking(query: Query, noun: str, after: str, text: str) -> str:
    bare = fold(noun)
    if bare in _TIMES:
        return "" if after[:1].isdigit() or PERIOD.search(text) else "thời gian"
    if bare in _PLAIN:
        numbers = {match.group().strip(".,") for match in _FIGURE.finditer(text)}
        counts = any(not YEAR.fullmatch(number) for number in numbers - set(query.understood.numbers))
        return "" if counts or re.search(r"\d/\d", text) else "số lượng"
    if bare in _GENERIC.split() or f"{bare} {after}" in _BY_OTHER_NAMES or len(bare) < 2:
        return ""
    if f" {bare} " not in joined(text):
        return ""  # The text may count it under another name.
    if bare == "giai" and after in _RANKS:
        return "" if f" {after} " in joined(text) else "số lượng"
    known = query.understood.numbers
    said = _beside(noun, text if query.understood.accented else fold(text), known)
    return "" if said or any(_beside(name, fold(text), known) for name in _others(query, bare)) else "số lượng"


def _others(query: Query, noun: str) -> set[str]:
    """Return first syllables of what else the noun may be called: an abbreviation written out, a synonym."""
    return {
        key.split()[0]
        for concept in query.concepts
        if concept.text == noun
        for key, _ in concept.alternatives
        if key.split()
    }


def _beside(noun: str, text: str, known: tuple[str, ...]) -> bool:
    """Say whether a number stands before a noun or follows it in its clause, other than the question's own."""
    word = rf"(?<!\w){re.escape(noun)}(?!\w)"
    before = re.finditer(rf"(?<![\w.,/-])(?P<n>{_NUMERAL})(?!\w)\W+(?:\w+\W+){{0,{BEFORE}}}?{word}", text)
    after = re.finditer(rf"{word}[^.;!?\n]{{0,{AFTER}}}?(?<![\w.,/-])(?P<n>{_NUMERAL})(?!\w)", text)
    found = {match["n"].strip(".,") for pattern in (before, after) for match in pattern}
    return any(number not in known and not YEAR.fullmatch(number) for number in found)
