"""Text set side by side: the letterhead and the signature of official papers, which look like table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest import patterns as p

Row = Sequence[str | None]
"""Cells of a table row, left to right; ``None`` is a place covered by a merged cell."""


class _Under(str):
    """A blank cell that can be told from others."""


UNDER = _Under()
"""A place that the cell above it covers, where the format says so."""
HEAD_ROWS = 6
"""Rows at the top among which a letterhead stands."""
_SIGNERS = 3
_BESIDE_WORDS = 12
_FORM_ROWS = 4
_ASKED_WORDS = 12
_HEADER_WORDS = 4
_PROSE_WORDS, _SPOKEN_WORDS = 25, 12
"""Words above which a cell is surely running text; above which most cells of a column must be."""


def letterhead(rows: Sequence[Row]) -> int:
    """Return how many of the first rows are a letterhead; 0: none."""
    return max((i + 1 for i, row in enumerate(rows[:HEAD_ROWS]) if _heads(row)), default=0)


def signature(rows: Sequence[Row], start: int = 0) -> int:
    """Return the first row from ``start`` on that opens a signature or the recipients; their number: none does."""
    return next((i for i in range(start, len(rows)) if _signs(rows[i])), len(rows))


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form has what is answered: the column, with what is asked before it, and the rows of headers above."""

    headers: int
    answer: int


def form_of(rows: Sequence[Row]) -> Form | None:
    """Return how a table is a filled-in form, what is asked on the left and the answer beside it; ``None``: it is none.

    A form without headers answers at length or in particulars from its first row; one under headers ("Nội dung" and
    "Quy định cụ thể", a number before each row or not) is told from a table of short cells by answers in sentences.
    """
    cells = [[cell.strip() for cell in row if cell is not None and cell is not UNDER] for row in rows]
    if len(cells) < _FORM_ROWS:
        return None
    if _is_asked(cells, 0) and _answers(cells):
        return Form(0, 1)
    body = cells[1:]
    numbered = all(len(row) == 3 and p.NUMERIC_CELL.fullmatch(row[0].rstrip(".)")) for row in body)
    first = int(numbered)
    pairs = [row[first:] for row in body]
    if len(cells[0]) != first + 2 or not all(cells[0]) or not _is_asked(pairs, first):
        return None
    headed = all(p.word_count(cell) <= _HEADER_WORDS for cell in cells[0])
    lengths = [p.word_count(answer) for _, answer in pairs]
    prose = sum(length > _PROSE_WORDS for length in lengths) >= max(2, len(pairs) / 4)
    spoken = sum(length > _SPOKEN_WORDS for length in lengths) > len(pairs) / 2
    return Form(1, first + 1) if headed and (prose or spoken) else None


def _is_asked(pairs: Sequence[Sequence[str]], numbers: int) -> bool:
    """Whether rows of two cells name each another thing, shortly, before what is said of it."""
    if any(len(pair) != 2 or not pair[0] for pair in pairs):
        return False
    asked = [pair[0] for pair in pairs]
    figures = sum(p.NUMERIC_CELL.fullmatch(pair[1]) is not None for pair in pairs)
    short = all(p.word_count(text) <= _ASKED_WORDS and (numbers or not text[0].isdigit()) for text in asked)
    return short and len(set(asked)) == len(asked) and figures < len(pairs) / 2


def _answers(pairs: Sequence[Sequence[str]]) -> bool:
    answers = [pair[1] for pair in pairs]
    particular = p.word_count(answers[0]) > _HEADER_WORDS or re.search(r"\d|[:;.…]$", answers[0]) is not None
    return particular and any(p.word_count(answer) > _HEADER_WORDS for answer in answers)


def columns(rows: Sequence[Row]) -> list[str]:
    """Return the cells column by column, as a person reads them."""
    return [cell for column in zip_longest(*rows) for cell in column if cell]


class SetByTabs:
    """Collects the lines of a letterhead or signature that tabs set in two columns."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def takes(self, text: str, number: str = "") -> bool:
        """Whether a line, whose automatic ``number`` is not in its text, belongs to one; it is kept back then."""
        cells = [" ".join(cell.split()) for cell in text.split("\t")]
        filled = [cell for cell in cells if cell]
        opens = len(filled) > 1 and (letterhead([filled]) > 0 or signature([filled]) == 0)
        goes_on = self._rows and (len(cells) > 1 or _is_short_line(text))
        if opens or goes_on:
            self._rows.append((number + cells[0], " ".join(cells[1:]).strip()))
        return bool(opens or goes_on)

    def taken(self) -> list[str]:
        """Return what was kept back, one column below the other, and forget it."""
        lines, self._rows = columns(self._rows), []
        return lines


def _is_short_line(text: str) -> bool:
    begins = p.KIND_LINE.match(text) or p.OPENING.match(text) or p.PART.match(text) or p.ANNEX.match(text)
    return begins is None and p.word_count(text) <= _BESIDE_WORDS


def unfolded(text: str) -> str:
    """Write the letterhead and the signature of a tab-separated text one column below the other; tables stay."""
    if "\t" not in text:
        return text
    return "".join(_unfolded(text.splitlines(keepends=True)))


def _unfolded(lines: Sequence[str]) -> Iterator[str]:
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and "\t" in lines[end].strip():
            end += 1
        if end == index:
            yield lines[index]
            index += 1
            continue
        rows: list[Row] = [[cell.strip() or None for cell in line.split("\t")] for line in lines[index:end]]
        head, foot = letterhead(rows), signature(rows)
        last = lines[end - 1][len(lines[end - 1].rstrip("\r\n")) :]
        if head or foot < len(rows):
            yield from (f"{cell}\n" for cell in columns(rows[:head]))
            yield from lines[index + head : index + max(head, foot)]
            yield from (f"{cell}\n" for cell in columns(rows[max(head, foot) :]))
            if not last:
                yield ""
        else:
            yield from lines[index:end]
        index = end


def _heads(row: Row) -> bool:
    """Whether a row belongs to a letterhead: the motto, or the paper's number beside its place and day."""
    cells = [cell for cell in row if cell]
    dated = any(p.PLACE_DATE.search(cell) for cell in cells)
    return any(p.MOTTO.search(cell) for cell in cells) or (dated and any(p.NUMBER_MARK.match(cell) for cell in cells))


def _signs(row: Row) -> bool:
    """Whether a row begins a signature: recipients, who signs, who drew the table up, and nothing else."""
    cells = [cell.strip() for cell in row if cell]
    forms = (p.RECIPIENTS, p.SIGNED_FOR, p.ROLE)
    return 0 < len(cells) <= _SIGNERS and all(
        any(form.match(text) for form in forms for text in (cell, cell.upper())) for cell in cells
    )
