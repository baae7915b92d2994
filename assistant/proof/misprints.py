"""Figures that cannot be right as printed: told as they stand, with a word to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
# "2017-202": the second year lost a digit; "2.5000", "12.34.567": groups of three are broken.
_PERIOD = re.compile(r"(?<![\d/.,-])(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d?(?![\d%/]|[.,]\d)")
_GROUPS = re.compile(r"(?<![\d.,/-])\d{1,3}(?:\.\d{2,}){2,}(?:,\d+)?(?![\d/.-])")
# "2020-2015" runs backwards; "41/217/QĐ-UBND": the year in a paper's number lost a digit.
_SPAN = re.compile(r"(?<![\d/.,-])((?:19|20)\d{2})\s?[-–]\s?((?:19|20)\d{2})(?![\d/%]|[.,]\d)")
_PAPER = re.compile(r"(?<![\d/])\d{1,5}/\d{3}/(?=[A-ZĐ])[A-ZĐ]+(?:[-–][A-ZĐ]+)*")
# "239.163 nghìn tỷ": more money than there is, the point stands for a comma.
_SCALED = re.compile(r"(?<![\d.,])(\d{3}\.\d{3})(?:,\d+)?\s+(?:nghìn|ngàn) tỷ(?: đồng)?")
# "120 năm (11/4/1990 - 11/4/2020)": the days are another number of years apart.
_JUBILEE = re.compile(
    r"(?<!\d)(\d{2,3}) năm\b[^.;()\d]{0,60}\(?(\d{1,2}/\d{1,2}/(\d{4})\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4}))"
)
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
ADDRESS = 3
MOST = 3
"""Figures named in one answer at most."""


def odd(text: str) -> tuple[str, ...]:
    """Return what cannot be right as printed, each once, in order: dates, periods, numbers, numbers of papers.

    >>> odd("từ ngày 31/4/2021, giai đoạn 2017-202, đạt 12.34.567 đồng và 1.250.000 đồng")
    ('31/4/2021', '2017-202', '12.34.567')
    >>> odd("Quyết định số 41/217/QĐ-UBND; 150.250 nghìn tỷ đồng; giai đoạn 2020-2015; 12.500 nghìn tỷ đồng")
    ('41/217/QĐ-UBND', '150.250 nghìn tỷ đồng', '2020-2015')
    >>> odd("kỷ niệm 90 năm thành lập (03/2/1930 - 03/2/2000)"), odd("70 năm giải phóng (24/8/1949 - 24/8/2019)")
    (('03/2/1930 - 03/2/2000',), ())
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
    for match in (*_PAPER.finditer(text), *_SCALED.finditer(text)):
        yield match.start(), match.group()
    for match in _SPAN.finditer(text):
        if int(match.group(2)) < int(match.group(1)):
            yield match.start(), match.group()
    for match in _JUBILEE.finditer(text):
        if int(match.group(4)) - int(match.group(3)) != int(match.group(1)):
            yield match.start(2), match.group(2)
    for match in _GROUPS.finditer(text):
        figure = match.group()
        # Dates and addresses of machines have dots of their own.
        if not _DATE.fullmatch(figure) and not _WHOLE.fullmatch(figure) and figure.count(".") != ADDRESS:
            yield match.start(), match.group()
