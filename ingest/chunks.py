"""Sections to chunks: structure first, then a budget.

A chunk is a run of neighbouring sections under one heading path, about 60 to 130 words; its text is a slice of the
document's text. What must be known to understand it and stands elsewhere goes into its context. Every section's text
stands in exactly one chunk, but for sections whose letters were lost: those are kept, not indexed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.chunk_groups import CONTEXT_WORDS, Group, groups_of, signature_context
from ingest.chunk_spans import Measure, spans
from ingest.records import Chunk, ChunkKind, Page, Section
from ingest.sentences import split
from ingest.structure import Structured
from ingest.syllables import is_syllable

_FRAGMENT = re.compile(r"[b-df-hj-np-tv-xzđ]{1,3}|ng|nh")
_ENOUGH_WORDS = 8
_BROKEN_SHARE = 0.28
"""Markers and abbreviations make up to a fifth of the words of a real line."""


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: ChunkKind
    path: tuple[str, ...]
    context: str
    start: int
    end: int
    label: str
    section: Section


def cut(
    document_id: str,
    structured: Structured,
    page_of: Callable[[int], Page | None],
    count: Callable[[str], int],
    budget: int = 180,
) -> tuple[Chunk, ...]:
    """Cut a document into chunks of at most ``budget`` tokens of ``count``; a single word is never cut.

    ``page_of`` gives the page of an offset. Ids depend on document, path and text only.
    """
    text = structured.text.text
    measure = Measure(text, count, budget)
    readable = [section for section in structured.sections if not is_garbled(text[section.start : section.end])]
    groups = groups_of(readable, text, measure)
    pieces = [piece for group in groups for piece in _pieces(group, measure)]
    seen: Counter[str] = Counter()
    chunks: list[Chunk] = []
    for ordinal, piece in enumerate(pieces):
        slice_ = text[piece.start : piece.end]
        key = "\x1f".join((document_id, *piece.path, slice_))
        chunk_id = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()[:20]
        seen[key] += 1
        page = page_of(piece.start)
        chunks.append(
            Chunk(
                chunk_id,
                document_id,
                ordinal,
                piece.kind,
                piece.path,
                piece.context,
                slice_,
                piece.start,
                piece.end,
                (page.number or None) if page else None,
                page.label if page else None,
                count(slice_),
                piece.label,
                piece.section.cells if piece.kind == "row" else (),
            )
        )
    return tuple(chunks)


def is_garbled(text: str) -> bool:
    """Whether so many words lost their accented letters ("T l lao ng" for "Tỷ lệ lao động") that none can be quoted."""
    words = [word for word in (part.strip(".,;:()-–+") for part in text.split()) if word.isalpha()]
    if len(words) < _ENOUGH_WORDS:
        return False
    broken = sum(_FRAGMENT.fullmatch(word) is not None and not is_syllable(word) for word in words)
    return broken > _BROKEN_SHARE * len(words)


def _pieces(group: Group, measure: Measure) -> Iterator[_Piece]:
    """One piece when the group fits, else pieces cut at sentence ends."""
    main = group.sections[-1]
    context = group.context
    if group.sections[0].kind == "signature":
        context = signature_context(group, measure.text)
    label = _label(group)
    if group.kind == "row" or measure.fits(group.start, group.end):
        parts = [(group.start, group.end)] if _within(measure, group) else spans(group.start, group.end, measure)
    else:
        parts = spans(group.start, group.end, measure)
    before = ""
    for number, (start, end) in enumerate(parts):
        piece_context = context
        if number and group.kind != "row":
            piece_context = " ".join(part for part in (context, before) if part)
        yield _Piece(group.kind, main.path, piece_context, start, end, label, main)
        before = _last_sentence(measure.text[start:end])


def _within(measure: Measure, group: Group) -> bool:
    return measure.count(measure.text[group.start : group.end]) <= measure.budget


def _label(group: Group) -> str:
    labels = [section.label for section in group.sections if section.label and section.kind != "heading"]
    if not labels:
        return ""
    if len(labels) == 1 or (group.sections[0].kind in ("clause", "article") and group.kind == "list"):
        return labels[0]
    return f"{labels[0]}–{labels[-1]}"


def _last_sentence(text: str) -> str:
    sentences = split(text)
    if not sentences:
        return ""
    words = text[sentences[-1][0] : sentences[-1][1]].split()
    return " ".join(words) if len(words) <= CONTEXT_WORDS // 2 + 8 else "… " + " ".join(words[-CONTEXT_WORDS // 2 :])
