"""From when and until when a document holds, by what it says of itself."""

from __future__ import annotations

import re
from datetime import date

from ingest import patterns as p
from ingest.titles import Parts

_EFFECTIVE = re.compile(
    r"(?<!hết )hiệu lực(?: thi hành)?(?: kể)?(?: từ)?(?: ngày)?\s*:?\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_EXPIRED = re.compile(
    r"hết hiệu lực(?: thi hành)?(?: kể)?(?: từ)?(?: ngày)?\s*:?\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_THIS_TAKES_EFFECT = re.compile(
    r"(?:(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Quy định|Chỉ thị|Pháp lệnh|Bộ luật) này"
    r"|^(?:\d{1,2}[.)]\s*|Điều \d+\.\s*)?"
    r"(?:Quy chế|Quy định|Quyết định|Nghị quyết|Thông tư|Thể lệ|Điều lệ|Nội quy|Hướng dẫn)(?: này)?) có hiệu lực"
    r"(?: thi hành)?(?: kể)?(?: từ)?\s"
    r"(?P<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4})",
    re.MULTILINE,
)


def in_force(parts: Parts, number: str) -> str | None:
    """ISO day from which the document with ``number`` holds, where it says so."""
    if stated := _effective(parts, _EFFECTIVE, number):
        return stated
    match = _THIS_TAKES_EFFECT.search(parts.text)
    return day_in(match["date"]) if match else None


def out_of_force(parts: Parts, number: str) -> str | None:
    """ISO day from which the document holds no more, where it says so."""
    return _effective(parts, _EXPIRED, number)


def valid_day(year: int, month: int, day: int) -> str | None:
    """ISO form of a day, ``None`` for one that the calendar does not have."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def day_in(text: str) -> str | None:
    """ISO form of the first day written in a text, in words or with slashes."""
    match = p.DATE_WORDS.search(text) or p.DATE_SLASH.search(text)
    return valid_day(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _effective(parts: Parts, pattern: re.Pattern[str], number: str) -> str | None:
    for line in parts.about_itself:
        label, colon, rest = line.partition(":")
        stated = rest if colon and len(label) < 40 else line  # "Ngày ban hành / hiệu lực: …" is a label
        match = pattern.search(stated) or pattern.search(line)
        if match and not _names_another(match.string[: match.start()], number):
            return day_in(match["date"])
    return None


def _names_another(text: str, number: str) -> bool:
    """Whether the document that a line named last is another one than this."""
    named = [match[0] for match in p.DOCUMENT_NUMBER.finditer(text)]
    return bool(named and number and named[-1] != number)
