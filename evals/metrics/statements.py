"""Cutting an answer into statements and the citations each rests on. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.metrics.letters import UPPER

_MARKER = re.compile(r"\[(\d+)\]")
_AFTER_STOP = re.compile(r"([.!?…;:])[ \t]*((?:\[\d+\][ \t]*)+)")
_BULLET = re.compile(r"^\s*(?:[-–+*•]\s+|\(?\d{1,2}[.)]\s+|[a-zđ]\)\s+)")
# An ellipsis ends a sentence only where a citation does: "Báo cáo … Đảng bộ… (2025): Hết năm" is one.
_STOP = re.compile(rf"(?:(?<=[.!?])|(?<=\]…))(?=\s+[{UPPER}“\"(…\d-])")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZĐ]|TP|Tp|Tx|TX|ThS|TS|PGS|GS|BS|đ/c|tr|Nxb|NXB|St|vv|v\.v)\.$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of an answer, without its markers, and the citation numbers that stand with it."""

    text: str
    markers: tuple[int, ...]


def statements(answer: str) -> list[Statement]:
    r"""Cut ``answer`` into sentences and list lines.

    A marker belongs to the sentence it stands in or directly follows. A line that only introduces a list (ends with a
    colon, has no marker) claims nothing and is left out.

    >>> [(s.text, s.markers) for s in statements("Có 20 người [1]. Gồm:\n- Sở Nội vụ; [2]\n- Công an tỉnh [2][3]")]
    [('Có 20 người.', (1,)), ('Sở Nội vụ;', (2,)), ('Công an tỉnh', (2, 3))]
    """
    found: list[Statement] = []
    for line in answer.split("\n"):
        moved = _AFTER_STOP.sub(lambda match: f" {match[2].strip()}{match[1]} ", _BULLET.sub("", line))
        for sentence in _sentences(moved):
            statement = _statement(sentence)
            if statement is not None:
                found.append(statement)
    return found


def _sentences(line: str) -> list[str]:
    pieces: list[str] = []
    for piece in _STOP.split(line):
        if pieces and _ABBREVIATED.search(pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _statement(sentence: str) -> Statement | None:
    markers = tuple(dict.fromkeys(int(number) for number in _MARKER.findall(sentence)))
    text = re.sub(r"\s+([.,;:!?…])", r"\1", _MARKER.sub(" ", sentence))
    text = re.sub(r"\s+", " ", text).strip()
    if not re.search(r"\w", text) or (text.endswith(":") and not markers):
        return None
    return Statement(text, markers)
