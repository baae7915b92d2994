"""Where in a sentence a figure belongs: its clause, and the year it stands beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.calculations.measures import Measure, counts_in, measures
from ingest.clean import fold

YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d{2}(?![\d/-]|\.\d)")


def by_year(text: str, years: Sequence[str], unit: str) -> dict[str, Measure]:
    """Return the one figure beside each year, where a clause names one year and holds one figure that counts in it.

    A clause with as many years as figures is read in turns: "năm 2014 đạt 50% đến năm 2023 đạt 70%".
    """
    folded, found = fold(text), measures(text)
    beside: dict[str, Measure] = {}
    for match in re.finditer(r"[^;,]+(?:,(?=\d)[^;,]*)*", folded):
        named = list(YEAR.finditer(match.group()))
        inside = [one for one in found if match.start() <= one.start < match.end() and counts_in(one, unit)]
        for year, one in _in_turns(named, inside, match.start()):
            if year not in years:
                continue
            if year in beside and beside[year].number != one.number:
                return {}
            beside[year] = one
    return beside


def _in_turns(named: Sequence[re.Match[str]], inside: Sequence[Measure], start: int) -> Sequence[tuple[str, Measure]]:
    """Pair years with figures, ``()`` unless there are as many and one kind always stands before the other."""
    if len(named) != len(inside) or len({one.kind for one in inside}) > 1:
        return ()
    pairs = [(year.group(), one, start + year.start() < one.start) for year, one in zip(named, inside, strict=True)]
    places = sorted(
        (place, turn)
        for turn, (year, one) in enumerate(zip(named, inside, strict=True))
        for place in (start + year.start(), one.start)
    )
    in_order = [turn for _, turn in places] == [turn for turn in range(len(pairs)) for _ in (0, 1)]
    return [(year, one) for year, one, _ in pairs] if in_order and len({first for *_, first in pairs}) == 1 else ()


def clause_start(folded: str, end: int) -> int:
    """Where the clause begins in which a figure stands."""
    return max(folded.rfind(mark, 0, end) for mark in (", ", "; ", ". ")) + 1


def clause_end(folded: str, start: int) -> int:
    """Where the clause ends that goes on behind a figure, a bracket opened before it closed."""
    match = re.compile(r"[;.](?=\s|$)|,(?=\s)").search(folded, start)
    end = match.start() if match else len(folded)
    return end if folded.count("(", 0, end) <= folded.count(")", 0, end) else folded.find(")", end) + 1 or end
