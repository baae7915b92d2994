"""Reading order of a page from geometry: where text stands decides, not the order in which the file draws it.

Pieces of text become segments (text on one baseline without a wide gap). A strip that many segments keep clear, with
running text on both sides, is a gutter: what stands left of it is read before what stands right. Columns of short
cells are no running text, so a table without rules is read row by row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.patterns import MOTTO
from ingest.readers.pdf_letterhead import letterhead_end
from ingest.readers.pdf_lines import SMALL, Line, Run, is_mark, most_used_size

_SAME_BASELINE = 0.25
_WORD_GAP = 0.7
"""In type sizes: a wider gap parts segments; spaces of justified lines are narrower."""
_MARK_GAP = 1.0
"""The same before the mark of a note, which may stand behind a stretched space."""
_SPACE = 0.12
_FAR = 1.5
_RAISED = 0.7
_GUTTER_LINES = 5
_PROSE_WORDS = 4.5
_FULL = 0.7
"""Lines of a column fill at least this part of it, by the median."""
_SMALL_NOTE = 0.9
_SLACK = 1.0
_NEXT_LINE = 1.8
"""In type sizes: the next line of a block of text is no farther down."""


@dataclass(frozen=True)
class _Segment:
    """Runs on one baseline; ``place`` is when the file draws the first of them."""

    runs: tuple[Run, ...]
    left: float
    right: float
    y: float
    size: float
    place: int

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def words(self) -> int:
        return len(self.text.split())


def reading_order(runs: Sequence[Run], turned: Sequence[Run] = ()) -> tuple[Line, ...]:
    """Put the runs of a page, given as drawn, into lines in reading order; ``turned`` text comes last."""
    segments = _segments(_once(runs))
    body = most_used_size(runs)
    above, notes = _notes_apart(segments, body)
    lines = _ordered(above) + _ordered(notes) + [Line((run,)) for run in _once(turned)]
    return tuple(lines)


def _notes_apart(segments: Sequence[_Segment], body: float) -> tuple[list[_Segment], list[_Segment]]:
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


def _once(runs: Sequence[Run]) -> list[Run]:
    """Leave out text drawn twice at one place, which makes it look bold."""
    seen: dict[str, list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        twins = seen.setdefault(run.text, [])
        if not any(abs(run.x - twin.x) < _SLACK and abs(run.y - twin.y) < _SLACK for twin in twins):
            twins.append(run)
            kept.append(run)
    return kept


# --- segments ---


def _segments(runs: Sequence[Run]) -> list[_Segment]:
    largest = _largest_size(runs)
    indexed = list(enumerate(runs))
    marks = [(i, run) for i, run in indexed if is_mark(run, largest)]
    alone = {i for i, _ in marks}
    rows = _rows([(i, run) for i, run in indexed if i not in alone])
    for mark in marks:
        _put_mark(mark, rows)
    return [segment for row in rows for segment in _parted(row)]


def _largest_size(runs: Sequence[Run]) -> float:
    """Largest type that is more than a line or two of the page."""
    letters: dict[float, int] = {}
    for run in runs:
        letters[run.size] = letters.get(run.size, 0) + len(run.text.strip())
    least = min(100.0, 0.05 * sum(letters.values()))
    return max((size for size, count in letters.items() if count >= least), default=0.0)


def _rows(runs: Sequence[tuple[int, Run]]) -> list[list[tuple[int, Run]]]:
    """Part runs by their baselines, from the top."""
    rows: list[list[tuple[int, Run]]] = []
    for item in sorted(runs, key=lambda item: -item[1].y):
        run = item[1]
        if rows and abs(rows[-1][0][1].y - run.y) <= _SAME_BASELINE * min(run.size, rows[-1][0][1].size):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _put_mark(mark: tuple[int, Run], rows: list[list[tuple[int, Run]]]) -> None:
    """Put a raised mark into the row it belongs to: text of larger type beside it, a little lower."""
    run = mark[1]
    best: tuple[float, list[tuple[int, Run]]] | None = None
    for row in rows:
        low = row[0][1].y
        if low == run.y and best is None:
            best = (run.size, row)
        if not -_SAME_BASELINE * run.size <= run.y - low <= _RAISED * max(other.size for _, other in row):
            continue
        for _, other in row:
            apart = min(abs(run.x - other.right), abs(other.x - run.right))
            if run.size <= SMALL * other.size + 0.5 and apart <= other.size and (best is None or apart < best[0]):
                best = (apart, row)
    if best is None:
        rows.append([mark])
    else:
        best[1].append(mark)


def _parted(row: Sequence[tuple[int, Run]]) -> list[_Segment]:
    """Part a row at its wide gaps."""
    parts: list[list[tuple[int, Run]]] = []
    end = 0.0
    for item in sorted(row, key=lambda item: item[1].x):
        run = item[1]
        before = parts[-1][-1][1] if parts else run
        gap = _MARK_GAP if is_mark(run, before.size) else _WORD_GAP
        if parts and run.x - end <= gap * max(run.size, before.size):
            parts[-1].append(item)
            end = max(end, run.right)
        else:
            parts.append([item])
            end = run.right
    return [_segment(part) for part in parts]


def _segment(part: Sequence[tuple[int, Run]]) -> _Segment:
    runs = [run for _, run in part]
    main = max(runs, key=lambda run: len(run.text.strip()))
    return _Segment(
        tuple(runs), min(run.x for run in runs), max(run.right for run in runs), main.y, main.size,
        min(place for place, _ in part),
    )  # fmt: skip


# --- columns ---


def _ordered(segments: Sequence[_Segment]) -> list[Line]:
    """Lines of a region: what stands above two columns, the left one, the right one, what stands below."""
    found = _best_band(segments)
    if found is None:
        return _by_rows(segments)
    above, left, right, below = found
    return _ordered(above) + _ordered(left) + _ordered(right) + _ordered(below)


_Band = tuple[list[_Segment], list[_Segment], list[_Segment], list[_Segment]]


def _best_band(segments: Sequence[_Segment]) -> _Band | None:
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


def _gutters(ordered: Sequence[_Segment]) -> list[float]:
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


def _are_columns(left: Sequence[_Segment], right: Sequence[_Segment]) -> bool:
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


def _is_prose(side: Sequence[_Segment]) -> bool:
    words = sum(segment.words for segment in side) / len(side)
    widths = sorted(segment.right - segment.left for segment in side)
    widest = widths[min(len(widths) - 1, int(0.9 * len(widths)))]
    return words >= _PROSE_WORDS and median(widths) >= _FULL * widest


def _is_wordy(left: Sequence[_Segment], right: Sequence[_Segment]) -> bool:
    """Whether words rather than figures stand on both sides, as in a letterhead or beside a signature."""
    return all(
        sum(any(char.isalpha() for char in segment.text) for segment in side) > 0.7 * len(side)
        for side in (left, right)
    )


def _one_after_the_other(left: Sequence[_Segment], right: Sequence[_Segment]) -> bool:
    drawn = sorted([(segment.place, 0, segment.y) for segment in left] + [(one.place, 1, one.y) for one in right])
    if drawn[-1][2] == min(y for _, _, y in drawn):
        drawn.pop()  # a running footer may be drawn behind both
    changes = sum(first[1] != second[1] for first, second in pairwise(drawn))
    return changes <= max(1, len(drawn) // 10)  # a running header may be drawn before both


# --- lines ---


def _by_rows(segments: Sequence[_Segment]) -> list[Line]:
    """One line for the segments on one baseline, from the top."""
    runs = [(segment.place, segment) for segment in segments]
    rows: list[list[_Segment]] = []
    for _, segment in sorted(runs, key=lambda item: (-item[1].y, item[1].left)):
        if rows and abs(rows[-1][0].y - segment.y) <= _SAME_BASELINE * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [_line(part) for row in rows for part in _cells_or_blocks(sorted(row, key=lambda segment: segment.left))]


def _cells_or_blocks(row: list[_Segment]) -> list[list[_Segment]]:
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


def _line(row: Sequence[_Segment]) -> Line:
    """Put runs side by side, with a space where the page has one."""
    runs: list[Run] = []
    for run in (run for segment in row for run in segment.runs):
        apart = bool(runs) and run.x - runs[-1].right > _SPACE * max(run.size, runs[-1].size)
        if apart and not runs[-1].text.endswith(" ") and not run.text.startswith(" "):
            run = replace(run, text=" " + run.text)
        runs.append(run)
    return Line(tuple(runs))
