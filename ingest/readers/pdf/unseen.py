"""Text of a PDF that nobody sees on paper: left out of the lines and of the ruled tables, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.readers.pdf.lines import Line, PageLines, Run, Unseen, is_mark
from ingest.readers.pdf.notes import body_size

_INVISIBLE_SIZE = 3.5
_READABLE_SIZE = 7.0
_NEAR = 1.0


def part_tiny_text(pages: Sequence[PageLines]) -> list[PageLines]:
    """Move text set too small to be read from the lines to what is unseen; marks of notes stay.

    A file set small throughout (a drawing's lettering, a page that is to be enlarged) is left as it is.
    """
    if body_size(pages) < _READABLE_SIZE:
        return list(pages)
    return [_parted(page) for page in pages]


def _parted(page: PageLines) -> PageLines:
    if all(run.size > _INVISIBLE_SIZE for line in page.lines for run in line.runs):
        return page
    lines: list[Line] = []
    tiny: list[Unseen] = []
    for line in page.lines:
        largest = max(run.size for run in line.runs)
        unread = [run for run in line.runs if run.size <= _INVISIBLE_SIZE and not is_mark(run, largest)]
        tiny += [_unread(run) for run in unread]
        kept = tuple(run for run in line.runs if run not in unread)
        if kept:
            lines.append(Line(kept) if unread else line)
    return replace(page, lines=tuple(lines), unseen=(*page.unseen, *tiny))


def _unread(run: Run) -> Unseen:
    return Unseen(run.text, (run.x, run.y - run.size / 3, run.right, run.y + run.size), tiny=True)


def warnings_of_unseen(pages: Sequence[PageLines]) -> list[str]:
    """Say per page how many letters were left out and why."""
    warnings: list[str] = []
    for number, page in enumerate(pages, start=1):
        hidden = sum(unseen.letters for unseen in page.unseen if not unseen.tiny)
        tiny = sum(unseen.letters for unseen in page.unseen if unseen.tiny)
        if hidden:
            why = "cùng màu nền, không tô màu hoặc nằm ngoài trang"
            warnings.append(f"Trang {number}: bỏ {hidden} ký tự chữ ẩn ({why}), mắt không nhìn thấy.")
        if tiny:
            warnings.append(f"Trang {number}: bỏ {tiny} ký tự chữ quá nhỏ, mắt không đọc được.")
    return warnings


def drawn_of(unseen: Unseen, page: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """Find the characters of a pdfplumber page, in the order drawn, that make up a piece of unseen text.

    Where text that is seen lies across them, the letters tell which are meant; where they cannot (the two libraries
    read a font differently), all that stand there go: what nobody sees must not be read.
    """
    left, bottom, right, top = unseen.box
    edge = page.mediabox[0]
    there = [
        char
        for char in page.chars
        if left - _NEAR <= (char["x0"] + char["x1"]) / 2 - edge <= right + _NEAR
        and bottom - _NEAR <= (char["y0"] + char["y1"]) / 2 <= top + _NEAR
        and char["text"].strip()
    ]
    owners = [char for char in there for _ in char["text"]]
    wanted = "".join(unseen.text.split())
    at = "".join(char["text"] for char in there).find(wanted)
    return there if at < 0 else owners[at : at + len(wanted)]
