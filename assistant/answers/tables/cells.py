"""Cells told as they stand: of the rows asked for, of one that is shifted, of the highest and the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.tables.asked import LEAST, MOST, asks_change
from assistant.answers.tables.columns import cell_told, cells_asked, column_name, columns_asked, said
from assistant.answers.tables.rows import Row, figure_in, number_in, row_spans
from assistant.answers.tables.table import table_of
from assistant.drafts import Draft, Statement
from assistant.reading.planted import orders
from assistant.reading.wording import shown
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from prompts import say


def told_cells(rows: list[Row], columns: Sequence[str], sure: bool = True, words: Sequence[str] = ()) -> Draft | None:
    """Tell the rows, each with its figures, then what it has in columns of words.

    ``sure``: the columns are those asked for, so that a blank in them is the answer.
    """
    statements = []
    for row in rows[:6]:
        cells = [(column, cell) for column in columns for cell in [figure_in(row, column)] if cell is not None]
        told = [said(row, column, cell.value) for column, cell in cells if cell.value]
        blank = [column_name(column) for column, cell in cells if not cell.value]
        stated = [cell for header in words for cell in [row.cell(header)] if cell and cell.value]
        worded = [cell_told(row, cell) for cell in stated if not orders(cell.value)]
        values = "; ".join(filter(None, [", ".join(told), *worded]))
        if values:
            text = say("answers", "row_shifted" if row.shifted else "row", label=row.name, values=values)
            statements.append(Statement(text, row_spans(row)))
        if blank and sure:
            text = say("answers", "cell_blank", label=row.name, header=" và ".join(blank))
            statements.append(Statement(text, row_spans(row)))
    return Draft("table", tuple(statements)) if statements else None


def told_row(query: Query, unit: Unit, library: Library) -> str:
    """Tell a row that was found by the cells asked for; the whole row where the question names none of them."""
    table = table_of(unit.chunk, library)
    own = [row for row in table.figures if row.chunk.id == unit.chunk.id]
    years = {str(year) for year in query.understood.years}
    own = own if asks_change(query) else [row for row in own if row.year in years] or own
    columns, sure = columns_asked(query, table.figures)
    columns, sure, words = cells_asked(query, own, columns, sure)
    draft = told_cells(own, columns, sure, words) if sure or words else None
    return "; ".join(statement.text for statement in draft.statements) if draft else shown(unit)


def extremes(rows: list[Row], columns: list[str], folded: str) -> Draft | None:
    """Tell the row with the highest figure, the one with the lowest, or both where both are asked for."""
    asked = [(most, name) for most, name in ((True, MOST), (False, LEAST)) if name.search(folded)]
    drafts = [draft for most, _ in asked for draft in [_extreme(rows, columns, most=most)] if draft is not None]
    if len(drafts) < 2:
        return drafts[0] if drafts else None
    named = [
        replace(statement, text=say("answers", name, row=statement.text))
        for name, draft in zip(("highest", "lowest"), drafts, strict=True)
        for statement in draft.statements
    ]
    return Draft("table", tuple(named))


def _extreme(rows: list[Row], columns: list[str], most: bool) -> Draft | None:
    statements = []
    for column in columns[:2]:
        scored = [(number, row) for row in rows for number in [number_in(row, column)] if number is not None]
        if not scored:
            continue
        number = (max if most else min)(value for value, _ in scored)
        winners = [row for value, row in scored if value == number]
        names = "; ".join(row.name for row in winners[:3])
        held = figure_in(winners[0], column)
        text = say("answers", "row", label=names, values=said(winners[0], column, held.value if held else ""))
        statements.append(Statement(text, tuple(span for row in winners[:3] for span in row_spans(row))))
    return Draft("table", tuple(statements)) if statements else None
