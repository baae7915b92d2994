"""Places won or lost between two years whose ranks one sentence states ("năm 2021 xếp thứ 7; năm 2022 xếp thứ 4")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.calculations.measures import about
from assistant.answers.calculations.surroundings import YEAR, clause_end, clause_start
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

READ = 5
"""Choices whose sentences may hold both ranks."""
SURE = 0.4
"""Share of the question such a sentence must hold."""
_ASKS = re.compile(
    r"\b(?:bao nhieu|may|bn) (?:bac|hang)\b|\b(?:tang|giam|len|xuong|tut|hon|kem) (?:bao nhieu|may|bn) (?:bac|hang)\b"
)
_MOVES = frozenset(["tang", "giam", "bac", "hang", "thu", "xep", "len", "xuong", "tut", "bao", "nhieu", "may"])
_RANKED = re.compile(
    r"\bnam (?P<years>(?:19|20)\d{2}(?:(?:,| va| ,) (?:nam )?(?:19|20)\d{2})*)\b"
    r"(?:(?!\bnam (?:19|20)\d{2})[^;.]){0,90}?"
    r"\b(?:xep|dung|vi tri)(?: hang| vi tri)?(?: thu)? (?P<rank>\d{1,3})(?:/\d+)?\b(?!\s*%)"
)


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Count the places, ``None`` unless the question asks for them between two years and a sentence ranks both."""
    years = sorted(str(year) for year in query.understood.years)
    if len(years) != 2 or not _ASKS.search(query.understood.folded):
        return None
    for choice in choices[:READ]:
        if choice.unit.kind == "row" or choice.covered < SURE or not about(query, choice.unit, _MOVES):
            continue
        ranked = ranks(choice.unit.sentence_text)
        if all(year in ranked for year in years) and ranked[years[0]][0] != ranked[years[1]][0]:
            return _shown(choice, years, ranked)
    return None


def ranks(text: str) -> dict[str, tuple[str, int, int]]:
    """Return the rank of each year as printed, with where it was read; years ranked twice differently are left out."""
    found: dict[str, tuple[str, int, int]] = {}
    twice: set[str] = set()
    for match in _RANKED.finditer(fold(text)):
        for year in YEAR.findall(match["years"]):
            if year in found and int(found[year][0]) != int(match["rank"]):
                twice.add(year)
            found.setdefault(year, (match["rank"], match.start(), match.end()))
    return {year: rank for year, rank in found.items() if year not in twice}


def _shown(choice: Choice, years: Sequence[str], ranked: dict[str, tuple[str, int, int]]) -> Draft:
    before, after = (ranked[year][0] for year in years)
    up = int(after) < int(before)
    greater, smaller = (before, after) if up else (after, before)
    total = str(int(greater) - int(smaller))
    what = say(
        "answers",
        "change" if up else "change_down",
        direction="Tăng" if up else "Giảm",
        amount=total,
        label="bậc",
        before=f"thứ {before} năm {years[0]}",
        after=f"thứ {after} năm {years[1]}",
    )
    text = say("answers", "calculation", what=what, terms=f"{greater} − {smaller}", total=total)
    sentence = choice.unit.sentence_text
    folded = fold(sentence)
    start = min(clause_start(folded, ranked[year][1] + 1) for year in years)
    end = clause_end(folded, max(ranked[year][2] for year in years))
    span = Span(choice.unit.chunk, *choice.unit.sentence)
    told = shorten(plain(sentence[start:end], note=choice.unit.chunk.kind == "footnote"), 300)
    return Draft("fact", (Statement(text, (span,), computed=True), Statement(told, (span,))))
