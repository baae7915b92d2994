"""Sections to chunks: structure first, then a budget.

A chunk is a run of neighbouring sections under one heading path, about 60 to 130 words; its text is a slice of the
document's text. What must be known to understand it and stands elsewhere goes into its context. Every section's text
stands in exactly one chunk, but for sections whose letters were lost: those are kept, not indexed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest import patterns as p
from ingest.outline import TableCell
from ingest.records import Chunk, ChunkKind, Page, Section
from ingest.sentences import clauses, split
from ingest.structure import Structured
from ingest.syllables import is_syllable
from ingest.tables import sentence

MIN_WORDS, AIM_WORDS, MAX_WORDS = 60, 100, 135
CONTEXT_WORDS = 55
HEADING_WORDS = 45
SHORT_CLAUSE_WORDS = 25
_ITEMS = ("list_item", "point")
_FRAGMENT = re.compile(r"[b-df-hj-np-tv-xzđ]{1,3}|ng|nh")
_ENOUGH_WORDS = 8
_BROKEN_SHARE = 0.28
"""Markers and abbreviations make up to a fifth of the words of a real line."""
_FRONT_CONTEXT = "Phần đầu văn bản: tên văn bản, số hiệu, ngày ban hành"


@dataclass(slots=True)
class _Group:
    """Neighbouring sections that will be one chunk, or several when they are too long."""

    kind: ChunkKind
    sections: list[Section] = field(default_factory=list)
    context: str = ""

    @property
    def start(self) -> int:
        return self.sections[0].start

    @property
    def end(self) -> int:
        return self.sections[-1].end

    @property
    def is_headings(self) -> bool:
        return all(_is_heading(section, section.end - section.start) for section in self.sections)


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: ChunkKind
    path: tuple[str, ...]
    context: str
    start: int
    end: int
    label: str
    section: Section


class _Measure:
    """Decides what fits: a token budget, and a limit in words."""

    def __init__(self, text: str, count: Callable[[str], int], budget: int) -> None:
        self.text = text
        self.count = count
        self.budget = budget

    def fits(self, start: int, end: int) -> bool:
        slice_ = self.text[start:end]
        return self.words(start, end) <= MAX_WORDS and self.count(slice_) <= self.budget

    def words(self, start: int, end: int) -> int:
        return p.word_count(self.text[start:end])


def cut(
    document_id: str,
    structured: Structured,
    page_of: Callable[[int], Page | None],
    count: Callable[[str], int],
    budget: int = 180,
) -> tuple[Chunk, ...]:
    """Cut a document into chunks of at most ``budget`` tokens of ``count``; a single word is never cut.

    ``page_of`` gives the page of an offset. Ids depend on document, path and text only.
    """
    text = structured.text.text
    measure = _Measure(text, count, budget)
    readable = [section for section in structured.sections if not is_garbled(text[section.start : section.end])]
    groups = _groups(readable, text, measure)
    pieces = [piece for group in groups for piece in _pieces(group, structured.sections, measure)]
    seen: Counter[str] = Counter()
    chunks: list[Chunk] = []
    for ordinal, piece in enumerate(pieces):
        slice_ = text[piece.start : piece.end]
        key = "\x1f".join((document_id, *piece.path, slice_))
        chunk_id = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()[:20]
        seen[key] += 1
        page = page_of(piece.start)
        chunks.append(
            Chunk(
                chunk_id,
                document_id,
                ordinal,
                piece.kind,
                piece.path,
                piece.context,
                slice_,
                piece.start,
                piece.end,
                (page.number or None) if page else None,
                page.label if page else None,
                count(slice_),
                piece.label,
                piece.section.cells if piece.kind == "row" else (),
            )
        )
    return tuple(chunks)


def is_garbled(text: str) -> bool:
    """Whether so many words lost their accented letters ("T l lao ng" for "Tỷ lệ lao động") that none can be quoted."""
    words = [word for word in (part.strip(".,;:()-–+") for part in text.split()) if word.isalpha()]
    if len(words) < _ENOUGH_WORDS:
        return False
    broken = sum(_FRAGMENT.fullmatch(word) is not None and not is_syllable(word) for word in words)
    return broken > _BROKEN_SHARE * len(words)


# --- grouping ---


def _groups(sections: Sequence[Section], text: str, measure: _Measure) -> list[_Group]:
    groups: list[_Group] = []
    current: _Group | None = None
    for section in sections:
        kind = _kind(section)
        if current is not None and _may_join(current, section, kind, text, measure):
            if kind == "list":
                current.kind = "list"
            if current.is_headings:
                current.context = _context_after_headings(current, section, kind, text)
            current.sections.append(section)
            continue
        current = _Group(kind, [section])
        current.context = _context(section, kind, text)
        groups.append(current)
    return groups


def _kind(section: Section) -> ChunkKind:
    kinds: dict[str, ChunkKind] = {
        "title": "front", "signature": "back", "recipients": "back", "row": "row", "footnote": "footnote",
        "list_item": "list", "point": "list",
    }  # fmt: skip
    return kinds.get(section.kind, "text")


def _is_heading(section: Section, length: int) -> bool:
    return section.kind == "heading" or (section.kind == "article" and length < 6 * HEADING_WORDS)


def _may_join(group: _Group, section: Section, kind: ChunkKind, text: str, measure: _Measure) -> bool:
    """Whether ``section`` belongs into the same chunk as the sections of ``group``."""
    last = group.sections[-1]
    if kind in ("front", "back"):
        return (
            group.kind == kind
            and (kind == "front" or last.kind == section.kind)
            and measure.fits(group.start, section.end)
        )
    if group.kind in ("front", "back", "row", "footnote") or kind in ("row", "footnote"):
        return False
    heading = _is_heading(section, section.end - section.start)
    if heading:
        return group.is_headings and measure.words(group.start, section.end) <= HEADING_WORDS
    if group.is_headings:
        return True  # a heading is never left alone: what is too long is cut later
    if kind == "list":
        return _continues_list(group, section, text) and measure.fits(group.start, section.end)
    if section.kind == "clause":
        return _joins_clauses(group, section, measure) and measure.fits(group.start, section.end)
    if last.path != section.path or group.kind == "list" or section.caption != last.caption:
        return False
    short = (
        measure.words(group.start, group.end) < MIN_WORDS or measure.words(section.start, section.end) < MIN_WORDS // 2
    )
    return short and measure.fits(group.start, section.end)


def _continues_list(group: _Group, section: Section, text: str) -> bool:
    """Say whether an item joins the sentence that announces it and the items before it."""
    last = group.sections[-1]
    if section.lead_in is not None and group.start <= section.lead_in[0] < group.end:
        return True
    if last.kind in _ITEMS:
        return last.lead_in == section.lead_in and last.path == section.path
    return last.kind == "clause" and section.kind == "point" and section.path[:-1] == last.path


def _joins_clauses(group: _Group, section: Section, measure: _Measure) -> bool:
    """Clauses are cited one by one, so only enumerated short ones share a chunk."""
    last = group.sections[-1]
    if section.lead_in is None or measure.words(section.start, section.end) > SHORT_CLAUSE_WORDS:
        return False
    if last.kind == "clause":
        return last.lead_in == section.lead_in and measure.words(last.start, last.end) <= SHORT_CLAUSE_WORDS
    return group.start <= section.lead_in[0] < group.end


# --- context ---


def _context(section: Section, kind: ChunkKind, text: str) -> str:
    """Give what stands elsewhere and is needed to understand the first section of a chunk."""
    if kind == "front":
        return _FRONT_CONTEXT
    if section.kind == "recipients":
        return "Nơi nhận văn bản"
    if kind == "row":
        cells = [TableCell(cell.header, cell.value, cell.start, cell.end) for cell in section.cells]
        return sentence(cells, section.caption)
    if section.lead_in is None:
        return section.caption
    lead = text[section.lead_in[0] : section.lead_in[1]]
    return _shorten(lead, section.label if kind == "footnote" else "")


def _context_after_headings(group: _Group, section: Section, kind: ChunkKind, text: str) -> str:
    """Give the context of the section under the headings, unless it stands in the headings themselves."""
    if section.lead_in is not None and group.start <= section.lead_in[0] < group.end:
        return ""
    return _context(section, kind, text)


def _shorten(lead: str, note: str) -> str:
    """Keep the last words of a lead-in; for a note, the words up to its mark."""
    mark = note.translate(p.TO_SUPERSCRIPT) if note else ""
    at = lead.find(mark) if mark else -1
    words = lead.split()
    if len(words) <= CONTEXT_WORDS:
        return " ".join(words)
    if at >= 0:
        words = lead[: at + len(mark)].split()
    return "… " + " ".join(words[-CONTEXT_WORDS:]) if len(words) > CONTEXT_WORDS else " ".join(words)


def _signature_context(group: _Group, text: str) -> str:
    lines = [text[section.start : section.end].strip() for section in group.sections]
    names = [line for line in lines if not p.is_capitals(line) and p.PERSON.fullmatch(line)]
    roles = [line for line in lines if p.is_capitals(line)]
    signed = "Người ký: " + (names[-1] if names else "không ghi tên")
    return f"{signed}. Chức vụ, cơ quan: {', '.join(roles)}" if roles else signed


# --- pieces ---


def _pieces(group: _Group, sections: Sequence[Section], measure: _Measure) -> Iterator[_Piece]:
    """One piece when the group fits, else pieces cut at sentence ends."""
    main = group.sections[-1]
    context = group.context
    if group.sections[0].kind == "signature":
        context = _signature_context(group, measure.text)
    label = _label(group)
    if group.kind == "row" or measure.fits(group.start, group.end):
        spans = [(group.start, group.end)] if _within(measure, group) else _spans(group, measure)
    else:
        spans = _spans(group, measure)
    before = ""
    for number, (start, end) in enumerate(spans):
        piece_context = context
        if number and group.kind != "row":
            piece_context = " ".join(part for part in (context, before) if part)
        yield _Piece(group.kind, main.path, piece_context, start, end, label, main)
        before = _last_sentence(measure.text[start:end])


def _within(measure: _Measure, group: _Group) -> bool:
    return measure.count(measure.text[group.start : group.end]) <= measure.budget


def _label(group: _Group) -> str:
    labels = [section.label for section in group.sections if section.label and section.kind != "heading"]
    if not labels:
        return ""
    if len(labels) == 1 or (group.sections[0].kind in ("clause", "article") and group.kind == "list"):
        return labels[0]
    return f"{labels[0]}–{labels[-1]}"


def _last_sentence(text: str) -> str:
    spans = split(text)
    if not spans:
        return ""
    words = text[spans[-1][0] : spans[-1][1]].split()
    return " ".join(words) if len(words) <= CONTEXT_WORDS // 2 + 8 else "… " + " ".join(words[-CONTEXT_WORDS // 2 :])


def _spans(group: _Group, measure: _Measure) -> list[tuple[int, int]]:
    """Cut the text of a group into spans that fit: at sentence ends, else at semicolons, commas, spaces."""
    text = measure.text
    atoms = [
        atom
        for start, end in ((group.start + s, group.start + e) for s, e in split(text[group.start : group.end]))
        for atom in _atoms(start, end, measure)
    ]
    total = measure.words(group.start, group.end)
    aim = total / max(1, round(total / AIM_WORDS))
    runs = [[0, 1]]
    for position in range(1, len(atoms)):
        start, end = atoms[runs[-1][0]][0], atoms[runs[-1][1] - 1][1]
        enough = measure.words(start, end) + measure.words(*atoms[position]) / 2 > aim
        rest = measure.words(atoms[position][0], atoms[-1][1])
        if (enough and rest >= MIN_WORDS // 3) or not measure.fits(start, atoms[position][1]):
            runs.append([position, position + 1])
        else:
            runs[-1][1] = position + 1
    _balance_end(runs, atoms, measure)
    return [(atoms[first][0], atoms[last - 1][1]) for first, last in runs]


def _balance_end(runs: list[list[int]], atoms: Sequence[tuple[int, int]], measure: _Measure) -> None:
    """Move sentences from the last chunk but one to the last when that one is very short."""
    if len(runs) < 2 or measure.words(atoms[runs[-1][0]][0], atoms[-1][1]) >= MIN_WORDS // 2:
        return
    first, last = runs[-2][0], runs[-1][1]

    def uneven(cut: int) -> int:
        left = measure.words(atoms[first][0], atoms[cut - 1][1])
        return abs(left - measure.words(atoms[cut][0], atoms[last - 1][1]))

    cuts = [
        cut for cut in range(first + 1, last)
        if measure.fits(atoms[first][0], atoms[cut - 1][1]) and measure.fits(atoms[cut][0], atoms[last - 1][1])
    ]  # fmt: skip
    if cuts:
        best = min(cuts, key=uneven)
        runs[-2][1] = runs[-1][0] = best


def _atoms(start: int, end: int, measure: _Measure) -> Iterator[tuple[int, int]]:
    """Parts of a sentence that each fit and are not much longer than a chunk should be."""
    if measure.fits(start, end) and measure.words(start, end) <= MAX_WORDS:
        yield start, end
        return
    text = measure.text[start:end]
    parts = clauses(text)
    if len(parts) < 2:
        parts = _at_commas(text)
    if len(parts) < 2:
        middle = text.rfind(" ", 1, len(text) // 2 + 1)
        if middle <= 0:
            middle = len(text) // 2
        parts = [(0, len(text[:middle].rstrip())), (middle + (text[middle] == " "), len(text))]
        if parts[0][1] == 0 or parts[1][0] >= len(text):
            yield start, end
            return
    for part_start, part_end in parts:
        yield from _atoms(start + part_start, start + part_end, measure)


def _at_commas(text: str) -> list[tuple[int, int]]:
    """Cut at the comma nearest to the middle."""
    commas = [index + 1 for index, char in enumerate(text) if char == "," and text[index + 1 : index + 2] == " "]
    if not commas:
        return [(0, len(text))]
    middle = min(commas, key=lambda index: abs(index - len(text) // 2))
    return [(0, middle), (middle + 1, len(text))]
