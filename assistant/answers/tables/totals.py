"""Cells worked out: sums and averages, parts of a whole, differences, the printed total held against its column.

Every term is shown and cited; rows whose cell is empty are named, so that nobody takes a part for the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answers.amounts import amount, printed, quotient
from assistant.answers.tables.columns import column_name, counted_in
from assistant.answers.tables.rows import Row, figure_in, number_in, row_spans, unit_of
from assistant.drafts import Draft, Statement
from ingest.records import Cell
from prompts import say


def summed(rows: Sequence[Row], columns: Sequence[str], years: Sequence[str]) -> Draft | None:
    """Add a column over rows."""
    statements = []
    for column in columns[:2]:
        filled = _filled(rows, column)
        if len(filled) < 2:
            continue
        total = printed(_total(filled, column))
        what = f"{_subject(filled)}{total} {counted_in(filled[0], column)}".rstrip() + _when(years)
        text = say("answers", "calculation", what=what, terms=_terms(filled, column), total=total)
        statements.append(_worked(text, rows, filled))
    return Draft("table", tuple(statements)) if statements else None


def averaged(rows: Sequence[Row], columns: Sequence[str], years: Sequence[str]) -> Draft | None:
    """Divide the sum of a column by how many rows have a figure in it: a year each, or an item each."""
    statements = []
    for column in columns[:2]:
        filled = _filled(rows, column)
        if len(filled) < 2:
            continue
        total = _total(filled, column)
        mean, sign = quotient(total, Decimal(len(filled)))
        yearly = len({row.year for row in filled if row.year}) == len(filled)
        what = say(
            "answers",
            "mean_yearly" if yearly else "mean_row",
            label=_subject(filled),
            mean=mean,
            name=counted_in(filled[0], column),
            years=_when(years),
        )
        terms = f"{_terms(filled, column)} = {printed(total)}; {printed(total)} : {len(filled)}"
        text = say("answers", "worked", what=what, terms=terms, sign=sign, result=mean)
        statements.append(_worked(text, rows, filled))
    return Draft("table", tuple(statements)) if statements else None


def shared(part: Row, whole: Sequence[Row], columns: Sequence[str]) -> Draft | None:
    """Say which part of a column's sum one row is; a printed total stands for the rows when it is all there is."""
    statements = []
    for column in columns[:2]:
        own, filled = figure_in(part, column), _filled(whole, column)
        value = number_in(part, column)
        if own is None or value is None or not filled:
            continue
        total = _total(filled, column)
        if not total or value > total:
            continue
        share, sign = quotient(value, total, percent=True)
        what = say("answers", "share_of", share=share, name=column_name(column), part=part.name)
        summing = f"{_terms(filled, column)} = {printed(total)}; " if len(filled) > 1 else ""
        text = say(
            "answers", "worked", what=what, terms=f"{summing}{own.value} : {printed(total)}", sign=sign, result=share
        )
        statements.append(_worked(text, whole, [part, *filled]))
    return Draft("table", tuple(statements)) if statements else None


def across(rows: Sequence[Row], columns: Sequence[str]) -> Draft | None:
    """Add the cells of one row over the columns named: "cộng tập thể và cá nhân"."""
    row = rows[0]
    cells = [cell for column in columns for cell in [figure_in(row, column)] if cell is not None]
    numbers = [amount(cell.value) for cell in cells]
    alike = {(column.rpartition(" > ")[0], unit_of(column)) for column in columns}
    if len(cells) < 2 or len(alike) > 1 or any(number is None for number in numbers):
        return None
    total = printed(sum((number for number in numbers if number is not None), Decimal(0)))
    terms = " + ".join(f"{cell.value} {column_name(cell.header)}" for cell in cells)
    shown = " + ".join(cell.value for cell in cells)
    text = say("answers", "calculation", what=f"{row.name}: {terms}", terms=shown, total=total)
    return Draft("table", (Statement(text, row_spans(row), computed=True),))


def apart(row: Row, columns: Sequence[str]) -> Draft | None:
    """Say by how much two cells of one row differ: "tập thể hơn cá nhân bao nhiêu"."""
    cells = [cell for column in columns for cell in [figure_in(row, column)] if cell is not None]
    if len(cells) != 2 or any(amount(cell.value) is None for cell in cells):
        return None
    return _gap(row.name, [(cell, column_name(cell.header), row) for cell in cells])


def between(rows: Sequence[Row], columns: Sequence[str]) -> Draft | None:
    """Say by how much two rows differ in a column: "mức từ ngày A hơn mức từ ngày B bao nhiêu"."""
    for column in columns:
        cells = [(cell, row) for row in rows for cell in [figure_in(row, column)] if cell is not None]
        if len(cells) == 2 and all(amount(cell.value) is not None for cell, _ in cells):
            return _gap(column_name(column), [(cell, row.name, row) for cell, row in cells])
    return None


def _gap(subject: str, sides: Sequence[tuple[Cell, str, Row]]) -> Draft:
    (more, most, first), (less, least, second) = sorted(sides, key=lambda one: -(amount(one[0].value) or Decimal(0)))
    gap = printed((amount(more.value) or Decimal(0)) - (amount(less.value) or Decimal(0)))
    what = say(
        "answers", "apart", label=subject, amount=gap, greater=f"{more.value} {most}", smaller=f"{less.value} {least}"
    )
    text = say("answers", "calculation", what=what, terms=f"{more.value} − {less.value}", total=gap)
    spans = tuple(dict.fromkeys((*row_spans(first), *row_spans(second))))
    return Draft("table", (Statement(text, spans, computed=True),))


def changed(rows: Sequence[Row], columns: Sequence[str], years: Sequence[str]) -> Draft | None:
    """Say how a row's figures changed between two years."""
    by_year = {row.year: row for row in rows}
    if not all(year in by_year for year in years):
        return None
    early, late = by_year[years[0]], by_year[years[1]]
    statements = []
    for column in columns[:2]:
        before, after = figure_in(early, column), figure_in(late, column)
        first, second = amount(before.value if before else ""), amount(after.value if after else "")
        if before is None or after is None or first is None or second is None:
            continue
        gap = second - first
        text = say(
            "answers",
            "change" if gap >= 0 else "change_down",
            direction="Tăng" if gap >= 0 else "Giảm",
            amount=printed(abs(gap)),
            label=counted_in(late, column),
            before=f"{before.value} năm {years[0]}",
            after=f"{after.value} năm {years[1]}",
        )
        text = " ".join(text.split())
        greater, smaller = (after, before) if gap >= 0 else (before, after)
        terms = f"{greater.value} − {smaller.value}"
        text = say("answers", "calculation", what=f"{late.label}: {text}", terms=terms, total=printed(abs(gap)))
        statements.append(Statement(text, (*row_spans(early), *row_spans(late)), computed=True))
    return Draft("table", tuple(statements)) if statements else None


def checked(rows: Sequence[Row], columns: Sequence[str]) -> Draft | None:
    """Hold the printed total against the sum of its column, ``None`` where the table prints none."""
    total = next((row for row in reversed(rows) if row.total), None)
    if total is None:
        return None
    parts = [row for row in rows if not row.total]
    verdicts, statements = [], []
    for column in columns:
        stated, filled = figure_in(total, column), _filled(parts, column)
        value = number_in(total, column)
        if stated is None or value is None or len(filled) < 2:
            continue
        computed = _total(filled, column)
        verdicts.append(computed == value)
        text = say("answers", "column_total", name=column_name(column), total=printed(computed), stated=stated.value)
        if computed != value:
            greater, smaller = sorted((computed, value), reverse=True)
            text += f" ({printed(greater)} − {printed(smaller)} = {printed(greater - smaller)})"
        text += f": {_terms(filled, column)} = {printed(computed)}"
        statements.append(_worked(text, parts, [total, *filled]))
    if not statements:
        return None
    verdict = Statement(say("answers", "totals_agree" if all(verdicts) else "totals_differ"), ())
    return Draft("table", (verdict, *statements))


def _filled(rows: Sequence[Row], column: str) -> list[Row]:
    """Return the rows that have a number in a column."""
    return [row for row in rows if number_in(row, column) is not None]


def _total(rows: Sequence[Row], column: str) -> Decimal:
    return sum((number for row in rows for number in [number_in(row, column)] if number is not None), Decimal(0))


def _terms(rows: Sequence[Row], column: str) -> str:
    return " + ".join(cell.value for row in rows for cell in [figure_in(row, column)] if cell is not None)


def _subject(rows: Sequence[Row]) -> str:
    labels = {row.label for row in rows}
    if all(row.total for row in rows):
        return say("answers", "whole") + " "
    return f"{labels.pop()}, " if len(labels) == 1 else ""


def _when(years: Sequence[str]) -> str:
    """Say the years, a run of more than two by its ends."""
    run = [str(year) for year in range(int(years[0]), int(years[0]) + len(years))] if years else []
    told = f"{years[0]}-{years[-1]}" if len(years) > 2 and list(years) == run else ", ".join(years)
    return f" năm {told}" if years else ""


def _worked(text: str, rows: Sequence[Row], used: Sequence[Row]) -> Statement:
    """Cite every row used and name those of ``rows`` that were not, and those read out of their columns."""
    missing = [row for row in rows if row.chunk.id not in {one.chunk.id for one in used}]
    shifted = [row for row in used if row.shifted]
    if missing:
        text += " " + say("answers", "not_counted", rows=", ".join(row.name for row in missing))
    if shifted:
        text += " " + say("answers", "counted_shifted", rows=", ".join(dict.fromkeys(row.name for row in shifted)))
    return Statement(
        text, tuple(dict.fromkeys(span for row in (*used, *missing) for span in row_spans(row))), computed=True
    )
