"""A question that takes a row for the highest or lowest of its table when it is not: the figures set it right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.tables.columns import column_name, columns_asked
from assistant.answers.tables.picking import named_rows
from assistant.answers.tables.rows import Row, figure_in, number_in, row_spans
from assistant.answers.tables.table import table_of
from assistant.drafts import Draft, Statement
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from prompts import say
from vectorstore.lexical import tokens

READ = 12
"""Passages among which a row of the table must be."""
_MOST = re.compile(
    r"\b(?:nhieu|cao|lon|dong)\b(?:(?! hay )[^,;?]){0,30}?\bnhat\b|\bdan dau\b|\bdung dau\b|"
    r"\b(?:xep|dung) (?:hang |vi tri )?(?:thu )?nhat\b"
)
_LEAST = re.compile(r"\b(?:it|thap|nho|kem)\b(?:(?! hay )[^,;?]){0,30}?\bnhat\b|\bdung cuoi\b")
_AMONG_ROWS = re.compile(r"\bla (?:linh vuc|nganh|don vi|mang|nhom|dia phuong|khoi|noi)\b|\b(?:trong|cua) (?:cac|so)\b")
_AMONG_YEARS = re.compile(r"\bla nam\b|\btrong (?:cac|nhung|ca) nam\b")
_RANK = re.compile(r"\b(?:xep|thu) hang\b")
LEAST = 3
"""Rows that make a highest and a lowest worth telling."""
_ASKS = re.compile(r"\b(?:nao|bao nhieu|may)\b")


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Correct the superlative, ``None`` unless the question presupposes one of a named row that is wrong."""
    understood = query.understood
    most, least = bool(_MOST.search(understood.folded)), bool(_LEAST.search(understood.folded))
    if not understood.asks("why", "yes_no") or most == least or len(understood.years) != 1:
        return None
    row = next((one.chunk for one in evidence[:READ] if one.chunk.kind == "row" and one.chunk.cells), None)
    if row is None or (not understood.asks("why") and _ASKS.search(understood.folded)):
        return None
    rows = [one for one in table_of(row, library).rows if not one.total]
    dated = any(one.year for one in rows)
    named = [one for one in named_rows(query, rows) if not dated or one.year == str(understood.years[0])]
    if len(named) != 1:
        return None
    if not dated:
        return _ranked(named[0], rows)
    return _compared(query, named[0], rows, most=most)


def _ranked(own: Row, rows: Sequence[Row]) -> Draft | None:
    """Say who is first where a table ranks its rows and the row named is not first."""
    header = next((cell.header for cell in own.figures if _RANK.search(" ".join(tokens(cell.header)))), "")
    rank, cell = number_in(own, header), figure_in(own, header)
    first = next((one for one in rows if number_in(one, header) == 1), None)
    if rank in (None, 1) or cell is None or first is None:
        return None
    text = say("answers", "premise_rank", row=own.name, rank=cell.value, first=first.name)
    return Draft("premise", (Statement(text, (*row_spans(own), *row_spans(first))),))


def _compared(query: Query, own: Row, rows: Sequence[Row], *, most: bool) -> Draft | None:
    """Hold the figures of a row and year against those of other rows or other years, as the question does."""
    columns, sure = columns_asked(query, rows)
    if not columns:
        return None
    if _AMONG_ROWS.search(query.understood.folded):
        pool, name = [one for one in rows if one.year == own.year], "label"
    elif _AMONG_YEARS.search(query.understood.folded):
        pool, name = [one for one in rows if one.label == own.label], "year"
    else:
        return None
    return _corrected(own, pool, columns[: 1 if sure else 2], name, most=most)


def _corrected(own: Row, pool: Sequence[Row], columns: Sequence[str], name: str, *, most: bool) -> Draft | None:
    """Compare a row with the others; say where it stands when it is not where the question puts it."""
    told: list[str] = []
    holders: list[Row] = []
    for header in columns:
        figures = {row.chunk.id: number for row in pool for number in [number_in(row, header)] if number is not None}
        value, cell = figures.get(own.chunk.id), figure_in(own, header)
        if value is None or cell is None or len(figures) < LEAST:
            continue
        ordered = sorted(figures.values(), reverse=most)
        if value == ordered[0]:
            return None
        if value == ordered[-1]:
            told.append(say("answers", "fewest" if most else "greatest", value=cell.value, name=column_name(header)))
            continue
        holder = next(row for row in pool if figures.get(row.chunk.id) == ordered[0])
        held = figure_in(holder, header)
        holders.append(holder)
        told.append(
            say(
                "answers",
                "not_extreme",
                value=cell.value,
                name=column_name(header),
                extreme=held.value if held else "",
                holder=holder.label if name == "label" else f"năm {holder.year}",
                most="nhiều nhất" if most else "ít nhất",
            )
        )
    if not told:
        return None
    said = say("answers", "most" if most else "least")
    text = say("answers", "premise_superlative", said=said, row=own.name, rank="; ".join(told))
    blank = [row for row in pool if all(number_in(row, header) is None for header in columns)]
    if blank:
        text += " " + say("answers", "left_out", rows=", ".join(row.name for row in blank))
    compared = [own, *holders]
    # Every figure that was compared is proof, those the answer names first.
    rows = {row.chunk.id: row for row in [*compared, *pool]}
    return Draft("premise", (Statement(text, tuple(span for row in rows.values() for span in row_spans(row))),))
