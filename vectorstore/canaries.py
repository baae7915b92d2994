"""Known passages that must still be found by meaning before an index of another embedder takes the place of the old.

A model that cannot be loaded says so; one that was damaged, misread or is answered for by the wrong server gives
vectors all the same, and every search after that is quietly worse. So a new index is asked for passages that the store
surely holds, by the middle half of their words. A model that fits the language finds nearly all of them (the shipped
one 89 of 89 in the real reports), one for another language or with a short memory does not (an English one 59).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Chunk
from vectorstore.base import Embedder
from vectorstore.catalog import Catalog
from vectorstore.chroma import ChromaIndex
from vectorstore.errors import CanariesLost

PROBES = 24
"""Passages asked for, at most."""
SHARE = 0.75
"""Share of them that must be found."""
DEPTH = 10
"""How far down a passage may stand; in a small store it is a quarter of its passages."""
LEAST = 10
"""Words a passage must be asked for by; it is asked for by half of its own."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Words out of the middle of a passage, and the ids of the passages that hold them."""

    words: str
    chunk_ids: frozenset[str]


def probes(catalog: Catalog) -> list[Probe]:
    """Choose passages spread over the whole store: by their ids, which are hashes, so always the same ones."""
    ids = sorted(catalog.chunk_ids())
    chunks = catalog.chunks(ids[:: max(1, len(ids) // (4 * PROBES))])
    found: dict[str, set[str]] = {}
    for chunk in chunks:
        words = _middle(chunk)
        if words:
            found.setdefault(words, set()).add(chunk.id)
    return [Probe(words, frozenset(holders)) for words, holders in list(found.items())[:PROBES]]


def check(chroma: ChromaIndex, catalog: Catalog, embedder: Embedder) -> None:
    """Ask a new vector index for known passages. Raises :class:`CanariesLost` when too few are found."""
    asked = probes(catalog)
    if not asked:
        return
    depth = max(1, min(DEPTH, len(catalog.chunk_ids()) // 4))
    queries = embedder.encode_queries([probe.words for probe in asked])
    lost = [
        probe
        for probe, query in zip(asked, queries, strict=True)
        if not probe.chunk_ids & {hit.chunk_id for hit in chroma.search(query, depth)}
    ]
    if len(asked) - len(lost) < SHARE * len(asked):
        raise CanariesLost(
            f"Mô hình nhúng “{embedder.name}” chỉ tìm lại được {len(asked) - len(lost)} trong {len(asked)} đoạn có sẵn"
            " trong kho nên chỉ mục mới không được dùng; chỉ mục cũ vẫn giữ nguyên.",
            remedy=_REMEDY,
            detail=f"not among the first {depth}: {[probe.words for probe in lost[:3]]}",
        )


_REMEDY = (
    "Kiểm tra mô hình có hỗ trợ tiếng Việt, thư mục mô hình đủ tệp, hoặc tên mô hình sau dấu # của máy chủ;"
    " rồi chạy lại `tdkt doctor --rebuild`. Muốn dùng tiếp chỉ mục cũ: đặt lại TDKT_EMBEDDER như trước."
)


def lost_questions(questions: Sequence[str]) -> CanariesLost:
    """Make the error for stored questions that a new index no longer answers from the passage they belong to."""
    named = "; ".join(f"“{question}”" for question in questions[:3])
    more = f" và {len(questions) - 3} câu khác" if len(questions) > 3 else ""
    return CanariesLost(
        f"Với chỉ mục mới, {len(questions)} câu hỏi canh chừng không còn tìm thấy đoạn của mình: {named}{more}."
        " Chỉ mục cũ vẫn giữ nguyên.",
        remedy=_REMEDY,
        detail=f"{len(questions)} stored questions lost",
    )


def _middle(chunk: Chunk) -> str:
    """Return half of a passage's words, from its middle; nothing when it is too short to be told from others."""
    words = chunk.text.split()
    count = len(words) // 2
    start = (len(words) - count) // 2
    return " ".join(words[start : start + count]) if count >= LEAST else ""
