"""A question that takes a row for the highest or lowest of its table when it is not: the figures set it right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.drafts import Draft, Statement
from assistant.library import Library
from assistant.query import Query
from assistant.records import Evidence
from assistant.tables import Row, amount, column_name, figure_in, named_rows, row_span, rows_beside
from prompts import say

READ = 12
"""Passages among which a row of the table must be."""
_MOST = re.compile(r"\b(?:nhieu|cao|lon|dong)\b(?:(?! hay )[^,;?]){0,30}?\bnhat\b|\bdan dau\b|\bdung dau\b")
_LEAST = re.compile(r"\b(?:it|thap|nho|kem)\b(?:(?! hay )[^,;?]){0,30}?\bnhat\b|\bdung cuoi\b")
_ASKS = re.compile(r"\b(?:nao|bao nhieu|may)\b")


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Correct the superlative, ``None`` unless the question presupposes one of a named row and year that is wrong."""
    understood = query.understood
    most, least = bool(_MOST.search(understood.folded)), bool(_LEAST.search(understood.folded))
    if not understood.asks("why", "yes_no") or most == least or len(understood.years) != 1:
        return None
    row = next((one.chunk for one in evidence[:READ] if one.chunk.kind == "row" and one.chunk.cells), None)
    if row is None or (understood.kind != "why" and _ASKS.search(understood.folded)):
        return None
    rows = [one for one in rows_beside(row, library) if one.year and not one.total]
    named = named_rows(query, rows)
    if len({one.label for one in named}) != 1:
        return None
    return _corrected(named, str(understood.years[0]), most=most)


def _corrected(rows: Sequence[Row], year: str, *, most: bool) -> Draft | None:
    """Compare a row's figures over the years; say what holds when the year named is not where it was said to be."""
    own = next((row for row in rows if row.year == year), None)
    if own is None:
        return None
    told: list[str] = []
    proof: dict[str, Row] = {}
    for cell in own.figures:
        value = amount(cell.value)
        others = {row.year: number for row in rows for number in [_figure(row, cell.header)] if number is not None}
        if value is None or not cell.header or len(others) < 3:
            continue
        extreme = max(others.values()) if most else min(others.values())
        if value == extreme:
            return None
        opposite = min(others.values()) if most else max(others.values())
        name = column_name(cell.header)
        if value == opposite:
            rank = say("answers", "fewest" if most else "greatest", value=cell.value, name=name)
        else:
            holder = next(row for row in rows if _figure(row, cell.header) == extreme)
            proof[holder.year] = holder
            held = figure_in(holder, cell.header)
            rank = say(
                "answers",
                "not_extreme",
                value=cell.value,
                name=name,
                extreme=held.value if held else "",
                year=holder.year,
                most="nhiều nhất" if most else "ít nhất",
            )
        told.append(rank)
    if not told:
        return None
    said = say("answers", "most" if most else "least")
    text = say("answers", "premise_superlative", said=said, row=own.name, rank="; ".join(told))
    compared = [own, *(proof[key] for key in sorted(proof) if key != own.year)]
    rest = [row for row in rows if row not in compared]
    spans = tuple(row_span(row) for row in [*compared, *rest])
    return Draft("premise", (Statement(text, spans),))


def _figure(row: Row, header: str) -> Decimal | None:
    cell = figure_in(row, header)
    return amount(cell.value) if cell else None
