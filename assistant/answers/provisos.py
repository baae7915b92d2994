"""What a paper says elsewhere of the provision told: from when it applies, to whom it does not."""

from __future__ import annotations

import re

from assistant.drafts import Span, Statement
from assistant.reading.wording import plain, shorten
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest.sentences import split

_ARTICLE = re.compile(r"^Điều (\d+[a-zđ]?)\b", re.I)
_CLAUSE = re.compile(r"^\s*(\d{1,2})[.)]\s")
_LIMITS = re.compile(
    r"áp dụng (?:từ|kể từ|đối với|cho)|không áp dụng|có hiệu lực|kể từ (?:ngày|năm|kỳ)|từ kỳ|đến hết|hết hiệu lực|trừ "
    r"trường hợp|chuyển tiếp",
    re.I,
)
ROOM = 260


def of(query: Query, told: Span, library: Library) -> list[Statement]:
    """Return the sentence that limits the clause told, where a question asks whether or when it holds."""
    if not query.understood.asks("yes_no", "permit", "when", "needs"):
        return []
    article = next((found.group(1) for part in told.chunk.path for found in [_ARTICLE.match(part)] if found), "")
    clause = _clause(told)
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
    """Return the number of the clause told: at the head of its line, or in its heading path."""
    before = told.chunk.text[: told.start - told.chunk.start + 4].split("\n")
    numbered = (found.group(1) for line in reversed(before) for found in [_CLAUSE.match(line)] if found)
    stated = (found.group(1) for part in told.chunk.path for found in [re.match(r"khoản (\d+)", part)] if found)
    return next(stated, "") or next(numbered, "")
