"""Weights learned from the project's own questions, read from ``weights.json`` beside this file.

Every model is one weighted sum over named features, so that ``--explain`` can show what each added. ``python -m
evals.training`` makes the file and measures it on questions left out of the fit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum: ``bias + Σ weight · value``, features in the order of ``names``."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float = 0.0

    def score(self, values: Sequence[float]) -> float:
        """Return the sum; only differences mean something unless the model gives a chance."""
        total = self.bias
        for weight, value in zip(self.weights, values, strict=True):
            total += weight * value
        return total

    def chance(self, values: Sequence[float]) -> float:
        """Return the sum as a probability."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.score(values)))))

    def to_json(self) -> dict[str, Any]:
        """Return what :func:`load` reads."""
        weights = {name: round(weight, 4) for name, weight in zip(self.names, self.weights, strict=True)}
        return {"bias": round(self.bias, 4), "weights": weights}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Linear:
        """Read what :meth:`to_json` wrote."""
        return cls(tuple(data["weights"]), tuple(map(float, data["weights"].values())), float(data["bias"]))


@dataclass(frozen=True, slots=True)
class Models:
    """``unit`` orders the units of the best passages; ``answer`` gives the chance that an answer stands there."""

    unit: Linear
    answer: Linear


@cache
def load() -> Models:
    """Return the shipped models."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Models(Linear.from_json(data["unit"]), Linear.from_json(data["answer"]))
