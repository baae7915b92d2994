"""Where in a sentence a figure belongs: its clause, and the year it stands beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.calculations.measures import Measure, counts_in, measures
from ingest.clean import fold

YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d{2}(?![\d./-])")


def by_year(text: str, years: Sequence[str], unit: str) -> dict[str, Measure]:
    """Return the one figure beside each year, where a clause names one year and holds one figure that counts in it."""
    folded, found = fold(text), measures(text)
    beside: dict[str, Measure] = {}
    for match in re.finditer(r"[^;,]+(?:,(?=\d)[^;,]*)*", folded):
        named = YEAR.findall(match.group())
        inside = [one for one in found if match.start() <= one.start < match.end() and counts_in(one, unit)]
        if len(named) == len(inside) == 1 and named[0] in years:
            if named[0] in beside and beside[named[0]].number != inside[0].number:
                return {}
            beside[named[0]] = inside[0]
    return beside


def clause_start(folded: str, end: int) -> int:
    """Where the clause begins in which a figure stands."""
    return max(folded.rfind(mark, 0, end) for mark in (", ", "; ", ". ")) + 1


def clause_end(folded: str, start: int) -> int:
    """Where the clause ends that goes on behind a figure, a bracket opened before it closed."""
    match = re.compile(r"[;.](?=\s|$)|,(?=\s)").search(folded, start)
    end = match.start() if match else len(folded)
    return end if folded.count("(", 0, end) <= folded.count(")", 0, end) else folded.find(")", end) + 1 or end
