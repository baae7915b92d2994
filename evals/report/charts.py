"""Geometry of the charts: where every bar, whisker and label goes; the template only draws. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.comparison import Drop
from evals.metrics.refusals import RiskPoint
from evals.summary import Group

WIDTH, LABELS, VALUES, ROW = 760, 250, 96, 28
PLOT = WIDTH - LABELS - VALUES


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: light bar (right), dark bar (right and cited), whisker of the dark one."""

    label: str
    y: int
    light: float
    dark: float
    low: float | None
    high: float | None
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart; x runs from ``LABELS`` over ``PLOT`` for 0 to 1."""

    rows: tuple[Bar, ...]
    height: int


def bars(groups: Sequence[Group]) -> Bars:
    """Lay out strict over right by group."""
    rows = tuple(
        Bar(
            label=item.name,
            y=index * ROW,
            light=PLOT * (item.right.value or 0),
            dark=PLOT * (item.strict.value or 0),
            low=None if item.strict.low is None else LABELS + PLOT * item.strict.low,
            high=None if item.strict.high is None else LABELS + PLOT * item.strict.high,
            value=item.strict.value,
            n=item.n,
        )
        for index, item in enumerate(groups)
    )
    return Bars(rows, len(rows) * ROW + 22)


@dataclass(frozen=True, slots=True)
class DropBar:
    """One perturbation: a bar from the zero line to its difference, with its interval."""

    drop: Drop
    y: int
    x: float
    width: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DropBars:
    """A chart of differences; ``zero`` is the x of no change, ``ticks`` are (x, difference) pairs."""

    rows: tuple[DropBar, ...]
    height: int
    zero: float
    ticks: tuple[tuple[float, float], ...]


def drop_bars(drops: Sequence[Drop]) -> DropBars:
    """Lay out differences around a zero line, on a scale that holds every interval."""
    least = min([-0.1, *(drop.strict.low for drop in drops)])
    most = max([0.05, *(drop.strict.high for drop in drops)])

    def x(value: float) -> float:
        return LABELS + PLOT * (value - least) / (most - least)

    rows = []
    for index, drop in enumerate(drops):
        ends = sorted((x(0), x(drop.strict.difference)))
        rows.append(
            DropBar(drop, index * ROW, ends[0], max(1.5, ends[1] - ends[0]), x(drop.strict.low), x(drop.strict.high))
        )
    step = 0.05 if most - least < 0.4 else 0.1 if most - least < 0.8 else 0.25
    ticks = [step * i for i in range(int(least / step) - 1, int(most / step) + 2) if least <= step * i <= most]
    return DropBars(tuple(rows), len(rows) * ROW + 22, x(0), tuple((x(tick), tick) for tick in ticks))


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a stacked bar."""

    name: str
    title: str
    count: int
    x: float
    width: float


def stack(counts: Sequence[tuple[str, str, int]], width: int = WIDTH) -> tuple[Part, ...]:
    """Lay out (name, title, count) side by side."""
    total = sum(count for _, _, count in counts) or 1
    parts, x = [], 0.0
    for name, title, count in counts:
        piece = width * count / total
        parts.append(Part(name, title, count, x, piece))
        x += piece
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Curve:
    """The risk-coverage curve: SVG points, and where each lies."""

    path: str
    dots: tuple[tuple[float, float, RiskPoint], ...]
    highest: float


CURVE_WIDTH, CURVE_HEIGHT, MARGIN, RIGHT = 480, 230, 46, 26


def curve(points: Sequence[RiskPoint]) -> Curve:
    """Lay out risk (up) over coverage (right); the risk axis ends a little above the highest risk."""
    highest = min(1.0, max([0.1, *(point.risk for point in points)]) * 1.15)

    def at(point: RiskPoint) -> tuple[float, float]:
        x = MARGIN + point.coverage * (CURVE_WIDTH - MARGIN - RIGHT)
        return x, CURVE_HEIGHT - MARGIN + 8 - point.risk / highest * (CURVE_HEIGHT - MARGIN - 8)

    dots = tuple((*at(point), point) for point in points)
    return Curve(" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots), dots, highest)
