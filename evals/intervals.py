"""How sure a figure is: 95 % intervals over questions. Seeded, so that the same rows give the same interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
SEED = 20260101
_Z = 1.959963984540054


def resamples(n: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """Return how often each of ``n`` questions is drawn, shape ``(draws, n)``."""
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)


def mean_interval(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float] | None:
    """Return the percentile interval of a weighted mean, ``None`` for no values.

    Where every value is the same the bootstrap sees no spread; then Wilson's interval stands in, so that "5 of 5"
    never reads as certainty.
    """
    if not values:
        return None
    value, weight = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if value.max() - value.min() < 1e-12:
        return wilson(float(value[0]) * len(value), len(value)) if 0 <= value[0] <= 1 else None
    counts = resamples(len(value))
    totals = counts @ weight
    means = np.divide(counts @ (value * weight), totals, out=np.full(len(totals), np.nan), where=totals > 0)
    low, high = np.nanpercentile(means, [2.5, 97.5])
    return float(low), float(high)


def ratio_interval(above: Sequence[float], below: Sequence[float]) -> tuple[float, float] | None:
    """Return the percentile interval of ``sum(above) / sum(below)``, both taken over the same questions."""
    if not above or sum(below) == 0:
        return None
    counts = resamples(len(above))
    totals = counts @ np.asarray(below, dtype=float)
    ratios = (counts @ np.asarray(above, dtype=float))[totals > 0] / totals[totals > 0]
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)


def quantile_interval(values: Sequence[float], share: float) -> tuple[float, float] | None:
    """Return the percentile interval of a nearest-rank percentile."""
    if len(values) < 2:
        return None
    ordered = np.sort(np.asarray(values, dtype=float))
    drawn = np.random.default_rng(SEED).integers(0, len(ordered), size=(DRAWS, len(ordered)))
    drawn.sort(axis=1)
    picked = ordered[drawn[:, int(share * (len(ordered) - 1))]]
    low, high = np.percentile(picked, [2.5, 97.5])
    return float(low), float(high)


def wilson(successes: float, n: int) -> tuple[float, float]:
    """Return Wilson's score interval of a share.

    >>> tuple(round(bound, 3) for bound in wilson(5, 5))
    (0.566, 1.0)
    """
    share, z2 = successes / n, _Z * _Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)
