"""What a printed line says once its typography is taken off: emphasis, note marks, runs of spaces."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from ingest import patterns as p
from ingest.footnotes import Mark
from ingest.lines import Line
from ingest.records import MappedText


class Editor:
    """Gives the content of printed lines: emphasis marks gone, note marks raised, runs of spaces made one."""

    def __init__(self, cleaned: MappedText, marks: Sequence[Mark]) -> None:
        self.cleaned = cleaned
        self.dropped: set[int] = set()
        self.raised: dict[int, str] = {}
        for match in p.EMPHASIS.finditer(cleaned.text):
            self.dropped.update(range(match.start(1), match.end(1)))
            self.dropped.update(range(match.end() - len(match[1]), match.end()))
        for mark in marks:
            for index in range(mark.start, mark.end):
                char = cleaned.text[index]
                if char.isascii() and char.isdigit():
                    self.raised[index] = char.translate(p.TO_SUPERSCRIPT)
                elif char in "()[]":
                    self.dropped.add(index)
            space = mark.start - 1
            while space >= 0 and cleaned.text[space] == " ":
                self.dropped.add(space)
                space -= 1
        self.changed = sorted(self.dropped | set(self.raised))
        self.known = frozenset(word.strip(".,;:()“”").lower() for word in cleaned.text.split())

    def line(self, line: Line, keep_tabs: bool = False) -> MappedText:
        """Return the content of one line."""
        text = self.cleaned.text[line.start : line.end]
        first = bisect_right(self.changed, line.start - 1)
        edited = first < len(self.changed) and self.changed[first] < line.end
        if not edited and "  " not in text and (keep_tabs or "\t" not in text):
            return self.cleaned[line.start : line.end]
        chars: list[str] = []
        offsets = array("i")
        for index in range(line.start, line.end):
            if index in self.dropped:
                continue
            char = self.raised.get(index, self.cleaned.text[index])
            if char == "\t" and not keep_tabs:
                char = " "
            if char == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(char)
            offsets.append(self.cleaned.offsets[index])
        while chars and chars[-1] == " ":
            chars.pop()
            offsets.pop()
        return MappedText("".join(chars), offsets)
