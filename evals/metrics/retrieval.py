"""Does the search bring up the evidence, and how high? Pure.

A passage brings up an evidence line when it comes from the right document and holds the line's first 20 words in
their order within its own first 200 words, accents and punctuation aside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from evals.folding import bare_words, document_key
from evals.records import Case, GoldQuestion, HitRow, Score, not_scored

KS = (1, 3, 5, 8, 10, 20, 50)
DEPTH = max(KS)
LINE_WORDS, PASSAGE_WORDS = 20, 200


@lru_cache(maxsize=1 << 15)
def _start(text: str, words: int) -> str:
    return " ".join(bare_words(text)[:words])


def ranks(question: GoldQuestion, hits: Sequence[HitRow]) -> tuple[int | None, ...]:
    """Return, for each evidence line, the rank (from 1) of the first passage that brings it up."""
    documents = {document_key(name) for name in question.source}
    passages = [
        _start(hit.get("text") or "", PASSAGE_WORDS) if document_key(hit.get("file") or "") in documents else ""
        for hit in hits
    ]
    return tuple(_first(_start(line, LINE_WORDS), passages) for line in question.evidence)


def _first(line: str, passages: Sequence[str]) -> int | None:
    return next((rank for rank, passage in enumerate(passages, 1) if passage and line in passage), None)


def _searched(case: Case) -> tuple[int | None, ...] | Score:
    if not case.question.answerable or not case.question.evidence:
        return not_scored("không có bằng chứng để tìm")
    if case.hits is None:
        return not_scored("không có kết quả tìm kiếm")
    return ranks(case.question, case.hits)


def recall_at(k: int) -> Callable[[Case], Score]:
    """Return the metric: 1 when the first evidence line stands in the first ``k`` passages."""

    def recall(case: Case) -> Score:
        found = _searched(case)
        if isinstance(found, Score):
            return found
        first = found[0]
        hit = first is not None and first <= k
        return Score(float(hit), f"hạng {first}" if first else "không tìm thấy", {"rank": first})

    return recall


def coverage_at(k: int) -> Callable[[Case], Score]:
    """Return the metric: share of all evidence lines that stand in the first ``k`` passages."""

    def coverage(case: Case) -> Score:
        found = _searched(case)
        if isinstance(found, Score):
            return found
        held = sum(rank is not None and rank <= k for rank in found)
        return Score(held / len(found), f"{held}/{len(found)} đoạn bằng chứng", {"ranks": found})

    return coverage


def reciprocal_rank(case: Case) -> Score:
    """One over the rank of the first evidence line, 0 when it is not found."""
    found = _searched(case)
    if isinstance(found, Score):
        return found
    return Score(1 / found[0] if found[0] else 0.0, f"hạng {found[0]}" if found[0] else "không tìm thấy")


def ndcg_at(k: int) -> Callable[[Case], Score]:
    """Return the metric: discounted gain of the passages that bring up new evidence lines.

    The ideal puts the same passages first, followed by one passage for every line that was not found.
    """

    def ndcg(case: Case) -> Score:
        found = _searched(case)
        if isinstance(found, Score):
            return found
        useful = sorted({rank for rank in found if rank is not None and rank <= k})
        lost = sum(rank is None or rank > k for rank in found)
        gained = sum(1 / math.log2(rank + 1) for rank in useful)
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(useful) + lost) + 1))
        return Score(gained / ideal if ideal else 0.0, f"hạng của bằng chứng: {useful or 'không có'}")

    return ndcg
