"""Writing to the terminal: consoles, JSON, and text that cannot play tricks on it."""

from __future__ import annotations

import json
import sys

from rich.console import Console
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


def write_json(value: object) -> None:
    """Write one JSON value on one line to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def number(value: int) -> str:
    """Return a count the way it is written in Vietnamese: ``1.234``."""
    return f"{value:,}".replace(",", ".")
