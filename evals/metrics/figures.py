"""Numbers, dates and document numbers in Vietnamese text, in one written form so that they can be compared. Pure."""

from __future__ import annotations

import re
import unicodedata

_DATE_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_MONTH_WORDS = re.compile(r"tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMBER = r"\d+(?:[.,]\d+)*"
_TOKEN = re.compile(
    rf"(?P<date>\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})(?!\d)"
    rf"|(?P<symbol>\d+(?:/\d{{4}})?[/-](?:[A-ZĐ][A-ZĐƯ0-9&]*)(?:[-/][A-ZĐƯ0-9&]+)*)"
    rf"|(?P<pair>\d+/\d+)(?![\d/])"
    rf"|(?P<number>{_NUMBER})"
)
_MARKER = re.compile(r"\[\d+\]")
_ENUMERATOR = re.compile(r"^\s*(?:[-–+*•]\s*)?(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]\)?\s+(?=\D)|[a-zđ]\)\s+)", re.MULTILINE)
_DASH = re.compile(r"[‐‑–—−]")  # noqa: RUF001 - the dashes that documents really hold


def figures(text: str, *, enumerators: bool = False) -> frozenset[str]:
    """Return every number, date and document number of ``text``, normalised.

    Citation markers do not count, nor (unless asked for) the numbers that list items begin with.

    >>> sorted(figures("Ngày 31 tháng 7 năm 2014 tặng 1.156 tập thể, đạt 50,49% [1]"))
    ['1156', '31/7/2014', '50.49']
    """
    text = _MARKER.sub(" ", unicodedata.normalize("NFC", text))
    text = _DASH.sub("-", text if enumerators else _ENUMERATOR.sub(" ", text))
    text = _DATE_WORDS.sub(r" \1/\2/\3 ", text)
    text = _MONTH_WORDS.sub(r" \1/\2 ", text)
    return frozenset(_normal(match) for match in _TOKEN.finditer(text))


def _normal(match: re.Match[str]) -> str:
    token = match[0]
    if match["date"]:
        return "/".join(_whole(part) for part in re.split(r"[/.-]", token))
    if match["symbol"]:
        head, tail = re.split(r"(?<=\d)(?=[/-])", token, maxsplit=1)
        return _whole(head) + tail.upper()
    if match["pair"]:
        return "/".join(_whole(part) for part in token.split("/"))
    return number(token)


def _whole(digits: str) -> str:
    return digits.lstrip("0") or "0"


def number(token: str) -> str:
    """Write a number one way: no thousands marks, a point for decimals, no leading zeros.

    A single separator before exactly three digits groups thousands when it is a point (Vietnamese), not a comma.

    >>> number("17.746"), number("88,61"), number("88.61"), number("07"), number("1.234,5")
    ('17746', '88.61', '88.61', '7', '1234.5')
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", token):
        whole, _, decimals = token.replace(".", "").partition(",")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", token):
        whole, _, decimals = token.replace(",", "").partition(".")
    elif re.fullmatch(r"\d+[.,]\d+", token):
        whole, decimals = re.split(r"[.,]", token)
    else:
        parts = re.split(r"[.,]", token)
        return ".".join(_whole(part) for part in parts)
    return f"{_whole(whole)}.{decimals}" if decimals else _whole(whole)
