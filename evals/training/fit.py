"""Two small regressions in plain numpy, the same figures on every run: which of many, and whether at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.learned import Linear

Array = npt.NDArray[np.float64]
RARE = 0.3
"""Spread that a seldom seen feature is given, so that a handful of questions can not undo what it means."""


@dataclass(frozen=True, slots=True)
class Group:
    """One question: ``values`` (candidates × features) and how right each candidate is, from 0 to 1."""

    id: str
    values: Array
    right: Array


def fold_of(identifier: str, folds: int) -> int:
    """Return the fold of a question, from its id alone, so that added questions move no other."""
    from zlib import crc32

    return crc32(identifier.encode()) % folds


def fit_choice(
    names: Sequence[str],
    groups: Sequence[Group],
    start: Mapping[str, float],
    l2: float,
    steps: int = 300,
    *,
    signed: bool = False,
) -> Linear:
    """Fit weights that lift a right candidate of each group above the others: softmax over the group.

    L2 pulls towards ``start``, weights a person would set: what the questions do not show stays as it was meant.
    Groups without a right candidate teach nothing and are left out. ``signed``: a weight never takes the other sign
    than the one it starts with.
    """
    groups = [group for group in groups if len(group.right) and group.right.max() > 0]
    values = np.concatenate([group.values for group in groups])
    mean, spread = _scale(values)
    scaled = (values - mean) / spread
    right = np.concatenate([group.right / group.right.max() for group in groups])
    sizes = np.array([len(group.right) for group in groups])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    owner = np.repeat(np.arange(len(groups)), sizes)

    begin = _begin(names, start, spread)

    def slope(weights: Array) -> Array:
        sums = scaled @ weights
        odds = np.exp(sums - np.maximum.reduceat(sums, starts)[owner])
        chance = odds / np.add.reduceat(odds, starts)[owner]
        held = chance * right
        wanted = held / np.add.reduceat(held, starts)[owner]
        gradient: Array = scaled.T @ (chance - wanted) / len(groups) + l2 * (weights - begin)
        return gradient

    weights = _descend(slope, begin, steps, np.sign(begin) if signed else None)
    return _linear(names, weights, mean, spread, 0.0)


def fit_chance(
    names: Sequence[str],
    values: Array,
    yes: Array,
    importance: Array,
    start: Mapping[str, float],
    l2: float,
    steps: int = 400,
) -> Linear:
    """Fit the chance of ``yes`` (0 or 1 per row) by weighted logistic regression, bias free.

    L2 pulls towards ``start``; a weight never takes the other sign than the one it starts with, so that no feature
    speaks against its own meaning because another says the same.
    """
    mean, spread = _scale(values)
    spread = np.maximum(spread, RARE)
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    importance = importance / importance.sum()
    penalty = np.r_[np.full(values.shape[1], l2), 0.0]
    begin = np.r_[_begin(names, start, spread), 0.0]
    sign = np.sign(begin)

    def slope(weights: Array) -> Array:
        chance = 1 / (1 + np.exp(-scaled @ weights))
        gradient: Array = scaled.T @ (importance * (chance - yes)) + penalty * (weights - begin)
        return gradient

    weights = _descend(slope, begin, steps, sign)
    return _linear(names, weights[:-1], mean, spread, float(weights[-1]))


def _scale(values: Array) -> tuple[Array, Array]:
    spread = values.std(axis=0)
    return values.mean(axis=0), np.where(spread > 1e-9, spread, 1.0)


def _begin(names: Sequence[str], start: Mapping[str, float], spread: Array) -> Array:
    return np.array([start.get(name, 0.0) for name in names]) * spread


def _descend(slope: Callable[[Array], Array], begin: Array, steps: int, sign: Array | None = None) -> Array:
    """Adam with a falling rate; ``sign`` keeps weights on their side of zero."""
    weights, first, second = begin.copy(), np.zeros(len(begin)), np.zeros(len(begin))
    for step in range(1, steps + 1):
        gradient = slope(weights)
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = 0.05 if step < 0.7 * steps else 0.012
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        if sign is not None:
            weights = np.where(weights * sign < 0, 0.0, weights)
    return weights


def _linear(names: Sequence[str], weights: Array, mean: Array, spread: Array, bias: float) -> Linear:
    """Undo the scaling, so that the model takes the features as they are."""
    plain = weights / spread
    return Linear(tuple(names), tuple(float(one) for one in plain), bias - float(mean @ plain))
