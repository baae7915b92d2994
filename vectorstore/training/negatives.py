"""Finds passages that look like the answer to a question and are not: the nearest ones of another topic.

Articles of one topic of the legal code repeat each other, so the nearest passage of the same topic is often a right
answer too and would teach the wrong thing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vectorstore.training.cooccurrence import Floats, Integers

_QUERIES_AT_ONCE = 512


def mean_vectors(table: Floats, texts: Sequence[Integers]) -> Floats:
    """Encode token ids as the model does: the mean of their rows, of length 1 (zero without tokens)."""
    vectors = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
    for row, ids in enumerate(texts):
        if len(ids):
            vectors[row] = table[ids].mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Floats = vectors / np.maximum(lengths, 1e-9)
    return rows


def near_misses(
    queries: Floats, own: Sequence[str], passages: Floats, topics: Sequence[str], nearest: int
) -> list[Integers]:
    """Return, for each query, which of its ``nearest`` passages belong to another topic than ``own``, nearest first.

    ``topics`` are those of the passages; one with topic "" is never returned, since it may be the same law again.
    """
    names = {name: number for number, name in enumerate(sorted({*topics, *own, ""}))}
    numbers = np.array([names[topic] for topic in topics])
    nearest = min(nearest, len(passages))
    found: list[Integers] = []
    for start in range(0, len(queries), _QUERIES_AT_ONCE):
        scores = queries[start : start + _QUERIES_AT_ONCE] @ passages.T
        places = np.argpartition(-scores, nearest - 1, axis=1)[:, :nearest]
        for row, chosen in enumerate(places):
            chosen = chosen[np.argsort(-scores[row, chosen], kind="stable")]
            other = (numbers[chosen] != names[own[start + row]]) & (numbers[chosen] != names[""])
            found.append(chosen[other].astype(np.int64))
    return found
