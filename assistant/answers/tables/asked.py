"""What of a table a question asks for: its rows, its columns, a sum over them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.tables.picking import rows_said
from assistant.answers.tables.rows import Row
from assistant.retrieval.query import Query
from vectorstore.lexical import tokens

_SUM = re.compile(
    r"\b(?:tong|tinh tong|cong (?:ca|lai|gop)|gop|don lai|gom (?:ca|het|lai|chung|tat)|tat ca|toan bo|ca thay)\b"
)
_CHANGE = re.compile(r"\b(?:tang|giam|hon|kem|chenh|thay doi|so voi)\b")
_TYPED_CHANGE = re.compile(r"\b(?:tăng|giảm|hơn|kém|chênh|thay đổi|so với)\b", re.I)
MOST = re.compile(
    r"\b(?:nhieu\b.{0,50}\bnhat|dong\b(?!(?: [a-z]+){0,3} dong\b).{0,20}\bnhat|cao nhat|lon nhat|dan dau|dung dau)\b"
)
LEAST = re.compile(r"\b(?:it\b.{0,50}\bnhat|thap nhat|nho nhat)\b")
_TYPED_SUM = re.compile(r"\b(?:cộng(?! (?:thêm |tối đa )*(?:bao nhiêu |mấy |tối đa )*điểm)|gộp|tổng)\b", re.I)
_TOGETHER = re.compile(r"\b(?:(?:cong|gop|gom|don) (?:ca|lai|gop|chung|hai)|gop|ca hai|tinh chung)\b")
_WHOLE = re.compile(
    r"\b(?:tong|cong|gop|gom|don)\b.*\b(?:tat ca|toan bo|moi|cac|het|ca) (?:cac |moi |\w+ )?"
    r"(?:linh vuc|nganh|don vi|mang|dong)"
)


_MEAN = re.compile(r"\b(?:binh quan|trung binh)\b")
_PER_HEAD = re.compile(r"\bbinh quan (?:dau nguoi|mot nguoi|moi nguoi|(?:tren )?(?:mot |moi )?(?:ha|hec))")
YEARLY = re.compile(r"\b(?:moi|mot|hang|tung|1) nam\b|\bnam (?:nao cung )?(?:duoc |co )?(?:bao nhieu|may)\b")
_SHARE = re.compile(r"\b(?:bao nhieu|may) ?(?:phan tram|%)|\bchiem (?:ty le|ty trong|bao nhieu|may)\b")
_CHECKS = re.compile(r"\b(?:khop|dung|bang|lech|chenh|sai|du|ra|thong nhat)\b")
_PRINTED_TOTAL = re.compile(
    r"\b(?:dong|hang) (?:tong|cong)\b|\b(?:bang|bieu)\b.*\b(?:tong|cong)\b|\b(?:tong|cong)\b.*\b(?:bang|bieu)\b"
)
_ADDED_UP = re.compile(r"\btong\b.*\bcong (?:lai|don|tung|cac|ca|gop|so|theo)\b|\bdong cong\b")
_BETWEEN = re.compile(
    r"\btu (?:dau |het )?(?:nam )?((?:19|20)\d{2}) (?:den|toi)(?: (?:het|cuoi|nay|nam))* ((?:19|20)\d{2})\b"
)
_MANY = re.compile(r"\b(?:may|bao nhieu|bn)\b")
_EACH = re.compile(r"\b(?:lan luot|tung|moi (?:loai|nam|don vi|ben))\b")
_WHICH = re.compile(r"\b([a-z]+(?: [a-z]+)?) nao\b")
_ENDS = re.compile(r"\b(?:tang|giam|thay doi|chenh|hon|kem)\b")


def asks_sum(query: Query) -> bool:
    """Say whether figures are to be added; "cộng" typed with its accents needs no companion."""
    return bool(_SUM.search(query.understood.folded) or _TYPED_SUM.search(query.understood.read))


def asks_change(query: Query) -> bool:
    """Say whether figures are set against each other; "tặng" and "Giám đốc" typed with their accents are no change."""
    typed = query.understood.read if query.understood.accented else ""
    return bool(_TYPED_CHANGE.search(typed) if typed else _CHANGE.search(query.understood.folded))


def asks_extreme(query: Query) -> bool:
    """Say whether the highest or the lowest is asked for."""
    return bool(MOST.search(query.understood.folded) or LEAST.search(query.understood.folded))


def asks_mean(folded: str) -> bool:
    """Say whether an average over rows or years is asked for, not one per head or hectare that papers print."""
    return bool(_MEAN.search(folded)) and not _PER_HEAD.search(folded)


def asks_yearly(folded: str) -> bool:
    """Say whether it is so much a year that is asked for."""
    return bool(YEARLY.search(folded))


def asks_each(folded: str) -> bool:
    """Say whether several values are asked for one by one: "năm 2023 là mấy, năm 2025 còn mấy"."""
    return len(_MANY.findall(folded)) > 1 or bool(_EACH.search(folded))


def asks_share(folded: str) -> bool:
    """Say whether it is asked how many per cent one thing is of another."""
    return bool(_SHARE.search(folded))


def asks_check(query: Query) -> bool:
    """Say whether a printed total is to be held against what it adds up."""
    folded = query.understood.folded
    return query.understood.asks("consistency", "yes_no") and bool(
        _CHECKS.search(folded) and (_PRINTED_TOTAL.search(folded) or _ADDED_UP.search(folded))
    )


def asks_total(folded: str) -> bool:
    """Say whether the sum over all rows is asked for: "tổng số … của tất cả lĩnh vực", "cộng các lĩnh vực"."""
    return bool(_WHOLE.search(folded))


def asks_across(folded: str) -> bool:
    """Say whether the figures of one row are to be added: "tập thể và cá nhân cộng lại", "gộp cả hai"."""
    return bool(_TOGETHER.search(folded))


def years_asked(query: Query, rows: Sequence[Row]) -> list[str]:
    """Return the years asked for in order, those within a period too; none where they are all the table has.

    A period is left to the paper where the rows bear no years.
    """
    understood, known = query.understood, {row.year for row in rows if row.year}
    span = understood.period
    between = _BETWEEN.search(understood.folded)
    if between and not _ENDS.search(understood.folded):
        span = int(between.group(1)), int(between.group(2))
    if span is None or not known:
        return [str(year) for year in understood.years]
    run = [str(year) for year in range(min(span), max(span) + 1)]
    return [] if known <= set(run) else run


def added_rows(query: Query, named: Sequence[Row]) -> bool:
    """Say whether the rows named are the ones to add: each said in full, or as many as the question counts."""
    labels = {row.label for row in named}
    if len({row.unit for row in named}) > 1 or any(row.yearly for row in named):
        return len(rows_said(query, named)) == len(named) and len({row.unit for row in named}) == 1
    many = {2: r"\b(?:hai|2|ca)\b", 3: r"\b(?:ba|3|ca)\b", 4: r"\b(?:bon|4|ca)\b"}.get(len(labels))
    return len(rows_said(query, named)) == len(named) or bool(many and re.search(many, query.understood.folded))


def nouns_asked(query: Query) -> list[str]:
    """Return what it is asked which one it is: "huyện", "đơn vị trình" of "huyện nào"."""
    return [noun for match in _WHICH.findall(query.understood.folded) for noun in (match, match.split()[-1])]


def called(row: Row, noun: str) -> bool:
    """Say whether a row's name begins with a noun and goes on: "Huyện A" is a "huyện"."""
    words = tokens(row.label)
    size = len(noun.split())
    return not row.total and len(words) > size and words[:size] == noun.split()


def leading(query: Query, rows: Sequence[Row]) -> bool:
    """Say whether two rows or more are of the kind of which it is asked which one it is."""
    return len({row.label for row in rows for noun in nouns_asked(query) if called(row, noun)}) > 1
