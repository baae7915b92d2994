"""Which table a question means: of those in the papers found, the one whose rows hold most of it.

The rows that count are those the question names (``picking``), its columns those it asks for (``columns``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.tables.asked import asks_extreme, leading
from assistant.answers.tables.columns import columns_asked
from assistant.answers.tables.conditions import Condition, rows_met
from assistant.answers.tables.picking import named_rows, rows_said
from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import Table, caption, table_of, tables_of
from assistant.question.question_types import Kind
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage, floor
from assistant.words import join
from ingest.clean import fold
from ingest.records import Chunk
from vectorstore.lexical import accented_tokens, tokens

READ = 30
"""Passages whose papers' lists are read."""
FAR = 12
"""A row of the table must be among this many best passages,"""
CHECKED = 25
"""or among this many where its printed total is to be checked,"""
CLOSE = 0.5
"""and hold this share of what the best statement holds."""
SURE = 0.1
"""What it counts that the question names a column of the table, and a row of it whole,"""
FIRST = 0.1
"""and that its row was found first."""
HELD = 0.5
"""Share of the question that the rows of a list must hold with their headers, caption and paper,"""
NEARLY = 0.85
"""and so much of what the best sentence and the best list hold of it."""
ABOVE = 300
_TABLE = re.compile(r"\b(?:bang|bieu) (?:thong ke|so lieu|tong hop)|phu luc|phu bieu")
# What the headers and the caption must speak of before a cell is told as money, a rank or a share.
_MEASURE: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(
        r"tien|kinh phi|(?<!lao )(?<!hoat )dong\b(?! y\b)|muc\b|gia tri|he so|von|thu\b|chi\b|luong co so"
    ),
    "rank": re.compile(r"hang|thu\b|xep|vi tri"),
    "ratio": re.compile(r"ty le|ti le|%|phan tram|ty trong|muc\b|chi tieu|ket qua|he so|lan\b"),
}
# "Mấy lần", "mấy năm": a table of persons says nothing of that.
_UNITS = {
    "lan": re.compile(r"\blan\b|\bhe so\b|\bmuc\b"),
    "nam": re.compile(r"\b\d+ nam\b|\bthoi (?:gian|han)\b|\bso nam\b"),
    "ngay": re.compile(r"\bngay\b|\bthoi (?:gian|han)\b"),
    "thang": re.compile(r"\bthang\b|\bthoi (?:gian|han)\b"),
    "bo": re.compile(r"\bbo\b"),
    "diem": re.compile(r"\bdiem\b"),
}
_MEASURES = re.compile(r"\bhe so\b|\bthoi han\b|\bty trong\b")


@dataclass(frozen=True, slots=True)
class Match:
    """A table with the rows that the question picks by their cells, and the conditions that picked them.

    ``close``: a row of it was found that holds nearly as much of the question as the best statement.
    """

    table: Table
    rows: Sequence[Row] = ()
    used: Sequence[Condition] = ()
    close: bool = False


def held(query: Query, rows: Sequence[Row], library: Library) -> float:
    """Share of the question that rows hold with their headers, caption, what stands above and their paper."""
    first = rows[0].chunk
    cells = (f"{cell.header} {cell.value}" for one in rows[:8] for cell in one.chunk.cells)
    text = " ".join((*cells, first.context, _above(first, library)))
    base = floor(query, join(tokens(first.section)), library.profile(first.document_id).title_joined)
    words = tokens(text)
    return coverage(query, frozenset(words), join(words), frozenset(accented_tokens(text)), floor=base)


def _above(row: Chunk, library: Library) -> str:
    """Return what stands right above the table of a row: its title, its unit, the day it was drawn up."""
    before = [one for one in library.chunks_of(row.document_id) if one.ordinal < row.ordinal and one.kind != "row"]
    return "\n".join(one.text[-ABOVE:] for one in before[-2:])


def lists(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> list[Match]:
    """Return the lists whose rows the question picks by their cells and that hold enough of it, the best first."""
    # A paper of which no row was found holds no list of what is asked, and reading all its passages takes long.
    found = []
    for table in tables_of(_documents(evidence[:READ]), library):
        rows, used = rows_met(query, table) if table.lists else ([], [])
        if rows:
            found.append((held(query, rows, library), Match(table, rows, used)))
    text = max((one.covered for one in choices if one.unit.kind != "row"), default=0.0)
    found.sort(key=lambda one: -one[0])
    least = max(HELD, NEARLY * text, NEARLY * found[0][0]) if found else 0.0
    return [match for share, match in found if share >= least]


def _documents(evidence: Iterable[Evidence]) -> Iterable[str]:
    return dict.fromkeys(one.chunk.document_id for one in evidence if one.chunk.kind == "row")


def best(
    query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library, *, check: bool, share: bool
) -> Match | None:
    """Return the table of figures to read, ``None`` when no row found is of one that measures what is asked for.

    ``check``: its printed total is to be held against its rows; ``share``: a share is to be worked out.
    """
    most = max((choice.covered for choice in choices), default=0.0)
    covered = {choice.unit.chunk.id: choice.covered for choice in choices if choice.unit.kind == "row"}
    extreme = asks_extreme(query)
    tabled = bool(_TABLE.search(query.understood.folded))
    found: dict[int, Match] = {}
    for one in evidence[: CHECKED if check else FAR]:
        row = one.chunk if one.chunk.kind == "row" else _headed(one.chunk, library) if extreme else None
        if row is not None and row.cells:
            table = table_of(row, library)
            close = covered.get(one.chunk.id, 0.0) >= CLOSE * most
            if id(table) not in found and (measures(query, table.figures) or check or share):
                found[id(table)] = Match(table, close=close or tabled)
    if extreme:
        # Where rows of the kind asked for stand in a table, no other one tells which of them leads.
        beside = tables_of(_documents(evidence[:FAR]), library)
        found = {id(table): Match(table) for table in beside if _leads(query, table)} or found
    scored = [(_score(query, match, library) + FIRST * (not at), match) for at, match in enumerate(found.values())]
    return max(scored, key=lambda one: one[0])[1] if scored else None


def _leads(query: Query, table: Table) -> bool:
    """Say whether rows of the kind asked for stand in a table with a column that the question names."""
    return leading(query, table.figures) and columns_asked(query, table.figures)[1]


def _score(query: Query, match: Match, library: Library) -> float:
    """How much of the question the row of a table holds that the question names best."""
    rows = match.table.figures
    named = named_rows(query, rows)
    columns, sure = columns_asked(query, rows)
    if not named and not columns:
        return 0.0  # It has neither the row nor figures.
    share = max((held(query, [row], library) for row in named or rows[:1]), default=0.0)
    return share + SURE * (sure + bool(rows_said(query, named)))


def _headed(chunk: Chunk, library: Library) -> Chunk | None:
    """Return the first row of the table that a passage is the caption of."""
    beside = library.chunks_of(chunk.document_id)
    rows = (one for one in beside if one.kind == "row" and one.path == chunk.path and caption(one))
    return next((one for one in rows if caption(one) in chunk.text), None)


def measures(query: Query, rows: Sequence[Row]) -> bool:
    """Say whether the table measures what is asked for: persons are no money."""
    pattern = _MEASURE.get(query.understood.kind)
    counted = query.understood.counted[:1]
    if pattern is None and counted and counted[0] in _UNITS:
        pattern = _UNITS[counted[0]]
    said = _speaks(rows[0]) if rows else ""
    named = _MEASURES.search(query.understood.folded)
    if named and named.group() not in said:
        return False
    return pattern is None or not rows or bool(pattern.search(said))


def _speaks(row: Row) -> str:
    """Return without accents what the caption, the headers and the figures of a row say."""
    cells = (word for cell in row.figures for word in (cell.header, cell.value))
    return fold(" ".join((*row.chunk.path[-1:], row.chunk.context, *cells)))
