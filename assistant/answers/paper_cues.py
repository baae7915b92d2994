"""How far a paper's number and wording agree with a question: its issuer, its place in a row of events, its period."""

from __future__ import annotations

import re
from typing import Any

from assistant.question.limits import PERIOD as YEARS

# Whose paper it is, as the question says it and as the code of its number does.
_ISSUERS = (
    (re.compile(r"\b(?:ubnd|uy ban nhan dan)\b"), "UBND"),
    (re.compile(r"\b(?:hdnd|hoi dong nhan dan)\b"), "HĐND"),
    (re.compile(r"\b(?:thu tuong|ttg)\b"), "TTg"),
    (re.compile(r"\bchinh phu\b(?<!thu tuong chinh phu)"), "CP"),
    (re.compile(r"\b(?:tinh uy|ban thuong vu)\b"), "TU"),
    (re.compile(r"\b(?:bo chinh tri|ban bi thu)\b"), "TW"),
    (re.compile(r"\bbo noi vu\b"), "BNV"),
    (re.compile(r"\bso noi vu\b"), "SNV"),
    (re.compile(r"\b(?:hoi dong (?:thi dua|td)|hdtdkt)\b"), "HĐTĐ"),
    (re.compile(r"\bquoc hoi\b"), "QH"),
)
_ORDINAL = re.compile(r"\blan (?:thu )?(\d{1,2}|[ivx]+)\b")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
ISSUER = 0.25
"""What it adds that its number's code is of the body the question names, half of what it takes that it is another's."""
ORDINAL = 0.3
"""What it adds or takes that it is about the same or another of a row of events ("lần thứ V")."""
PERIOD = 0.3
"""What it adds or takes that it is for the same or another period ("2016-2020")."""


def agreement(asked: str, number: str, told: str) -> float:
    """Return what agrees less what differs of the accent-free question and what is said of the paper."""
    return (
        _issued(asked, number)
        + _same(_ordinals(asked), _ordinals(told), ORDINAL)
        + _same(set(YEARS.findall(asked)), set(YEARS.findall(told)), PERIOD)
    )


def _issued(asked: str, number: str) -> float:
    named = {code for pattern, code in _ISSUERS if pattern.search(asked)}
    coded = {code for _, code in _ISSUERS if re.search(rf"[-/]{code}", number)}
    return 0.0 if not named or not coded else ISSUER if named & coded else -ISSUER / 2


def _same(asked: set[Any], told: set[Any], weight: float) -> float:
    return 0.0 if not asked or not told else weight if asked & told else -weight


def _ordinals(folded: str) -> set[int]:
    return {int(one) if one.isdigit() else _ROMAN.get(one, 0) for one in _ORDINAL.findall(folded)}
