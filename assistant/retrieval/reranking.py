"""The first passages put in a better order by a cross-encoder, where one is configured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from assistant.records import Evidence
from vectorstore.passages import embedded_text

if TYPE_CHECKING:
    from vectorstore.rerank import Reranker

READ = 20
"""Passages that the cross-encoder reads: on a processor each may take a tenth of a second."""


def reranked(question: str, evidence: Sequence[Evidence], reranker: Reranker) -> list[Evidence]:
    """Order the first passages by both scores, each brought to one scale; the others stay behind them.

    The cross-encoder knows wordings, our own score knows which document and which place were meant. Scores stay with
    the ranks, so that what is read off them later means the same with and without a cross-encoder.
    """
    first = list(evidence[:READ])
    if len(first) < 2:
        return list(evidence)
    read = reranker.scores(question, [embedded_text(one.chunk) for one in first])
    totals = [own + other for own, other in zip(_scaled([one.score for one in first]), _scaled(read), strict=True)]
    order = sorted(range(len(first)), key=lambda place: (-totals[place], place))
    put = [
        replace(first[place], score=slot.score, rank=slot.rank, parts={**first[place].parts, "reranker": read[place]})
        for slot, place in zip(first, order, strict=True)
    ]
    return [*put, *evidence[READ:]]


def _scaled(scores: Sequence[float]) -> list[float]:
    middle, spread = fmean(scores), pstdev(scores)
    return [(score - middle) / spread if spread > 0 else 0.0 for score in scores]
