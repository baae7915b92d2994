"""Where the letterhead of a page ends: below its number and its place and day, not where its columns could go on."""

from __future__ import annotations

from collections.abc import Sequence

from ingest import patterns as p

_NEXT_LINE = 1.7
"""In type sizes: the subject of a letter under its number goes on no farther down."""


def letterhead_end(pieces: Sequence[tuple[str, float, float]]) -> int:
    """Return how many of the pieces, text with baseline and type size from the top, belong to the letterhead.

    All of them where no motto, or neither a number nor a place and day, stands among them.
    """
    motto = next((at for at, piece in enumerate(pieces) if p.MOTTO.search(piece[0])), None)
    if motto is None:
        return len(pieces)
    day = next((at for at, piece in enumerate(pieces) if at > motto and p.PLACE_DATE.search(piece[0])), None)
    number = next((at for at, piece in enumerate(pieces) if at > motto and p.NUMBER_MARK.match(piece[0])), None)
    if day is None and number is None:
        return len(pieces)
    end = max(at for at in (day, number) if at is not None) + 1
    while end < len(pieces) and pieces[end - 1][1] - pieces[end][1] <= _NEXT_LINE * pieces[end][2]:
        end += 1
    return end
