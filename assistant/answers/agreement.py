"""Whether one paper agrees with itself: what its text states beside what its table prints, or two of its totals.

Both are told with their places and by how much they differ; what the rows add up to is told as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.answers.amounts import amount, printed
from assistant.answers.tables.columns import column_name, counted_in
from assistant.answers.tables.conditions import normal
from assistant.answers.tables.picking import named_rows
from assistant.answers.tables.rows import Row, number_in, row_spans
from assistant.answers.tables.table import Table, caption, tables_of
from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import MONEY
from assistant.reading.selection import Choice, choose
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.retrieve import retrieve
from assistant.words import join, joined
from ingest.clean import fold
from ingest.table_groups import GROUP_HEADERS
from prompts import say
from vectorstore.lexical import tokens

_ASKS = re.compile(
    r"\b(?:khop|thong nhat|giong nhau|bang nhau|trung nhau|khac nhau|co dung|nhu nhau|chenh nhau|lech nhau)\b"
)
_PLACES = re.compile(
    r"\b(?:bang|bieu|phu luc|danh sach|phan loi|phan noi dung|noi dung|chu thich|dong cong|dong tong|dieu)\b"
)
_MONEY = re.compile(r"\b(?:tien|kinh phi|so tien|dong)\b")
_FIGURE = re.compile(r"(?<![\d.,/-])(\d+(?:\.\d{3})*)(?![\d/])")
READ = 40


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of one paper: as printed, what it counts, where it stands and the words that prove it."""

    figure: str
    value: Decimal
    unit: str
    place: str
    spans: tuple[Span, ...]
    working: str = ""


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Tell two figures for the same thing, ``None`` unless that is asked of places of one paper and both are found."""
    folded = query.understood.folded
    if not _ASKS.search(folded) or not _PLACES.search(folded) or not evidence:
        return None
    for document in dict.fromkeys(one.chunk.document_id for one in evidence[:READ]):
        if totals := _two_totals(query, [table.rows for table in tables_of([document], library)]):
            return _told(totals)
    document = _document(evidence, choices)
    found = retrieve(query, library, READ, {document})
    own = [one for one in choose(query, found, library, read=READ) if one.unit.kind not in ("row", "clause")]
    rows = [table.rows for table in tables_of([document], library)]
    pairs = _cells(query, own, rows) or _money(query, own, rows)
    pairs = pairs or _counted(query, own, [one for one in tables_of([document], library) if one.lists], library)
    return _told(pairs) if pairs else None


def _document(evidence: Sequence[Evidence], choices: Sequence[Choice]) -> str:
    """Return the paper that most of the best passages and sentences are of."""
    scores: dict[str, float] = {}
    for place, one in enumerate(evidence[:8]):
        scores[one.chunk.document_id] = scores.get(one.chunk.document_id, 0.0) + 1 / (2 + place)
    known = set(scores)
    for place, choice in enumerate(one for one in choices[:8] if one.unit.chunk.document_id in known):
        scores[choice.unit.chunk.document_id] += 1 / (2 + place)
    return max(scores, key=lambda one: scores[one])


def _two_totals(query: Query, tables: Sequence[Sequence[Row]]) -> list[tuple[Stated, Stated]]:
    """Return the totals of the two tables whose headings the question names."""
    if len(re.findall(r"\b(?:bang|bieu|phu luc)\b", query.understood.folded)) < 2:
        return []
    asked = join(tokens(query.understood.folded))
    named = []
    for rows in tables:
        heading = _heading(rows)
        own = [word for word in tokens(heading) if len(word) > 1]
        pairs = sum(f" {one} {two} " in asked for one, two in pairwise(own))
        totals = [_cell(row, header, heading) for row in rows if row.total for header in _headers([row])]
        stated = [one for one in totals if one and one.unit and normal(one.unit.split("(")[0]) in asked]
        stated = stated or [one for one in totals if one and joined(one.unit.split("(")[0])[-8:] in asked]
        if pairs and stated:
            named.append((pairs, stated[0]))
    named.sort(key=lambda one: -one[0])
    return [(named[0][1], named[1][1])] if len(named) > 1 else []


def _heading(rows: Sequence[Row]) -> str:
    return caption(rows[0].chunk) or (rows[0].chunk.path[-1] if rows[0].chunk.path else "")


def _headers(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))


def _cell(row: Row, header: str, place: str) -> Stated | None:
    value = number_in(row, header)
    cell = next((one for one in row.figures if one.header == header), None)
    if value is None or cell is None:
        return None
    name = f"{place or 'bảng'}, {row.label if not row.total else 'dòng ' + row.label}"
    return Stated(cell.value, value, counted_in(row, header) or column_name(header), name, row_spans(row))


def _money(query: Query, own: Sequence[Choice], tables: Sequence[Sequence[Row]]) -> list[tuple[Stated, Stated]]:
    """Return the sum of money that a sentence states and the printed total of the table's column of money."""
    if not _MONEY.search(query.understood.folded):
        return []
    total = re.search(r"\b(?:tong|toan bo|tat ca)\b", query.understood.folded)
    said = [
        (one, match)
        for one in own
        for match in [MONEY.search(one.unit.text)]
        if match and (not total or "tổng" in one.unit.text.lower())
    ]
    for rows in tables:
        printed_ = [row for row in rows if row.total]
        for header in (
            [one for one in _headers(rows) if re.search(r"tiền|đồng|kinh phí", one, re.I)] if printed_ else ()
        ):
            stated = _cell(printed_[-1], header, _heading(rows))
            if stated and said:
                return [(_sentence(*said[0]), stated), *_rows_sum(rows, header, stated)]
    return []


def _rows_sum(rows: Sequence[Row], header: str, total: Stated) -> list[tuple[Stated, Stated]]:
    parts = [row for row in rows if not row.total and number_in(row, header) is not None]
    if len(parts) < 2:
        return []
    value = sum((number_in(row, header) or Decimal(0) for row in parts), Decimal(0))
    spans = tuple(dict.fromkeys(span for row in parts for span in row_spans(row)))
    terms = " + ".join(cell.value for row in parts for cell in row.figures if cell.header == header)
    working = f"{terms} = {printed(value)}"
    return [(Stated(printed(value), value, total.unit, say("answers", "rows_added"), spans, working), total)]


def _sentence(choice: Choice, match: re.Match[str]) -> Stated:
    return _figure(match, Span(choice.unit.chunk, *choice.unit.sentence))


def _figure(match: re.Match[str], span: Span) -> Stated:
    """Read what a text states: a figure with its unit behind it."""
    figure = re.search(r"\d[\d.,]*\d|\d", match.group())
    shown = figure.group() if figure else match.group()
    unit = match.group()[len(shown) :].strip() if match.group().startswith(shown) else ""
    return Stated(shown, amount(shown) or Decimal(0), unit.strip(" ,;."), say("answers", "in_text"), (span,))


def _cells(query: Query, own: Sequence[Choice], tables: Sequence[Sequence[Row]]) -> list[tuple[Stated, Stated]]:
    """Return the figure of a sentence about a row and the cell of that row: "06 tập thể" beside "7"."""
    asked = join(tokens(query.understood.folded))
    for rows in tables:
        for row in named_rows(query, list(rows))[:1]:
            if join(tokens(row.label)) not in asked:
                continue
            for header in _headers([row]):
                noun = join(tokens(column_name(header)))
                stated = _cell(row, header, _heading(rows))
                if stated is None or noun not in asked:
                    continue
                for choice in own:
                    if join(tokens(row.label)) in joined(choice.unit.sentence_text):
                        match = _counting(choice.unit.sentence_text, noun)
                        if match:
                            return [(_sentence(choice, match), stated)]
    return []


def _counting(text: str, noun: str) -> re.Match[str] | None:
    """Return a figure that stands right before a joined noun."""
    words = noun.split()
    for match in _FIGURE.finditer(text):
        behind = [re.sub(r"\W", "", one) for one in fold(text[match.end() :]).split()[: len(words)]]
        if behind and behind == words:
            return re.compile(rf"{re.escape(match.group())}\s+(?:\S+\s*){{{len(words)}}}").match(text, match.start())
    return None


def _counted(
    query: Query, own: Sequence[Choice], lists: Sequence[Table], library: Library
) -> list[tuple[Stated, Stated]]:
    """Return what a sentence counts and how many rows of a list there are: by group, or by what the rows are named."""
    asked = join(tokens(query.understood.folded))
    for table in lists:
        groups: dict[str, list[Row]] = {}
        for one in table.records:
            for cell in one.labels:
                if cell.header in GROUP_HEADERS:
                    groups.setdefault(join(tokens(cell.value)), []).append(one)
        if not groups:
            groups = _by_name(table)
        said = {noun: rows for noun, rows in groups.items() if noun in asked}
        if not any(f" {word}{noun}" in asked for noun in said for word in ("so", "nhieu", "may")):
            continue
        for text, span in _passages(own, table.records[0].chunk.document_id, library):
            found = [(noun, match) for noun in said for match in [_counting(text, noun)] if match]
            if found:
                return [(_figure(match, span), _rows_of(said[noun])) for noun, match in found]
    return []


def _passages(own: Sequence[Choice], document: str, library: Library) -> Iterator[tuple[str, Span]]:
    """Yield sentences, the best first, and then the lines that open a passage, which may be headings."""
    for choice in own:
        yield choice.unit.sentence_text, Span(choice.unit.chunk, *choice.unit.sentence)
    for chunk in library.chunks_of(document):
        if chunk.kind not in ("row", "front", "back"):
            line = chunk.text.split("\n")[0]
            yield line, Span(chunk, chunk.start, chunk.start + len(line))


def _by_name(table: Table) -> dict[str, list[Row]]:
    """Group rows by the nouns of the header that names them: "Tên sáng kiến, đề tài"; a row may say which it is."""
    nouns = [part.split() for part in re.split(r"[,;/]", " ".join(fold(table.key).split()))]
    named = [join(words[-2:]) for words in nouns if len(words) > 1]
    groups: dict[str, list[Row]] = {}
    for one in table.records:
        cell = one.cell(table.key)
        start = join(tokens(cell.value)) if cell else ""
        noun = next((noun for noun in named if start.startswith(noun)), named[0] if named else "")
        if noun:
            groups.setdefault(noun, []).append(one)
    return groups


def _rows_of(rows: Sequence[Row]) -> Stated:
    spans = tuple(Span(one.chunk, one.chunk.start, one.chunk.end) for one in rows)
    place = caption(rows[0].chunk) or (rows[0].chunk.path[-1] if rows[0].chunk.path else "bảng")
    return Stated(f"{len(rows):02d}", Decimal(len(rows)), say("answers", "rows_unit"), shorten(plain(place), 60), spans)


def _told(pairs: Sequence[tuple[Stated, Stated]]) -> Draft:
    agree = all(one.value == other.value for one, other in pairs)
    statements = [Statement(say("answers", "places_agree" if agree else "places_differ"), ())]
    for one, other in pairs:
        more, less = sorted((one, other), key=lambda stated: -stated.value)
        differ = more.value - less.value
        gap = f" ({more.figure} − {less.figure} = {printed(differ)})" if differ else ""
        text = say(
            "answers", "places", first=_said(one), second=_said(other), one=one.place, other=other.place, gap=gap
        )
        text += "".join(f": {stated.working}" for stated in (one, other) if stated.working)
        statements.append(Statement(text, tuple(dict.fromkeys((*one.spans, *other.spans))), computed=True))
    return Draft("sides", tuple(statements))


def _said(one: Stated) -> str:
    return f"{one.figure} {one.unit}".strip()
