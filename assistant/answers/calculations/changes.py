"""How much more or less: two figures for one thing, before and after, reached and aimed at, in two years.

The documents print both figures and the question asks for what lies between; the subtraction is shown, both are cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.amounts import printed
from assistant.answers.calculations.measures import (
    UNITS,
    Measure,
    about,
    asked_unit,
    counts_in,
    measures,
    said,
    same_unit,
)
from assistant.answers.calculations.surroundings import by_year, clause_end, clause_start
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

READ = 10
"""Choices whose sentences may hold the two figures."""
SURE = 0.4
"""Share of the question's weight that the stretch with both figures and its sentence must hold."""
LIKE = 0.85
"""It must hold this share of what the best sentence holds."""
_MANY = r"(?:bao nhieu|may|bn|bnh)\b"
_GAP = (
    r"(?:hut|thieu|kem|giam|bot|tut|sut|rut|tang|them|chenh|lech|vuot|hon|cach nhau|nhieu len|it di|"
    r"dai ra|mat di|doi ra|thay doi)"
)
_ASKS = re.compile(rf"\b{_GAP}\b(?:(?! tu )[^?;,]){{0,60}}?\b{_MANY}|\b{_MANY}[^?;]{{0,40}}\b(?:nua|so voi|{_GAP})\b")
# "tăng lên bao nhiêu" asks for where it ended, "tăng bình quân bao nhiêu" for a rate.
_LEVEL = re.compile(
    rf"\b(?:len|con|xuong|tu|dat|la|den|toi)\s+(?:toi |den |con |muc )?{_MANY}|binh quan (?:moi |hang |hang )?nam"
)
_GOAL = r"(?:muc tieu|ke hoach|chi tieu|du toan|ca nuoc|toan quoc|toan tinh|mat bang)"
_BESIDE_GOAL = re.compile(
    r"\s*[,(]\s*(?:so voi |trong khi |cua |tiem can |gan dat |chua dat |cao hon |thap hon |vuot )?"
    rf"({_GOAL})\b[^,;()]*?"
)
_AGAINST = re.compile(rf"\b(?:so voi|so|kem|hon|vuot|hut|thieu)\b[^?,;]{{0,20}}\b{_GOAL}\b")
_FROM = re.compile(r"\btu(?: muc)?(?: (?:gan|hon|tren|duoi|khoang|chi))?\s*$")
_TO = re.compile(
    r"\s*(?:\(?(?:vao |cuoi |dau |trong )*(?:nam |nhiem ky|giai doan )\s*(?:\d{4})?(?:\s*[-–]\s*\d{4})?\)?)?\s*,?\s*"
    r"(?:(?:tang|giam|ha) )?(?:len|xuong|con|den|toi|thanh)\b"
    r"(?: (?:con|toi|den|dat|thanh|muc|gan|hon|tren|duoi|khoang|chi))*"
    r"(?:\s*(?:vao )?nam \d{4} (?:la|dat|con))?\s*"
)
_WORDS = (
    *("bao", "nhieu", "may", "hut", "thieu", "kem", "giam", "bot", "tut", "sut", "tang", "them", "chenh", "lech"),
    *("vuot", "hon", "dai", "ra", "so", "voi", "truoc", "ki", "lo", "met", "km", "phan", "tram", "ty", "dong"),
    *("trieu", "nghin", "di", "len", "xuong"),
)
"""Words that ask for the difference; the sentence with both figures need not have them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of one sentence for the same thing; ``goal`` names what the second one is, if an aim or yardstick."""

    first: Measure
    second: Measure
    start: int
    goal: str = ""
    years: tuple[str, str] = ("", "")


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Show the difference with both figures, ``None`` unless the question asks for one and a sentence holds them."""
    folded = query.understood.folded
    if not asks_change(folded):
        return None
    found: list[tuple[float, int, Choice, Pair]] = []
    unit = asked_unit(query)
    against = _AGAINST.search(folded)
    most = max((choice.covered for choice in choices[:READ]), default=0.0)
    for rank, choice in enumerate(choices[:READ]):
        if choice.unit.kind == "row" or choice.covered < LIKE * most or not about(query, choice.unit, _WORDS):
            continue
        text = choice.unit.sentence_text
        whole = max(choice.covered, said(query, text, _WORDS))
        for pair in pairs(text, folded, unit, tuple(str(year) for year in query.understood.years)):
            counted = counts_in(pair.first, unit) or counts_in(pair.second, unit)
            if against and not pair.goal:
                continue
            # Things counted go by many names (nhà, căn): the two years asked for are sign enough.
            if not counted and not (pair.years[0] and unit and unit not in UNITS and pair.first.kind not in UNITS):
                continue
            near = said(query, text[pair.start : clause_end(fold(text), pair.second.end)], _WORDS)
            if whole >= SURE and near >= max(said(query, one, _WORDS) for one in re.split(r"[;.,]\s", text)):
                found.append((near + whole - 0.02 * rank, -rank, choice, pair))
    if not found:
        return None
    _, _, choice, pair = max(found, key=lambda one: one[:2])
    return _shown(choice, pair)


def asks_change(folded: str) -> bool:
    """Say whether an accent-free question asks by how much something changed or differs."""
    return bool(_ASKS.search(folded)) and not _LEVEL.search(folded)


def pairs(text: str, question: str, unit: str, years: Sequence[str]) -> Iterator[Pair]:
    """Find the pairs of a sentence: from … to …, reached against an aim the question names, one figure in each year."""
    folded = fold(text)
    found = measures(text)
    for one, other in pairwise(found):
        between = folded[one.end : other.start]
        start = clause_start(folded, one.start)
        if one.number == other.number or not same_unit(one, other):
            continue
        if _FROM.search(folded[: one.start]) and _TO.fullmatch(between):
            yield Pair(one, other, start)
            continue
        goal = _BESIDE_GOAL.fullmatch(between)
        if goal and goal.group(1) in question and one.kind == other.kind:
            yield Pair(one, other, start, goal=goal.group(1))
    if len(years) == 2:
        yield from _yearly(text, unit if unit in UNITS else "", sorted(years))


def _yearly(text: str, unit: str, years: Sequence[str]) -> Iterator[Pair]:
    """One figure beside each of the two years: "năm 2020: 6.536 tỷ đồng; năm 2025: 6.282 tỷ đồng"."""
    beside = by_year(text, years, unit)
    if len(beside) == 2:
        first, second = (beside[year] for year in years)
        if first.kind == second.kind and first.number != second.number:
            start = min(clause_start(fold(text), one.start) for one in (first, second))
            yield Pair(first, second, start, years=(years[0], years[1]))


def _shown(choice: Choice, pair: Pair) -> Draft:
    """Say the difference with its subtraction, then the sentence that holds both figures."""
    first, second = pair.first, pair.second
    unit = second.unit or first.unit
    greater, smaller = (second, first) if second.number > first.number else (first, second)
    gap = printed(greater.number - smaller.number)
    nearly = "khoảng " if first.about or second.about else ""
    amount = f"{nearly}{gap}{'' if unit == '%' else ' '}{'điểm phần trăm' if unit == '%' else unit}".replace(
        f"{gap}điểm", f"{gap} điểm"
    )
    if pair.goal:
        name = "above_goal" if first.number > second.number else "below_goal"
        what = say("answers", name, amount=amount, goal=_GOALS.get(pair.goal, pair.goal))
    else:
        before = f"{_full(first, unit)}{f' năm {pair.years[0]}' if pair.years[0] else ''}"
        after = f"{_full(second, unit)}{f' năm {pair.years[1]}' if pair.years[1] else ''}"
        up = second.number > first.number
        name = "change" if up else "change_down"
        what = say(
            "answers",
            name,
            direction="Tăng" if up else "Giảm",
            amount=amount,
            label="",
            before=before,
            after=after,
        )
    text = say(
        "answers",
        "calculation",
        what=re.sub(r"\s+(?=\))", "", " ".join(what.split())),
        terms=f"{greater.printed} − {smaller.printed}",
        total=gap,
    )
    span = Span(choice.unit.chunk, *choice.unit.sentence)
    sentence = choice.unit.sentence_text
    source = sentence[pair.start : clause_end(fold(sentence), max(first.end, second.end))]
    told = shorten(plain(source, note=choice.unit.chunk.kind == "footnote"), 300)
    return Draft("fact", (Statement(text, (span,), computed=True), Statement(told, (span,))))


_GOALS = {
    "muc tieu": "mục tiêu",
    "ke hoach": "kế hoạch",
    "chi tieu": "chỉ tiêu",
    "du toan": "dự toán",
    "ca nuoc": "cả nước",
    "toan quoc": "toàn quốc",
    "toan tinh": "toàn tỉnh",
    "mat bang": "mặt bằng",
}


def _full(one: Measure, unit: str) -> str:
    return one.shown if one.unit else f"{one.printed}{'' if unit == '%' else ' '}{unit}"
