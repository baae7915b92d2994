"""Notes: their bodies at the foot of pages and the marks that refer to them in running text.

Neither looks like anything special in extracted text: "khác19." is a word and note 19, "2016-20205" a period and note
5, "km2" neither. What tells is order: the next note is numbered one more than the last, and a body and a mark of the
same number belong to each other. So bodies are taken in order of number, and a mark is looked for between the last
mark and its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest import patterns as p
from ingest.lines import Layout, Line, ends_sentence
from ingest.records import Hint, MappedText, Source

FULL_LINE = 30
"""Letters from which on a line may have been cut by its end."""
LONG = 1.3
"""Notes are set in smaller type: a line this many times the usual width is one of theirs."""

_COUNTED_TEXT = """
năm tháng ngày tỷ triệu nghìn ngàn trăm tập cá đơn xã huyện tỉnh người hộ lần đồng chí điểm phần dự công khu cụm
tổ chỉ mô sản giải bộ thành phố thị đại phong km ha m giờ phút tuổi kỳ cấp danh hiệu hội doanh học giường bác
trường thôn bản vụ đợt nội nhiệm kế văn quyết không ít cao tại sạch mục tấn con đảng tiêu nhóm lĩnh đề ủy dược
"""
_COUNTED = frozenset(_COUNTED_TEXT.split())
"""A number before one of these counts something."""
_NUMBERED_THINGS_TEXT = """
lần thứ số khoản điểm điều khối mức độ trong có với được là đạt còn gồm trên gần khoảng hơn ước tăng giảm từ đến
cấp hạng bậc quý tháng ngày năm nhóm tốp top cả các mỗi của và cho games bão mẫu loại dưới qua khóa phụ lục
chương mục bảng
"""
_NUMBERED_THINGS = frozenset(_NUMBERED_THINGS_TEXT.split())
"""A number after one of these belongs to it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its ``label`` as printed and the indices of the lines that hold it."""

    label: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where running text refers to a note: ``start``/``end`` are offsets in the cleaned text."""

    note: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    score: int
    start: int
    end: int
    line: int


def find_notes(
    lines: Sequence[Line], skip: set[int], layout: Layout, cleaned: MappedText, source: Source
) -> tuple[list[Note], list[Mark]]:
    """Find the notes of a text and the marks that refer to them.

    ``skip`` holds the indices of furniture. Notes come in printed order; a note without a mark simply has none.
    """
    stated = _stated_notes(lines, skip)
    notes, marks = _Scan(lines, skip, layout).run() if not stated else (stated, [])
    references = [hint for hint in source.hints if hint.kind == "reference"]
    if references:
        labels = {note.label: index for index, note in reversed(list(enumerate(notes)))}
        spans = _cleaned_spans(cleaned, [(hint.start, hint.end) for hint in references])
        return notes, [
            Mark(labels[hint.label], *span)
            for hint, span in zip(references, spans, strict=True)
            if span is not None and hint.label in labels
        ]
    if stated:
        taken = {index for note in notes for index in note.lines}
        marks = _marks_for(notes, [(i, line) for i, line in enumerate(lines) if i not in taken and i not in skip])
    return notes, marks


def _stated_notes(lines: Sequence[Line], skip: set[int]) -> list[Note]:
    """Collect the notes that the file format states; the rest of a note on the next page joins its beginning."""
    held: list[tuple[Hint, list[int]]] = []
    for index, line in enumerate(lines):
        hint = line.hint
        if hint is None or hint.kind != "footnote" or index in skip:
            continue
        if held and (hint == held[-1][0] or (hint.level == 1 and hint.label == held[-1][0].label)):
            held[-1][1].append(index)
        else:
            held.append((hint, [index]))
    return [Note(hint.label, tuple(indices)) for hint, indices in held]


def _cleaned_spans(cleaned: MappedText, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """Turn source spans into spans of the cleaned text."""
    place: dict[int, int] = {}
    for index, offset in enumerate(cleaned.offsets):
        place.setdefault(offset, index)
    found: list[tuple[int, int] | None] = []
    for start, end in spans:
        inside = [place[offset] for offset in range(start, end) if offset in place]
        found.append((inside[0], inside[-1] + 1) if inside else None)
    return found


def _marks_for(notes: Sequence[Note], running: Sequence[tuple[int, Line]]) -> list[Mark]:
    marks: list[Mark] = []
    after = -1
    for index, note in enumerate(notes):
        if note.label.isdigit() and (found := _best_mark(int(note.label), running, after)) is not None:
            marks.append(Mark(index, found.start, found.end))
            after = found.end
    return marks


class _Scan:
    """One pass over the lines, in order, with the number that the next note must have."""

    def __init__(self, lines: Sequence[Line], skip: set[int], layout: Layout) -> None:
        self.lines = lines
        self.skip = skip
        self.layout = layout
        self.running: list[tuple[int, Line]] = []
        self.bodies: list[tuple[int, list[int]]] = []
        self.marks: list[Mark] = []
        self.expected = 1
        self.after = -1
        self.block_start = 0
        self.has_pages = any(line.page_start for line in lines)

    def run(self) -> tuple[list[Note], list[Mark]]:
        open_block = False
        for index, line in enumerate(self.lines):
            if index in self.skip:
                open_block = False
                continue
            number = self._accepted(index, line, open_block)
            if number is not None:
                self.bodies.append((number, [index]))
                self.expected = number + 1
                open_block = True
            elif open_block and not self._block_ends(index, line):
                self.bodies[-1][1].append(index)
            elif line.ruled and self.bodies and self._continues_last(index):
                self.bodies[-1][1].append(index)
                open_block = True
            else:
                open_block = False
                self.running.append((index, line))
        return [Note(str(number), tuple(held)) for number, held in self.bodies], self.marks

    def _accepted(self, index: int, line: Line, open_block: bool) -> int | None:
        """Return the number of the note that begins in this line, ``None`` when none does."""
        match = p.NOTE_BODY.match(line.text)
        if match is None or line.is_table:
            return None
        raised = match["raised"] is not None
        number = int((match["raised"] or match["square"] or match["plain"]).translate(p.FROM_SUPERSCRIPT))
        strong = raised or line.ruled or open_block or len(line.text) > LONG * self.layout.width
        restart = number == 1 and self.expected > 1 and not open_block and strong
        if not restart and not self.expected <= number <= self.expected + (2 if strong else 0):
            return None
        found = _best_mark(number, self.running, self.after)
        if found is None:
            return None if not (raised or (open_block and number == self.expected)) else number
        if restart and found.score < 3:
            return None
        if not strong and not self._at_page_foot(index, number, found):
            return None
        self.marks.append(Mark(len(self.bodies), found.start, found.end))
        self.after = found.end
        return number

    def _at_page_foot(self, index: int, number: int, found: _Found) -> bool:
        """Without a rule or smaller type, a note must be the last line of its page that begins with its number."""
        page = self.lines[index].page
        if not page or self.lines[found.line].page not in (page, page - 1) or found.score < 2:
            return False
        for line in self.lines[index + 1 :]:
            if line.page != page:
                break
            if (match := p.NOTE_BODY.match(line.text)) and match["plain"] == str(number):
                return False
        return True

    def _block_ends(self, index: int, line: Line) -> bool:
        if line.page_start or line.is_table:
            return True
        if not self.layout.wrapped:
            return True
        if self.has_pages:
            return False
        # No page breaks are known: running text is back when lines are short for good.
        first = self.lines[self.bodies[-1][1][0]]
        if len(first.text) <= LONG * self.layout.width:
            return line.blanks > 0 and self.layout.blanks_tell
        ahead = self.lines[index : index + 3]
        return all(len(near.text) < 1.15 * self.layout.width and not p.NOTE_BODY.match(near.text) for near in ahead)

    def _continues_last(self, index: int) -> bool:
        """See whether here stands, under a rule, the rest of a note from the page before, then the next note."""
        for line in self.lines[index + 1 : index + 40]:
            if line.page_start:
                return False
            if (match := p.NOTE_BODY.match(line.text)) and match["plain"] == str(self.expected):
                return True
        return False


def _best_mark(number: int, running: Sequence[tuple[int, Line]], after: int) -> _Found | None:
    """Find the best mark of note ``number`` in running text at ``after`` or later; ties go to the first."""
    best: _Found | None = None
    pattern = re.compile(
        rf"(?<![\d.,])\(?{number}\)?(?!\d)|(?<=\d{{4}}){number}(?!\d)|{str(number).translate(p.TO_SUPERSCRIPT)}(?![{p.SUPERSCRIPTS}])"
    )
    previous = ""
    for index, line in running:
        before, previous = previous, line.text
        if line.end <= after:
            continue
        runs_on = len(before) > FULL_LINE and not (ends_sentence(before) or p.is_capitals(before))
        for match in pattern.finditer(line.text):
            if line.start + match.start() < after:
                continue
            score, start, end = _judge(line.text, match, runs_on)
            if score and (best is None or score > best.score):
                best = _Found(score, line.start + start, line.start + end, index)
    return best


def _judge(text: str, match: re.Match[str], runs_on: bool) -> tuple[int, int, int]:
    """How much a match looks like a note mark (0: not at all), and the span of the mark itself.

    ``runs_on``: the line begins in the middle of a sentence.
    """
    start, end = match.span()
    token = match[0]
    before, behind = text[:start], text[end:]
    if token[0] in p.SUPERSCRIPTS:
        return (5 if not before or before[-1] not in p.SUPERSCRIPTS else 0), start, end
    if token.startswith("(") != token.endswith(")"):
        if not token.startswith("("):
            return (_plain(text, start, end - 1, runs_on) if token.endswith(")") else 0), start, end - 1
        return 0, start, end
    if token.startswith("("):
        glued = before[-1:].isalpha() or before[-1:] in '”"’%)'
        return (4 if glued and before[-1:] else 0), start, end
    if before[-4:].isdigit():
        year = p.YEAR.fullmatch(before[-4:]) is not None and not before[-5:-4].isdigit()
        range_before = before[-5:-4] in ("-", "–", " ", "/")
        return (4 if year and range_before and not re.match(r"[\w/.,-]*\d", behind) else 0), start, end
    return _plain(text, start, end, runs_on), start, end


def _plain(text: str, start: int, end: int, runs_on: bool) -> int:
    """Judge bare digits: glued to a word, or standing alone before punctuation."""
    before, behind = text[:start], text[end:]
    if re.match(r"[^\W\d_]|[/%-]\d?|[.,]\d|\)?/", behind):
        return 0
    if before[-1:].isalpha() or before[-1:] in ("”", '"', "’", "%", ")"):
        word = re.search(r"\S+$", before)
        if p.UNIT_BEFORE_POWER.search(before) and text[start:end] in ("2", "3"):
            return 0
        letters = word[0].strip("“\"'(") if word else ""
        return 1 if letters.isupper() and len(letters) <= 4 and letters.isascii() else 4
    if start == 0:  # a mark that the line's end cut off, not the number of an item
        return 2 if runs_on and re.match(r"[.,;:]\s+[^\W\d_]|[.;]\s*$", behind) else 0
    last = re.search(r"([^\W\d_]+)\s$", before)
    if last is None:
        # "2016 – 2020 3."
        return 2 if re.search(r"(?:19|20)\d{2}\s$", before) and re.match(r"\s?[.;]", behind) else 0
    if last[1].lower() in _NUMBERED_THINGS:
        return 0
    if re.match(r"[.;]\s*(?:$|[^\W\d_])", behind):
        return 3
    following = re.match(r"\s+([^\W\d_]+)", behind)
    if following and following[1].islower() and following[1] not in _COUNTED:
        return 1
    return 0
