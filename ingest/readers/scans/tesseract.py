"""One picture of a page read by Tesseract (Vietnamese): its lines in reading order and how sure they are."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median

from ingest.readers.outside import ProgramFailed, run

RESOLUTION = 200
"""Dots per inch at which pages are drawn; scanners of offices give 200 to 300."""
SECONDS_PER_PAGE = 60
REMEDY = (
    "Cài Tesseract kèm tiếng Việt (Ubuntu, Debian: apt-get install tesseract-ocr-vie; Windows: bộ cài Tesseract, chọn "
    "Vietnamese) rồi nạp lại, hoặc nạp bản Word/PDF gốc."
)
_WIDE_GAP = 1.8
_NOISE = 0.3
"""Lines recognised with less confidence are dust, stamps and strokes of a pen."""

_PLACES = ("C:/Program Files/Tesseract-OCR/tesseract.exe", "C:/Program Files (x86)/Tesseract-OCR/tesseract.exe")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Lines recognised on a page, in reading order, and the confidence, 0 to 1, weighted by letters."""

    lines: tuple[str, ...]
    confidence: float


def tesseract() -> str | None:
    """Return the program's path when it is installed with Vietnamese, else ``None``."""
    program = shutil.which("tesseract") or next((place for place in _PLACES if Path(place).is_file()), None)
    return program if program is not None and _knows_vietnamese(program) else None


@lru_cache(maxsize=4)
def _knows_vietnamese(program: str) -> bool:
    try:
        listed = run([program, "--list-langs"], 30)
    except ProgramFailed:
        return False
    return "vie" in listed.decode(errors="replace").split()


def read_page(program: str, picture: bytes) -> ReadPage | None:
    """Recognise one picture; ``None`` when Tesseract fails or takes too long."""
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(RESOLUTION), "tsv"]
    try:
        # One thread each: the pages run side by side already.
        table = run(command, SECONDS_PER_PAGE, data=picture, environment={"OMP_THREAD_LIMIT": "1"})
    except ProgramFailed:
        return None
    return _page_of(table.decode("utf-8", errors="replace"))


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    left: int
    right: int
    height: int


def _page_of(table: str) -> ReadPage:
    """Read Tesseract's table of words into lines."""
    found: dict[tuple[str, ...], list[_Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, width, height = int(cells[6]), int(cells[8]), int(cells[9])
            word = _Word(cells[11].strip(), max(float(cells[10]) / 100, 0.0), left, left + width, height)
            found.setdefault(tuple(cells[1:5]), []).append(word)
    kept = [words for words in found.values() if _confidence(words) >= _NOISE]
    lines: list[str] = []
    aside: list[str] = []
    for words in kept:
        parts = _apart(words)
        # Two texts side by side (issuing body and national title): the left ones first, then the right ones.
        if len(parts) != 2 and aside:
            lines += aside
            aside = []
        lines.append(parts[0] if len(parts) == 2 else " ".join(parts))
        if len(parts) == 2:
            aside.append(parts[1])
    return ReadPage((*lines, *aside), round(_confidence([word for words in kept for word in words]), 3))


def _apart(words: Sequence[_Word]) -> list[str]:
    """Cut a line at gaps far wider than those between words."""
    wide = _WIDE_GAP * median(word.height for word in words)
    parts = [words[0].text]
    for before, word in pairwise(words):
        if word.left - before.right > wide:
            parts.append(word.text)
        else:
            parts[-1] += " " + word.text
    return parts


def _confidence(words: Sequence[_Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
