"""What a table is called: the title above it, its unit, or the sentence that announces it."""

from __future__ import annotations

import re

from ingest import patterns as p
from ingest.line_forms import announces, one_line
from ingest.outline import Draft

_NAMED = re.compile(r"(?:Bảng|Biểu|Phụ lục)\b", re.IGNORECASE)
_UNIT_WORDS = 12
_ANNOUNCED = 200
"""Letters kept of a sentence that announces a table."""


class Caption:
    """Remembers, section by section, what may be the caption of a table that follows."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        """The caption of a table that stands here: its title, then its unit."""
        return " ".join(self._parts)

    def note(self, draft: Draft) -> None:
        """Take note of the section just read."""
        text = " ".join(draft.text.text.split())
        if draft.kind == "heading" or _NAMED.match(text):
            self._parts = [one_line(text)]
        elif p.UNIT_LINE.match(text) and p.word_count(text) <= _UNIT_WORDS:
            self._parts = [*self._parts[:1], text]
        elif announces(text):
            self._parts = [text.rstrip(":")[-_ANNOUNCED:]]
        elif draft.kind != "title" and not (text.startswith("(") and text.endswith(")")):
            self._parts = []
