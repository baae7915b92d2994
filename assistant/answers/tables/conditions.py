"""Which rows of a list a question picks by what stands in their cells: "Sở A", "trả lại", "năm 2024"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import Table, blank
from assistant.question.answer_types import YEAR
from assistant.retrieval.query import Query
from assistant.words import join
from vectorstore.lexical import tokens

_BRACKETS = re.compile(r"\([^()]*\)")
_WITHOUT = re.compile(r"\b(?:khong (?:tinh|ke|gom|bao gom)|ngoai tru|tru(?: di| ra)?)\s+(?:ca\s+)?[a-z ]{2,40}")
_PERIOD = re.compile(
    r"\btu (?:dau |het )?(?:nam )?(?:19|20)\d{2} (?:den|toi)(?: (?:het|cuoi|nay|nam))* (?:19|20)\d{2}\b"
)
_CUT = re.compile(r"[,;:]")
_DENYING = ("khong", "chua")
TITLES = frozenset(["ong", "ba", "anh", "chi", "ho"])
"""Words before a person's name that a question may leave out."""
MANY = 0.9
"""Share of the rows from which what they have in common tells none of them."""
SURE = 2
"""Words beside one a part that say a cell well enough."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A column by whose cells the question picks rows.

    ``said``: the words of the cells that the question says; ``whole``: they are a cell's all.
    """

    header: str
    kept: tuple[Row, ...]
    said: str
    whole: bool


def normal(text: str) -> str:
    """Return joined tokens with numbers written without leading noughts: "11/04/2024" is " 11 4 2024 "."""
    return join([token.lstrip("0") or token for token in tokens(text)])


def said_of(value: str, asked: str, denials: Collection[str] = ()) -> str:
    """Return the words of a cell that stand in the question, part by part: "Trưởng thôn 1, xã C" has two parts.

    Single words say nothing. ``denials``: what other cells of the column deny.
    """
    said = ""
    for part in _CUT.split(_BRACKETS.sub(" ", value)):
        words = normal(part).split()
        words = words[1:] if len(words) > 2 and words[0] in TITLES else words
        if len(words) > 1 and _stands(words, asked, denials):
            said += join(words)
    return said


def _stands(words: Sequence[str], asked: str, denials: Collection[str]) -> bool:
    """Say whether words stand in the question, denied where they deny: "không … được thông qua", not "thông qua"."""
    phrase = " ".join(words[1:] if words[0] in _DENYING else words)
    if phrase not in denials:
        return join(words) in asked
    denied = re.search(rf" (?:{'|'.join(_DENYING)}) (?:[a-z]+ ){{0,5}}{re.escape(phrase)} ", asked) is not None
    return denied if words[0] in _DENYING else not denied and join(words) in asked


def _denied(values: Iterable[str]) -> frozenset[str]:
    """Return what the cells of a column deny: "thông qua" of "Không thông qua"."""
    words = [normal(value).split() for value in values]
    return frozenset(" ".join(one[1:]) for one in words if len(one) > 2 and one[0] in _DENYING)


def rows_met(query: Query, table: Table) -> tuple[list[Row], list[Condition]]:
    """Return the rows of a table that meet what the question says of their cells, with the conditions used."""
    folded = query.understood.folded
    asked = normal(_WITHOUT.sub(" ", query.understood.text if query.understood.text.isascii() else folded))
    years = YEAR.findall(_PERIOD.sub(" ", folded)) or [str(year) for year in query.understood.years]
    return picked(conditions(table, asked, years))


def conditions(table: Table, asked: str, years: Sequence[str]) -> list[Condition]:
    """Return the columns whose cells the question says: one that picks a single row first, then by length."""
    found = []
    for header in table.headers:
        scores = {}
        denials = _denied(cell.value for one in table.records for cell in [one.cell(header)] if cell)
        for one in table.records:
            cell = one.cell(header)
            if cell is None or blank(cell.value):
                continue
            if cell.value in years:
                scores[one.chunk.id] = (f" {cell.value} ", True)
            elif header in table.worded and (said := said_of(cell.value, asked, denials)):
                parts = len(_CUT.split(_BRACKETS.sub(" ", cell.value)))
                scores[one.chunk.id] = (said, parts == len(said.split("  ")) or len(said.split()) > parts + SURE)
        found += _best(table, header, scores)
    return sorted(found, key=lambda one: (len(one.kept) > 1, not one.whole, -len(one.said.split())))


def _best(table: Table, header: str, scores: dict[str, tuple[str, bool]]) -> list[Condition]:
    if not scores or len(scores) > MANY * len(table.records):
        return []
    most = max((said for said, _ in scores.values()), key=lambda said: len(said.split()))
    size = len(most.split())
    own = [one for one in table.records if one.chunk.id in scores]
    kept = tuple(one for one in own if len(scores[one.chunk.id][0].split()) == size)
    return [Condition(header, kept, most, any(scores[one.chunk.id][1] for one in kept))]


def picked(found: Sequence[Condition]) -> tuple[list[Row], list[Condition]]:
    """Return the rows that meet all conditions, with those used; one by words that another one took is none.

    Of a single row the columns in which it is not as the question says are among the conditions as well.
    """
    rows: list[Row] = []
    used: list[Condition] = []
    for one in found:
        own = {record.chunk.id for record in one.kept}
        both = [record for record in rows if record.chunk.id in own]
        if not used:
            rows, used = list(one.kept), [one]
        elif both:
            rows, used = both, [*used, one]
        elif one.whole and not any(one.said in other.said for other in used):
            if len(rows) > 1:
                return [], []
            used = [*used, one]
    return rows, used
