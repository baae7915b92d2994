"""Which columns a question asks for, by the lines of their headers and the kind of value they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.amounts import amount
from assistant.answers.tables.asked import asks_each
from assistant.answers.tables.rows import BARE, UNIT, Row
from assistant.question.question_types import NUMERIC, Kind
from assistant.reading.wording import plain
from assistant.retrieval.query import Query
from assistant.words import join
from ingest.records import Cell
from vectorstore.lexical import tokens

HEADS: dict[Kind, re.Pattern[str]] = {
    "who": re.compile(r"chu tri|bo phan|nguoi|phu trach|thuc hien|co quan|ho va ten|ho ten|chuc"),
    "body": re.compile(r"chu tri|bo phan|don vi|phu trach|thuc hien|co quan"),
    "when": re.compile(r"thoi gian|thoi han|tien do|ngay|\bhan\b|hoan thanh|thoi diem"),
    "where": re.compile(r"dia diem|\bnoi\b|\bnguon\b"),
    "why": re.compile(r"ly do|nguyen nhan|ghi chu"),
    "document": re.compile(r"quyet dinh|van ban|to trinh|cong van|so hieu"),
    "permit": re.compile(r"ket qua"),
    "yes_no": re.compile(r"ket qua"),
}
"""What stands in the header of a column that holds a value of a kind."""
ASKING = re.compile(r"\b(?:nao|gi|may|bao nhieu|bn|ai|o dau|the nao|ra sao)\b")
"""Words that ask for one value each."""
_MANY = re.compile(r"\b(?:may|bao nhieu|bn)\b")
_PAPER = re.compile(r"\b(quyet dinh|to trinh|cong van|van ban|ke hoach|bien ban)\b")
_PLANNED = re.compile(r"^(?:ke hoach|chi tieu|so voi|ty le|muc tieu)\b")
_COUNTING = re.compile(r"^(?:tong so|so luong|trong do|tong|so|muc)(?= [a-z])")
"""What a header may say before the thing it counts."""
_DONE = frozenset(["thực hiện", "kết quả", "số lượng"])
"""Headers that say nothing of what is counted."""
_COUNTED = re.compile(r"số (phiếu|lượt|hồ sơ|người|giải|đại biểu)$")
"""A header over others that says what they all count."""
_HOLDING: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(r"\b(?:tien|dong(?! y)|kinh phi)\b"),
    "rank": re.compile(r"\b(?:xep|thu) hang\b|\bvi tri\b"),
}
"""What stands in the headers of a column that holds figures of a kind."""
_MOST_OF = re.compile(r"\b(?:nhieu|it) (?:tien|kinh phi) (?:[a-z]+ ){0,2}nhat\b")
_PERSONS = re.compile(r"\b(?:bao nhieu|may) nguoi\b|\b(?:nhieu|dong|it) nguoi (?:[a-z]+ ){0,2}nhat\b")
"""Persons are counted under "Cá nhân"."""
_RESULT = re.compile(r"^(?:thanh tien|tong|cong)\b")
"""The column of what others come to, told where one of several of its kind is asked for."""
_REMARKS = re.compile(r"\bdieu kien|\bghi chu|\bluu y")
TELLING = 0.3
SPEAKS = 2
BEGUN = 3
MOST = 3
"""Columns told where the question names none."""
SIBLINGS = 4
"""Columns under one header that may be told together."""


def columns_asked(query: Query, rows: Sequence[Row]) -> tuple[list[str], bool]:
    """Return the columns of figures that the question names and whether it does; else the first ones."""
    headers = list(dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header))
    named = _under(query, _of_kind(query, _by_name(query, headers), headers), headers)
    parts = {cell.header for row in rows for cell in row.figures if cell.value.endswith("%")}
    shares = [one for one in headers if one in parts]
    if query.understood.asks("ratio"):
        named += [one for one in shares if one not in named]
    planned = [one for one in headers if _PLANNED.search(" ".join(tokens(one)))]
    done = [one for one in headers if one not in planned]
    if named and asks_each(query.understood.folded) and set(shares) <= set(named) <= set(planned) != set(shares):
        # "Có bao nhiêu …, đạt mấy phần trăm kế hoạch": what was done is asked for beside its share of the plan.
        return [*done, *shares], True
    if not named and planned:
        # What was done is asked for, unless the plan or the comparison with it is named.
        return (done or headers)[:MOST], len(done) == 1
    return named or headers[:MOST], bool(named) or headers == [BARE]


def _of_kind(query: Query, named: list[str], headers: Sequence[str]) -> list[str]:
    """Return the columns that hold figures of the kind asked for where those named do not, of several the result."""
    most = _MOST_OF.search(query.understood.folded)
    pattern = (
        _HOLDING["money"] if most else next((_HOLDING[one] for one in query.understood.kinds if one in _HOLDING), None)
    )
    if pattern is None or any(pattern.search(" ".join(tokens(one))) for one in named):
        return named
    fitting = [one for one in headers if pattern.search(" ".join(tokens(one)))]
    return [one for one in fitting if _RESULT.search(" ".join(_leaf(one)))] or fitting or named


def cells_asked(query: Query, rows: Sequence[Row], columns: list[str], sure: bool) -> tuple[list[str], bool, list[str]]:
    """Return the columns of figures and of words to tell of rows: the latter where more is asked than figures say.

    A cell of words is asked for by its header, or by telling words of the question that do not name the row.
    """
    headers = dict.fromkeys(cell.header for row in rows for cell in row.labels if cell.value != row.label)
    asked = len(ASKING.findall(query.understood.folded))
    dates = query.understood.kind == "when" and not _MANY.search(query.understood.folded)
    counts = query.understood.asks(*NUMERIC, "compare") and not dates
    if query.understood.kind == "how_many" and not query.understood.asks("ratio"):
        shares = {cell.header for row in rows for cell in row.figures if cell.value.endswith("%")}
        columns = [one for one in columns if one not in shares]  # A share is no number of things.
    if sure and counts and asked <= len(columns):
        return columns, sure, []
    words = words_asked(query, list(headers))
    if len(words) < (asked if not counts else 1):
        words += [one for one in headers if one not in words and any(_speaks(query, row, one) for row in rows)]
    if _REMARKS.search(query.understood.folded):
        words += [one for one in headers if _REMARKS.search(" ".join(_leaf(one))) and one not in words]
    figures = not dates and ((sure and (counts or not words)) or (query.understood.asks(*NUMERIC) and not words))
    return (columns if figures else []), sure, words


def _speaks(query: Query, row: Row, header: str) -> bool:
    """Say whether a row's cell of words has two telling words of the question that do not name the row."""
    words = {one.text for one in query.concepts if one.weight > TELLING and not one.inherited} - set(tokens(row.label))
    own = {word for cell in row.labels if cell.header == header for word in tokens(cell.value)}
    figure = query.understood.kind not in NUMERIC or any(word.isdigit() for word in own)
    return figure and len(words & own) >= SPEAKS


def words_asked(query: Query, headers: Sequence[str]) -> list[str]:
    """Return the columns of words asked for: by most of the header's name, or by the kind of value it holds."""
    said = set(tokens(query.understood.folded))
    own = {header: set(_leaf(header)) for header in headers}
    alone = {header: words.difference(*(own[one] for one in headers if one != header)) for header, words in own.items()}
    return [one for one in headers if _worded(query, one) or (len(alone[one]) >= SPEAKS and alone[one] <= said)]


def _worded(query: Query, header: str) -> bool:
    own = [word for word in _leaf(header) if word.isalpha()]
    said = join(tokens(query.understood.folded))
    if own and (join(own[:2]) in said if len(own) > 1 else join(own) in said):
        return True
    papers = set(_PAPER.findall(query.understood.folded))
    kinds = [kind for kind in query.understood.kinds if kind in HEADS and not (papers and kind == "document")]
    if papers and query.understood.asks("document") and (papers | {"van ban"}) & set(_PAPER.findall(" ".join(own))):
        return True
    return any(HEADS[kind].search(" ".join(own)) for kind in kinds)


def _leaf(header: str) -> list[str]:
    """Return the words of a header's last line without what stands in brackets."""
    return tokens(header.rsplit(">", 1)[-1].split("(")[0])


def _parents(header: str) -> list[str]:
    return [" ".join(tokens(part)) for part in header.split(">")[:-1]]


def _by_name(query: Query, headers: Sequence[str]) -> list[str]:
    """Return the headers whose last line the question says: whole, by another word for it, or by what it alone has.

    What says one column says no other: of "tỷ lệ hồ sơ có kết quả" no "hồ sơ" is left to ask for "Tổng số hồ sơ".
    """
    said = join(tokens(query.understood.folded))
    leaves = {header: _leaf(header) for header in headers}
    parts = {header: header.rsplit(">", 1)[-1].split("(")[0].split(",") for header in headers}
    named = [header for header, own in leaves.items() if own and join(own) in said]
    for header, own in parts.items():
        if header not in named and len(own) > 1 and any(_said(one, said) for one in own):
            named.append(header)
    named += [header for header, own in leaves.items() if header not in named and _meant(query, join(own))]
    for header in sorted(named, key=lambda one: -len(leaves[one])):
        said = said.replace(join(leaves[header]), " | ")
    short = {header: _COUNTING.sub("", " ".join(own)).strip() for header, own in leaves.items() if header not in named}
    named += [header for header, own in short.items() if own and own != " ".join(leaves[header]) and f" {own} " in said]
    if not named:
        named = [h for h, own in leaves.items() if len(own) >= BEGUN and join(own[:BEGUN]) in said]
    if not named:
        words = set(said.split())
        named = [header for header, own in leaves.items() if len(own) >= BEGUN and set(own) <= words]
    if not named:
        named = [header for header, own in leaves.items() if " ".join(own) == "ca nhan" and _PERSONS.search(said)]
    return [header for header in headers if header in named]


def _said(part: str, said: str) -> bool:
    """Say whether the question says one of the names that a header joins: "Bác sĩ, dược sĩ"."""
    words = tokens(part)
    return len(words) > 1 and join(words) in said


def _meant(query: Query, joined: str) -> bool:
    return any(key == joined for concept in query.concepts for key, strength in concept.alternatives if strength >= 0.7)


def _under(query: Query, named: list[str], headers: Sequence[str]) -> list[str]:
    """Keep of columns called alike those under the header that the question says; ask all under it where it asks more.

    Under "Số phiếu" stand "Đồng ý" and "Không đồng ý": who asks for two numbers of votes and says one gets both.
    """
    words = {header: frozenset(word for part in _parents(header) for word in part.split()) for header in headers}
    common = frozenset.intersection(*words.values()) if words else frozenset()
    said = set(tokens(query.understood.folded))
    scores = {header: len((own - common) & said) for header, own in words.items()}
    kept = []
    for header in named:
        alike = [other for other in named if _leaf(other) == _leaf(header)]
        if scores[header] == max(scores[other] for other in alike):
            kept.append(header)
    if not kept and (most := max(scores.values(), default=0)) > 1:
        kept = [header for header in headers if scores[header] == most]
    asked = len(_MANY.findall(query.understood.folded))
    if len(kept) == 1 and asked > 1 and (above := kept[0].rpartition(" > ")[0]):
        beside = [header for header in headers if header.rpartition(" > ")[0] == above]
        kept = beside if len(beside) <= SIBLINGS else kept
    return kept


def column_name(column: str) -> str:
    """Return the last line of a header, as it is said beside a figure."""
    return "" if column == BARE else column.rsplit(">", 1)[-1].strip().lower()


def counted_in(row: Row, column: str) -> str:
    """Return what a figure counts, said after it: "tập thể", "triệu đồng", "đồng (cá nhân)", "phiếu đồng ý"."""
    name, unit = column_name(column), row.unit
    if found := UNIT.search(column):
        name, unit = name.replace(found.group().lower(), " ").strip(), found.group(1).lower()
    elif counted := _COUNTED.match(column.rpartition(" > ")[0].rpartition(" > ")[2].lower()):
        return f"{counted.group(1)} {name}"
    name = "" if name in _DONE else " ".join(name.split())
    if not unit or unit == name:
        return name
    return f"{unit} ({name})" if name else unit


def said(row: Row, column: str, value: str) -> str:
    """Say a figure with what it counts; one that carries its own sign needs no unit."""
    words = column_name(column) if value.endswith("%") else counted_in(row, column) or column_name(column)
    return f"{value} {words}".rstrip()


def cell_told(row: Row, cell: Cell) -> str:
    """Say a cell: a figure with what it counts, words behind their header."""
    figure = amount(cell.value) is not None
    return said(row, cell.header, cell.value) if figure else f"{column_name(cell.header)}: {plain(cell.value)}"
