"""Putting rankings together. Pure.

Weighted score fusion, for rankings whose scores mean something::

    fused(d) = sum over rankings i of  weight_i * (score_i(d) - low_i) / (high_i - low_i)

``high_i`` is the best score of ranking i and ``low_i`` its worst, or a given floor (0 for BM25, where 0 means no common
word). Each ranking thus runs from 0 to 1 and a document that a ranking does not hold gets 0 from it. If all scores of
a ranking are equal, each counts 1.

Reciprocal rank fusion, for rankings whose scores cannot be compared::

    fused(d) = sum over rankings i of  weight_i / (constant + rank_i(d)),   ranks from 1
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from vectorstore.records import Hit

RANK_CONSTANT = 60
"""Usual value: the first ten ranks then differ little, so that agreement counts more than the top place."""


def normalise(hits: Sequence[Hit], floor: float | None = None) -> dict[str, float]:
    """Bring the scores of one ranking to 0..1, by chunk id; scores below ``floor`` become 0."""
    if not hits:
        return {}
    high = max(hit.score for hit in hits)
    low = min(hit.score for hit in hits) if floor is None else floor
    if high <= low:
        value = 1.0 if floor is None else 0.0
        return {hit.chunk_id: value for hit in hits}
    return {hit.chunk_id: max(hit.score - low, 0.0) / (high - low) for hit in hits}


def weighted(rankings: Sequence[tuple[Mapping[str, float], float]], k: int) -> list[Hit]:
    """Add up normalised rankings, each with its weight; at most ``k`` hits, best first, ties by chunk id."""
    fused: defaultdict[str, float] = defaultdict(float)
    for scores, weight in rankings:
        for chunk_id, score in scores.items():
            fused[chunk_id] += weight * score
    return best(fused, k)


def reciprocal_rank(
    rankings: Sequence[tuple[Sequence[Hit], float]], k: int, constant: float = RANK_CONSTANT
) -> list[Hit]:
    """Fuse rankings (best first) by rank, each with its weight; at most ``k`` hits, best first, ties by chunk id."""
    fused: defaultdict[str, float] = defaultdict(float)
    for hits, weight in rankings:
        for rank, hit in enumerate(hits, start=1):
            fused[hit.chunk_id] += weight / (constant + rank)
    return best(fused, k)


def best(scores: Mapping[str, float], k: int) -> list[Hit]:
    """Return the ``k`` highest scores as hits, ties by chunk id."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Hit(chunk_id, score) for chunk_id, score in ranked[: max(k, 0)]]
