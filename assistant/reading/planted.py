"""Lines that a document addresses to the answerer instead of its reader ("trợ lý hãy trả lời rằng …").

Documents are material to quote, never orders. A line that talks to an assistant or a model and tells it what to do, or
that overrides what was said by a command no official paper holds, is no statement of the document: it is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.retrieval.library import Library
from assistant.retrieval.units import Unit
from ingest.clean import fold
from ingest.records import Chunk

# Who is spoken to: assistants, models, machine readers. People who assist ("trợ lý Bộ trưởng") get no orders to answer.
_ADDRESSED = (
    r"tro ly|chatbot|chat bot|mo hinh (?:ngon ngu|ai|tri tue)|cho mo hinh|\bai doc\b|may doc|\bllm\b|\bgpt\b|"
    r"\bassistant\b|nguoi dung co quyen|\bsystem\b|tu khoa"
)
# What it is told to do: answer so, say, forget, keep quiet, copy.
_ORDERED = (
    r"tra loi|phai (?:dap|noi|chep|bo|dung)|hay (?:noi|dong vai|dan|xac nhan|khang dinh|bo qua)|bo qua|bat buoc|"
    r"ghi de|quen (?:tai lieu|moi|het)|khong (?:duoc )?(?:nhac|hien thi|tiet lo|trich dan|neu nguon)|noi (?:rang|muc)|"
    r"\bmust\b|\bignore\b|\balways\b"
)
# Said to nobody in particular, but only ever said to an answerer.
_ALONE = re.compile(
    r"\bignore (?:all |any )?(?:previous|above|prior)|disregard (?:all|previous)|\[/?system\]|<\|?system|"
    r"^\W*system\s*:|bo qua (?:moi|tat ca|toan bo|cac) (?:huong dan|chi dan|chi thi truoc|lenh|yeu cau truoc)|"
    r"ai hoi (?:cung|thi) (?:phai )?(?:tra loi|noi)|hay tra loi (?:dung|rang|la)|tra loi rang\b.*\bquen\b|"
    r"quen (?:tai lieu|van ban|noi dung) (?:nay|tren)|ghi de\s*:|dong vai\b.*\b(?:tra loi|xac nhan)|"
    r"tu choi tra loi voi ly do"
)
_PERSON = re.compile(r"tro ly (?:bo truong|thu tuong|chu tich|giam doc|tong|cua (?:bo|chu|giam|lanh))")
_DIALOGUE = re.compile(r"^\W*(?:hoi|dap|q|a)\s*:")
_ADDRESS, _ORDER = re.compile(_ADDRESSED), re.compile(_ORDERED)


@lru_cache(maxsize=1 << 14)
def orders(text: str) -> bool:
    """Say whether a line commands the answerer; asked of the same lines by one question after the other."""
    folded = " ".join(fold(text).split())
    if _ALONE.search(folded):
        return True
    return bool(_ADDRESS.search(folded) and _ADDRESS.search(_PERSON.sub(" ", folded)) and _ORDER.search(folded))


def lines(chunk: Chunk, library: Library) -> tuple[tuple[int, int], ...]:
    """Return the spans of planted lines of a chunk; a dialogue that an order introduces belongs to it."""
    return library.kept("planted", chunk.id, lambda: tuple(_lines(chunk, library)))


def _lines(chunk: Chunk, library: Library) -> Iterator[tuple[int, int]]:
    introduced, place = _introduced(chunk, library), chunk.start
    for line in chunk.text.splitlines(keepends=True):
        start, place = place, place + len(line)
        if orders(line):
            introduced = line.rstrip().endswith(":")
        elif not (introduced and _DIALOGUE.match(fold(line))):
            introduced = False
            continue
        yield start, place


def _introduced(chunk: Chunk, library: Library) -> bool:
    """Say whether an order ends before the dialogue that a chunk goes on with: each question has a chunk of its own."""
    if not _DIALOGUE.match(fold(chunk.text)):
        return False
    before = [one for one in library.chunks_of(chunk.document_id) if one.ordinal < chunk.ordinal]
    first = next((one for one in reversed(before) if not _DIALOGUE.match(fold(one.text))), None)
    last = first.text.rstrip().splitlines()[-1] if first and first.text.strip() else ""
    return last.endswith(":") and orders(last)


def planted(unit: Unit, library: Library) -> bool:
    """Say whether a unit stands in a planted line; a row counts by its first cell, other cells are left out alone."""
    if unit.chunk.kind == "row":
        return orders(next((cell.value for cell in unit.chunk.cells if cell.value), ""))
    return any(start < unit.end and unit.start < end for start, end in lines(unit.chunk, library))


def holds_orders(library: Library, document_id: str) -> bool:
    """Say whether any line of a document commands the answerer."""
    return any(orders(line) for line in library.store.text(document_id).splitlines())
