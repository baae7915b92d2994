"""Figures as documents print them and as answers write them: dots group thousands, a comma is decimal."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_FIGURE = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:[.,]\d+)?")
PLACES, FINER = Decimal("0.1"), Decimal("0.001")
"""Quotients are rounded to tenths, very small ones to thousandths."""


def amount(text: str) -> Decimal | None:
    """Read a figure as printed in Vietnamese: dots group thousands, a comma is decimal; ``None`` for other text."""
    text = text.strip().rstrip("%").strip()
    if not _FIGURE.fullmatch(text):
        return None
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def printed(number: Decimal) -> str:
    """Write a number the Vietnamese way."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    decimals = decimals.rstrip("0")
    return ("-" if number < 0 else "") + grouped + (f",{decimals}" if decimals else "")


def quotient(part: Decimal, whole: Decimal, *, percent: bool = False) -> tuple[str, str]:
    """Divide; return the result, rounded to one decimal place where it does not come out, and "=" or "≈".

    >>> quotient(Decimal(21), Decimal(107), percent=True), quotient(Decimal(44), Decimal(5))
    (('19,6%', '≈'), ('8,8', '='))
    """
    value = part / whole * (100 if percent else 1)
    rounded = value.quantize(PLACES, ROUND_HALF_UP)
    if not rounded and value:
        rounded = value.quantize(FINER, ROUND_HALF_UP)
    return f"{printed(rounded)}{'%' if percent else ''}", "=" if rounded == value else "≈"
