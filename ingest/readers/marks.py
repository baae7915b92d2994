"""Raised digits: reference marks of notes, except the exponents of units."""

from __future__ import annotations

import re

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_UNIT = re.compile(r"(?:^|\W|\d)(?:km|hm|dam|dm|cm|mm|m|CO|H|O)\Z")
_EXPONENTS = frozenset({"2", "3"})


def is_exponent(before: str, raised: str) -> bool:
    """Say whether a raised figure belongs to the unit before it (km², m³) and is no reference mark."""
    return raised in _EXPONENTS and _UNIT.search(before) is not None
