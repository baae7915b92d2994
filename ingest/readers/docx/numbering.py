"""Automatic numbering of Word: what the page shows before a paragraph and the file does not hold as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PLAIN_BULLETS = frozenset("-–—+*•o")


Mark = tuple[dict[str, list[int | None]], set[tuple[str, int]]]
"""How far the lists have counted."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    spaced: bool
    legal: bool


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs list by list; ask in document order, once for each paragraph or after going :meth:`back`."""

    lists: Mapping[str, tuple[_Level, ...]]
    counter_of: Mapping[str, str]
    restarts: Mapping[str, Mapping[int, int]]
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, level: int) -> str:
        """Return the label of the next paragraph of a list with the blank after it; "" for an unknown list."""
        levels = self.lists.get(number_id)
        if levels is None or not 0 <= level < len(levels):
            return ""
        shape = levels[level]
        counters = self._counters.setdefault(self.counter_of[number_id], [None] * _LEVELS)
        restart = self.restarts[number_id].get(level)
        if restart is not None and (number_id, level) not in self._seen:
            counters[level] = restart
        else:
            current = counters[level]
            counters[level] = shape.start if current is None else current + 1
        self._seen.add((number_id, level))
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        if shape.form == "bullet":
            text = shape.text if shape.text in _PLAIN_BULLETS - {"o"} else "•"
        else:
            text = _PLACE.sub(lambda match: _shown(int(match[1]) - 1, levels, counters, shape.legal), shape.text)
        return text + " " if text and shape.spaced else text

    def mark(self) -> Mark:
        """Return how far every list has counted."""
        return {key: list(counters) for key, counters in self._counters.items()}, set(self._seen)

    def back(self, mark: Mark) -> None:
        """Count on from ``mark``, so that paragraphs looked at once can be written."""
        self._counters, self._seen = mark


def read_numbering(root: Any | None) -> Numbering:  # noqa: ANN401
    """Read ``numbering.xml`` (its root element, ``None`` when the document has no lists)."""
    lists: dict[str, tuple[_Level, ...]] = {}
    counter_of: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    if root is not None:
        abstract = {node.get(W + "abstractNumId"): node for node in root.iter(W + "abstractNum")}
        for number in root.iter(W + "num"):
            number_id = number.get(W + "numId")
            abstract_id = _value(number, "abstractNumId")
            if abstract_id not in abstract:
                continue
            levels = {int(node.get(W + "ilvl")): node for node in abstract[abstract_id].findall(W + "lvl")}
            starts: dict[int, int] = {}
            for override in number.findall(W + "lvlOverride"):
                level = int(override.get(W + "ilvl"))
                start = _value(override, "startOverride")
                if start is not None:
                    starts[level] = int(start)
                own = override.find(W + "lvl")
                if own is not None:
                    levels[level] = own
            lists[number_id] = tuple(_level(levels.get(level)) for level in range(_LEVELS))
            counter_of[number_id] = str(abstract_id)
            restarts[number_id] = starts
    return Numbering(lists, counter_of, restarts)


def _level(node: Any | None) -> _Level:  # noqa: ANN401
    if node is None:
        return _Level("none", "", 1, spaced=False, legal=False)
    form = _value(node, "numFmt") or "decimal"
    return _Level(
        form=form,
        text="" if form == "none" else _value(node, "lvlText") or "",
        start=int(_value(node, "start") or 1),
        spaced=_value(node, "suff") != "nothing",
        legal=node.find(W + "isLgl") is not None,
    )


def _value(node: Any, name: str) -> str | None:  # noqa: ANN401
    child = node.find(W + name)
    value = None if child is None else child.get(W + "val")
    return None if value is None else str(value)


def _shown(level: int, levels: tuple[_Level, ...], counters: list[int | None], legal: bool) -> str:
    value = counters[level]
    if value is None:
        value = counters[level] = levels[level].start
    return in_form(value, "decimal" if legal else levels[level].form)


def in_form(value: int, form: str) -> str:
    """Write a number in a Word number format; forms not met in Vietnamese documents come out decimal.

    >>> in_form(4, "upperRoman"), in_form(28, "lowerLetter"), in_form(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(value: int) -> str:
    letters: list[str] = []
    for worth, letter in _ROMAN:
        count, value = divmod(value, worth)
        letters.append(letter * count)
    return "".join(letters)
