"""Which neighbouring sections share a chunk, and what stands elsewhere that is needed to understand them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest import patterns as p
from ingest.chunk_spans import MIN_WORDS, Measure
from ingest.line_forms import announces
from ingest.lines import ends_sentence
from ingest.outline import TableCell
from ingest.records import ChunkKind, Section
from ingest.tables import sentence

CONTEXT_WORDS = 55
HEADING_WORDS = 45
SHORT_CLAUSE_WORDS = 25
_ITEMS = ("list_item", "point")
_FRONT_CONTEXT = "Phần đầu văn bản: tên văn bản, số hiệu, ngày ban hành"


@dataclass(slots=True)
class Group:
    """Neighbouring sections that will be one chunk, or several when they are too long."""

    kind: ChunkKind
    sections: list[Section] = field(default_factory=list)
    context: str = ""

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.sections[0].start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.sections[-1].end

    @property
    def is_headings(self) -> bool:
        """Whether it holds headings only."""
        return all(_is_heading(section, section.end - section.start) for section in self.sections)


def groups_of(sections: Sequence[Section], text: str, measure: Measure) -> list[Group]:
    """Group the sections of a document, in order, each with its context."""
    groups: list[Group] = []
    current: Group | None = None
    for section in sections:
        kind = _kind(section)
        if current is not None and _may_join(current, section, kind, text, measure):
            if kind == "list":
                current.kind = "list"
            if current.is_headings:
                current.context = _context_after_headings(current, section, kind, text)
            current.sections.append(section)
            continue
        current = Group(kind, [section])
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


def _may_join(group: Group, section: Section, kind: ChunkKind, text: str, measure: Measure) -> bool:
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
        said = text[last.start : last.end]
        if last.kind == "article" or (ends_sentence(said) and not announces(said)):
            return False  # a heading that says it all
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


def _continues_list(group: Group, section: Section, text: str) -> bool:
    """Say whether an item joins the sentence that announces it and the items before it."""
    last = group.sections[-1]
    if section.lead_in is not None and group.start <= section.lead_in[0] < group.end:
        return True
    if last.kind in _ITEMS:
        return last.lead_in == section.lead_in and last.path == section.path
    return last.kind == "clause" and section.kind == "point" and section.path[:-1] == last.path


def _joins_clauses(group: Group, section: Section, measure: Measure) -> bool:
    """Clauses are cited one by one, so only enumerated short ones share a chunk."""
    last = group.sections[-1]
    if section.lead_in is None or measure.words(section.start, section.end) > SHORT_CLAUSE_WORDS:
        return False
    if last.kind == "clause":
        return last.lead_in == section.lead_in and measure.words(last.start, last.end) <= SHORT_CLAUSE_WORDS
    return group.start <= section.lead_in[0] < group.end


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


def _context_after_headings(group: Group, section: Section, kind: ChunkKind, text: str) -> str:
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


def signature_context(group: Group, text: str) -> str:
    """Say who signed and in what post."""
    lines = [text[section.start : section.end].strip() for section in group.sections]
    names = [line for line in lines if not p.is_capitals(line) and p.PERSON.fullmatch(line)]
    roles = [line for line in lines if p.is_capitals(line)]
    signed = "Người ký: " + (names[-1] if names else "không ghi tên")
    return f"{signed}. Chức vụ, cơ quan: {', '.join(roles)}" if roles else signed
