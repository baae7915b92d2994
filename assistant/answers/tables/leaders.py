"""Which of the rows of a kind leads: "huyện nào … nhiều nhất", where rows are called "Huyện A", "Huyện B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.tables.asked import LEAST, MOST
from assistant.answers.tables.cells import extremes
from assistant.answers.tables.rows import Row
from assistant.answers.tables.table import tables_of
from assistant.drafts import Draft
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.words import join
from vectorstore.lexical import tokens

READ = 30
"""Passages whose papers' tables are read."""
LEAST_ROWS = 2
SAID = 2
"""Words of a column's headers that the question must say."""
_WHICH = re.compile(r"\b([a-z]+(?: [a-z]+)?) nao\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# Persons are counted under "cá nhân".
_SAME = {"nguoi": ("ca", "nhan")}


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Name the row with the highest or lowest figure, ``None`` unless rows of the kind asked for stand in a table."""
    folded = query.understood.folded
    if bool(MOST.search(folded)) == bool(LEAST.search(folded)):
        return None
    nouns = [noun for match in _WHICH.findall(folded) for noun in (match, match.split()[-1])]
    best: tuple[int, list[Row], str] | None = None
    documents = dict.fromkeys(one.chunk.document_id for one in evidence[:READ])
    for table in tables_of(documents, library) if nouns else ():
        pool = [row for row in table.figures if not row.total and any(_called(row, noun) for noun in nouns)]
        if len({row.label for row in pool}) < LEAST_ROWS:
            continue
        said, header = _column(query, pool)
        if said >= SAID and (best is None or said > best[0]):
            best = (said, pool, header)
    return extremes(best[1], [best[2]], folded) if best else None


def _called(row: Row, noun: str) -> bool:
    """Say whether a row's name begins with a noun and goes on."""
    words = tokens(row.label)
    size = len(noun.split())
    return len(words) > size and words[:size] == noun.split()


def _column(query: Query, rows: Sequence[Row]) -> tuple[int, str]:
    """Return the column of figures whose headers the question says most words of, alone."""
    said = {one.text for one in query.concepts if one.weight > 0}
    said |= {word for noun, words in _SAME.items() if noun in said for word in words}
    years = {str(year) for year in query.understood.years}
    scored = []
    for header in dict.fromkeys(cell.header for row in rows for cell in row.figures if cell.header):
        words = set(join(tokens(header)).split())
        if not (set(_YEAR.findall(header)) - years if years else ()):
            scored.append((len(words & said), header))
    scored.sort(key=lambda one: -one[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return 0, ""
    return scored[0]
