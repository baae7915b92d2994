"""Footnotes of a PDF, told from running text by type size: raised small digits refer, small lines below hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.marks import is_exponent
from ingest.readers.pdf.lines import RAISED_MARKS, SMALL, Line, PageLines, Run

_SMALL_LINE = 0.9
_SAME_SIZE = 0.4

_MARK = re.compile(r"\(?(?P<label>\d{1,3}|\*{1,3})\)?")
_PRINTED_LABEL = re.compile(r"[(\[]?(?P<label>\d{1,3}|\*{1,3})[)\]]?[.:]?\s+\S")


@dataclass(frozen=True, slots=True)
class Note:
    """Lines (indexes) of one footnote on one page; ``carried``: the note began on the page before."""

    label: str
    lines: tuple[int, ...]
    size: float
    carried: bool = False


def body_size(pages: Iterable[PageLines]) -> float:
    """Type size that most characters of the document are set in; 0 without text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            for run in line.runs:
                sizes[round(run.size * 2) / 2] += len(run.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def references(line: Line, *, skip_first: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of the reference marks in a line; positions count from the line's first run.

    ``skip_first``: the first run is the label of a footnote.
    """
    at = 0
    before = ""
    for index, run in enumerate(line.runs):
        if not (index == 0 and skip_first) and _is_mark(run, line, before):
            for match in _MARK.finditer(run.text):
                yield at + match.start(), at + match.end(), match["label"]
        at += len(run.text)
        before += run.text


def _is_mark(run: Run, line: Line, before: str) -> bool:
    if run.size > SMALL * line.size or not RAISED_MARKS.fullmatch(run.text):
        return False
    return not is_exponent(before, run.text.strip())


def find_notes(page: PageLines, furniture: frozenset[int], body: float, running: Note | None) -> list[Note]:
    """Find the footnotes at the foot of a page.

    ``running`` is the last note of the page before: unlabelled lines in its type size at the head of the block carry
    it on.
    """
    lines = page.lines
    content = [i for i in range(len(lines)) if i not in furniture]
    foot = min((lines[i].y for i in content if lines[i].size > _SMALL_LINE * body), default=page.height)
    block = [i for i in content if lines[i].size <= _SMALL_LINE * body and lines[i].y < foot]
    block = block or _in_body_type(lines, content)
    known = {label for i in content if i not in block for _, _, label in references(lines[i])}
    notes: list[Note] = []
    for index in block:
        line = lines[index]
        label = note_label(line, known)
        if label is not None:
            notes.append(Note(label, (index,), line.size))
        elif notes and abs(line.size - notes[-1].size) <= _SAME_SIZE:
            last = notes.pop()
            notes.append(replace(last, lines=(*last.lines, index)))
        elif not notes and running is not None and abs(line.size - running.size) <= _SAME_SIZE:
            notes.append(Note(running.label, (index,), line.size, carried=True))
    return notes


def _in_body_type(lines: Sequence[Line], content: Sequence[int]) -> list[int]:
    """Return the lines at the foot that open with the raised mark of a note referred to above, and those below."""
    known: set[str] = set()
    for at, index in enumerate(content):
        if note_label(lines[index], set()) in known:
            rest = list(content[at:])
            return rest if all(lines[below].y < lines[index].y for below in rest[1:]) else []
        known.update(label for _, _, label in references(lines[index], skip_first=True))
    return []


def note_label(line: Line, known: set[str]) -> str | None:
    """Return the label that a footnote's first line begins with; an unraised number must be ``known`` as a mark."""
    first = line.runs[0]
    match = _MARK.fullmatch(first.text.strip())
    if match and len(line.runs) > 1 and first.size <= 0.85 * line.size:
        return match["label"]
    match = _PRINTED_LABEL.match(line.text)
    return match["label"] if match and match["label"] in known else None
