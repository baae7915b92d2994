"""Letterhead and signature of a plain text whose two columns are set apart by spaces, written one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p

_GAP = re.compile(r" {3,}")
_FURTHEST = 40
"""Lines among which the letterhead stands."""
_SIGNED_WITHIN = 14
_NEAR = 15
_LINE_END = re.compile(r"[\r\n\f]*\Z")

Halves = tuple[str, str]


def parted(text: str) -> str:
    """Write the two columns of the letterhead and of each signature one below the other; other text stays."""
    lines = text.splitlines(keepends=True)
    if not any("   " in line.strip() for line in lines):
        return text
    head = _letterhead(lines)
    if head is not None:
        lines[head[0] : head[1]] = _below_each_other(lines[head[0] : head[1]], head[2])
    index = len(lines) - 1
    while index >= 0:
        if _opens_signature(lines[index].strip()) and (foot := _signature(lines, index)) is not None:
            lines[foot[0] : foot[1]] = _below_each_other(lines[foot[0] : foot[1]], foot[2])
            index = foot[0]
        index -= 1
    return "".join(lines)


def _opens_signature(line: str) -> bool:
    """Whether a line begins the recipients, or sets two that sign side by side."""
    halves = _GAP.split(line)
    two = len(halves) == 2 and all(p.ROLE.match(half) or p.SIGNED_FOR.match(half) for half in halves)
    return two or p.RECIPIENTS.match(line) is not None


def _letterhead(lines: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the first and last line (not included) of a letterhead in two columns, and where the right one begins."""
    for index, line in enumerate(lines[:_FURTHEST]):
        motto = p.MOTTO.search(line)
        if motto is None:
            continue
        if not line[: motto.start()].strip() or "\t" in line:
            return None
        edge = motto.start()
        end = index + 1
        while end < len(lines) and lines[end].strip() and not _is_centred(lines[end], edge):
            end += 1
        return index, end, edge
    return None


def _is_centred(line: str, edge: int) -> bool:
    """Whether a line is one piece that lies over the middle between the columns: a title, running text."""
    begin = len(line) - len(line.lstrip())
    return _GAP.search(line.strip()) is None and begin < edge - 2 and len(line.rstrip()) > edge + 2


def _signature(lines: Sequence[str], at: int) -> tuple[int, int, int] | None:
    """Return the lines of recipients with a signature beside them, and where its column begins."""
    begins = [
        begin for line in lines[max(at - 2, 0) : at + _SIGNED_WITHIN] if (begin := _right_begin(line)) is not None
    ]
    if not begins or "\t" in lines[at]:
        return None
    edge = min(begins)
    first = at
    while first and lines[first - 1].strip() and _begin(lines[first - 1]) >= edge - 6:
        first -= 1
    end = at + 1
    blank = False
    while end < min(len(lines), at + _SIGNED_WITHIN):
        line = lines[end]
        if not line.strip():
            blank = True
        elif p.RULER.fullmatch(line.strip()) and _begin(line) < edge - _NEAR:
            break
        elif _begin(line) < edge - _NEAR:
            if blank and not line.lstrip().startswith(("-", "+", "•", "–")):
                break
            blank = False
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    signs = any(p.ROLE.match(half) or p.SIGNED_FOR.match(half) for half in _halves(lines[first:end], edge)[1])
    return (first, end, edge) if signs else None


def _begin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _right_begin(line: str) -> int | None:
    """Return where the right piece of a line begins: what stands behind a gap, or a line set far to the right."""
    gap = list(_GAP.finditer(line.rstrip()))
    if not gap or len(line.strip()) > 100:
        return None
    text = line[gap[-1].end() :].strip()
    return gap[-1].end() if p.ROLE.match(text) or p.SIGNED_FOR.match(text) else None


def _halves(lines: Sequence[str], edge: int) -> tuple[list[str], list[str]]:
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        for match in re.finditer(r"\S+(?:(?! {3})\s\S*)*", line.rstrip()):
            text = match[0].strip()
            beside = match.start() >= edge - _NEAR and (match.start() > 0.5 * edge)
            (right if beside and match.start() + len(text) > edge else left).append(text)
    return left, right


def _below_each_other(lines: Sequence[str], edge: int) -> list[str]:
    left, right = _halves(lines, edge)
    written = [f"{text}\n" for text in (*left, *right) if text]
    written[-1] = written[-1].rstrip("\n") + (_LINE_END.search(lines[-1]) or [""])[0]
    return written
