"""Which rows of a table a question means: by what the rows are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answers.tables.rows import Row
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import presence
from assistant.words import join
from vectorstore.lexical import accented_tokens, tokens

_SHARES = frozenset(["ty", "le", "phan", "tram"])
_AGAINST = re.compile(r"\b(?:chenh|hon|kem|lan luot|tong cong|cong lai|gop|ca hai)\b")
_ACROSS = re.compile(r"\btap the\b.*\bca nhan\b")
"""These are columns mostly."""
_MONEY = frozenset(["tien", "dong", "trieu", "ty"])
_BODY_WORDS = ("huyen", "tinh", "xa", "so", "phuong", "thon", "phong", "truong")
_BRACKETS = re.compile(r"\([^()]*\)")
_JOINING = r"(?:va|voi|hay|hoac|lan|cung|so voi)"
HALF = 0.5
"""Share of a label's telling words that names its row,"""
SOME = 0.3
"""or so much with two words of it."""
NEARLY = 0.95
"""Rows named as well as the best of them, nearly."""
TELLING = 0.3
START = 2
"""Words from which two names begin alike."""


def named_rows(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose label the question names best, at least by half of the label's telling words."""
    ignored = _common(rows) | _naming_bodies(query)
    named = _of_class(query, rows_said(query, rows)) or _best_named(query, rows, ignored)
    if named and len({row.label for row in named}) == 1 and _several(query, named[0]):
        rest = [row for row in rows if row.label != named[0].label]
        named = [*named, *_best_named(query, rest, ignored | set(tokens(named[0].label)))]
        named = [row for row in rows if row in named]
    return named


def _several(query: Query, named: Row) -> bool:
    """Say whether the row named is joined with others by "và" to be set against them, added or told one by one."""
    folded = join(tokens(query.understood.folded)).replace(join(tokens(named.label)), " | ")
    joins = re.search(rf" {_JOINING} ", folded) is not None
    return joins and bool(_AGAINST.search(folded)) and not _ACROSS.search(folded)


def _best_named(query: Query, rows: Sequence[Row], ignored: Collection[str]) -> list[Row]:
    scored: list[tuple[float, Row]] = []
    for row in rows:
        if row.total or not row.label:
            continue
        weight, hits, share = _named(query, row, ignored)
        if share >= HALF or (hits >= 2 and share >= SOME):
            scored.append((weight + share, row))
    best = max((score for score, _ in scored), default=0.0)
    return _of_class(query, [row for score, row in scored if score >= NEARLY * best])


def _common(rows: Sequence[Row]) -> set[str]:
    """Return the words that tell no row from the others: of most labels, and of the header that stands over them.

    "Lĩnh vực kinh tế" names the column and a row in it, not the row "Lĩnh vực khác".
    """
    labels = [frozenset(tokens(row.label)) for row in rows if row.label]
    common = {token for token in frozenset().union(*labels) if sum(token in one for one in labels) > 0.6 * len(labels)}
    common = common if len({row.label for row in rows}) > 2 else set()
    return common | {
        word for row in rows for cell in row.labels if cell.value == row.label for word in tokens(cell.header)
    }


def _named(query: Query, row: Row, ignored: Collection[str]) -> tuple[float, int, float]:
    """Return the weight of the words by which a row is named, how many they are and their share of its label."""
    short = re.split(r"[(:]", row.label)[0]
    joined, accented = join(tokens(short)), set(accented_tokens(short))
    held = {
        concept.text: concept.weight * presence(concept, joined.split(), joined, accented)
        for concept in query.concepts
        if concept.weight > TELLING and concept.text not in ignored
    }
    size = max(1, len([token for token in joined.split() if len(token) > 1 and token not in ignored]))
    hits = sum(1 for weight in held.values() if weight > 0)
    # "Bao nhiêu tiền" asks for a sum, not for the row "Tiền thưởng", "tỷ lệ" for a share.
    asking = _SHARES if query.understood.asks("ratio") else _MONEY & set(query.understood.counted[:1])
    if not any(weight for word, weight in held.items() if word not in asking):
        return 0.0, 0, 0.0
    return sum(held.values()), hits, max(hits / size, HALF if _part_said(query, short) else 0.0)


def _part_said(query: Query, label: str) -> bool:
    """Say whether one of the names that a label joins stands whole in the question: "Lao động, Chiến công"."""
    said = join(tokens(query.understood.folded))
    names = [tokens(part) for part in label.split(", ")]
    return len(names) > 1 and any(len(name) > 1 and join(name) in said for name in names)


def _of_class(query: Query, rows: list[Row]) -> list[Row]:
    """Keep of rows alike those whose finer cell the question says: "hạng Nhì" of three classes of one order."""
    said = join(tokens(query.understood.folded))
    if len({row.chunk.id for row in rows}) < 2 or len({row.labels[0].value for row in rows if row.labels}) != 1:
        return rows
    return [row for row in rows if any(join(tokens(cell.value)) in said for cell in row.labels[1:])] or rows


def _naming_bodies(query: Query) -> set[str]:
    """Return the words that only stand before the name of a body or place: "huyện" of "huyện A".

    "Huyện A tặng …" says whose table it is, not "Giấy khen của Chủ tịch UBND huyện".
    """
    folded, names = query.understood.folded, [" ".join(tokens(name)) for name in query.understood.names]
    bodies, letter = "|".join(_BODY_WORDS), r"[a-z]\d?"
    pattern = re.compile(rf"\b({bodies}) (?:{'|'.join((letter, *map(re.escape, names)))})\b")
    named = set(pattern.findall(folded))
    alone = pattern.sub(" ", folded)
    return named - set(alone.split())


def rows_said(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose whole label stands in the question, none for a label within another one's.

    What two labels begin with may be said once: "Huân chương hạng Nhì và hạng Ba".
    """
    said = join(tokens(query.understood.folded))
    found = [(join(tokens(_BRACKETS.sub(" ", row.label))), row) for row in rows if row.label and not row.total]
    held = [(key, row) for key, row in found if key.strip() and (key in said or _shares_start(key, said))]
    return [row for key, row in held if not any(key != other and key in other for other, _ in held)]


def _shares_start(key: str, said: str) -> bool:
    """Say whether a label stands in the question in two parts, the second one behind a word that joins."""
    words = key.split()
    for size in range(len(words) - 1, START - 1, -1):
        ending = rf" {_JOINING} (?:(?:cua|cho) )?{re.escape(' '.join(words[size:]))} "
        start = said.find(join(words[:size]))
        if start >= 0 and re.search(ending, said[start:]):
            return True
    return False


def group_named(query: Query, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that share a label of a second column which the question says: all of "cấp Nhà nước"."""
    said = join(tokens(query.understood.folded))
    for header in dict.fromkeys(cell.header for row in rows for cell in row.labels):
        groups: dict[str, list[Row]] = {}
        for row in rows:
            value = next((cell.value for cell in row.labels if cell.header == header), "")
            if value and value != row.label:
                groups.setdefault(join(tokens(value)), []).append(row)
        named = [own for key, own in groups.items() if key.strip() and key in said and len(own) > 1]
        if len(named) == 1 and len(groups) > 1:
            return named[0]
    return []
