"""Lines of a PDF page in the order the page draws them, by pypdf: for files that pdfium cannot open."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

from ingest.readers.pdf.lines import Line, PageLines, Rules, Run, as_seen, is_mark

if TYPE_CHECKING:
    from pypdf import PageObject

_RAISED = 0.6


def streamed_lines(page: PageObject) -> PageLines:
    """Read the lines of a page that has a text layer."""
    box = page.mediabox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    rotation = page.rotation % 360
    lines: list[Line] = []
    runs: list[Run] = []
    rules = _Operators()

    def end_line() -> None:
        if any(run.text.strip() for run in runs):
            lines.append(Line(tuple(runs)))
        runs.clear()

    def text_found(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4] - left
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5] - bottom
        points = abs(size) * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        x, y = as_seen(x, y, width, height, rotation)
        for index, part in enumerate(text.split("\n")):
            if index:
                end_line()
            if part:
                runs.append(Run(part, x, y, round(points, 1), x))

    page.extract_text(visitor_text=text_found, visitor_operand_before=rules.see)
    end_line()
    return PageLines(
        tuple(_with_raised_marks(lines)), width if rotation in (90, 270) else height, rules.found.of_a_table
    )


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
    if first.x < last.x or not (is_mark(last, following.size) or is_mark(first, line.size)):
        return False
    apart = abs(following.y - line.y)
    return apart <= _RAISED * max(line.size, following.size)


class _Operators:
    """Sees the drawing operators of a page and counts its rules."""

    def __init__(self) -> None:
        self.found = Rules()
        self._at = (0.0, 0.0)

    def see(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        if operator not in (b"m", b"l", b"re"):
            return
        values = [float(operand) for operand in operands]
        if operator == b"re" and len(values) == 4:
            self.found.box(abs(values[2]) * hypot(cm[0], cm[1]), abs(values[3]) * hypot(cm[2], cm[3]))
        elif len(values) == 2:
            point = (values[0] * cm[0] + values[1] * cm[2], values[0] * cm[1] + values[1] * cm[3])
            if operator == b"l":
                self.found.stroke(abs(point[0] - self._at[0]), abs(point[1] - self._at[1]))
            self._at = point
