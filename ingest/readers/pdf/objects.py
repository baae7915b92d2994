"""Text and rules of PDF pages as pdfium draws them: every text object with its place, extent and type size.

pdfium (which pdfplumber brings along) is asked because it is as exact as pypdf, about ten times as fast, and tells
where a piece of text ends, which finding columns needs. pypdf stays in charge of the file itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Any

from ingest.readers.pdf.lines import PageLines, Rules, Run, Unseen, as_seen
from ingest.readers.pdf.order import reading_order
from ingest.readers.pdf.strings import ObjectStrings

_MAX_DEPTH = 8
_MAX_SEGMENTS = 400
_UPRIGHT = 0.3
_WHITE = 245
_INVISIBLE_MODE = 3

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class DrawnPages:
    """The pages of one file; raises what pdfium raises when it cannot open it.

    ``filled``: the file is a form somebody filled in; what stands in its fields is drawn onto the pages.
    """

    def __init__(self, data: bytes, password: str | None, *, filled: bool = False) -> None:
        import pypdfium2
        import pypdfium2.raw

        self._document = pypdfium2.PdfDocument(data, password=password)
        self._raw: Any = pypdfium2.raw
        self._filled = filled
        if filled:
            self._document.init_forms()

    def lines(self, index: int, box: Box) -> PageLines:
        """Read the lines of a page in reading order; ``box`` is its media box, which pdfium tells only where stated."""
        page = self._document[index]
        if self._filled:
            page.flatten()
            page.close()
            page = self._document[index]
        textpage = page.get_textpage()
        try:
            left, bottom, right, top = box
            rotation = page.get_rotation()
            reader = _PageReader(self._raw, page, textpage, (left, bottom, right - left, top - bottom, rotation))
            reader.read()
            height = right - left if rotation in (90, 270) else top - bottom
            lines = reading_order(reader.runs, reader.turned)
            return PageLines(lines, height, reader.rules.of_a_table, tuple(reader.unseen), min(reader.pictured, 1.0))
        finally:
            textpage.close()
            page.close()

    def close(self) -> None:
        """Close the file."""
        self._document.close()


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """Text that may not be seen; where it is, it belongs ``among`` the runs of its kind."""

    run: Run
    box: Box
    invisible: bool
    on_page: bool
    among: list[Run]


class _PageReader:
    """Gathers the runs of one page.

    ``turned`` are those that do not run from left to right; ``unseen`` is what nobody sees; ``pictured`` is the part of
    the page that pictures cover.
    """

    def __init__(self, raw: Any, page: Any, textpage: Any, frame: tuple[float, float, float, float, int]) -> None:  # noqa: ANN401
        self.raw = raw
        self.page = page
        self.left, self.bottom, self.width, self.height, self.rotation = frame
        self.runs: list[Run] = []
        self.turned: list[Run] = []
        self.rules = Rules()
        self.unseen: list[Unseen] = []
        self._grounds: list[Box] = []
        self.pictured = 0.0
        self._doubtful: list[_Doubtful] = []
        self._strings = ObjectStrings(raw, textpage)
        x0, y0, x1, y1 = page.get_bbox()
        corners = (self._seen(x0, y0, _SAME), self._seen(x1, y1, _SAME))
        (left, right), (bottom, top) = (sorted(values) for values in zip(*corners, strict=True))
        self._shown: Box = (left, bottom, right, top)
        # Made once: a page has thousands of objects, and pdfium writes each one's numbers into these.
        self._found_matrix = raw.FS_MATRIX()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._size = ctypes.c_float()

    def read(self) -> None:
        for thing, kind, matrix in self._objects():
            if kind == self.raw.FPDF_PAGEOBJ_TEXT:
                self._text(thing, matrix)
                continue
            if kind == self.raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, matrix)
            if kind != self.raw.FPDF_PAGEOBJ_PATH or self._is_filled(thing):
                box = self._box(thing, matrix)
                self._grounds.append(box)
                if kind == self.raw.FPDF_PAGEOBJ_IMAGE:
                    self.pictured += (box[2] - box[0]) * (box[3] - box[1]) / (self.width * self.height or 1.0)
        self._judge_doubtful()

    def _judge_doubtful(self) -> None:
        """Keep text that is white on some ground, or laid invisibly over the picture it was recognised from."""
        for one in self._doubtful:
            across, up = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
            grounded = any(x0 <= across <= x1 and y0 <= up <= y1 for x0, y0, x1, y1 in self._grounds)
            if one.on_page and (self.pictured > 0 if one.invisible else grounded):
                one.among.append(one.run)
            else:
                self.unseen.append(Unseen(one.run.text, one.box))

    def _objects(self) -> Iterator[tuple[Any, int, Matrix]]:
        for index in range(self.raw.FPDFPage_CountObjects(self.page)):
            yield from self._inside(self.raw.FPDFPage_GetObject(self.page, index), _SAME, 0)

    def _inside(self, thing: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:  # noqa: ANN401
        kind = self.raw.FPDFPageObj_GetType(thing)
        if kind != self.raw.FPDF_PAGEOBJ_FORM:
            yield thing, kind, matrix
        elif depth < _MAX_DEPTH:
            own = _times(self._matrix(thing), matrix)
            for index in range(self.raw.FPDFFormObj_CountObjects(thing)):
                yield from self._inside(self.raw.FPDFFormObj_GetObject(thing, index), own, depth + 1)

    def _text(self, thing: Any, matrix: Matrix) -> None:  # noqa: ANN401
        text = self._strings.of(thing)
        if not text.strip():
            return
        own = _times(self._matrix(thing), matrix)
        self.raw.FPDFTextObj_GetFontSize(thing, self._size)
        points = round(abs(self._size.value) * hypot(own[2], own[3]), 1)
        x0, y0, x1, y1 = self._box(thing, matrix)
        x, y = self._seen(own[4], own[5], _SAME)
        ahead_x, ahead_y = self._seen(own[4] + own[0], own[5] + own[1], _SAME)
        across = hypot(ahead_x - x, ahead_y - y) or 1.0
        if abs(ahead_y - y) > _UPRIGHT * across or ahead_x < x:
            among, run = self.turned, Run(text, x0, y, points, x1)
        else:
            among, run = self.runs, Run(text, x, y, points, max(x1, x))
            y0, y1 = y - points / 3, y + points
        invisible = self.raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE_MODE
        on_page = self._is_shown((x0 + x1) / 2, (y0 + y1) / 2)
        if invisible or not on_page or self._is_white(thing):
            self._doubtful.append(_Doubtful(run, (x0, y0, x1, y1), invisible, on_page, among))
        else:
            among.append(run)

    def _is_shown(self, across: float, up: float) -> bool:
        """Whether a point lies on the part of the page that a viewer shows."""
        left, bottom, right, top = self._shown
        return left <= across <= right and bottom <= up <= top

    def _is_white(self, thing: Any) -> bool:  # noqa: ANN401
        """Whether an object is filled with white, or with nothing."""
        if not self.raw.FPDFPageObj_GetFillColor(thing, *self._colour):
            return False
        red, green, blue, alpha = (part.value for part in self._colour)
        return alpha == 0 or (red >= _WHITE and green >= _WHITE and blue >= _WHITE)

    def _is_filled(self, thing: Any) -> bool:  # noqa: ANN401
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        self.raw.FPDFPath_GetDrawMode(thing, mode, stroked)
        return mode.value != self.raw.FPDF_FILLMODE_NONE and not self._is_white(thing)

    def _path(self, thing: Any, matrix: Matrix) -> None:  # noqa: ANN401
        if self.rules.of_a_table:
            return
        count = self.raw.FPDFPath_CountSegments(thing)
        if count > _MAX_SEGMENTS:
            return  # a drawing, not the rules of a table
        (x0, y0), _, (x1, y1), _ = (self._seen(x, y, matrix) for x, y in self._corners(thing))
        if abs(x1 - x0) <= 3 or abs(y1 - y0) <= 3:
            self.rules.stroke(abs(x1 - x0), abs(y1 - y0))
            return
        own = _times(self._matrix(thing), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        at = (0.0, 0.0)
        for index in range(count):
            segment = self.raw.FPDFPath_GetPathSegment(thing, index)
            self.raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = self._seen(*_apply(own, x.value, y.value), _SAME)
            if self.raw.FPDFPathSegment_GetType(segment) == self.raw.FPDF_SEGMENT_LINETO:
                self.rules.stroke(abs(point[0] - at[0]), abs(point[1] - at[1]))
            at = point

    def _matrix(self, thing: Any) -> Matrix:  # noqa: ANN401
        found = self._found_matrix
        self.raw.FPDFPageObj_GetMatrix(thing, found)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _bounds(self, thing: Any) -> Box:  # noqa: ANN401
        left, bottom, right, top = self._edges
        self.raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        return left.value, bottom.value, right.value, top.value

    def _corners(self, thing: Any) -> list[tuple[float, float]]:  # noqa: ANN401
        left, bottom, right, top = self._bounds(thing)
        return [(left, bottom), (left, top), (right, top), (right, bottom)]

    def _box(self, thing: Any, matrix: Matrix) -> Box:  # noqa: ANN401
        """Left, bottom, right and top of an object on the page as seen."""
        if matrix is _SAME and not self.rotation:
            left, bottom, right, top = self._bounds(thing)
            return left - self.left, bottom - self.bottom, right - self.left, top - self.bottom
        corners = [self._seen(x, y, matrix) for x, y in self._corners(thing)]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        return min(across), min(up), max(across), max(up)

    def _seen(self, x: float, y: float, matrix: Matrix) -> tuple[float, float]:
        x, y = _apply(matrix, x, y)
        return as_seen(x - self.left, y - self.bottom, self.width, self.height, self.rotation)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _SAME:
        return first
    return (
        first[0] * then[0] + first[1] * then[2],
        first[0] * then[1] + first[1] * then[3],
        first[2] * then[0] + first[3] * then[2],
        first[2] * then[1] + first[3] * then[3],
        first[4] * then[0] + first[5] * then[2] + then[4],
        first[4] * then[1] + first[5] * then[3] + then[5],
    )
