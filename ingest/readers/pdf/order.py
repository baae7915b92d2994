"""Reading order of a page from geometry: where text stands decides, not the order in which the file draws it.

Pieces of text become segments (text on one baseline without a wide gap). A strip that many segments keep clear, with
running text on both sides, is a gutter: what stands left of it is read before what stands right. Columns of short
cells are no running text: a table without rules is read row by row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.patterns import MOTTO
from ingest.readers.pdf.letterhead import letterhead_end
from ingest.readers.pdf.lines import Line, Run, most_used_size
from ingest.readers.pdf.segments import SAME_BASELINE, Segment, line_of, once, segments_of
from ingest.readers.pdf.unruled_tables import find_unruled

_FAR = 1.5
_GUTTER_LINES = 5
_PROSE_WORDS = 4.5
_FULL = 0.7
"""Lines of a column fill at least this part of it, by the median."""
_SMALL_NOTE = 0.9
_SLACK = 1.0
_NEXT_LINE = 1.8
"""In type sizes: the next line of a block of text is no farther down."""


def reading_order(runs: Sequence[Run], turned: Sequence[Run] = ()) -> tuple[Line, ...]:
    """Put the runs of a page, given as drawn, into lines in reading order; ``turned`` text comes last."""
    segments = segments_of(once(runs))
    body = most_used_size(runs)
    above, notes = _notes_apart(segments, body)
    lines = _ordered(above) + _ordered(notes) + [Line((run,)) for run in once(turned)]
    return tuple(lines)


def _notes_apart(segments: Sequence[Segment], body: float) -> tuple[list[Segment], list[Segment]]:
    """Part the smaller text at the foot of a page from what stands above it.

    Lines that only go on a column of small type beside larger text (recipients beside a signature) are no notes.
    """
    small = [segment for segment in segments if segment.size <= _SMALL_NOTE * body]
    foot = min((segment.y for segment in segments if segment.size > _SMALL_NOTE * body), default=0.0)
    notes = [segment for segment in segments if segment.y < foot]
    top = max((segment.y for segment in notes), default=0.0)
    first = min((segment.left for segment in notes if segment.y == top), default=0.0)
    goes_on = any(
        foot <= segment.y <= top + _NEXT_LINE * segment.size and abs(segment.left - first) < segment.size
        for segment in small
    )
    if goes_on:
        return list(segments), []
    return [segment for segment in segments if segment.y >= foot], notes


# --- columns ---


def _ordered(segments: Sequence[Segment]) -> list[Line]:
    """Lines of a region: what stands above two columns, the left one, the right one, what stands below."""
    found = _best_band(segments)
    if found is None or not (_is_prose(found[1]) and _is_prose(found[2])):
        rows = _rows(segments)
        table = find_unruled(rows)
        if table is not None:
            above = [segment for row in rows[: table.start] for segment in row]
            return _ordered(above) + table.lines + _ordered([one for row in rows[table.end :] for one in row])
    if found is None:
        return [line_of(part) for row in _rows(segments) for part in _cells_or_blocks(row)]
    return [line for part in found for line in _ordered(part)]


_Band = tuple[list[Segment], list[Segment], list[Segment], list[Segment]]


def _best_band(segments: Sequence[Segment]) -> _Band | None:
    """Find the gutter that parts the region best, and the band of lines it parts."""
    ordered = sorted(segments, key=lambda segment: (-segment.y, segment.left))
    best: _Band | None = None
    size = 0
    for gutter in _gutters(ordered):
        start = 0
        for end in range(len(ordered) + 1):
            crosses = (
                end < len(ordered) and ordered[end].left < gutter - _SLACK and ordered[end].right > gutter + _SLACK
            )
            if end < len(ordered) and not crosses:
                continue
            if end - start > 2 * size:
                band = ordered[start:end]
                left = [segment for segment in band if segment.left < gutter]
                right = [segment for segment in band if segment.left >= gutter]
                # The gutter with most text on its weaker side: the middle one of four columns, under the whole title.
                if min(len(left), len(right)) > size and _are_columns(left, right):
                    size = min(len(left), len(right))
                    last = end
                    if not (_is_prose(left) and _is_prose(right)):
                        last = start + letterhead_end([(one.text, one.y, one.size) for one in band])
                        left, right = [[one for one in side if one in ordered[start:last]] for side in (left, right)]
                    best = (ordered[:start], left, right, ordered[last:])
            start = end + 1
    return best


def _gutters(ordered: Sequence[Segment]) -> list[float]:
    """Places where a segment begins and, beside it, another one has ended."""
    starts = sorted(segment.left for segment in ordered)
    ends = sorted(segment.right for segment in ordered)
    found: list[float] = []
    ended = 0
    for start in starts:
        before = bisect_right(ends, start)
        if ended < before < len(ends):  # where nothing has ended since, the place before parts no less
            found.append((start + ends[before - 1]) / 2)
        ended = max(ended, before)
    return found


def _are_columns(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether both sides hold running text; or a letterhead; or a few lines drawn one side after the other."""
    if len(left) >= _GUTTER_LINES and len(right) >= _GUTTER_LINES and _is_prose(left) and _is_prose(right):
        return True
    if len(left) < 2 or len(right) < 2:
        return False
    if min(one.y for one in left) > max(one.y for one in right) or min(one.y for one in right) > max(
        one.y for one in left
    ):
        return False  # a title above the beginning of the text
    if any(MOTTO.search(segment.text) for segment in right):
        return True
    return _is_wordy(left, right) and _one_after_the_other(left, right)


def _is_prose(side: Sequence[Segment]) -> bool:
    words = sum(segment.words for segment in side) / len(side)
    widths = sorted(segment.right - segment.left for segment in side)
    widest = widths[min(len(widths) - 1, int(0.9 * len(widths)))]
    return words >= _PROSE_WORDS and median(widths) >= _FULL * widest


def _is_wordy(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether words rather than figures stand on both sides, as in a letterhead or beside a signature."""
    return all(
        sum(any(char.isalpha() for char in segment.text) for segment in side) > 0.7 * len(side)
        for side in (left, right)
    )


def _one_after_the_other(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    drawn = sorted([(segment.place, 0, segment.y) for segment in left] + [(one.place, 1, one.y) for one in right])
    if drawn[-1][2] == min(y for _, _, y in drawn):
        drawn.pop()  # a running footer may be drawn behind both
    changes = sum(first[1] != second[1] for first, second in pairwise(drawn))
    return changes <= max(1, len(drawn) // 10)  # a running header may be drawn before both


# --- lines ---


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Put the segments on one baseline together, from the top and from the left."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (-one.y, one.left)):
        if rows and abs(rows[-1][0].y - segment.y) <= SAME_BASELINE * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda segment: segment.left) for row in rows]


def _cells_or_blocks(row: list[Segment]) -> list[list[Segment]]:
    """Keep words far apart, as in a letterhead or running header, on lines of their own; a row with figures is one."""
    if any(not any(char.isalpha() for char in segment.text) for segment in row):
        return [row]
    parts = [row[:1]]
    for before, segment in pairwise(row):
        if segment.left - before.right > _FAR * before.size:
            parts.append([segment])
        else:
            parts[-1].append(segment)
    return parts
