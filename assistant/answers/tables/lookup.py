"""Answer from table rows: a cell, a row, a sum, an extreme, a change between years; arithmetic is always shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answers.tables.asked import (
    LEAST,
    MOST,
    added_rows,
    asks_across,
    asks_change,
    asks_check,
    asks_each,
    asks_mean,
    asks_share,
    asks_sum,
    asks_total,
    asks_yearly,
    counting,
    worked_out,
    years_asked,
)
from assistant.answers.tables.cells import extremes, told_cells
from assistant.answers.tables.columns import cells_asked, columns_asked
from assistant.answers.tables.picking import group_named, named_rows, rows_met, rows_said
from assistant.answers.tables.ranges import rows_for
from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import Table, caption, table_of
from assistant.answers.tables.totals import across, apart, averaged, between, changed, checked, shared, summed
from assistant.drafts import Draft
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage, floor
from assistant.words import join
from ingest.clean import fold
from ingest.records import Chunk
from vectorstore.lexical import accented_tokens, tokens

_TABLE = re.compile(r"\b(?:bang|bieu) (?:thong ke|so lieu|tong hop)|phu luc|phu bieu")
NEARLY = 0.85
"""A row must hold this share of what the best sentence holds of the question."""
YEARLY_NEARLY = 0.7
"""Of a table with a column a year less, for the year stands in the header."""
TOP = 3
"""A row must be among this many best passages,"""
NEXT = 12
"""of which those after the first ones count only where none of those measures what is asked for,"""
FAR = 12
"""or among this many when the question reads like one for a table."""
CHECKED = 25
"""or among this many where its printed total is to be checked."""
BETTER = 0.1
"""A table found later must hold this much more of the question."""
_ASKED: tuple[Kind, ...] = ("how_many", "compare", "ratio", "money", "list", "rank", "body", "which", "when")
# What the headers and the caption must speak of before a cell is told as money, a rank or a share.
_MEASURE: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(r"tien|kinh phi|(?<!lao )(?<!hoat )dong\b|muc\b|gia tri|he so|von|thu\b|chi\b|luong co so"),
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


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer from the table whose rows were found, ``None`` when no row fits the question."""
    check = asks_check(query)
    if not check and not query.understood.asks(*_ASKED):
        return None
    if query.understood.kind in ("document", "definition", "permit", "why", "purpose"):
        return None
    found = _found(query, evidence, choices, library, check=check)
    if found is None:
        return None
    table, close = found
    rows = table.figures
    quoted = {cell.value for row in rows for cell in row.figures if "/" in cell.value}
    if query.understood.asks("list") and any(one in query.understood.text for one in quoted):
        return None  # Rows are asked for by what stands in them.
    columns, named = columns_asked(query, rows)
    if check:
        return checked(rows, columns)
    measures = _measures(query, rows)
    # "Bao nhiêu phần trăm" of persons is worked out from their numbers; no cell says it.
    if not columns or not (close or named) or not (measures or asks_share(query.understood.folded)):
        return None
    told = [choice for choice in choices if choice.unit.kind != "row"]
    if query.typed.kind in NUMERIC:
        told = [choice for choice in told if choice.leading or choice.fit]  # Others give no figure of that kind.
    most = max((choice.covered for choice in told), default=0.0)
    enough = (YEARLY_NEARLY if rows[0].yearly else NEARLY) * most

    def holds(row: Row) -> bool:
        return measures and _held(query, row, library) >= enough

    return _compute(query, table, columns, named, holds, titled=_of_its_year(query, rows, library))


def _of_its_year(query: Query, rows: Sequence[Row], library: Library) -> bool:
    """Say whether title or caption of a table state the years asked for: its rows need not."""
    subject = library.profile(rows[0].chunk.document_id).meta.subject
    stated = re.findall(r"\b(?:19|20)\d{2}\b", f"{subject} {rows[0].chunk.context} {' '.join(rows[0].chunk.path)}")
    return bool(query.understood.years) and {str(year) for year in query.understood.years} == set(stated)


def _measures(query: Query, rows: Sequence[Row]) -> bool:
    """Say whether the table measures what is asked for: persons are no money."""
    pattern = _MEASURE.get(query.understood.kind)
    counted = query.understood.counted[:1]
    if pattern is None and counted and counted[0] in _UNITS:
        pattern = _UNITS[counted[0]]
    named = _MEASURES.search(query.understood.folded)
    if named and rows and named.group() not in _speaks(rows[0]):
        return False
    if pattern is None or not rows:
        return True
    return bool(pattern.search(_speaks(rows[0])))


def _speaks(row: Row) -> str:
    """Return without accents what the caption, the headers and the figures of a row say."""
    cells = (word for cell in row.figures for word in (cell.header, cell.value))
    return fold(" ".join((*row.chunk.path[-1:], row.chunk.context, *cells)))


def _held(query: Query, row: Row, library: Library) -> float:
    """Share of the question that a row with its headers, headings and paper holds."""
    text = f"{row.chunk.context} {row.chunk.text} {' '.join(cell.header for cell in row.figures)}"
    words = tokens(text)
    base = floor(query, join(tokens(row.chunk.section)), library.profile(row.chunk.document_id).title_joined)
    return coverage(query, frozenset(words), join(words), frozenset(accented_tokens(text)), floor=base)


def _found(
    query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library, *, check: bool
) -> tuple[Table, bool] | None:
    """Return the table to read and whether it is close to the question.

    Its row is one among the best, or one farther down when a table is asked for; of several tables it is the first,
    unless a later one has a row that holds clearly more of the question.
    """
    most = max((choice.covered for choice in choices), default=0.0)
    held = {choice.unit.chunk.id: choice.covered for choice in choices if choice.unit.kind == "row"}
    tabled = bool(_TABLE.search(query.understood.folded))
    wide = tabled or check or worked_out(query)
    worked = bool(MOST.search(query.understood.folded) or LEAST.search(query.understood.folded))
    found: dict[tuple[str, tuple[str, ...], str], tuple[Table, bool]] = {}
    for place, one in enumerate(evidence[: CHECKED if check else FAR]):
        close = held.get(one.chunk.id, 0.0) >= 0.5 * most
        row = one.chunk if one.chunk.kind == "row" else _headed(one.chunk, library) if worked else None
        key = (one.chunk.document_id, one.chunk.path, caption(row) if row else "")
        if row is not None and row.cells and (close or wide) and key not in found:
            table = table_of(row, library)
            if _measures(query, table.figures) or check or asks_share(query.understood.folded):
                found[key] = table, close or tabled
    if not found:
        return None
    first, *others = ((_fit(query, table.figures, library), (table, close)) for table, close in found.values())
    return max([(first[0] + BETTER, first[1]), *others], key=lambda one: one[0])[1]


def _headed(chunk: Chunk, library: Library) -> Chunk | None:
    """Return the first row of the table that a passage is the caption of."""
    beside = library.chunks_of(chunk.document_id)
    rows = (one for one in beside if one.kind == "row" and one.path == chunk.path and caption(one))
    return next((one for one in rows if caption(one) in chunk.text), None)


def _fit(query: Query, rows: Sequence[Row], library: Library) -> float:
    """How much of the question the row of a table holds that the question names best."""
    named = named_rows(query, list(rows)) or rows[:1]
    return max((_held(query, row, library) for row in named), default=0.0)


def _compute(
    query: Query, table: Table, columns: list[str], sure: bool, holds: Callable[[Row], bool], *, titled: bool
) -> Draft | None:
    """Answer from the rows of a table.

    ``sure``: the question names a column; without one only a named row may answer. ``titled``: the years asked for are
    the whole table's.
    """
    folded, rows = query.understood.folded, table.figures
    years = years_asked(query, rows) if any(row.year for row in rows) or not titled else []
    in_years = [row for row in rows if not years or row.year in years]
    named = rows_for(query, in_years) or counting(query, named_rows(query, in_years))
    if rows[0].yearly:
        # Its columns are any year's: only a row that is about the question says that its figures are asked for.
        named = [row for row in named if holds(row)]
        named = rows_said(query, named) or named
        if not named and not asks_sum(query):
            return None
    if sure and (MOST.search(folded) or LEAST.search(folded)):
        met = {row.chunk.id for row in rows_met(query, table)[0]}
        group = [row for row in in_years if row.chunk.id in met and len(met) > 1]
        pool = [row for row in (group or (named if len(named) > 1 else in_years)) if not row.total]
        return extremes(pool, columns, folded)
    if rows[0].yearly and asks_sum(query):
        in_years, named = [row for row in in_years if row.year], [row for row in named if row.year]
    draft = _worked_out(query, rows, in_years, named, columns, years, sure)
    if draft is not None:
        return draft
    whole = sure and bool(years) and asks_total(folded)
    if named and not whole:
        labels = {row.label for row in named}
        if len(labels) > 2 and not query.understood.asks("list"):
            return None
        if asks_sum(query) and (len(labels) == 1 or (sure and added_rows(query, named))):
            added = across(named, columns) if len(named) == 1 else summed(named, columns, years)
            if added is not None:
                return added
        told = [row for row in named if holds(row)]
        return told_cells(told, *cells_asked(query, told, columns, sure)) if told else None
    if sure and (asks_sum(query) or query.understood.period):
        printed = [row for row in in_years if row.total]
        if len({row.year for row in printed if row.year}) > 1 and asks_each(folded):
            return told_cells(printed, columns)
        if len({row.year for row in printed if row.year}) > 1 and not asks_yearly(folded):
            return summed(printed, columns, years)
        if printed and len(years) == 1:
            return told_cells(printed, columns)
        if not years:
            totals = [row for row in rows if row.total][-1:]
            together = across(totals, columns) if totals and asks_across(folded) else None
            return together or (told_cells(totals, columns) if totals else None)
        return summed([row for row in in_years if not row.total], columns, years)
    return None


def _worked_out(
    query: Query,
    rows: list[Row],
    in_years: list[Row],
    named: list[Row],
    columns: list[str],
    years: list[str],
    sure: bool,
) -> Draft | None:
    """Return a change, difference, share, average or sum over the rows, ``None`` unless one is asked for and fits."""
    folded = query.understood.folded
    single = len({row.label for row in named}) == 1
    only = sure or len({cell.header for row in rows for cell in row.figures}) == 1
    if asks_change(query):
        said = rows_said(query, rows)
        if len(years) == 2 and named and named[0].year:
            return changed(named, columns, sorted(years))
        if only and len(said) == 2:
            return between(said, columns)
        if sure and len(named) == 1 and len(columns) == 2:
            return apart(named[0], columns)
    if asks_share(folded) and sure and len(named) == 1 and not named[0].yearly:
        beside = [row for row in in_years if not row.total and row.year == named[0].year]
        return shared(named[0], beside, columns)
    if asks_mean(folded) and only:
        yearly = asks_yearly(folded)
        if yearly and not any(row.year for row in in_years):
            return None
        pool = named if single else [] if yearly or named else [row for row in in_years if not row.total]
        return averaged(pool, columns, years)
    group = group_named(query, in_years) if sure and asks_sum(query) and not rows_said(query, in_years) else []
    return summed(group, columns, years) if group else None
