"""What stands on a PDF page: lines of runs with place and type size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SMALL = 0.82
"""A mark is at most this part of the type size around it."""

RAISED_MARKS = re.compile(r"\s*\(?(?:\d{1,3}|\*{1,3})(?:\s*[,;]\s*\d{1,3})*\)?\s*")

BLANKS = " \r\n\f\v\u00a0"
_RULE_THICKNESS = 3.0
_RULE_LENGTH = 12.0
_RULES_OF_A_TABLE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type size (points); ``x``, ``y``: where its baseline begins, from the page's lower left corner.

    ``right`` is where it ends; the same as ``x`` where that is not known.
    """

    text: str
    x: float
    y: float
    size: float
    right: float = 0.0


@dataclass(frozen=True)
class Line:
    """Runs on one line."""

    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        """The characters of the line, without blanks around them; a tab before it is an empty cell."""
        return "".join(run.text for run in self.runs).strip(BLANKS)

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

    @cached_property
    def _main(self) -> Run:
        return max(self.runs, key=lambda run: len(run.text.strip()))


@dataclass(frozen=True, slots=True)
class Unseen:
    """Text that stands in the file and that nobody sees on the page.

    ``box``: left, bottom, right and top in points from the page's lower left corner; ``tiny``: too small to be read.
    """

    text: str
    box: tuple[float, float, float, float]
    tiny: bool = False

    @property
    def letters(self) -> int:
        """Count of its characters without blanks."""
        return sum(1 for character in self.text if not character.isspace())


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page: its lines in reading order, its height, whether it has enough rules for a table, and what is unseen.

    ``pictured`` is the part of the page that pictures cover, 0 to 1.
    """

    lines: tuple[Line, ...]
    height: float
    ruled: bool
    unseen: tuple[Unseen, ...] = ()
    pictured: float = 0.0


class Rules:
    """Counts drawn lines and thin boxes, so that the slow table finder runs only on pages that have some."""

    def __init__(self) -> None:
        self._level = 0
        self._upright = 0

    @property
    def of_a_table(self) -> bool:
        """Whether there are enough of them, level and upright, for a table."""
        return self._level >= _RULES_OF_A_TABLE and self._upright >= _RULES_OF_A_TABLE

    def box(self, width: float, height: float) -> None:
        """Count a drawn box: its edges, or one rule when it is thin."""
        if height > _RULE_THICKNESS and width > _RULE_THICKNESS:
            self._level += 2
            self._upright += 2
        else:
            self.stroke(width, height)

    def stroke(self, across: float, up: float) -> None:
        """Count a straight line by how far it goes across and up."""
        if across >= _RULE_LENGTH and up <= _RULE_THICKNESS:
            self._level += 1
        elif up >= _RULE_LENGTH and across <= _RULE_THICKNESS:
            self._upright += 1


def as_seen(x: float, y: float, width: float, height: float, rotation: int) -> tuple[float, float]:
    """Turn a point with the page, as a viewer does."""
    if rotation == 90:
        return y, width - x
    if rotation == 180:
        return width - x, height - y
    if rotation == 270:
        return height - y, x
    return x, y


def is_mark(run: Run, size: float) -> bool:
    """Whether a run may be the mark of a note beside text of ``size``."""
    return run.size <= SMALL * size and RAISED_MARKS.fullmatch(run.text) is not None


def most_used_size(runs: Sequence[Run]) -> float:
    """Type size in which most characters are set; 0 without text."""
    sizes: dict[float, int] = {}
    for run in runs:
        sizes[run.size] = sizes.get(run.size, 0) + len(run.text.strip())
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0
