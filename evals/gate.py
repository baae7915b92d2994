"""Holding figures against floors. Pure but for reading the file of floors.

A floors file has tables of ``name = limit``; a name ending in ``_max`` is a ceiling. A figure that is named but was
not taken (nothing to judge) fails: a gate that skips what it cannot see is open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.errors import BadFloors
from evals.records import Figures

FLOORS = Path(__file__).with_name("floors.toml")
CEILING = "_max"


@dataclass(frozen=True, slots=True)
class Line:
    """One floor and the figure that stands against it; ``value`` ``None``: not measured."""

    table: str
    name: str
    limit: float
    value: float | None
    n: int | None = None

    @property
    def ceiling(self) -> bool:
        """Whether the figure must stay under the limit instead of above."""
        return self.name.endswith(CEILING)

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.ceiling else self.value >= self.limit

    def __str__(self) -> str:
        count = "" if self.n is None else f" (n = {self.n})"
        if self.value is None:
            return f"{self.table}.{self.name}: không đo được, ngưỡng {self.limit:g}{count}"
        sign = ("≤" if self.holds else ">") if self.ceiling else ("≥" if self.holds else "<")
        return f"{self.table}.{self.name}: {self.value:.4g} {sign} {self.limit:g}{count}"


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Read the tables of a floors file. Raises ``BadFloors``."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {table: {name: float(limit) for name, limit in limits.items()} for table, limits in tables.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BadFloors(
            f"Không đọc được tệp ngưỡng “{path}”.",
            remedy="Mỗi bảng của tệp gồm các dòng `tên = số`; xem evals/floors.toml.",
            detail=f"{type(error).__name__}: {error}",
        ) from error


def check(
    table: str, floors: Mapping[str, float], values: Mapping[str, float | None], n: Mapping[str, int] | None = None
) -> list[Line]:
    """Hold figures by name against the floors of one table, in the order of the file."""
    lines = []
    for name, limit in floors.items():
        measured = name.removesuffix(CEILING)
        lines.append(Line(table, name, limit, values.get(measured), None if n is None else n.get(measured, 0)))
    return lines


def check_figures(table: str, floors: Mapping[str, float], figures: Figures) -> list[Line]:
    """Hold a run's figures against one table."""
    taken = {figure.name: figure for figure in figures}
    return check(
        table, floors, {name: row.value for name, row in taken.items()}, {name: row.n for name, row in taken.items()}
    )
