"""Answer from table rows: a cell, a row, a sum, an extreme, a change between years; arithmetic is always shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answers.tables.asked import (
    added_rows,
    asks_across,
    asks_change,
    asks_check,
    asks_each,
    asks_extreme,
    asks_mean,
    asks_share,
    asks_sum,
    asks_total,
    asks_yearly,
    called,
    leading,
    nouns_asked,
    years_asked,
)
from assistant.answers.tables.cells import extremes, told_cells
from assistant.answers.tables.columns import cells_asked, columns_asked
from assistant.answers.tables.conditions import rows_met
from assistant.answers.tables.match import best, held, measures
from assistant.answers.tables.picking import group_named, named_rows, rows_said
from assistant.answers.tables.ranges import rows_for
from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import Table
from assistant.answers.tables.totals import across, apart, averaged, between, changed, checked, shared, summed
from assistant.drafts import Draft
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query

NEARLY = 0.85
"""A row must hold this share of what the best sentence holds of the question."""
YEARLY_NEARLY = 0.7
"""Of a table with a column a year less, for the year stands in the header."""
_ASKED: tuple[Kind, ...] = ("how_many", "compare", "ratio", "money", "list", "rank", "body", "which", "when")


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer from the table whose rows were found, ``None`` when no row fits the question."""
    check = asks_check(query)
    if not check and not query.understood.asks(*_ASKED):
        return None
    if query.understood.kind in ("document", "definition", "permit", "why", "purpose"):
        return None
    share = asks_share(query.understood.folded)
    match = best(query, evidence, choices, library, check=check, share=share)
    if match is None:
        return None
    table = match.table
    rows = table.figures
    quoted = {cell.value for row in rows for cell in row.figures if "/" in cell.value}
    if query.understood.asks("list") and any(one in query.understood.text for one in quoted):
        return None  # Rows are asked for by what stands in them.
    columns, named = columns_asked(query, rows)
    if check:
        return checked(rows, columns)
    fits = measures(query, rows)
    # "Bao nhiêu phần trăm" of persons is worked out from their numbers; no cell says it.
    if not columns or not (match.close or named) or not (fits or share):
        return None
    told = [choice for choice in choices if choice.unit.kind != "row"]
    if query.typed.kind in NUMERIC:
        told = [choice for choice in told if choice.leading or choice.fit]  # Others give no figure of that kind.
    most = max((choice.covered for choice in told), default=0.0)
    enough = (YEARLY_NEARLY if rows[0].yearly else NEARLY) * most

    def holds(row: Row) -> bool:
        return fits and held(query, [row], library) >= enough

    return _compute(query, table, columns, named, holds, titled=_of_its_year(query, rows, library))


def _of_its_year(query: Query, rows: Sequence[Row], library: Library) -> bool:
    """Say whether title or caption of a table state the years asked for: its rows need not."""
    subject = library.profile(rows[0].chunk.document_id).meta.subject
    stated = re.findall(r"\b(?:19|20)\d{2}\b", f"{subject} {rows[0].chunk.context} {' '.join(rows[0].chunk.path)}")
    return bool(query.understood.years) and {str(year) for year in query.understood.years} == set(stated)


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
    if rows[0].yearly and not years:
        # What the table adds up itself is told for all its years, the years are looked at one by one otherwise.
        sums = [row for row in rows if not row.year] if query.understood.period else []
        in_years = sums or [row for row in rows if row.year]
    named = rows_for(query, in_years) or named_rows(query, in_years)
    if rows[0].yearly:
        # Its columns are any year's: only a row that is about the question says that its figures are asked for.
        named = [row for row in named if holds(row)]
        named = rows_said(query, named) or named
        if not named and not asks_sum(query):
            return None
    if sure and asks_extreme(query):
        return extremes(_compared(query, table, in_years, named), columns, folded)
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


def _compared(query: Query, table: Table, in_years: list[Row], named: list[Row]) -> list[Row]:
    """Return the rows among which one is highest or lowest: of a group, of a kind, those named or all."""
    met = {row.chunk.id for row in rows_met(query, table)[0]}
    group = [row for row in in_years if row.chunk.id in met and len(met) > 1]
    kind = [row for row in in_years if any(called(row, noun) for noun in nouns_asked(query))]
    kind = kind if leading(query, in_years) else []
    return [row for row in group or kind or (named if len(named) > 1 else in_years) if not row.total]


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
