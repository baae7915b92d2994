"""Cell values of a spreadsheet written the way a Vietnamese Excel shows them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?,. ]*")
_MOST_DIGITS = 11
"""Excel shows no more significant digits in a cell without a format."""
_EXCEL_DIGITS = 15


def shown(value: object, number_format: str = "General") -> str:
    """Write a cell's value by its format: "1.234,5", "12,5%", "31/01/2024"; blank is "".

    >>> shown(16068, "#,##0"), shown(0.145, "0.0%"), shown(2.5)
    ('16.068', '14,5%', '2,5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return _date_and_time(value, number_format)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value)


def _date_and_time(value: datetime, number_format: str) -> str:
    form = _QUOTED.sub("", number_format).lower()
    if "d" not in form and "h" not in form and "y" in form:
        return value.strftime("%m/%Y" if "m" in form else "%Y")
    if "y" not in form and "d" in form and "h" not in form:
        return value.strftime("%d/%m")
    clock = "h" in form and (value.hour or value.minute or value.second)
    return value.strftime("%d/%m/%Y %H:%M" if clock else "%d/%m/%Y")


def _number(value: int | float, number_format: str) -> str:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    sections = number_format.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and _DIGITS.search(sections[1]) else sections[0]
    literal: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literal.append(match[1] or match[2] or match[3] or "")
        return f"\x00{len(literal) - 1}\x00" if literal[-1] else ""

    plain = _QUOTED.sub(keep, section)
    bare = re.sub("\x00\\d+\x00", "", plain)
    digits = _DIGITS.search(re.sub("\x00\\d+\x00", lambda match: "\x00" * len(match.group()), plain))
    if digits is None or "e+" in bare.lower() or "/" in bare or "general" in bare.lower():
        return _general(number)
    whole, _, fraction = digits.group().rstrip().partition(".")
    scaled = number * 100 if "%" in bare else number
    trailing = len(whole) - len(whole.rstrip(","))
    scaled = scaled / (Decimal(1000) ** trailing)
    text = _grouped(scaled, fraction, "," in whole.rstrip(","), whole.count("0"))
    around = plain[: digits.start()] + "\x01" + plain[digits.start() + len(digits.group().rstrip()) :]
    around = re.sub("\x00(\\d+)\x00", lambda match: literal[int(match[1])], around).strip("() -+")
    sign = "-" if number < 0 and any(digit in "123456789" for digit in text) else ""
    return sign + around.replace("\x01", text).strip()


def _grouped(number: Decimal, fraction: str, grouping: bool, least: int) -> str:
    places = sum(1 for sign in fraction if sign in "#0?")
    needed = sum(1 for sign in fraction if sign == "0")
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    while len(rest) > needed and rest.endswith("0"):
        rest = rest[:-1]
    whole = whole.zfill(least)
    if grouping:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{rest}" if rest else whole


def _general(number: Decimal) -> str:
    if number == number.to_integral_value() and number.adjusted() < _EXCEL_DIGITS:
        return f"{number.to_integral_value():f}"
    places = max(0, _MOST_DIGITS - 1 - max(number.adjusted(), 0))
    text = f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
