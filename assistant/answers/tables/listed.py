"""Answers from lists (see ``records``): how many rows a question picks and which, or the cells of the one it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answers.tables.asked import asks_change, asks_check, asks_extreme, asks_mean, asks_sum, nouns_asked
from assistant.answers.tables.columns import ASKING, cell_told, column_name, columns_asked, words_asked
from assistant.answers.tables.conditions import Condition
from assistant.answers.tables.match import Match, lists
from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import Table, blank
from assistant.answers.tables.totals import between, summed
from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import DATE
from assistant.question.question_types import NUMERIC
from assistant.reading.selection import Choice
from assistant.reading.wording import plain
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.words import join
from ingest.records import Cell
from ingest.table_groups import GROUP_HEADERS
from prompts import say
from vectorstore.lexical import tokens

MOST_TOLD = 40
SHORT = 12
TELLING = 0.3
# Whose power or task something is, is told by a provision, not by the rows of those to whom it happened.
_POWER = re.compile(
    r"\b(?:tham quyen|quyen han|trach nhiem|nhiem vu|ai (?:duoc )?(?:ky|quyet dinh|cong nhan|phe duyet))\b"
)
_ALL = re.compile(r"\b(?:nhung|cac) (?:[a-z]+ ){1,3}nao\b|\bnhung ai\b")
_MANY = re.compile(r"\b(?:bao nhieu|may|bn)\b")
_WHO = frozenset(["who", "body", "list", "which"])


def candidates(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> list[Match]:
    """Return the lists to read, none where it is no rows that are asked for."""
    folded = query.understood.folded
    if asks_extreme(query) or asks_mean(folded) or asks_check(query):
        return []
    if query.understood.asks("purpose", "definition", "permit", "consistency", "compare", "yes_no"):
        return []
    return lists(query, evidence, choices, library)


def answer(query: Query, found: Sequence[Match], *, figures: bool = False) -> Draft | None:
    """Answer from the first list that tells what is asked, ``None`` when none does.

    ``figures``: cells that all hold figures are told as well, which a table of figures tells with their units.
    """
    for one in found:
        if asks_sum(query) or (asks_change(query) and len(one.rows) == 2):
            draft = _worked_out(query, one)
        elif len(one.rows) > 1 or _several_asked(query):
            draft = _several(query, one.table, one.rows, one.used)
        else:
            draft = _one(query, one.table, one.rows[0], one.used, figures=figures)
        if draft is not None:
            return draft
    return None


def _worked_out(query: Query, one: Match) -> Draft | None:
    """Add the columns named over the rows picked, or say by how much two rows differ in one."""
    columns, sure = columns_asked(query, one.rows)
    dated = any(row.year for row in one.table.figures)
    fits = sure and not dated and len(one.rows) > 1 and all(condition.whole for condition in one.used)
    if not fits:
        return None
    return summed(one.rows, columns, []) if asks_sum(query) else between(one.rows, columns)


def _several_asked(query: Query) -> bool:
    """Say whether all rows of a kind are asked for, however many there are: "những trường hợp nào", "gồm những ai"."""
    return bool(_ALL.search(query.understood.folded))


def _several(query: Query, table: Table, kept: Sequence[Row], used: Sequence[Condition]) -> Draft | None:
    """Count the rows picked, or name them, ``None`` where neither is asked."""
    understood = query.understood
    if len(kept) > MOST_TOLD or not all(one.whole for one in used):
        return None
    if not any(not one.said.strip().isdigit() for one in used) and len(used) < 2:
        return None  # All rows of a group or a year, in any paper, are no answer.
    counts = (
        bool(understood.counted)
        and len(_MANY.findall(understood.folded)) == 1
        and understood.asks("how_many")
        and _are(table, kept, understood.counted)
    )
    names = bool(_WHO & set(understood.kinds)) and not (understood.asks("how_many") and not counts)
    names = names and not _POWER.search(understood.folded)
    if not counts and not names:
        return None
    told = [_name(query, table, one, used) for one in kept]
    picking = _picking(used, kept)
    if counts:
        noun = _noun(query, understood.counted)
        text = say("answers", "rows_counted", number=f"{len(kept):02d}", noun=noun, by=picking, rows="; ".join(told))
    else:
        text = say("answers", "rows_named", by=picking, rows="; ".join(told))
    spans = tuple(Span(one.chunk, one.chunk.start, one.chunk.end) for one in kept)
    return Draft("table", (Statement(text, spans, computed=True),))


def _are(table: Table, kept: Sequence[Row], counted: Sequence[str]) -> bool:
    """Say whether the rows are what is counted: by the header of the column that names them, their group or names."""
    nouns = join(counted[:2]) if len(counted) > 1 else join(counted)
    figures = [header for header in table.headers if header not in table.worded]
    if any(nouns in join(tokens(header)) for header in figures):
        return False
    groups = " ".join(cell.value for one in kept[:1] for cell in one.labels if cell.header in GROUP_HEADERS)
    naming = join(tokens(f"{table.key} {groups}"))
    if nouns in naming or (len(counted) < 2 and join(counted[:1]) in naming):
        return True
    if counted[0] == "lan":
        return True  # Each row is once.
    if counted[0] in ("nguoi", "ong", "ba"):
        return "ca nhan" in naming or "ho ten" in naming or "ho va ten" in naming
    return len(counted) > 1 and join(counted[:1]) in join(tokens(table.key))


def _noun(query: Query, counted: Sequence[str]) -> str:
    """Return what is counted as the question writes it."""
    words, folded = query.understood.read.split(), query.understood.folded.split()
    size = min(2, len(counted))
    if len(words) == len(folded):
        for place in range(len(folded) - size + 1):
            if [re.sub(r"\W", "", word) for word in folded[place : place + size]] == list(counted[:size]) and (
                place and _MANY.search(folded[place - 1] if place < 2 else " ".join(folded[place - 2 : place]))
            ):
                return " ".join(words[place : place + size]).strip(" ,?.")
    return "dòng"


def _picking(used: Sequence[Condition], kept: Sequence[Row]) -> str:
    """Say by which cells the rows were picked: "Tình trạng: Trả lại"."""
    said = []
    for one in used:
        values = dict.fromkeys(cell.value for row in kept for cell in [row.cell(one.header)] if cell)
        said.append(f"{column_name(one.header)}: {', '.join(values)}" if len(values) <= 2 else "")
    return "; ".join(dict.fromkeys(part for part in said if part))


def _name(query: Query, table: Table, row: Row, used: Sequence[Condition]) -> str:
    """Call a row by its naming cell, beside a code by the next words that did not pick it; else by its first cells."""
    taken = {one.header for one in used}
    cells = [cell for cell in _cells(table, row) if cell.header == table.key or cell.header not in taken]
    told = [cell for cell in cells if not blank(cell.value)]
    asked = {cell.header for cell in told if join(tokens(column_name(cell.header))).strip() in nouns_asked(query)}
    told.sort(key=lambda cell: (cell.header not in asked, cell.header != table.key))
    name = plain(told[0].value) if told else ""
    if len(told) > 1 and (not table.key or (re.search(r"\d", name) and len(name) <= SHORT)):
        name = f"{name} ({plain(told[1].value)})"
    return name.replace(";", ",")


def _one(query: Query, table: Table, row: Row, used: Sequence[Condition], *, figures: bool) -> Draft | None:
    """Tell the cells asked for of the one row named; a blank is told as one, with what the row's remarks say."""
    right = [one for one in used if any(record is row for record in one.kept)]
    if not all(one.whole for one in used) or (not figures and _counts(query, table)):
        return None
    taken = {table.key, *(one.header for one in right)}
    if table.key not in {one.header for one in right} and (which := _which(query, table, row)):
        return which
    others = [cell for cell in _cells(table, row) if cell.header not in taken]
    differing = {one.header for one in used} - taken
    wanted = differing.union(words_asked(query, [cell.header for cell in others]))
    asked = [cell for cell in others if cell.header in wanted]
    if not asked or len(asked) < len(ASKING.findall(query.understood.folded)):
        said = {word for one in used for word in one.said.split()}
        asked = [cell for cell in others if cell in asked or _speaks(query, cell, said)]
    asked = [cell for cell in asked if _formed(query, cell)]
    worded = figures or any(cell.header in table.worded for cell in asked)
    if not asked or not worded or (differing and len(asked) == len(differing)):
        return None
    own = row.cell(table.key) or next((cell for one in right for cell in [row.cell(one.header)] if cell), None)
    own = own or _cells(table, row)[0]
    label = f"{column_name(own.header)} {own.value}" if own.value.isdigit() else plain(own.value)
    values = "; ".join(cell_told(row, cell) for cell in asked if not blank(cell.value))
    spans = (Span(row.chunk, row.chunk.start, row.chunk.end),)
    if values:
        return Draft("table", (Statement(say("answers", "row_cells", label=label, values=values), spans),))
    missing = " và ".join(" ".join((column_name(cell.header), cell.value.strip("- "))).strip() for cell in asked)
    remarks = [cell for cell in others if _REMARK.search(" ".join(tokens(cell.header))) and not blank(cell.value)]
    values = "; ".join(cell_told(row, cell) for cell in remarks)
    name = "cell_blank_remarked" if remarks else "cell_blank"
    text = say("answers", name, label=label, header=missing, **({"values": values} if remarks else {}))
    return Draft("blank", (Statement(text, spans),))


def _counts(query: Query, table: Table) -> bool:
    """Say whether the table has a column of figures that counts what is counted."""
    counted = join(query.understood.counted[:2])
    figures = (header for header in table.headers if header not in table.worded)
    return bool(counted.strip()) and any(counted in join(tokens(header)) for header in figures)


def _cells(table: Table, row: Row) -> list[Cell]:
    """Return the cells of a row but its number."""
    return [cell for header in table.headers for cell in [row.cell(header)] if cell]


def _which(query: Query, table: Table, row: Row) -> Draft | None:
    """Name the row where it is asked which it is: "công ty nào" of a row called "Công ty …"."""
    cell = row.cell(table.key)
    if cell is None:
        return None
    name, header = join(tokens(cell.value)), join(tokens(table.key))
    for noun in nouns_asked(query):
        said = join(noun.split())
        if name.startswith(said) or (said in header and len(said.split()) > 1):
            filled = [one for one in _cells(table, row) if one is not cell and not blank(one.value)]
            values = "; ".join(f"{column_name(one.header)}: {plain(one.value)}" for one in filled)
            text = say("answers", "row_cells", label=plain(cell.value), values=values)
            return Draft("table", (Statement(text, (Span(row.chunk, row.chunk.start, row.chunk.end),)),))
    return None


def _speaks(query: Query, cell: Cell, taken: Collection[str]) -> bool:
    """Say whether a cell has a telling word of the question that did not pick the row, and a figure if one is asked."""
    words = {one.text for one in query.concepts if one.weight > TELLING and not one.inherited} - set(taken)
    figures = query.understood.kind not in NUMERIC or re.search(r"\d", cell.value)
    return bool(figures and words & set(tokens(cell.value)) and not blank(cell.value))


def _formed(query: Query, cell: Cell) -> bool:
    """Say whether a cell may hold what is asked for: a day, a paper's number; a blank one may."""
    kinds = query.understood.kinds[:2]
    if blank(cell.value) or not set(kinds) <= {"when", "document"}:
        return True
    return bool(DATE.search(cell.value) or (re.search(r"\d", cell.value) and "document" in kinds))


_REMARK = re.compile(r"ghi chu|tinh trang|ket qua$|trang thai|ly do")
