"""Paragraphs in, sections out: the records between joining lines and numbering offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.records import Hint, MappedText, SectionKind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of printed lines that belong together; ``row`` is set for a line of a table."""

    text: MappedText
    hint: Hint | None = None
    row: TableRow | None = None
    displaced: bool = False

    @property
    def string(self) -> str:
        """The paragraph as plain text."""
        return self.text.text


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; ``start``/``end`` are offsets in its row's text, -1 for carried and blank values."""

    header: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; a header row has no ``cells``."""

    cells: tuple[TableCell, ...]
    label: str = ""


Lead = tuple[int, int, int]
"""A sentence: index of a draft and a span in that draft's text."""


@dataclass(slots=True)
class Draft:
    """A section whose place in the text is not numbered yet.

    ``lead`` points to the sentence that introduces it: index of a draft and a span in that draft's text.
    """

    kind: SectionKind
    text: MappedText
    path: tuple[str, ...]
    label: str = ""
    lead: Lead | None = None
    cells: tuple[TableCell, ...] = ()
    caption: str = ""


@dataclass(slots=True)
class Headings:
    """The headings above the current place, outermost first."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def push(self, level: int, title: str) -> tuple[str, ...]:
        """Open a heading; those of its level and deeper are closed."""
        self.close(level)
        self.open.append((level, title))
        return self.path

    def close(self, level: int) -> None:
        """Close the headings of ``level`` and deeper."""
        while self.open and self.open[-1][0] >= level:
            self.open.pop()

    @property
    def path(self) -> tuple[str, ...]:
        """The titles, outermost first."""
        return tuple(title for _, title in self.open)


@dataclass(slots=True)
class Leads:
    """Which sentence introduces the list items that come now; a new marker under an item opens a list in the list."""

    open: list[tuple[str, Lead | None]] = field(default_factory=list)

    @property
    def active(self) -> bool:
        """Whether a sentence has announced a list that is still going on."""
        return any(lead is not None for _, lead in self.open)

    def restart(self, lead: Lead | None) -> None:
        """Forget earlier lists at running text or a heading; ``lead`` is set when it announces a list."""
        self.open = [] if lead is None else [("", lead)]

    def item(self, marker: str, lead: Lead | None) -> Lead | None:
        """Return what introduces an item with ``marker``; ``lead`` is set when the item announces a list itself."""
        markers = [known for known, _ in self.open]
        if marker in markers:
            del self.open[markers.index(marker) :]
        introduced = next((known for _, known in reversed(self.open) if known is not None), None)
        self.open.append((marker, lead))
        return introduced
