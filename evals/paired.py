"""Did two runs over the same questions differ by more than luck? Pure and seeded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.intervals import SEED, resamples

DRAWS = 20_000
_EXACT = 16  # sign patterns of up to this many differing questions are counted one by one


@dataclass(frozen=True, slots=True)
class Paired:
    """One metric in two runs over the ``n`` questions scored in both; ``difference`` is after minus before.

    ``better``/``worse`` count the questions whose value rose or fell. ``test`` names how ``p`` was found.
    """

    metric: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    n: int
    better: int
    worse: int
    p: float
    test: str


def compare(metric: str, before: Sequence[float], after: Sequence[float]) -> Paired | None:
    """Compare paired values; ``None`` when there are none.

    Values that are all 0 or 1 are tested with McNemar's exact test, others with a sign-flip permutation test.
    """
    if not before:
        return None
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    differences = second - first
    binary = bool(np.isin(first, (0, 1)).all() and np.isin(second, (0, 1)).all())
    better, worse = int((differences > 0).sum()), int((differences < 0).sum())
    p = mcnemar(better, worse) if binary else sign_flips(differences.tolist())
    drawn = resamples(len(differences)) @ differences / len(differences)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Paired(
        metric, float(first.mean()), float(second.mean()), float(differences.mean()), float(low), float(high),
        len(differences), better, worse, p, "McNemar" if binary else "hoán vị",
    )  # fmt: skip


def mcnemar(better: int, worse: int) -> float:
    """Return the exact two-sided p-value that rises and falls are equally likely.

    >>> mcnemar(5, 0)
    0.0625
    """
    n = better + worse
    tail = sum(math.comb(n, i) for i in range(min(better, worse) + 1))
    return min(1.0, 2 * tail / (1 << n))


def sign_flips(differences: Sequence[float]) -> float:
    """Return the two-sided p-value of the mean difference under random signs; exact for few differences."""
    moved = np.asarray([value for value in differences if value], dtype=float)
    if not len(moved):
        return 1.0
    observed = abs(float(moved.sum())) - 1e-9
    if len(moved) <= _EXACT:
        patterns = (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1
        return float(np.mean(np.abs((1 - 2 * patterns) @ moved) >= observed))
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), size=(DRAWS, len(moved)))
    beyond = int((np.abs(signs @ moved) >= observed).sum())
    return float((beyond + 1) / (DRAWS + 1))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for having made several tests (Holm), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    corrected = [1.0] * len(p_values)
    running = 0.0
    for position, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - position) * p_values[index]))
        corrected[index] = running
    return corrected
