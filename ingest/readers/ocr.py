"""Scans: pages drawn by pdfium and read by Tesseract (Vietnamese), several at a time, where Tesseract is installed."""

from __future__ import annotations

import os
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ingest.errors import DamagedFile, EmptyFile, NoText
from ingest.readers.outside import ProgramFailed, run
from ingest.readers.transcript import Transcript
from ingest.records import Page, Source

RESOLUTION = 200
"""Dots per inch at which pages are drawn; scanners of offices give 200 to 300."""
SECONDS_PER_PAGE = 60
_MOST_AT_ONCE = 4
_LARGEST_SIDE = 6_000
_FEWEST_LETTERS = 15
_WIDE_GAP = 1.8
_NOISE = 0.3
"""Lines recognised with less confidence are dust, stamps and strokes of a pen."""

_PLACES = ("C:/Program Files/Tesseract-OCR/tesseract.exe", "C:/Program Files (x86)/Tesseract-OCR/tesseract.exe")
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(\d{1,4})\s*[-–—]?")
_ONLY_PICTURE = "chỉ có hình"
REMEDY = (
    "Cài Tesseract kèm tiếng Việt (Ubuntu, Debian: apt-get install tesseract-ocr-vie; Windows: bộ cài Tesseract, chọn "
    "Vietnamese) rồi nạp lại, hoặc nạp bản Word/PDF gốc."
)


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


def read_scan(
    data: bytes, file: str, password: str | None = None, grant: Callable[[float], None] | None = None
) -> Source:
    """Recognise every page of a PDF without text; ``grant`` is told how many seconds that may take.

    Raises :class:`NoText` where Tesseract is missing, :class:`EmptyFile` when no page has a word.
    """
    program = _required(file)
    with _opened(data, password) as document:
        pages = _recognised(program, document, range(len(document)), grant)
    return _source(pages, file, "application/pdf")


def read_picture(data: bytes, file: str) -> Source:
    """Recognise a picture file (PNG, JPEG, TIFF…). Raises like :func:`read_scan`."""
    program = _required(file)
    page = _read_page(program, data, None)
    if page is None:
        raise DamagedFile(
            f"Không đọc được hình “{file}”: tệp hỏng hoặc thuộc loại hình lạ.",
            remedy="Mở thử bằng trình xem ảnh, lưu lại thành PNG hoặc PDF rồi nạp lại.",
        )
    return _source([page], file, "image")


def fill_scanned_pages(
    source: Source, data: bytes, password: str | None = None, grant: Callable[[float], None] | None = None
) -> Source:
    """Put recognised text on pages that are pictures among pages with text.

    Where Tesseract is missing the text stays as it is and a warning says so.
    """
    if not any(_ONLY_PICTURE in warning for warning in source.warnings):
        return source
    program = tesseract()
    if program is None:
        return replace(source, warnings=(*source.warnings, "Các trang chỉ có hình chưa được nhận dạng chữ. " + REMEDY))
    blank = [page.number - 1 for page in source.pages if _letters(source.text[page.start : page.end]) < _FEWEST_LETTERS]
    with _opened(data, password) as document:
        pictured = [index for index in blank if _has_picture(document[index])]
        found = dict(zip(pictured, _recognised(program, document, pictured, grant), strict=True))
    return _spliced(source, {index + 1: page for index, page in found.items() if page.lines})


def _required(file: str) -> str:
    program = tesseract()
    if program is None:
        raise NoText(f"“{file}” là bản chụp (scan), không có lớp chữ để đọc.", remedy=REMEDY)
    return program


@contextmanager
def _opened(data: bytes, password: str | None) -> Iterator[Any]:
    """Open a PDF in pdfium and close it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data, password=password)
    try:
        yield document
    finally:
        document.close()


def _has_picture(page: Any) -> bool:  # noqa: ANN401
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _recognised(
    program: str,
    document: Any,  # noqa: ANN401
    indexes: Sequence[int],
    grant: Callable[[float], None] | None,
) -> list[ReadPage]:
    """Draw pages one after the other (pdfium knows no threads) and have several recognised at a time."""
    at_once = max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1, len(indexes)))
    if grant is not None:
        grant(len(indexes) * SECONDS_PER_PAGE / at_once)
    waiting: deque[Future[ReadPage | None]] = deque()
    pages: list[ReadPage | None] = []
    with ThreadPoolExecutor(at_once) as pool:
        for index in indexes:
            if len(waiting) > at_once:
                pages.append(waiting.popleft().result())
            waiting.append(pool.submit(_read_page, program, _drawn(document[index]), RESOLUTION))
        pages += [future.result() for future in waiting]
    return [page or ReadPage((), 0.0) for page in pages]


def _drawn(page: Any) -> bytes:  # noqa: ANN401
    """Draw a page as a grey PGM picture."""
    scale = min(RESOLUTION / 72, _LARGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    height, width = picture.shape[:2]
    return b"P5 %d %d 255\n" % (width, height) + bytes(picture.tobytes())


def _read_page(program: str, picture: bytes, resolution: int | None) -> ReadPage | None:
    """Recognise one picture; ``None`` when Tesseract fails or takes too long."""
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"]
    if resolution is not None:
        command[-1:-1] = ["--dpi", str(resolution)]
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


def _source(pages: Sequence[ReadPage], file: str, media_type: str) -> Source:
    if not any(page.lines for page in pages):
        raise EmptyFile(
            f"“{file}” không có nội dung: nhận dạng chữ không tìm thấy chữ nào.", remedy="Kiểm tra lại bản chụp."
        )
    transcript = Transcript()
    written = []
    for number, page in enumerate(pages, start=1):
        start = transcript.length
        label = _write_page(transcript, page)
        written.append(Page(number, label, start, transcript.length, page.confidence if page.lines else None))
    letters = [sum(map(len, page.lines)) for page in pages]
    mean = sum(page.confidence * count for page, count in zip(pages, letters, strict=True)) / sum(letters)
    return Source(
        text=transcript.text,
        media_type=media_type,
        pages=tuple(written),
        hints=tuple(transcript.hints),
        wrapped=True,
        warnings=(
            f"Bản chụp: chữ do máy nhận dạng (OCR), độ tin trung bình {mean:.0%}; đối chiếu số liệu với bản gốc.",
        ),
    )


def _write_page(transcript: Transcript, page: ReadPage) -> str | None:
    """Write the lines of a page; its number, at the top or at the foot, is returned."""
    label = None
    for index, line in enumerate(page.lines):
        number = _PAGE_NUMBER.fullmatch(line) if index in (0, len(page.lines) - 1) else None
        if number is not None:
            label = number[1]
        transcript.line(line, None if number is None else "furniture")
    return label


def _letters(text: str) -> int:
    return sum(1 for character in text if not character.isspace())


def _spliced(source: Source, found: Mapping[int, ReadPage]) -> Source:
    """Put recognised pages into a source; what stands after them moves."""
    if not found:
        return source
    transcript = Transcript()
    pages: list[Page] = []
    for page in source.pages:
        start = transcript.length
        if page.number in found:
            label = _write_page(transcript, found[page.number])
            confidence: float | None = found[page.number].confidence
        else:
            label, confidence = page.label, page.confidence
            transcript.write(source.text[page.start : page.end])
            shift = start - page.start
            transcript.hints += [
                replace(hint, start=hint.start + shift, end=hint.end + shift)
                for hint in source.hints
                if page.start <= hint.start < page.end
            ]
        pages.append(Page(page.number, label, start, transcript.length, confidence))
    said = ", ".join(map(str, sorted(found)))
    mean = sum(page.confidence for page in found.values()) / len(found)
    note = f"Trang {said}: chữ do máy nhận dạng (OCR), độ tin {mean:.0%}; đối chiếu số liệu với bản gốc."
    warnings = tuple(warning for warning in source.warnings if _ONLY_PICTURE not in warning)
    return replace(
        source,
        text=transcript.text,
        pages=tuple(pages),
        hints=tuple(transcript.hints),
        warnings=(*warnings, note),
    )
