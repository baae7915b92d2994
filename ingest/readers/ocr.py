"""Scans: pages drawn by pdfium and read by Tesseract (Vietnamese), several at a time, where Tesseract is installed."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ingest.errors import DamagedFile, EmptyFile, NoText
from ingest.readers.tesseract import RESOLUTION, SECONDS_PER_PAGE, ReadPage, read_page, tesseract
from ingest.readers.transcript import Transcript
from ingest.records import Page, Source

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    Picture = NDArray[uint8]
    """Grey values of a page, shape (height, width)."""

_MOST_AT_ONCE = 4
_LARGEST_SIDE = 6_000
_MOST_FRAMES = 500
_UPRIGHT = 0.7
"""Pages recognised with less confidence may lie on their side or stand on their head."""
_TURNS = (1, 3, 2)
_FEWEST_LETTERS = 15

_PAGE_NUMBER = re.compile(r"[-–—]?\s*(\d{1,4})\s*[-–—]?")
_ONLY_PICTURE = "chỉ có hình"
REMEDY = (
    "Cài Tesseract kèm tiếng Việt (Ubuntu, Debian: apt-get install tesseract-ocr-vie; Windows: bộ cài Tesseract, chọn "
    "Vietnamese) rồi nạp lại, hoặc nạp bản Word/PDF gốc."
)


def read_scan(
    data: bytes, file: str, password: str | None = None, grant: Callable[[float], None] | None = None
) -> Source:
    """Recognise every page of a PDF without text; ``grant`` is told how many seconds that may take.

    Raises :class:`NoText` where Tesseract is missing, :class:`EmptyFile` when no page has a word.
    """
    program = _required(file)
    with _opened(data, password) as document:
        pages = _recognised(program, lambda index: _drawn(document[index]), range(len(document)), grant)
    return _source(pages, file, "application/pdf")


def read_picture(data: bytes, file: str, grant: Callable[[float], None] | None = None) -> Source:
    """Recognise a picture file (PNG, JPEG, TIFF of one page or several…). Raises like :func:`read_scan`."""
    program = _required(file)
    try:
        with _frames(data) as (count, frame):
            pages = _recognised(program, frame, range(count), grant)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise DamagedFile(
            f"Không đọc được hình “{file}”: tệp hỏng hoặc thuộc loại hình lạ.",
            remedy="Mở thử bằng trình xem ảnh, lưu lại thành PNG hoặc PDF rồi nạp lại.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    return _source(pages, file, "image")


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
        pages = _recognised(program, lambda index: _drawn(document[index]), pictured, grant)
        found = dict(zip(pictured, pages, strict=True))
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


@contextmanager
def _frames(data: bytes) -> Iterator[tuple[int, Callable[[int], Picture]]]:
    """Open a picture file; lend its number of pages and a function that draws one upright, as a camera noted it."""
    import numpy
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as image:

            def frame(index: int) -> Picture:
                image.seek(index)
                upright = ImageOps.exif_transpose(image).convert("L")
                upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
                return numpy.asarray(upright)

            yield min(getattr(image, "n_frames", 1), _MOST_FRAMES), frame
    except Image.DecompressionBombError as error:
        raise ValueError(str(error)) from error


def _recognised(
    program: str,
    drawn: Callable[[int], Picture],
    indexes: Sequence[int],
    grant: Callable[[float], None] | None,
) -> list[ReadPage]:
    """Recognise pages; those that give no sure text are turned by quarters until they do."""
    pages = dict(zip(indexes, _read_pages(program, drawn, indexes, grant), strict=True))
    for turn in _TURNS:
        doubtful = [index for index in indexes if pages[index].confidence < _UPRIGHT]
        turned = _read_pages(program, lambda index: _turned(drawn(index), turn), doubtful, grant)  # noqa: B023
        for index, page in zip(doubtful, turned, strict=True):
            pages[index] = max(pages[index], page, key=lambda page: page.confidence)
    return list(pages.values())


def _turned(picture: Picture, quarters: int) -> Picture:
    import numpy

    return numpy.rot90(picture, quarters)


def _read_pages(
    program: str,
    drawn: Callable[[int], Picture],
    indexes: Sequence[int],
    grant: Callable[[float], None] | None,
) -> list[ReadPage]:
    """Draw pages one after the other (pdfium knows no threads) and have several recognised at a time."""
    if not indexes:
        return []
    at_once = max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1, len(indexes)))
    if grant is not None:
        grant(len(indexes) * SECONDS_PER_PAGE / at_once)
    waiting: deque[Future[ReadPage | None]] = deque()
    pages: list[ReadPage | None] = []
    with ThreadPoolExecutor(at_once) as pool:
        for index in indexes:
            if len(waiting) > at_once:
                pages.append(waiting.popleft().result())
            waiting.append(pool.submit(read_page, program, _as_pgm(drawn(index))))
        pages += [future.result() for future in waiting]
    return [page or ReadPage((), 0.0) for page in pages]


def _drawn(page: Any) -> Picture:  # noqa: ANN401
    """Draw a PDF page in grey."""
    scale = min(RESOLUTION / 72, _LARGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    picture: Picture = page.render(scale=scale, grayscale=True).to_numpy()
    return picture[:, :, 0] if picture.ndim == 3 else picture


def _as_pgm(picture: Picture) -> bytes:
    height, width = picture.shape
    return b"P5 %d %d 255\n" % (width, height) + picture.tobytes()


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
