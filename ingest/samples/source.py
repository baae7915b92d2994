"""Reads the sources of the bundled documents: a YAML head and a small Markdown with merged cells.

Beyond Markdown: ``|=`` opens a header line of a table, ``|~`` gives the column widths in percent, a cell ``^``
continues the one above and ``<`` the one to its left; ``#.`` is a numbered item ("(1)", "(2)" ...), ``>`` a
centred line, ``---`` after the head a page break, ``[^n]`` a note whose body begins a line with ``[^n]:``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

BlockKind = Literal["heading", "paragraph", "bullet", "number", "centred", "table", "break"]

MARK = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts, the first ``header_rows`` of them headers; "^" and "<" are merged-away cells."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int
    widths: tuple[float, ...]

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return merged areas as (first row, first column, last row, last column)."""
        areas = []
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if cell in "^<" and cell:
                    continue
                last_c = c
                while last_c + 1 < len(row) and row[last_c + 1] == "<":
                    last_c += 1
                last_r = r
                while last_r + 1 < len(self.rows) and self.rows[last_r + 1][c] == "^":
                    last_r += 1
                if (last_r, last_c) != (r, c):
                    areas.append((r, c, last_r, last_c))
        return areas

    def text_rows(self) -> list[list[str]]:
        """Return the rows as they are read aloud: merged-away cells empty."""
        return [["" if cell in ("^", "<") else cell for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like unit; ``level`` counts headings from 1."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A source: ``head`` is its YAML, ``notes`` maps note labels to their bodies."""

    name: str
    head: dict[str, Any]
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    @property
    def file(self) -> str:
        """File name of the document made from it."""
        return str(self.head["file"])

    @property
    def note(self) -> str:
        """The first line, which says that this is a summary and of what."""
        return str(self.head["note"])


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))


def _table(lines: list[str]) -> Table:
    rows: list[tuple[str, ...]] = []
    header_rows = 0
    widths: tuple[float, ...] = ()
    for line in lines:
        if line.startswith("|~"):
            widths = tuple(float(part) for part in line[2:].split())
        elif line.startswith("|="):
            rows.append(_cells(line[2:]))
            header_rows += 1
        else:
            rows.append(_cells(line[1:]))
    if len({len(row) for row in rows} | {len(widths)}) != 1:
        raise ValueError(f"table rows and widths differ in length, first row {rows[0]}")
    return Table(tuple(rows), header_rows, widths)


def _block(line: str) -> Block:
    if line == "---":
        return Block("break")
    if match := re.match(r"(#+) (.*)", line):
        return Block("heading", match[2], len(match[1]))
    for prefix, kind in (("- ", "bullet"), ("#. ", "number"), ("> ", "centred")):
        if line.startswith(prefix):
            return Block(kind, line[len(prefix) :])  # type: ignore[arg-type]
    return Block("paragraph", line)


def parse(text: str, name: str) -> Script:
    """Parse one source; a block is a line, or a run of lines that begin with ``|``."""
    _, head, body = text.split("---\n", 2)
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    table: list[str] = []
    for line in [*(line.strip() for line in body.splitlines()), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            blocks.append(Block("table", table=_table(table)))
            table = []
        if match := re.match(r"\[\^(\d+)\]: (.*)", line):
            notes[match[1]] = match[2]
        elif line:
            blocks.append(_block(line))
    marks = [mark for block in blocks for mark in MARK.findall(block.text)]
    if marks != list(notes):
        raise ValueError(f"{name}: note marks {marks} but notes {list(notes)}")
    return Script(name, yaml.safe_load(head), tuple(blocks), notes)


def scripts(folder: Path) -> list[Script]:
    """Parse every source in ``folder``, in name order."""
    return [parse(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.md"))]
