"""Lists read as records: rows named, filtered and counted by what stands in their cells.

A list of recipients or dossiers has more words than figures: a row is named by one column (a name, a body, a code) and
another is asked for; or the rows that share a cell are counted and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.amounts import amount
from assistant.answers.tables.rows import beside, first_rows
from assistant.retrieval.library import Library
from assistant.words import join
from ingest.patterns import TOTAL_ROW
from ingest.records import Cell, Chunk
from ingest.tables import numbers_rows
from vectorstore.lexical import tokens

_MARK = re.compile(r"^\s*([A-ZĐ]|[IVX]+|\d{1,2})[.)]\s+")
_LETTER = re.compile(r"[A-ZĐ]")
_ROMAN = re.compile(r"[IVX]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_CUT = re.compile(r"[,;:]")
BLANK = re.compile(r"[-–—…._\s]*|(?:\.{2,}|…|_{2,})\s*/.*")
"""A cell without content, or a paper's number without its figure."""
TITLES = frozenset(["ong", "ba", "anh", "chi", "ho"])
"""Words before a person's name that a question may leave out."""
ALMOST = 0.9
SURE = 2
"""Words beside one a part that say a cell well enough."""
FIRST = 3
"""Columns among which the one that names the rows stands."""
LEAST_CELLS = 3
"""Cells from which a row may be one of a list."""
LONG = 90
"""Characters up to which the cells of a column are names rather than remarks."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a list: its cells under their headers and the headings of the groups it stands in."""

    chunk: Chunk
    cells: tuple[Cell, ...]
    groups: tuple[tuple[int, str], ...]

    def cell(self, header: str) -> Cell | None:
        """Return the cell under a header."""
        return next((cell for cell in self.cells if cell.header == header), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A list with the columns that hold words, the first of which names its rows."""

    records: tuple[Record, ...]
    headers: tuple[str, ...]
    worded: tuple[str, ...]

    @property
    def key(self) -> str:
        """The header of the column that tells the rows apart: the first whose cells nearly all differ, "" without."""
        for header in (one for one in self.worded if one in self.headers[:FIRST]):
            values = [cell.value for one in self.records for cell in [one.cell(header)] if cell and cell.value]
            if len(set(values)) >= ALMOST * len(self.records) and max(map(len, values)) <= LONG:
                return header
        return ""


def blank(value: str) -> bool:
    """Say whether a cell has no content: empty, a dash, dots, "…/QĐ-UBND"."""
    return BLANK.fullmatch(value) is not None


def read(row: Chunk, library: Library) -> Table | None:
    """Read the table of a row as records, ``None`` unless two columns or more hold words."""
    records: list[Record] = []
    groups: dict[int, str] = {}
    for chunk in beside(row, library):
        filled = [cell for cell in chunk.cells if cell.value.strip()]
        named = [cell for cell in filled if not numbers_rows(cell.header)]
        if len(named) == 1 and len(filled) <= 2 and amount(named[0].value) is None:
            mark = _MARK.match(named[0].value)
            numbering = mark.group(1) if mark else next((c.value for c in filled if c is not named[0]), "")
            level = 0 if _LETTER.fullmatch(numbering) and not _ROMAN.fullmatch(numbering) else 1
            groups = {at: label for at, label in groups.items() if at < level} | {level: heading(named[0].value)}
            continue
        if any(TOTAL_ROW.match(cell.value) for cell in filled[:2]):
            continue
        records.append(
            Record(chunk, tuple(c for c in chunk.cells if not numbers_rows(c.header)), tuple(groups.items()))
        )
    headers = tuple(dict.fromkeys(cell.header for one in records for cell in one.cells if cell.header))
    worded = tuple(header for header in headers if _words(records, header))
    return Table(tuple(records), headers, worded) if len(worded) > 1 and len(records) > 2 else None


def heading(text: str) -> str:
    """Return the name of a group without its numbering and how many it has: "B. CÁ NHÂN (23)" is "CÁ NHÂN"."""
    return _BRACKETS.sub(" ", _MARK.sub("", text)).strip()


def _words(records: Sequence[Record], header: str) -> bool:
    values = [cell.value for one in records for cell in [one.cell(header)] if cell and not blank(cell.value)]
    return 2 * sum(amount(value) is None for value in values) > len(values) > 0


def normal(text: str) -> str:
    """Return joined tokens with numbers written without leading noughts: "11/04/2024" is " 11 4 2024 "."""
    return join([token.lstrip("0") or token for token in tokens(text)])


def said_of(value: str, asked: str) -> str:
    """Return the words of a cell that stand in the question, part by part: "Trưởng thôn 1, xã C" has two parts.

    Single words say nothing.
    """
    said = ""
    for part in _CUT.split(_BRACKETS.sub(" ", value)):
        words = normal(part).split()
        words = words[1:] if len(words) > 2 and words[0] in TITLES else words
        if len(words) > 1 and join(words) in asked:
            said += join(words)
    return said


@dataclass(frozen=True, slots=True)
class Filter:
    """A column by whose cells the question picks rows, or a level of group headings where ``header`` is empty.

    ``said``: the words of the cells that the question says; ``whole``: they are a cell's all.
    """

    header: str
    kept: tuple[Record, ...]
    said: str
    whole: bool


def filters(table: Table, asked: str, years: Sequence[str]) -> list[Filter]:
    """Return the columns whose cells the question says: one that picks a single row first, then by length."""
    found = []
    for header in table.headers:
        scores = {}
        for one in table.records:
            cell = one.cell(header)
            if cell is None or blank(cell.value):
                continue
            if cell.value in years:
                scores[one.chunk.id] = (f" {cell.value} ", True)
            elif header in table.worded and (said := said_of(cell.value, asked)):
                parts = len(_CUT.split(_BRACKETS.sub(" ", cell.value)))
                scores[one.chunk.id] = (said, parts == len(said.split("  ")) or len(said.split()) > parts + SURE)
        found += _best(table, header, scores)
    for level in sorted({level for one in table.records for level, _ in one.groups}):
        labels = [(one.chunk.id, normal(dict(one.groups).get(level, ""))) for one in table.records]
        scores = {key: (label, True) for key, label in labels if len(label.split()) > 1 and label in asked}
        found += _best(table, "", scores, every=True)
    return sorted(found, key=lambda one: (len(one.kept) > 1, not one.whole, -len(one.said.split())))


def _best(table: Table, header: str, scores: dict[str, tuple[str, bool]], *, every: bool = False) -> list[Filter]:
    if not scores or len(scores) == len(table.records):
        return []
    most = max((said for said, _ in scores.values()), key=lambda said: len(said.split()))
    size = len(most.split())
    own = [one for one in table.records if one.chunk.id in scores]
    kept = tuple(one for one in own if every or len(scores[one.chunk.id][0].split()) == size)
    return [Filter(header, kept, most, any(scores[one.chunk.id][1] for one in kept))]


def picked(found: Sequence[Filter]) -> tuple[list[Record], list[Filter]]:
    """Return the rows that meet all filters, with those used; a filter by words that another one took is none.

    Of a single row the columns in which it is not as the question says are among the filters as well.
    """
    rows: list[Record] = []
    used: list[Filter] = []
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


def tables_of(documents: Iterable[str], library: Library) -> list[Table]:
    """Read the lists of documents, each once, in order."""
    found = (read(row, library) for row in first_rows(documents, library, LEAST_CELLS))
    return [table for table in found if table is not None]
