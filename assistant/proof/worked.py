"""Calculations that an answer writes out: whether they come out, and which of their numbers may be new.

Sums and differences stand as "a + b − c = d", each term perhaps named in brackets; quotients as "a : b = c" when exact,
"a : b ≈ c" when rounded to the places shown, with "%" for parts of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_FIGURE = r"\d+(?:[.,]\d+)*"
_SUM = re.compile(r"((?:[\d.,]+\s*[+−]\s*)+[\d.,]+)\s*=\s*([\d.,]*\d)")
_NAMED_TERM = re.compile(r"(\d)\s*\([^()]*\)(?=\s*[+−=])")
_QUOTIENT = re.compile(rf"(?P<part>{_FIGURE}) : (?P<whole>{_FIGURE}) (?P<sign>[=≈]) (?P<result>{_FIGURE})(?P<share>%?)")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-–]\s*| đến (?:hết )?(?:năm )?)((?:19|20)\d{2})(?!\d)")


def calculations_right(text: str) -> list[str]:
    """Return the calculations shown in ``text`` that do not come out.

    >>> calculations_right("21 + 17 = 38; 21 : 38 ≈ 55,3%; 38 : 4 = 9"), calculations_right("21 : 38 ≈ 55,2%")
    (['38 : 4 = 9'], ['21 : 38 ≈ 55,2%'])
    """
    wrong = []
    for match in _sums(text):
        terms = re.split(r"\s*([+−])\s*", match.group(1))
        total = _decimal(terms[0])
        for sign, term in zip(terms[1::2], terms[2::2], strict=True):
            total += _decimal(term) if sign == "+" else -_decimal(term)
        if total != _decimal(match.group(2)):
            wrong.append(match.group())
    return wrong + [match.group() for match in _QUOTIENT.finditer(text) if not _divides(match)]


def _divides(match: re.Match[str]) -> bool:
    whole, result = _decimal(match["whole"]), _decimal(match["result"])
    if not whole:
        return False
    value = _decimal(match["part"]) / whole * (100 if match["share"] else 1)
    return result == (value if match["sign"] == "=" else quantized(value, -int(result.as_tuple().exponent)))


def quantized(value: Decimal, places: int) -> Decimal:
    """Round half up to so many decimal places."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def derived(text: str, source: str) -> frozenset[str]:
    """Return the numbers of ``text`` that need not stand in ``source``: results, and divisors that count something.

    Such a divisor is how many terms the sum before it has, or how many years a period of the source spans.
    """
    sums = {match.group(2): match.group(1) for match in _sums(text)}
    results = {*sums, *(match["result"] for match in _QUOTIENT.finditer(text))}
    counts = {str(_terms(sum_)) for sum_ in sums.values()} | set(map(str, _spans(source)))
    return frozenset(results | {match["whole"] for match in _QUOTIENT.finditer(text) if match["whole"] in counts})


def _terms(shown: str) -> int:
    return len(re.findall(r"[+−]", shown)) + 1


def _spans(source: str) -> Iterable[int]:
    return (int(match.group(2)) - int(match.group(1)) + 1 for match in _PERIOD.finditer(source))


def _sums(text: str) -> list[re.Match[str]]:
    """Find the sums shown, those whose terms are named in brackets with the names left out."""
    bare = _NAMED_TERM.sub(r"\1", text)
    return [*_SUM.finditer(bare), *(_SUM.finditer(text) if bare != text else ())]


def _decimal(printed: str) -> Decimal:
    plain = (
        printed.replace(".", "").replace(",", ".")
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed)
        else printed
    )
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")
