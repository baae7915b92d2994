"""What stands on a PDF page: lines of runs with place and type size, in the order the page draws them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

SMALL = 0.8
"""A mark is at most this part of the type size around it."""

RAISED_MARKS = re.compile(r"\s*\(?(?:\d{1,3}|\*{1,3})(?:\s*[,;]\s*\d{1,3})*\)?\s*")

_RAISED = 0.6
_RULE_THICKNESS = 3.0
_RULE_LENGTH = 12.0
_RULES_OF_A_TABLE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type size (points); ``x``, ``y``: where its baseline begins, from the page's lower left corner."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one line."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The characters of the line, without blanks around them."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def size(self) -> float:
        """Type size of most of the line."""
        return self._main.size

    @property
    def y(self) -> float:
        """Height of the baseline above the page's lower edge."""
        return self._main.y

    @property
    def x(self) -> float:
        """Where the line begins."""
        return self.runs[0].x

    @property
    def _main(self) -> Run:
        return max(self.runs, key=lambda run: len(run.text.strip()))


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page: its lines, its height, and whether it has enough rules for a table."""

    lines: tuple[Line, ...]
    height: float
    ruled: bool


def page_lines(page: PageObject) -> PageLines:
    """Read the lines of a page that has a text layer."""
    box = page.mediabox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    rotation = page.rotation % 360
    lines: list[Line] = []
    runs: list[Run] = []
    rules = _Rules()

    def end_line() -> None:
        if any(run.text.strip() for run in runs):
            lines.append(Line(tuple(runs)))
        runs.clear()

    def text_found(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4] - left
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5] - bottom
        points = abs(size) * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        x, y = _as_seen(x, y, width, height, rotation)
        for index, part in enumerate(text.split("\n")):
            if index:
                end_line()
            if part:
                runs.append(Run(part, x, y, round(points, 1)))

    page.extract_text(visitor_text=text_found, visitor_operand_before=rules.see)
    end_line()
    return PageLines(tuple(_with_raised_marks(lines)), width if rotation in (90, 270) else height, rules.of_a_table)


def _with_raised_marks(lines: list[Line]) -> list[Line]:
    """Put raised marks back into their line: a baseline a little higher makes them lines of their own."""
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            joined[-1] = Line(joined[-1].runs + line.runs)
        else:
            joined.append(line)
    return joined


def _goes_on(line: Line, following: Line) -> bool:
    last, first = line.runs[-1], following.runs[0]
    if first.x < last.x or not (_is_raised(last, following.size) or _is_raised(first, line.size)):
        return False
    apart = abs(following.y - line.y)
    return apart <= _RAISED * max(line.size, following.size)


def _is_raised(run: Run, size: float) -> bool:
    return run.size <= SMALL * size and RAISED_MARKS.fullmatch(run.text) is not None


def _as_seen(x: float, y: float, width: float, height: float, rotation: int) -> tuple[float, float]:
    """Turn a point with the page, as a viewer does."""
    if rotation == 90:
        return y, width - x
    if rotation == 180:
        return width - x, height - y
    if rotation == 270:
        return height - y, x
    return x, y


class _Rules:
    """Counts drawn lines and thin boxes, so that the slow table finder runs only on pages that have some."""

    def __init__(self) -> None:
        self._level = 0
        self._upright = 0
        self._at = (0.0, 0.0)

    @property
    def of_a_table(self) -> bool:
        return self._level >= _RULES_OF_A_TABLE and self._upright >= _RULES_OF_A_TABLE

    def see(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        if operator not in (b"m", b"l", b"re"):
            return
        values = [float(operand) for operand in operands]
        if operator == b"re" and len(values) == 4:
            self._box(abs(values[2]) * hypot(cm[0], cm[1]), abs(values[3]) * hypot(cm[2], cm[3]))
        elif len(values) == 2:
            point = (values[0] * cm[0] + values[1] * cm[2], values[0] * cm[1] + values[1] * cm[3])
            if operator == b"l":
                self._stroke(abs(point[0] - self._at[0]), abs(point[1] - self._at[1]))
            self._at = point

    def _box(self, width: float, height: float) -> None:
        if height > _RULE_THICKNESS and width > _RULE_THICKNESS:
            self._level += 2
            self._upright += 2
        else:
            self._stroke(width, height)

    def _stroke(self, across: float, up: float) -> None:
        if across >= _RULE_LENGTH and up <= _RULE_THICKNESS:
            self._level += 1
        elif up >= _RULE_LENGTH and across <= _RULE_THICKNESS:
            self._upright += 1
