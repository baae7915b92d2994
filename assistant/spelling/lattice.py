"""The likeliest way through a row of columns, each holding what one typed word may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import NDArray

from assistant.spelling.model import Nearby, SyllableModel

_KEPT = 5
"""Candidates of a column that are still looked at with two syllables of context."""

_Logs = NDArray[np.float64]
_Ids = NDArray[np.int64]
_Chances = SyllableModel | Nearby


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a typed word: ``form`` in lower case, its id in the model, what it costs in nats."""

    form: str
    id: int
    cost: float = 0.0


def best(
    columns: Sequence[Sequence[Candidate]], model: SyllableModel, nearby: Nearby | None = None
) -> tuple[list[int], float]:
    """Return the place of the chosen candidate in each column, and the log-probability of the whole less the costs.

    First pairs over all candidates, then triples over the few of each column that a good path by pairs goes through.
    """
    if not columns:
        return [], 0.0
    ids = [np.array([one.id for one in column]) for column in columns]
    costs = [np.array([one.cost for one in column]) for column in columns]
    chances = nearby or model
    kept = _promising(ids, costs, model.break_, chances)
    ids = [own[keep] for own, keep in zip(ids, kept, strict=True)]
    costs = [own[keep] for own, keep in zip(costs, kept, strict=True)]
    places, total = _by_triples(ids, costs, model.break_, chances)
    return [int(keep[place]) for keep, place in zip(kept, places, strict=True)], total


def _promising(ids: list[_Ids], costs: list[_Logs], edge: int, chances: _Chances) -> list[_Ids]:
    """Places of the candidates with the best paths through them, by pairs."""
    steps = _pairs([np.array([edge]), *ids, np.array([edge])], chances)
    forward = [steps[0][0] - costs[0]]
    for step, cost in zip(steps[1:-1], costs[1:], strict=True):
        forward.append((forward[-1][:, None] + step).max(axis=0) - cost)
    backward = [steps[-1][:, 0]]
    for step, cost in zip(steps[-2:0:-1], costs[:0:-1], strict=True):
        backward.append((step + (backward[-1] - cost)[None, :]).max(axis=1))
    through = [before + after for before, after in zip(forward, reversed(backward), strict=True)]
    return [np.argsort(-scores, kind="stable")[:_KEPT] for scores in through]


def _pairs(ids: list[_Ids], chances: _Chances) -> list[_Logs]:
    """Return log P(right | left) between neighbouring columns, all looked up at once."""
    shapes = [(len(left), len(right)) for left, right in pairwise(ids)]
    grids = [_grid(shape) for shape in shapes]
    lefts = np.concatenate([left[grid[0]] for left, grid in zip(ids, grids, strict=False)])
    rights = np.concatenate([right[grid[1]] for right, grid in zip(ids[1:], grids, strict=True)])
    return _cut(np.log(chances.after(lefts, rights)), shapes)


def _by_triples(ids: list[_Ids], costs: list[_Logs], edge: int, chances: _Chances) -> tuple[list[int], float]:
    ends = np.array([edge])
    steps = _triples([ends, ends, *ids, ends], chances)
    score = np.zeros((1, 1))
    back: list[_Ids] = []
    for step, cost in zip(steps, [*costs, np.zeros(1)], strict=True):
        reached = score[:, :, None] + step
        back.append(reached.argmax(axis=0))
        score = reached.max(axis=0) - cost[None, :]
    left = int(score[:, 0].argmax())
    total, right = float(score[left, 0]), 0
    places = []
    for pointers in reversed(back):
        places.append(right)
        left, right = int(pointers[left, right]), left
    return places[:0:-1], total


def _triples(ids: list[_Ids], chances: _Chances) -> list[_Logs]:
    """Return log P(third | first, second) over every three neighbouring columns, all looked up at once."""
    shapes = [(len(a), len(b), len(c)) for a, b, c in zip(ids, ids[1:], ids[2:], strict=False)]
    grids = [_grid(shape) for shape in shapes]
    first, second, third = (
        np.concatenate([own[grid[part]] for own, grid in zip(ids[part:], grids, strict=False)]) for part in range(3)
    )
    return _cut(np.log(chances.after_two(first, second, third)), shapes)


@lru_cache(maxsize=4096)
def _grid(shape: tuple[int, ...]) -> tuple[_Ids, ...]:
    """Return, for each axis, the place on it of every cell of a table, in reading order."""
    return tuple(axis.ravel() for axis in np.indices(shape))


def _cut(logs: _Logs, shapes: Sequence[tuple[int, ...]]) -> list[_Logs]:
    """Cut one long row into tables."""
    found, start = [], 0
    for shape in shapes:
        end = start + prod(shape)
        found.append(logs[start:end].reshape(shape))
        start = end
    return found
