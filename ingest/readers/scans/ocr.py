"""Scans: pages drawn by pdfium and read by Tesseract (Vietnamese), several at a time, where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.clean import fold
from ingest.errors import DamagedFile, EmptyFile, NoText
from ingest.readers.pdf.reader import PAGE_PICTURE
from ingest.readers.scans.recognition import LARGEST_SIDE, frames, recognised, write_page
from ingest.readers.scans.tesseract import REMEDY, RESOLUTION, ReadPage, tesseract
from ingest.readers.transcript import Transcript
from ingest.records import Page, Source

if TYPE_CHECKING:
    from ingest.readers.scans.recognition import Picture

_FEWEST_LETTERS = 15

_ONLY_PICTURE = "chỉ có hình"


def read_scan(
    data: bytes, file: str, password: str | None = None, grant: Callable[[float], None] | None = None
) -> Source:
    """Recognise every page of a PDF without text; ``grant`` is told how many seconds that may take.

    Raises :class:`NoText` where Tesseract is missing, :class:`EmptyFile` when no page has a word.
    """
    program = _required(file)
    with _opened(data, password) as document:
        pages = recognised(program, lambda index: _drawn(document[index]), range(len(document)), grant)
    return _source(pages, file, "application/pdf")


def read_picture(data: bytes, file: str, grant: Callable[[float], None] | None = None) -> Source:
    """Recognise a picture file (PNG, JPEG, TIFF of one page or several…). Raises like :func:`read_scan`."""
    program = _required(file)
    try:
        with frames(data) as (count, frame):
            pages = recognised(program, frame, range(count), grant)
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
    blank = [page.number - 1 for page in source.pages if _letters(_typed(source, page)) < _FEWEST_LETTERS]
    with _opened(data, password) as document:
        pictured = [index for index in blank if _is_picture(document[index], bare=not _furniture(source, index + 1))]
        pages = recognised(program, lambda index: _drawn(document[index]), pictured, grant)
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


def _is_picture(page: Any, bare: bool) -> bool:  # noqa: ANN401
    """Whether a page is a picture; where it is not ``bare`` of typed text, a small one (a logo) does not count."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    boxes = [thing.get_bounds() for thing in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return bool(boxes) and (bare or covered >= PAGE_PICTURE * page.get_width() * page.get_height())


def _furniture(source: Source, number: int) -> list[str]:
    """Return running header and page number of a page, as typed."""
    page = source.pages[number - 1]
    return [
        source.text[hint.start : hint.end]
        for hint in source.hints
        if hint.kind == "furniture" and page.start <= hint.start < page.end
    ]


def _typed(source: Source, page: Page) -> str:
    """Return what is typed on a page without its furniture."""
    text = source.text[page.start : page.end]
    for line in _furniture(source, page.number):
        text = text.replace(line, "", 1)
    return text


def _drawn(page: Any) -> Picture:  # noqa: ANN401
    """Draw a PDF page in grey."""
    scale = min(RESOLUTION / 72, LARGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    picture: Picture = page.render(scale=scale, grayscale=True).to_numpy()
    return picture[:, :, 0] if picture.ndim == 3 else picture


def _source(pages: Sequence[ReadPage], file: str, media_type: str) -> Source:
    if not any(page.lines for page in pages):
        raise EmptyFile(
            f"“{file}” không có nội dung: nhận dạng chữ không tìm thấy chữ nào.", remedy="Kiểm tra lại bản chụp."
        )
    transcript = Transcript()
    written = []
    for number, page in enumerate(pages, start=1):
        start = transcript.length
        label = write_page(transcript, page)
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


def _without(page: ReadPage, header: Sequence[str]) -> ReadPage:
    """Leave out recognised lines that say what is typed on the page, but for accents."""
    said = {" ".join(fold(line).split()) for line in header}
    return replace(page, lines=tuple(line for line in page.lines if " ".join(fold(line).split()) not in said))


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
            header = _furniture(source, page.number)
            for line in header:
                transcript.line(line, "furniture")
            printed = write_page(transcript, _without(found[page.number], header))
            label = page.label or printed
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
