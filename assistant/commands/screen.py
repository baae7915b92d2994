"""Writing to the terminal: consoles, JSON, and text that cannot play tricks on it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.passages import visible


def use_utf8() -> None:
    """Make standard streams speak UTF-8 (Windows consoles and pipes often do not)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Undecodable bytes in a file name reach us as lone surrogates; they must not stop the output.
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is not sys.stdin else "replace")


def out() -> Console:
    """Return a console on standard output; long lines are left whole when it is not a terminal."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """Return a console on standard error, for progress, warnings and errors."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=not sys.stderr.isatty())


def text(value: object, style: str = "") -> Text:
    """Return text shown literally: no markup, no control characters, no bidirectional overrides."""
    return Text(visible(str(value)), style=style)


def print_table(console: Console, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: aligned on a terminal, tab-separated lines elsewhere. Columns of counts are right-aligned."""
    lines = [[visible(str(cell)) for cell in row] for row in rows]
    if not console.is_terminal:
        for line in (header, *lines):
            console.print(text("\t".join(cell.replace("\t", " ") for cell in line)))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, column in zip(header, zip(*lines, strict=True), strict=True):
        counts = all(cell.strip("0123456789.%–") == "" for cell in column)
        table.add_column(name, justify="right" if counts else "left", overflow="fold")
    for line in lines:
        table.add_row(*map(text, line))
    console.print(table)


def write_json(value: object) -> None:
    """Write one JSON value on one line to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def number(value: int) -> str:
    """Return a count the way it is written in Vietnamese: ``1.234``."""
    return f"{value:,}".replace(",", ".")
