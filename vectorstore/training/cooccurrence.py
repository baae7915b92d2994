"""First vectors for the tokens: which syllables stand near them, as PPMI, reduced by SVD.

Counting neighbours is the cheapest good teacher there is for a small corpus: one pass over the text and one
factorisation, a minute on one core, and a token seen fifty times already has a usable vector.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_PAIRS_AT_ONCE = 30_000_000


def count_neighbours(
    stream: Integers, lengths: Integers, first: Integers, columns: int, window: int, gap: int
) -> Floats:
    """Count the syllables within ``window`` of every token, closer ones more (weight 1/distance).

    ``stream`` is the text as token ids, ``gap`` the id between two texts. Token ``t`` has ``lengths[t]`` syllables,
    whose ids are ``first[t, :lengths[t]]``; -1 is a syllable that is no column. Result: tokens by ``columns``.
    """
    rows = len(lengths)
    counts = np.zeros(rows * columns, dtype=np.float32)
    step = max(1, _PAIRS_AT_ONCE // (2 * window))
    for begin in range(0, len(stream), step):
        tokens = stream[begin : begin + step]
        widths = lengths[tokens]
        starts = np.concatenate(([0], np.cumsum(widths)))
        syllables = np.full(int(starts[-1]) + 2 * window, -1, dtype=np.int64)
        for place in range(first.shape[1]):
            here = widths > place
            syllables[window + starts[:-1][here] + place] = first[tokens[here], place]
        texts = np.full(len(syllables), -1, dtype=np.int64)
        texts[window:-window] = np.repeat(np.cumsum(tokens == gap), widths)
        own = np.cumsum(tokens == gap)
        for distance in range(1, window + 1):
            for places in (window + starts[:-1] - distance, window + starts[1:] - 1 + distance):
                near = syllables[places]
                good = (near >= 0) & (texts[places] == own) & (tokens != gap)
                np.add.at(counts, tokens[good] * columns + near[good], np.float32(1 / distance))
    return counts.reshape(rows, columns)


def positive_information(counts: Floats, smoothing: float = 0.75) -> Floats:
    """Turn counts into positive pointwise mutual information, context probabilities raised to ``smoothing``."""
    total = counts.sum()
    row = counts.sum(axis=1, keepdims=True)
    column = counts.sum(axis=0, keepdims=True) ** smoothing
    column /= column.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(counts / total) - np.log(row / total) - np.log(column)
    information[~np.isfinite(information)] = 0
    positive: Floats = np.maximum(information, 0)
    return positive


def reduce(information: Floats, dimension: int, fit_on: Sequence[int] | Integers, seed: int) -> Floats:
    """Project the rows onto the first ``dimension`` singular directions of the rows ``fit_on``, scaled by s**0.5."""
    generator = np.random.default_rng(seed)
    matrix = information[fit_on]
    basis = generator.standard_normal((matrix.shape[1], dimension + 32)).astype(np.float32)
    for _ in range(4):
        basis, _ = np.linalg.qr(matrix.T @ (matrix @ basis))
    _, values, directions = np.linalg.svd(matrix @ basis, full_matrices=False)
    right = basis @ directions[:dimension].T
    scale = 1 / np.sqrt(np.maximum(values[:dimension], 1e-6))
    return np.asarray(information @ (right * scale), dtype=np.float32)
