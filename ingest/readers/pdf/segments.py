"""Pieces of a printed page: runs on one baseline without a wide gap, put together again as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.readers.pdf.lines import SMALL, Line, Run, is_mark

_SPACE = 0.12
_SLACK = 1.0
SAME_BASELINE = 0.25
_WORD_GAP = 0.7
"""In type sizes: a wider gap parts segments; spaces of justified lines are narrower."""
_MARK_GAP = 1.0
"""The same before the mark of a note, which may stand behind a stretched space."""
_RAISED = 0.7


@dataclass(frozen=True)
class Segment:
    """Runs on one baseline; ``place`` is when the file draws the first of them."""

    runs: tuple[Run, ...]
    left: float
    right: float
    y: float
    size: float
    place: int

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def words(self) -> int:
        """Count of its words."""
        return len(self.text.split())


def once(runs: Sequence[Run]) -> list[Run]:
    """Leave out text drawn twice at one place, which makes it look bold."""
    seen: dict[str, list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        twins = seen.setdefault(run.text, [])
        if not any(abs(run.x - twin.x) < _SLACK and abs(run.y - twin.y) < _SLACK for twin in twins):
            twins.append(run)
            kept.append(run)
    return kept


def segments_of(runs: Sequence[Run]) -> list[Segment]:
    """Part the runs of a page, given as drawn, into segments; the raised mark of a note goes with its text."""
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
        if rows and abs(rows[-1][0][1].y - run.y) <= SAME_BASELINE * min(run.size, rows[-1][0][1].size):
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
        if not -SAME_BASELINE * run.size <= run.y - low <= _RAISED * max(other.size for _, other in row):
            continue
        for _, other in row:
            apart = min(abs(run.x - other.right), abs(other.x - run.right))
            if run.size <= SMALL * other.size + 0.5 and apart <= other.size and (best is None or apart < best[0]):
                best = (apart, row)
    if best is None:
        rows.append([mark])
    else:
        best[1].append(mark)


def _parted(row: Sequence[tuple[int, Run]]) -> list[Segment]:
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


def _segment(part: Sequence[tuple[int, Run]]) -> Segment:
    runs = [run for _, run in part]
    main = max(runs, key=lambda run: len(run.text.strip()))
    return Segment(
        tuple(runs), min(run.x for run in runs), max(run.right for run in runs), main.y, main.size,
        min(place for place, _ in part),
    )  # fmt: skip


def line_of(row: Sequence[Segment]) -> Line:
    """Put runs side by side, with a space where the page has one."""
    runs: list[Run] = []
    for run in (run for segment in row for run in segment.runs):
        apart = bool(runs) and run.x - runs[-1].right > _SPACE * max(run.size, runs[-1].size)
        if apart and not runs[-1].text.endswith(" ") and not run.text.startswith(" "):
            run = replace(run, text=" " + run.text)
        runs.append(run)
    return Line(tuple(runs))
