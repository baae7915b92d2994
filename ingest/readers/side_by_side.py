"""Text set side by side: the letterhead and the signature of official papers, which look like table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest import patterns as p

Row = Sequence[str | None]
"""Cells of a table row, left to right; ``None`` is a place covered by a merged cell."""
HEAD_ROWS = 6
"""Rows at the top among which a letterhead stands."""
_SIGNERS = 3
_FORM_ROWS = 4
_ASKED_WORDS = 12
_HEADER_WORDS = 4
_PROSE_WORDS = 12
_NUMBER_CELL = re.compile(r"Số(?:\s+hiệu)?\s*[:.]")


def letterhead(rows: Sequence[Row]) -> int:
    """Return how many of the first rows are a letterhead; 0: none."""
    return max((i + 1 for i, row in enumerate(rows[:HEAD_ROWS]) if _heads(row)), default=0)


def signature(rows: Sequence[Row], start: int = 0) -> int:
    """Return the first row from ``start`` on that opens a signature or the recipients; their number: none does."""
    return next((i for i in range(start, len(rows)) if _signs(rows[i])), len(rows))


def is_form(rows: Sequence[Row]) -> bool:
    """Whether a table of two columns is a filled-in form: what is asked stands on the left, the answer beside it.

    Such a table has no header: its first answer is as long or as particular as the others. Under a header of two names
    ("Nội dung", "Quy định cụ thể") most of what stands on the right is prose.
    """
    pairs = [[(cell or "").strip() for cell in row] for row in rows]
    if len(pairs) < _FORM_ROWS or any(len(pair) != 2 or not pair[0] for pair in pairs):
        return False
    asked, answers = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(set(asked)) < len(asked) or any(p.word_count(text) > _ASKED_WORDS or text[0].isdigit() for text in asked):
        return False
    figures = sum(p.NUMERIC_CELL.fullmatch(answer) is not None for answer in answers)
    particular = p.word_count(answers[0]) > _HEADER_WORDS or re.search(r"\d|[:;.…]$", answers[0]) is not None
    if not particular:
        return sum(p.word_count(answer) > _PROSE_WORDS for answer in answers[1:]) > len(answers) / 2
    return figures < len(answers) / 2 and any(p.word_count(answer) > _HEADER_WORDS for answer in answers)


def columns(rows: Sequence[Row]) -> list[str]:
    """Return the cells column by column, as a person reads them."""
    return [cell for column in zip_longest(*rows) for cell in column if cell]


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
    return any(p.MOTTO.search(cell) for cell in cells) or (dated and any(_NUMBER_CELL.match(cell) for cell in cells))


def _signs(row: Row) -> bool:
    """Whether a row begins a signature: recipients, who signs, who drew the table up, and nothing else."""
    cells = [cell.strip() for cell in row if cell]
    forms = (p.RECIPIENTS, p.SIGNED_FOR, p.ROLE)
    return 0 < len(cells) <= _SIGNERS and all(
        any(form.match(text) for form in forms for text in (cell, cell.upper())) for cell in cells
    )
