"""Answer from table rows: a cell, a row, a sum, an extreme, a change between years; arithmetic is always shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.drafts import Draft, Span, Statement
from assistant.question.question_types import Kind
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage, floor, presence
from assistant.words import join
from ingest.clean import fold
from ingest.records import Cell, Chunk
from prompts import say
from vectorstore.lexical import accented_tokens, tokens

_FIGURE = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_TOTAL = re.compile(r"^(?:tong|tong so|tong cong|cong|toan (?:tinh|quoc|don vi))\b")
_SUM = re.compile(
    r"\b(?:tong|tinh tong|cong (?:ca|lai|gop)|gop|don lai|gom (?:ca|het|lai|chung|tat)|tat ca|toan bo|ca thay)\b"
)
_CHANGE = re.compile(r"\b(?:tang|giam|hon|kem|chenh|thay doi|so voi)\b")
_MOST = re.compile(r"\b(?:nhieu\b.{0,50}\bnhat|cao nhat|lon nhat|dan dau|dung dau)\b")
_LEAST = re.compile(r"\b(?:it\b.{0,50}\bnhat|thap nhat|nho nhat)\b")
_YEAR = re.compile(r"^(?:nam\s+)?((?:19|20)\d{2})$")
_TABLE = re.compile(r"\b(?:bang|bieu) (?:thong ke|so lieu|tong hop)|phu luc|phu bieu")
_TYPED_SUM = re.compile(r"\b(?:cộng|gộp|tổng)\b", re.I)
_TOGETHER = re.compile(r"\b(?:(?:cong|gop|gom|don) (?:ca|lai|gop|chung|hai)|gop|ca hai|tinh chung)\b")
_WHOLE = re.compile(
    r"\b(?:tong|cong|gop|gom|don)\b.*\b(?:tat ca|toan bo|moi|cac|het|ca) (?:cac |moi |\w+ )?"
    r"(?:linh vuc|nganh|don vi|mang|dong)"
)
NEARLY = 0.85
"""A row must hold this share of what the best sentence holds of the question."""
LABEL = 90
"""Longer cells are remarks."""
TOP = 3
"""A row must be among this many best passages,"""
FAR = 12
"""or among this many when the question reads like one for a table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row read: its year, its label, its figures by header."""

    chunk: Chunk
    year: str
    label: str
    labels: tuple[Cell, ...]
    figures: tuple[Cell, ...]
    total: bool

    @property
    def name(self) -> str:
        """What the row is called in an answer."""
        return ", ".join(part for part in (self.label, f"năm {self.year}" if self.year else "") if part)


def amount(text: str) -> Decimal | None:
    """Read a figure as printed in Vietnamese: dots group thousands, a comma is decimal; ``None`` for other text."""
    text = text.strip().rstrip("%").strip()
    if not _FIGURE.fullmatch(text):
        return None
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def printed(number: Decimal) -> str:
    """Write a number the Vietnamese way."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    decimals = decimals.rstrip("0")
    return ("-" if number < 0 else "") + grouped + (f",{decimals}" if decimals else "")


def read(chunk: Chunk) -> Row:
    """Tell a row's labels from its figures; a header that counts rows is neither."""
    year, labels, figures = "", [], []
    for cell in chunk.cells:
        header = " ".join(tokens(cell.header))
        match = _YEAR.match(" ".join(tokens(cell.value)))
        if match and not year:
            year = match.group(1)
        elif header in ("tt", "stt", "so tt", "so thu tu") and not _TOTAL.match(" ".join(tokens(cell.value))):
            continue
        elif cell.value and amount(cell.value) is None:
            labels.append(cell)
        elif header in ("nam", "giai doan", "thoi gian"):
            continue
        elif cell.value or _counts(header):
            figures.append(cell)
    label = next((cell.value for cell in labels), "")
    return Row(chunk, year, label, tuple(labels), tuple(figures), bool(_TOTAL.match(" ".join(tokens(label)))))


def _counts(header: str) -> bool:
    """Say whether a blank cell under such a header is a missing figure, not a missing remark."""
    return bool(header) and not re.search(r"ghi chu|hinh thuc|noi dung|ten|linh vuc|don vi", header)


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Answer from the table whose rows were found, ``None`` when no row fits the question."""
    if not query.understood.asks("how_many", "compare", "ratio", "money", "list", "rank", "body", "which", "when"):
        return None
    if query.understood.kind in ("document", "definition", "permit", "why", "purpose"):
        return None
    found = _found(query, evidence, choices)
    if found is None:
        return None
    row, close = found
    rows = rows_beside(row, library)
    columns, named = columns_asked(query, rows)
    if not columns or not (close or named) or not _measures(query, rows):
        return None
    most = max((choice.covered for choice in choices if choice.unit.kind != "row"), default=0.0)
    return _compute(query, rows, columns, named, lambda row: _held(query, row, library) >= NEARLY * most)


def rows_beside(row: Chunk, library: Library) -> list[Row]:
    """Read all rows of the table that a row belongs to, in order."""
    chunks = library.chunks_of(row.document_id)
    return _labelled([read(chunk) for chunk in chunks if chunk.kind == "row" and chunk.path == row.path])


# What the headers and the caption must speak of before a cell is told as money, a rank or a share.
_MEASURE: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(r"tien|kinh phi|dong\b|muc\b|gia tri|he so|von|thu\b|chi\b|luong"),
    "rank": re.compile(r"hang|thu\b|xep|vi tri"),
    "ratio": re.compile(r"ty le|ti le|%|phan tram|ty trong|muc\b|chi tieu|ket qua|he so|lan\b"),
}


def _measures(query: Query, rows: Sequence[Row]) -> bool:
    """Say whether the table measures what is asked for: persons are no money."""
    pattern = _MEASURE.get(query.understood.kind)
    if pattern is None or not rows:
        return True
    row = rows[0]
    head = " ".join((*row.chunk.path[-1:], row.chunk.context, *(cell.header for cell in row.figures)))
    values = " ".join(cell.value for cell in row.figures)
    return bool(pattern.search(fold(head)) or pattern.search(fold(values)))


def _held(query: Query, row: Row, library: Library) -> float:
    """Share of the question that a row with its headers, headings and paper holds."""
    text = f"{row.chunk.context} {row.chunk.text} {' '.join(cell.header for cell in row.figures)}"
    words = tokens(text)
    base = floor(query, join(tokens(row.chunk.section)), library.profile(row.chunk.document_id).title_joined)
    return coverage(query, frozenset(words), join(words), frozenset(accented_tokens(text)), floor=base)


def _labelled(rows: list[Row]) -> list[Row]:
    """Call each row by the label column that tells rows apart best: not by who decides, but by what was given."""
    values: dict[str, set[str]] = {}
    for row in rows:
        for cell in row.labels:
            if len(cell.value) <= LABEL and not re.search(r"ghi chu|hinh thuc tuyen", " ".join(tokens(cell.header))):
                values.setdefault(cell.header, set()).add(cell.value)
    if not values:
        return rows
    best = max(values, key=lambda header: len(values[header]))
    return [
        replace(row, label=next((cell.value for cell in row.labels if cell.header == best), row.label)) for row in rows
    ]


def asks_sum(query: Query) -> bool:
    """Say whether figures are to be added; "cộng" typed with its accents needs no companion."""
    return bool(_SUM.search(query.understood.folded) or _TYPED_SUM.search(query.understood.read))


def _found(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice]) -> tuple[Chunk, bool] | None:
    """Return a row of the table to read and whether it is close to the question.

    It is one among the best, or one farther down when a table is asked for.
    """
    most = max((choice.covered for choice in choices), default=0.0)
    held = {choice.unit.chunk.id: choice.covered for choice in choices if choice.unit.kind == "row"}
    wide = bool(_TABLE.search(query.understood.folded) or _aggregates(query.understood.folded) or asks_sum(query))
    for one in evidence[: FAR if wide else TOP]:
        close = held.get(one.chunk.id, 0.0) >= (0.5 if wide else 0.65) * most
        if one.chunk.kind == "row" and one.chunk.cells and (close or wide):
            return one.chunk, close or bool(_TABLE.search(query.understood.folded))
    return None


def _aggregates(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in (_SUM, _MOST, _LEAST, _CHANGE))


def _compute(
    query: Query, rows: list[Row], columns: list[str], sure: bool, holds: Callable[[Row], bool]
) -> Draft | None:
    """``sure``: the question names a column; without one only a named row may answer."""
    folded = query.understood.folded
    years = [str(year) for year in query.understood.years]
    in_years = [row for row in rows if not years or row.year in years]
    named = named_rows(query, in_years)
    if sure and (_MOST.search(folded) or _LEAST.search(folded)):
        pool = [row for row in (named if len(named) > 1 else in_years) if not row.total]
        return _extremes(pool, columns, folded)
    if _CHANGE.search(folded) and len(years) == 2 and named:
        return _change(named, columns, sorted(years))
    whole = sure and bool(years) and asks_total(folded)
    if named and not whole:
        labels = {row.label for row in named}
        if len(labels) > 2 and not query.understood.asks("list"):
            return None
        if asks_sum(query) and len(labels) == 1:
            summed = _across(query, named, columns) if len(named) == 1 else _sum(named, columns, years)
            if summed is not None:
                return summed
        told = [row for row in named if holds(row)]
        return _cells(told, columns, sure) or shifted_row(told, columns, rows) if told else None
    if sure and (asks_sum(query) or query.understood.period):
        if not years:
            totals = [row for row in rows if row.total][-1:]
            across = _across(query, totals, columns) if totals and asks_across(folded) else None
            return across or (_cells(totals, columns) if totals else None)
        return _sum([row for row in in_years if not row.total], columns, years)
    return None


def asks_total(folded: str) -> bool:
    """Say whether the sum over all rows is asked for: "tổng số … của tất cả lĩnh vực", "cộng các lĩnh vực"."""
    return bool(_WHOLE.search(folded))


def asks_across(folded: str) -> bool:
    """Say whether the figures of one row are to be added: "tập thể và cá nhân cộng lại", "gộp cả hai"."""
    return bool(_TOGETHER.search(folded))


def _across(query: Query, rows: list[Row], columns: list[str]) -> Draft | None:
    """Add the cells of one row over the columns named: "cộng tập thể và cá nhân"."""
    row = rows[0]
    cells = [cell for column in columns for cell in [figure_in(row, column)] if cell is not None]
    numbers = [amount(cell.value) for cell in cells]
    if len(cells) < 2 or any(number is None for number in numbers):
        return None
    total = printed(sum((number for number in numbers if number is not None), Decimal(0)))
    terms = " + ".join(f"{cell.value} {column_name(cell.header)}" for cell in cells)
    shown = " + ".join(cell.value for cell in cells)
    text = say("answers", "calculation", what=f"{row.name}: {terms}", terms=shown, total=total)
    return Draft("table", (Statement(text, (row_span(row),), computed=True),))


def columns_asked(query: Query, rows: list[Row]) -> tuple[list[str], bool]:
    """Headers of figures that the question names; all of them when it names none."""
    headers = list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))
    named = []
    for header in headers:
        own = tokens(header.rsplit(">", 1)[-1])
        joined = join(own)
        if own and (joined in join(tokens(query.understood.folded)) or _meant(query, joined)):
            named.append(header)
    return named or headers[:3], bool(named)


def _meant(query: Query, joined: str) -> bool:
    return any(key == joined for concept in query.concepts for key, strength in concept.alternatives if strength >= 0.7)


def named_rows(query: Query, rows: list[Row]) -> list[Row]:
    """Rows whose label the question names best, at least by half of the label's telling words."""
    scored: list[tuple[float, Row]] = []
    labels = [frozenset(tokens(row.label)) for row in rows if row.label]
    common = {token for token in frozenset().union(*labels) if sum(token in one for one in labels) > 0.6 * len(labels)}
    common = common if len({row.label for row in rows}) > 2 else set()
    # "Lĩnh vực kinh tế" names the column and a row in it, not the row "Lĩnh vực khác".
    common |= {token for row in rows for cell in row.labels if cell.value == row.label for token in tokens(cell.header)}
    for row in rows:
        if row.total or not row.label:
            continue
        short = re.split(r"[(:]", row.label)[0]
        joined, accented = join(tokens(short)), set(accented_tokens(short))
        held = {
            concept.text: concept.weight * presence(concept, joined.split(), joined, accented)
            for concept in query.concepts
            if concept.weight > 0.3 and concept.text not in common
        }
        size = max(1, len([token for token in joined.split() if len(token) > 1 and token not in common]))
        hits = sum(1 for weight in held.values() if weight > 0)
        share = hits / size
        if share >= 0.5 or (hits >= 2 and share >= 0.3):
            scored.append((sum(held.values()) + share, row))
    best = max((score for score, _ in scored), default=0.0)
    return [row for score, row in scored if score >= 0.95 * best]


def figure_in(row: Row, column: str) -> Cell | None:
    """Return the cell of a row under a header of figures."""
    return next((cell for cell in row.figures if cell.header == column), None)


def column_name(column: str) -> str:
    """Return the last line of a header, as it is said beside a figure."""
    return column.rsplit(">", 1)[-1].strip().lower()


def row_span(row: Row) -> Span:
    """Return the whole row as what is quoted."""
    return Span(row.chunk, row.chunk.start, row.chunk.end)


def _cells(rows: list[Row], columns: list[str], sure: bool = True) -> Draft | None:
    """``sure``: the columns are those asked for, so that a blank in them is the answer."""
    statements = []
    for row in rows[:6]:
        told, blank = [], []
        for column in columns:
            cell = figure_in(row, column)
            if cell is None:
                continue
            if not cell.value:
                blank.append(column_name(column))
            else:
                told.append(f"{cell.value} {column_name(column)}")
        if told:
            text = say("answers", "row", label=row.name, values=", ".join(told))
            statements.append(Statement(text, (row_span(row),)))
        if blank and sure:
            text = say("answers", "cell_blank", label=row.name, header=" và ".join(blank))
            statements.append(Statement(text, (row_span(row),)))
    return Draft("table", tuple(statements)) if statements else None


def shifted_row(told: list[Row], columns: list[str], rows: list[Row]) -> Draft | None:
    """Tell a row whose figures stand beside the table's columns, when there are as many: in order, and saying so."""
    order = list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))
    statements = []
    for row in told[:2]:
        if len(row.figures) != len(order) or any(cell.header or not cell.value for cell in row.figures):
            continue
        pairs = [(cell.value, column) for cell, column in zip(row.figures, order, strict=True) if column in columns]
        values = ", ".join(f"{value} {column_name(column)}" for value, column in pairs)
        text = say("answers", "row_shifted", label=row.name, values=values)
        statements.append(Statement(text, (row_span(row),)))
    return Draft("table", tuple(statements)) if statements else None


def _sum(rows: list[Row], columns: list[str], years: list[str]) -> Draft | None:
    statements = []
    for column in columns[:2]:
        pairs = [(row, cell) for row in rows for cell in [figure_in(row, column)] if cell is not None and cell.value]
        numbers = [amount(cell.value) for _, cell in pairs]
        if len(pairs) < 2 or any(number is None for number in numbers):
            continue
        total = printed(sum((number for number in numbers if number is not None), Decimal(0)))
        labels = {row.label for row, _ in pairs}
        subject = f"{labels.pop()}, " if len(labels) == 1 else ""
        what = f"{subject}{total} {column_name(column)}" + (f" năm {', '.join(years)}" if years else "")
        text = say("answers", "calculation", what=what, terms=" + ".join(cell.value for _, cell in pairs), total=total)
        missing = [row for row in rows if not (figure_in(row, column) or Cell("", "", -1, -1)).value]
        if missing:
            text += f" (chưa tính {', '.join(row.name for row in missing)}: bảng để trống)"
        spans = tuple(row_span(row) for row in (*(row for row, _ in pairs), *missing))
        statements.append(Statement(text, spans, computed=True))
    return Draft("table", tuple(statements)) if statements else None


def _change(rows: list[Row], columns: list[str], years: list[str]) -> Draft | None:
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
        name = "change" if gap >= 0 else "change_down"
        text = say(
            "answers",
            name,
            direction="Tăng" if gap >= 0 else "Giảm",
            amount=printed(abs(gap)),
            label=column_name(column),
            before=f"{before.value} năm {years[0]}",
            after=f"{after.value} năm {years[1]}",
        )
        greater, smaller = (after, before) if gap >= 0 else (before, after)
        terms = f"{greater.value} − {smaller.value}"
        text = say("answers", "calculation", what=f"{late.label}: {text}", terms=terms, total=printed(abs(gap)))
        statements.append(Statement(text, (row_span(early), row_span(late)), computed=True))
    return Draft("table", tuple(statements)) if statements else None


def _extremes(rows: list[Row], columns: list[str], folded: str) -> Draft | None:
    """Tell the row with the highest figure, the one with the lowest, or both where both are asked for."""
    asked = [(most, name) for most, name in ((True, _MOST), (False, _LEAST)) if name.search(folded)]
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
        scored = [
            (number, row)
            for row in rows
            for number in [amount((figure_in(row, column) or Cell("", "", -1, -1)).value)]
            if number is not None
        ]
        if not scored:
            continue
        number = (max if most else min)(value for value, _ in scored)
        winners = [row for value, row in scored if value == number]
        names = "; ".join(row.name for row in winners[:3])
        held = figure_in(winners[0], column)
        text = say("answers", "row", label=names, values=f"{held.value if held else ''} {column_name(column)}")
        statements.append(Statement(text, tuple(row_span(row) for row in winners[:3])))
    return Draft("table", tuple(statements)) if statements else None
