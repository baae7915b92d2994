"""Writing down what a reader finds, in reading order, with the structure the format states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.errors import EmptyFile
from ingest.hint_labels import FIELD_LEVEL, GOES_ON
from ingest.readers.marks import DIGITS, is_exponent
from ingest.readers.side_by_side import UNDER, Form, Row, columns, form_of, letterhead, signature
from ingest.records import Hint, HintKind, Page, Source

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


class Transcript:
    """Text that grows piece by piece; ``length`` is the offset of what is written next."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.hints: list[Hint] = []
        self._recognised: list[Page] = []

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    def write(self, text: str) -> None:
        """Append ``text``."""
        self._pieces.append(text)
        self.length += len(text)

    def hint(self, kind: HintKind, start: int, end: int, level: int = 0, label: str = "") -> None:
        """Note the structure of the written span ``start:end``; an empty span is not noted."""
        if end > start:
            self.hints.append(Hint(kind, start, end, level, label))

    def line(self, text: str, kind: HintKind | None = None, level: int = 0, label: str = "") -> None:
        """Append ``text`` and end the line."""
        start = self.length
        self.write(text)
        if kind is not None:
            self.hint(kind, start, self.length, level, label)
        self.write("\n")

    def table(self, rows: Sequence[Row], header_rows: int | None = None, *, goes_on: bool = False) -> None:
        """Append one line of tab-separated cells per row; ``header_rows`` unknown are counted from merged cells.

        ``goes_on``: the rows belong to the table written last.

        Reference marks in cells are written as superscripts. A letterhead above and a signature below are no rows:
        they are written as lines, column by column.
        """
        if goes_on:
            self._rows(rows, 0, GOES_ON)
            return
        head = letterhead(rows)
        foot = signature(rows, head)
        self._lines(columns(rows[:head]))
        if header_rows is None and (form := form_of(rows[head:foot])):
            for row in self.asked(rows[head:foot], form):
                self._lines([rows[head + row][form.answer] or ""])
        elif head < foot:
            self._rows(rows[head:foot], header_rows if header_rows is None else max(0, header_rows - head))
        self._lines(columns(rows[foot:]))

    def asked(self, rows: Sequence[Row], form: Form) -> Iterator[int]:
        """Append what a form asks, row by row; the caller appends the answer of each row that is given back."""
        for row in rows[: form.headers]:
            self._lines([" ".join(cell or "" for cell in row)])
        for number, row in enumerate(rows[form.headers :], form.headers):
            named = " ".join(cell or "" for cell in row[: form.answer])
            self.line(" ".join(named.split()), "heading", FIELD_LEVEL)
            yield number

    def _lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            if text.strip():
                self.line(" ".join(text.split()))

    def _rows(self, rows: Sequence[Row], header_rows: int | None, label: str = "") -> None:
        start = self.length
        for row in rows:
            line = "\t".join(" ".join((cell or "").split()) for cell in row)
            for mark in _RAISED.finditer(line):
                note = mark.group().translate(DIGITS)
                if not is_exponent(line[: mark.start()], note):
                    self.hint("reference", self.length + mark.start(), self.length + mark.end(), label=note)
            at = self.length
            for cell, text in zip(row, line.split("\t"), strict=True):
                if cell is UNDER:
                    self.hint("merged", at, at + 1)
                at += len(text) + 1
            self.write(line + "\n")
        level = header_depth(rows) if header_rows is None else header_rows
        self.hint("table", start, self.length - 1, level, label)

    def recognised(self, start: int, end: int, confidence: float) -> None:
        """Note that the written span was recognised from a picture, in a file without pages; spans come in order."""
        if end > start:
            self._recognised.append(Page(0, None, start, end, confidence))

    @property
    def stretches(self) -> tuple[Page, ...]:
        """What was recognised and the typed text around it; empty for text that was typed throughout."""
        found: list[Page] = []
        for stretch in self._recognised:
            before = found[-1].end if found else 0
            found += [Page(0, None, before, stretch.start)] * (stretch.start > before)
            found.append(stretch)
        if found and found[-1].end < self.length:
            found.append(Page(0, None, found[-1].end, self.length))
        return tuple(found)

    def source(
        self,
        file: str,
        media_type: str,
        *,
        wrapped: bool | None,
        properties: Mapping[str, str | None] | None = None,
        warnings: Iterable[str] = (),
    ) -> Source:
        """Return what was written as the source of a file without pages; blank properties are left out.

        Raises :class:`EmptyFile` where nothing was written.
        """
        if not self.text.strip():
            raise EmptyFile(f"“{file}” không có nội dung.", remedy="Kiểm tra lại tệp đã chọn.")
        stated = {name: value.strip() for name, value in (properties or {}).items() if value and value.strip()}
        return Source(
            text=self.text,
            media_type=media_type,
            pages=self.stretches,
            hints=tuple(self.hints),
            wrapped=wrapped,
            properties=stated,
            warnings=tuple(warnings),
        )


def header_depth(rows: Sequence[Row]) -> int:
    """Count the header lines of a table from its merged cells.

    The first line is the header. Where it has a cell spread over several columns, the next line splits that cell
    and belongs to the header as well, and so on.
    """
    spread = set(range(len(rows[0]))) if rows else set()
    for depth, row in enumerate(rows):
        if not spread:
            return depth
        spread = _spread_columns(row, spread)
    return len(rows)


def _spread_columns(row: Row, among: set[int]) -> set[int]:
    """Columns of cells that lie over more than one column; only cells in the columns ``among`` count."""
    found: set[int] = set()
    owner: int | None = None
    for index, cell in enumerate(row):
        if index not in among or cell is not None:
            owner = index if index in among and cell is not UNDER else None
        elif owner is not None:
            found |= {owner, index}
    return found
