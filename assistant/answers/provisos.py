"""What a paper says elsewhere of the provision told: from when it applies, to whom it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.drafts import Span, Statement
from assistant.reading.wording import plain, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest import patterns
from ingest.sentences import split

_LIMITS = re.compile(
    r"áp dụng (?:từ|kể từ|đối với|cho)|không áp dụng|có hiệu lực|kể từ (?:ngày|năm|kỳ)|từ kỳ|đến hết|hết hiệu lực|trừ "
    r"trường hợp|chuyển tiếp",
    re.I,
)
_NAMED_CLAUSE = re.compile(r"(?P<label>khoản \d+)")
ROOM = 260


def of(query: Query, told: Span, library: Library) -> list[Statement]:
    """Return the sentence that limits the clause told, where a question asks whether or when it holds."""
    if not query.understood.asks("yes_no", "permit", "when", "needs"):
        return []
    article, clause = _first(patterns.ARTICLE, told.chunk.path), _clause(told)
    if not article or not clause:
        return []
    said = re.compile(rf"khoản {clause} Điều {article}\b|Điều {article},? khoản {clause}\b", re.I)
    for chunk in library.chunks_of(told.chunk.document_id):
        if chunk.kind in ("row", "front", "back") or chunk.id == told.chunk.id:
            continue
        for start, end in split(chunk.text):
            text = chunk.text[start:end]
            if said.search(text) and _LIMITS.search(text):
                return [Statement(shorten(plain(text), ROOM), (Span(chunk, chunk.start + start, chunk.start + end),))]
    return []


def _clause(told: Span) -> str:
    """Return the number of the clause told: in its heading path, or at the head of its line."""
    before = told.chunk.text[: told.start - told.chunk.start + 5].split("\n")
    return _first(_NAMED_CLAUSE, told.chunk.path) or _first(patterns.CLAUSE, reversed(before))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str:
    """Return the number of the first text that begins with a provision."""
    return next((found["label"].split()[-1] for text in texts for found in [pattern.match(text)] if found), "")
