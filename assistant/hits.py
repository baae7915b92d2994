"""Search results as they are given to callers: rows of ``HITS.jsonl``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.records import History
    from ingest.records import Chunk

WORDS = 200
"""Words of a hit's text at most."""
_ALONE = ("front", "back", "footnote")
"""Kinds of chunk that are read by themselves."""


def reading_text(run: Sequence[Chunk], context: str = "", words: int = WORDS) -> str:
    r"""Return what a reader needs of neighbouring chunks: their words, after as much context as there is room for.

    >>> from ingest.records import Chunk
    >>> chunk = Chunk("", "", 0, "list", (), "Chỉ tiêu gồm:", "1. Trồng cây.", 0, 13, None, None, 4)
    >>> reading_text([chunk], chunk.context)
    'Chỉ tiêu gồm:\n1. Trồng cây.'
    >>> reading_text([chunk], chunk.context, words=4), reading_text([chunk], chunk.context, words=2)
    ('Chỉ\n1. Trồng cây.', '1. Trồng')
    """
    text = "\n".join(chunk.text for chunk in run)
    own = text.split()
    if len(own) > words:
        return " ".join(own[:words])
    before = context.split()
    room = words - len(own)
    shown = context if len(before) <= room else " ".join(before[:room])
    return f"{shown}\n{text}" if shown else text


def widened(chunk: Chunk, siblings: Sequence[Chunk], words: int = WORDS) -> list[Chunk]:
    """Return the chunk with its neighbours in the document, in order, as far as they belong to it and there is room.

    Words are searched in small pieces, which tells them apart best; they are read in larger ones, so that an item has
    its list, a row its table and a sentence its paragraph. ``siblings`` are all chunks of the document in its order.
    """
    first = last = chunk.ordinal
    if chunk.kind in _ALONE or not (first < len(siblings) and siblings[first].id == chunk.id):
        return [chunk]
    room = words - _length(chunk) - (_length_of(chunk.context) if chunk.kind == "row" else 0)
    grown = True
    while grown:
        grown = False
        for place in (last + 1, first - 1):
            if 0 <= place < len(siblings) and _belongs(siblings[place], chunk) and _length(siblings[place]) <= room:
                room -= _length(siblings[place])
                first, last = min(first, place), max(last, place)
                grown = True
    return list(siblings[first : last + 1])


def _belongs(other: Chunk, chunk: Chunk) -> bool:
    """Whether a neighbour is read with a chunk: both in one table, or under one heading or headings side by side."""
    if other.kind in _ALONE:
        return False
    if "row" in (other.kind, chunk.kind):
        return other.kind == chunk.kind and other.path == chunk.path
    shared = max(1, min(len(other.path), len(chunk.path)) - 1)
    return other.path[:shared] == chunk.path[:shared]


def _length(chunk: Chunk) -> int:
    return _length_of(chunk.text)


def _length_of(text: str) -> int:
    return len(text.split())


def hit_rows(assistant: Assistant, question: str, k: int, history: History = ()) -> list[dict[str, Any]]:
    """Search and return rows with rank, score, file, page, section and text, best first.

    A passage that a better row already shows whole gets no row of its own.
    """
    library = assistant.library
    rows: list[dict[str, Any]] = []
    shown: set[str] = set()
    for evidence in assistant.search(question, k=2 * k, history=history):
        chunk = evidence.chunk
        if chunk.id in shown:
            continue
        run = widened(chunk, library.chunks_of(chunk.document_id))
        shown.update(one.id for one in run)
        context = chunk.context if chunk.kind == "row" else run[0].context
        rows.append(
            {
                "rank": len(rows) + 1,
                "score": evidence.score,
                "file": library.profile(chunk.document_id).file,
                "page": chunk.page,
                "section": chunk.section,
                "text": reading_text(run, context),
            }
        )
        if len(rows) == k:
            break
    return rows
