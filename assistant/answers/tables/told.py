"""A row told as a sentence: what it is about and the cells asked for, not every cell with its header."""

from __future__ import annotations

import re

from assistant.answers.amounts import amount
from assistant.answers.tables.columns import HEADS
from assistant.question.question_types import NUMERIC
from assistant.reading.planted import orders
from assistant.reading.wording import plain, shown
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from assistant.words import join
from ingest.records import Cell
from ingest.tables import numbers_rows
from vectorstore.lexical import tokens

_NUMBERED = re.compile(r"[(\[]?(?:\d{1,3}|[a-zđ]|[IVX]+)[.)\]]?")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
ALIKE = 4
"""Telling words of the question that make a cell worth telling whose header is not asked for,"""
LONG = 30
"""unless it is a remark of more words than this."""


def told_row(query: Query, unit: Unit) -> str:
    """Tell a row by its label and the cells asked for; the whole row where the question names none of them."""
    cells = [cell for cell in unit.chunk.cells if cell.value and not numbers_rows(cell.header)]
    cells = [cell for cell in cells if cell.header and not orders(cell.value)]
    label = next((cell for cell in cells if amount(cell.value) is None and not _NUMBERED.fullmatch(cell.value)), None)
    if label is None:
        return shown(unit)
    others = [cell for cell in cells if cell is not label and not _YEAR.fullmatch(cell.value)]
    asked = [cell for cell in others if _asked(query, cell, label)]
    if query.understood.asks(*NUMERIC):
        asked = [cell for cell in others if cell in asked or (_figure(query, cell) and cell.value != label.value)]
    if not asked or len(asked) == len(others):
        return shown(unit)
    said = "; ".join(f"{_header(cell).lower()}: {plain(cell.value)}" for cell in asked)
    return f"{plain(label.value)} – {said}"


def _header(cell: Cell) -> str:
    return cell.header.rsplit(">", 1)[-1].strip()


def _figure(query: Query, cell: Cell) -> bool:
    """Say whether a cell holds a figure that may be asked for: of no other year than those named."""
    of_years = _YEAR.findall(cell.header)
    other = of_years and query.understood.years and not {str(one) for one in query.understood.years} & set(of_years)
    return bool(re.search(r"\d", cell.value)) and not other and not _NUMBERED.fullmatch(cell.value)


def _asked(query: Query, cell: Cell, label: Cell) -> bool:
    header, said = tokens(_header(cell)), join(tokens(query.understood.folded))
    if header and (join(header) in said or (len(header) > 2 and join(header[:2]) in said)):
        return True
    if any(kind in HEADS and HEADS[kind].search(" ".join(header)) for kind in query.understood.kinds):
        return True
    if any(str(year) in _YEAR.findall(cell.header) for year in query.understood.years):
        return True
    if len(cell.value.split()) > LONG:
        return False
    words = {concept.text for concept in query.concepts if concept.weight > 0.3 and not concept.inherited}
    return len((words & set(tokens(cell.value))) - set(tokens(label.value))) >= ALIKE
