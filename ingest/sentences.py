"""Sentences and clauses of Vietnamese administrative text.

Spans only: nothing is copied or changed, so a sentence can be cited where it stands.
"""

from __future__ import annotations

import re

_ABBREVIATIONS_TEXT = """
tp tx tt ts ths pgs gs bs ks cn tr nxb tnhh cp đ/c đc th kt tm tl tuq no st mr mrs ms dr vd ql đt sđt ô b p q h
x đ
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
"""Words after which a full stop does not end the sentence when a name or number follows."""

_END = re.compile(r"(?P<stop>\./\.|[.!?…]+)(?P<close>[”\"’»)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*)(?P<space>\s+)|\n+")
_OPEN = "“\"'‘«([*-–+"
_MARKER = re.compile(
    r"\s*(?:[#\-–+*•]\s*)?"
    r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[a-zđA-H])|Điều \d+[a-z]?|Chương [IVX\d]+|Mục \d+)$"
)
_NEXT_ITEM = re.compile(r"[;:]\s+(?:\d{1,2}|[a-zđ])$")
"""The number of the next item of a list written on in one line: "…; 4. Kế hoạch …"."""
_QUOTED = re.compile(r"“[^“”\n]{1,400}”|«[^«»\n]{1,400}»|\"[^\"\n]{1,400}\"")
_LAST_WORD = re.compile(r"[^\s(“\"]+$")


def split(text: str) -> list[tuple[int, int]]:
    """Cut ``text`` into sentences: spans without surrounding white space, in order; a newline always ends one.

    Decimal points, abbreviations ("TP. Hồ Chí Minh"), leading numbers ("1.1. Kết quả") and blanks ("...%") do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not text[match.start() : match.end()].strip() or "\n" in (match["space"] or ""):
            cut = match.start() if match["stop"] is None else match.end("close")
        elif _ends_sentence(text, start, match):
            cut = match.end("close")
        else:
            continue
        _add(text, start, cut, spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return spans


def clauses(text: str) -> list[tuple[int, int]]:
    """Cut ``text`` at semicolons outside brackets and quotation marks; spans without surrounding white space, in order.

    The title of a movement or a plan may hold a semicolon: “Đẩy mạnh …; thực hành tiết kiệm” is one name.
    """
    spans: list[tuple[int, int]] = []
    start, depth = 0, 0
    quoted = {place for match in _QUOTED.finditer(text) for place in range(*match.span())} if ";" in text else set()
    for index, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char == "\n":
            depth = 0
        elif char == ";" and depth == 0 and index not in quoted:
            _add(text, start, index + 1, spans)
            start = index + 1
    _add(text, start, len(text), spans)
    return spans


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 12].lstrip(_OPEN + " ")
    if not following:
        return match.end() >= len(text)
    if not (following[0].isupper() or following[0].isdigit()):
        return False
    if match["stop"] != ".":
        return not (match["stop"].startswith((".", "…")) and following[0].isdigit())
    if match["close"].strip("⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return True
    before = text[start : match.start()]
    if _MARKER.fullmatch(before) or _NEXT_ITEM.search(before):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    token = word[0].strip("⁰¹²³⁴⁵⁶⁷⁸⁹").lower()
    if token in ABBREVIATIONS:
        # "đội ngũ cán bộ p." is never printed: these stand only before a name
        return False
    return not (following[0].isdigit() and token in {"số", "điều", "khoản", "trang"})


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
