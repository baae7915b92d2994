"""Figures that cannot be right as printed: told as they stand, with a word to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
# "2017-202": the second year lost a digit; "2.5000", "12.34.567": groups of three are broken.
_PERIOD = re.compile(r"(?<![\d/.,-])(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d?(?![\d%/]|[.,]\d)")
_GROUPS = re.compile(r"(?<![\d.,/-])\d{1,3}(?:\.\d{2,}){2,}(?:,\d+)?(?![\d/.-])")
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
ADDRESS = 3
MOST = 3
"""Figures named in one answer at most."""


def odd(text: str) -> tuple[str, ...]:
    """Return the dates, periods and numbers of a text that cannot be right as printed, each once, in order.

    >>> odd("từ ngày 31/4/2021, giai đoạn 2017-202, đạt 12.34.567 đồng và 1.250.000 đồng")
    ('31/4/2021', '2017-202', '12.34.567')
    """
    found = sorted((start, figure) for start, figure in _figures(text))
    return tuple(dict.fromkeys(figure for _, figure in found))[:MOST] if found else ()


def _figures(text: str) -> Iterator[tuple[int, str]]:
    for match in _DATE.finditer(text):
        try:
            date(int(match.group(4)), int(match.group(3)), int(match.group(1)))
        except ValueError:
            yield match.start(), match.group()
    for match in _PERIOD.finditer(text):
        yield match.start(), match.group()
    for match in _GROUPS.finditer(text):
        figure = match.group()
        # Dates and addresses of machines have dots of their own.
        if not _DATE.fullmatch(figure) and not _WHOLE.fullmatch(figure) and figure.count(".") != ADDRESS:
            yield match.start(), match.group()
