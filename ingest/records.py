"""What the reading stages hand to each other.

Units, stated once and used everywhere:

* *source offset*: index of a character in :attr:`Source.text`, the text as the reader got it;
* *offset*: index of a character in :attr:`Document.text`, the cleaned document; ``end`` is not included;
* *page number*: position of the page in the file, from 1; *page label*: what is printed on it;
* *tokens*: of the encoding shipped in ``ingest/encodings``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text of which every character knows where it came from.

    ``offsets[i]`` is the source offset of ``text[i]``. Cutting and joining keep the way back, so a quote found in the
    cleaned text can be shown where it stands in the file.
    """

    text: str
    offsets: array[int]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters but {len(self.offsets)} offsets")

    @classmethod
    def of(cls, text: str, start: int = 0) -> MappedText:
        """Map ``text`` onto a source in which it begins at ``start``."""
        return cls(text, array("i", range(start, start + len(text))))

    @classmethod
    def join(cls, parts: Iterable[MappedText]) -> MappedText:
        """Concatenate ``parts`` in the order given."""
        texts: list[str] = []
        offsets = array("i")
        for part in parts:
            texts.append(part.text)
            offsets.extend(part.offsets)
        return cls("".join(texts), offsets)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, key: slice) -> MappedText:
        if key.step not in (None, 1):
            raise ValueError("a mapped text is cut in reading order only")
        return MappedText(self.text[key], self.offsets[key])


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file; ``start`` and ``end`` are source offsets, pages follow each other without gaps.

    ``number`` 0: a stretch of a file without pages, told apart because a part was recognised from pictures.
    ``confidence``, 0 to 1, is set on pages whose text a machine recognised from a picture (OCR), else ``None``.
    """

    number: int
    label: str | None
    start: int
    end: int
    confidence: float | None = None


HintKind = Literal["title", "heading", "list_item", "table", "merged", "footnote", "reference", "furniture"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Structure that the file format states, so that it need not be guessed. Offsets are source offsets.

    ``heading``: ``level`` from 1. ``table``: lines of tab-separated cells, the first ``level`` of them header lines;
    ``merged``: place of a blank cell that is one with the cell above it.
    ``footnote``: body of note ``label``, beginning with the label as printed (``level`` 1: the rest of a note that
    began on the page before, without the label); ``reference``: the mark of note
    ``label`` in running text. ``furniture``: running headers, page numbers and other lines that are not content.
    """

    kind: HintKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader got out of a file.

    Readers write tables into ``text`` as one line per row with tab-separated cells (blank and merged-away cells stay
    empty) and rebuild automatic numbering, so that ``text`` reads like the printed page. ``wrapped`` says whether a
    newline may be a line break of the layout (PDF, hard-wrapped text) or always ends a paragraph (DOCX, HTML,
    Markdown); ``None`` leaves it to the structure step to find out.
    """

    text: str
    media_type: str
    pages: tuple[Page, ...] = ()
    hints: tuple[Hint, ...] = ()
    wrapped: bool | None = None
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)
    warnings: tuple[str, ...] = ()

    def page_at(self, source_offset: int) -> Page | None:
        """Return the page that holds a source offset, ``None`` for formats without pages."""
        return page_holding(self.pages, source_offset)


def page_holding(pages: Sequence[Page], source_offset: int) -> Page | None:
    """Return which of ``pages``, in order, holds a source offset; ``None`` where there are no pages."""
    if not pages:
        return None
    index = bisect_right(pages, source_offset, key=lambda page: page.start) - 1
    return pages[max(index, 0)]


SectionKind = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "article",
    "clause",
    "point",
    "row",
    "footnote",
    "signature",
    "recipients",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: its header path ("Kết quả > Tập thể"), its value and where the value is printed.

    ``start``/``end`` are offsets; both are -1 for a value carried down from a row above (merged cell, year cut by a
    page break) and for a blank cell, whose ``value`` is "".
    """

    header: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A unit of the document that can be cited on its own, in reading order.

    ``path`` holds the headings above it, outermost first, as printed ("II. NỘI DUNG THI ĐUA", "Điều 21. ..."); a
    heading's own path ends with itself. ``label`` is its number ("2.1", "a)", "(4)", "Điều 21", "khoản 2", note
    "19"). ``lead_in`` is the offset span of the sentence that introduces the list it stands in, or, for a footnote,
    of the sentence that refers to it. A row carries its ``cells`` and the ``caption`` of its table.
    """

    kind: SectionKind
    path: tuple[str, ...]
    start: int
    end: int
    label: str = ""
    lead_in: tuple[int, int] | None = None
    cells: tuple[Cell, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What a document says of itself. Unknown is ``""`` or ``None``; nothing is guessed.

    ``issued`` is ISO ``YYYY-MM-DD``, or ``YYYY-MM`` / ``YYYY`` where the document leaves the rest blank (then
    ``blanks`` names what is blank: "số", "ngày"). ``period`` is the pair of years the content covers. ``restated``
    marks a summary of another text: its sentences are never shown as the original's words. ``effective_from`` /
    ``effective_to`` (ISO days) and ``groups`` (readers that may see it; empty: everybody) are kept for dated law and
    access control.
    """

    kind: str = ""
    number: str = ""
    issued: str | None = None
    issuer: str = ""
    subject: str = ""
    signer: str = ""
    place: str = ""
    period: tuple[int, int] | None = None
    blanks: tuple[str, ...] = ()
    draft: bool = False
    restated: bool = False
    effective_from: str | None = None
    effective_to: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """One line to name the document by: kind, number ("số …/KH-UBND" where its figure is blank), subject."""
        number = f"số {'' if self.number[:1].isalnum() else '…'}{self.number}" if self.number else ""
        name = " ".join(part for part in (self.kind, number, self.subject) if part)
        return f"{name} (dự thảo)" if name and self.draft and "dự thảo" not in name.lower() else name


ChunkKind = Literal["text", "list", "row", "footnote", "front", "back"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to index: a run of sections under one heading path, within a token budget.

    ``text`` is exactly ``document.text[start:end]``. ``context`` is what must be known to understand it and stands
    elsewhere: the list's lead-in, the sentence a footnote belongs to, a table's caption, a row written out with its
    headers. ``front`` is the title block, ``back`` signature and recipients. ``ordinal`` is its place in the document.
    """

    id: str
    document_id: str
    ordinal: int
    kind: ChunkKind
    path: tuple[str, ...]
    context: str
    text: str
    start: int
    end: int
    page: int | None
    page_label: str | None
    tokens: int
    label: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def section(self) -> str:
        """The heading path as one line."""
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class Printed:
    """The cleaned text of a document with the way to the pages it is printed on."""

    text: str
    offsets: array[int]
    pages: tuple[Page, ...]

    def page_of(self, offset: int) -> Page | None:
        """Return the page on which the character at ``offset`` is printed, ``None`` for formats without pages."""
        if not self.text:
            return None
        return page_holding(self.pages, self.offsets[min(offset, len(self.offsets) - 1)])


@dataclass(frozen=True, slots=True)
class PageHealth:
    """Reading quality of a page (page 0: the whole file where it has none); ``confidence`` as in :class:`Page`."""

    page: int
    characters: int
    syllable_share: float
    warnings: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its cleaned text and everything cut from it.

    ``id`` is the SHA-256 of the file's bytes in hex. ``offsets[i]`` is the source offset of ``text[i]``.
    """

    id: str
    file: str
    media_type: str
    text: str
    offsets: array[int]
    meta: DocumentMeta
    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]
    pages: tuple[Page, ...] = ()
    health: tuple[PageHealth, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def page_count(self) -> int:
        """Count of the pages; 0 for formats without pages."""
        return sum(1 for page in self.pages if page.number)

    def page_of(self, offset: int) -> Page | None:
        """Return the page on which the character at ``offset`` is printed."""
        return Printed(self.text, self.offsets, self.pages).page_of(offset)

    def __iter__(self) -> Iterator[Chunk]:
        return iter(self.chunks)
