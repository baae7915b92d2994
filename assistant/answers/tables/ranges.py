"""Rows for ranges of a figure: "Từ 75 đến dưới 90", "Dưới 60", "từ 30 phút trở lên", and the one a number falls in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.amounts import amount
from assistant.answers.tables.rows import Row
from assistant.retrieval.query import Query
from ingest.clean import fold
from vectorstore.lexical import tokens

_NUMBER = r"(\d+(?:[.,]\d+)*)\s*(?:%|[^\W\d]+)?"
_FORMS = (
    (re.compile(rf"\btu {_NUMBER} (?:\w+ )?den (duoi )?{_NUMBER}"), "between"),
    (re.compile(rf"\b(?:tu |dat )?{_NUMBER} (?:\w+ )?tro len"), "least"),
    (re.compile(rf"\btren {_NUMBER}"), "above"),
    (re.compile(rf"\bduoi {_NUMBER}"), "below"),
)
_SAID = re.compile(r"(?<![\w./-])(\d+(?:[.,]\d+)*)\s*([a-z]+)")
"""A number of the question with the word behind it."""
LEAST = 2
"""Ranges in a column that make it one of ranges."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``low`` to ``high``, ``None`` where it is open; the ends belong to it or do not."""

    low: Decimal | None
    high: Decimal | None
    with_low: bool = True
    with_high: bool = True

    def holds(self, number: Decimal) -> bool:
        """Say whether a number falls in it."""
        above = self.low is None or number > self.low or (self.with_low and number == self.low)
        return above and (self.high is None or number < self.high or (self.with_high and number == self.high))


def read(text: str) -> Range | None:
    """Read the one range that a cell states, ``None`` without."""
    folded = fold(text)
    for pattern, form in _FORMS:
        if found := pattern.search(folded):
            first, last = amount(found.group(1)), amount(found.group(found.lastindex or 1))
            if form == "between":
                return Range(first, last, with_high=not found.group(2))
            if form == "below":
                return Range(None, last, with_high=False)
            return Range(first, None, with_low=form == "least")
    return None


def rows_for(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Return the row whose range holds a number of the question, none unless a column's ranges tell just one."""
    said = [(amount(number), unit) for number, unit in _SAID.findall(query.understood.folded)]
    for header in dict.fromkeys(cell.header for row in rows for cell in row.labels):
        cells = [(row, cell.value) for row in rows for cell in row.labels if cell.header == header]
        ranges = [(row, found, tokens(f"{header} {value}")) for row, value in cells for found in [read(value)] if found]
        for number, unit in said if len(ranges) >= LEAST else ():
            held = [row for row, found, words in ranges if number is not None and unit in words and found.holds(number)]
            if len(held) == 1:
                return held
    return []
