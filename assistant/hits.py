"""Search results as they are given to callers: rows of ``HITS.jsonl``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.records import History
    from ingest.records import Chunk

WORDS = 200
"""Words of a hit's text at most."""


def reading_text(chunk: Chunk, words: int = WORDS) -> str:
    r"""Return what a reader needs of a passage: its own words, after as much of its context as there is room for.

    >>> from ingest.records import Chunk
    >>> chunk = Chunk("", "", 0, "list", (), "Chỉ tiêu gồm:", "1. Trồng cây.", 0, 13, None, None, 4)
    >>> reading_text(chunk)
    'Chỉ tiêu gồm:\n1. Trồng cây.'
    >>> reading_text(chunk, words=4), reading_text(chunk, words=2)
    ('Chỉ\n1. Trồng cây.', '1. Trồng')
    """
    own = chunk.text.split()
    if len(own) > words:
        return " ".join(own[:words])
    context = chunk.context.split()
    room = words - len(own)
    shown = chunk.context if len(context) <= room else " ".join(context[:room])
    return f"{shown}\n{chunk.text}" if shown else chunk.text


def hit_rows(assistant: Assistant, question: str, k: int, history: History = ()) -> list[dict[str, Any]]:
    """Search and return rows with rank, score, file, page, section and text, best first."""
    from assistant.intake import store_of

    store = store_of(assistant)
    files: dict[str, str] = {}
    rows = []
    for evidence in assistant.search(question, k=k, history=history):
        chunk = evidence.chunk
        if chunk.document_id not in files:
            files[chunk.document_id] = store.document(chunk.document_id).file
        rows.append(
            {
                "rank": evidence.rank,
                "score": evidence.score,
                "file": files[chunk.document_id],
                "page": chunk.page,
                "section": chunk.section,
                "text": reading_text(chunk),
            }
        )
    return rows
