"""PDF with a text layer: pypdf opens the file, pdfium gives text and places, pdfplumber the ruled tables.

pypdf reads what belongs to the file as a whole (protection, damage, properties, pictures, pages drawn alike) and gives
the text where pdfium cannot open the file. The text itself comes from pdfium: as exact, ten times as fast, and it
knows where each piece ends, which columns need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.errors import DamagedFile, EmptyFile, NoText, ProtectedFile, UnreadableFile
from ingest.readers.pdf.furniture import Furniture, find_furniture
from ingest.readers.pdf.lines import BLANKS, Line, PageLines
from ingest.readers.pdf.notes import Note, body_size, find_notes, references
from ingest.readers.pdf.ruled_tables import RuledTable, bands, continued, table_finder
from ingest.readers.pdf.stream import streamed_lines
from ingest.readers.pdf.unseen import part_tiny_text, warnings_of_unseen
from ingest.readers.transcript import Transcript
from ingest.records import Page, Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 5_000
_LETTER = (0.0, 0.0, 612.0, 792.0)

PAGE_PICTURE = 0.3
"""A picture over this part of a page, with hardly a typed letter beside it, is a page of its own."""
_SCAN_CHARACTERS = 15
"""A page picture may carry a stamp's or scanner's few letters; fewer per page than this is no text layer."""


def read_pdf(data: bytes, file: str, password: str | None = None) -> Source:
    """Read the text layer of a PDF in the order the pages draw it, footnotes after the page's running text.

    Raises :class:`ProtectedFile`, :class:`DamagedFile`, :class:`EmptyFile`, :class:`NoText`, or
    :class:`UnreadableFile` for more than ``MAX_PAGES`` pages.
    """
    try:
        reader = _opened(data, file, password)
        with _line_reader(reader, data, password) as lines_of:
            pages = part_tiny_text(_read_pages(reader, lines_of))
        pictures = [_has_picture(page) for page in reader.pages]
        properties = _properties(reader)
        with table_finder(data, password) as finder:
            tables = [finder.find(i, page.unseen) if page.ruled and page.lines else [] for i, page in enumerate(pages)]
    except UnreadableFile:
        raise
    except Exception as error:
        raise DamagedFile(
            f"Không đọc được “{file}”: tệp hỏng hoặc không đầy đủ.",
            remedy="Mở thử bằng trình đọc PDF; nếu không mở được, hãy lấy lại bản gốc rồi nạp lại.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    _check_text(pages, pictures, file)
    return _transcribed(pages, tables, pictures, properties)


def _opened(data: bytes, file: str, password: str | None) -> PdfReader:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(password or ""):
        raise ProtectedFile(
            f"“{file}” được bảo vệ bằng mật khẩu" + (", mật khẩu đã cho không đúng." if password else "."),
            remedy="Nạp lại kèm mật khẩu: tdkt ingest TỆP --password …",
        )
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableFile(
            f"“{file}” có {count} trang, vượt giới hạn {MAX_PAGES} trang.",
            remedy="Tách tệp thành nhiều phần nhỏ hơn rồi nạp từng phần.",
        )
    return reader


@contextmanager
def _line_reader(reader: PdfReader, data: bytes, password: str | None) -> Iterator[Callable[[int], PageLines]]:
    """Lend a function that reads the lines of a page by its index."""
    from pypdfium2 import PdfiumError

    from ingest.readers.pdf.objects import DrawnPages

    try:
        drawn = DrawnPages(data, password, filled=_is_filled_form(reader))
    except PdfiumError:
        yield lambda index: streamed_lines(reader.pages[index])
        return
    try:
        yield lambda index: drawn.lines(index, _media_box(reader.pages[index]))
    finally:
        drawn.close()


def _media_box(page: PageObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a page, its own or inherited; where none is stated, what viewers take."""
    try:
        box = [float(edge) for edge in page.mediabox]
    except ValueError:
        return _LETTER
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _is_filled_form(reader: PdfReader) -> bool:
    """Whether somebody wrote into fields of the file: text or a choice, not a signature alone."""
    fields = reader.get_fields() if "/AcroForm" in reader.root_object else None
    return any(field.get("/FT") in ("/Tx", "/Ch") and field.get("/V") for field in (fields or {}).values())


def _read_pages(reader: PdfReader, lines_of: Callable[[int], PageLines]) -> list[PageLines]:
    """Read every page; pages that share their drawing (blank forms, copies) are read once."""
    from pypdf.generic import IndirectObject

    read: dict[str, PageLines] = {}
    pages: list[PageLines] = []
    for index, page in enumerate(reader.pages):
        parts = [page.raw_get(key) for key in ("/Contents", "/Resources") if key in page]
        shared = len(parts) == 2 and all(isinstance(part, IndirectObject) for part in parts)
        key = repr((parts, page.get("/Annots"), _media_box(page), page.rotation)) if shared else f"page {len(pages)}"
        if key not in read:
            read[key] = lines_of(index)
        pages.append(read[key])
    return pages


def _properties(reader: PdfReader) -> dict[str, str]:
    metadata = reader.metadata
    named = {"title": metadata.title, "author": metadata.author, "subject": metadata.subject} if metadata else {}
    return {name: value.strip() for name, value in named.items() if isinstance(value, str) and value.strip()}


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(item.get_object().get("/Subtype") == "/Image" for item in objects.get_object().values())


def _characters(page: PageLines) -> int:
    return sum(len(line.text) for line in page.lines)


def _is_scan(page: PageLines, furniture: frozenset[int]) -> bool:
    """Whether a page is a picture under a running header: typed papers take pasted ones along."""
    typed = sum(len(line.text) for index, line in enumerate(page.lines) if index not in furniture)
    return page.pictured >= PAGE_PICTURE and typed < _SCAN_CHARACTERS


def _check_text(pages: Sequence[PageLines], pictures: Sequence[bool], file: str) -> None:
    characters = sum(map(_characters, pages))
    if characters >= _SCAN_CHARACTERS * max(1, sum(pictures)) or (characters and not any(pictures)):
        return
    if any(pictures):
        raise NoText(
            f"“{file}” là bản chụp (scan), không có lớp chữ để đọc.",
            remedy="Chạy nhận dạng chữ (OCR) tiếng Việt cho tệp rồi nạp lại, hoặc nạp bản Word/PDF gốc.",
        )
    raise EmptyFile(f"“{file}” không có nội dung: không trang nào có chữ.", remedy="Kiểm tra lại tệp đã chọn.")


def _transcribed(
    pages: Sequence[PageLines],
    tables: Sequence[Sequence[RuledTable]],
    pictures: Sequence[bool],
    properties: dict[str, str],
) -> Source:
    body = body_size(pages)
    warnings = warnings_of_unseen(pages)
    furniture: Furniture = find_furniture(pages)

    def next_to(index: int) -> bool:
        """Whether nothing stands between the last table of a page and the first one of the next."""
        foot, top = tables[index][-1].bottom, tables[index + 1][0].top
        below = (line.y < foot and at not in furniture.lines[index] for at, line in enumerate(pages[index].lines))
        following = enumerate(pages[index + 1].lines)
        return not any(below) and not any(
            line.y > top and at not in furniture.lines[index + 1] for at, line in following
        )

    tables = continued(tables, next_to)
    transcript = Transcript()
    written: list[Page] = []
    running: Note | None = None
    for index, page in enumerate(pages):
        start = transcript.length
        in_tables = {i for i, line in enumerate(page.lines) if any(table.holds(line) for table in tables[index])}
        aside = furniture.lines[index] | in_tables
        notes = find_notes(page, frozenset(aside), body, running)
        _write_page(transcript, page, furniture.lines[index] - in_tables, tables[index], notes)
        running = notes[-1] if notes else None
        written.append(Page(index + 1, furniture.labels[index], start, transcript.length))
    scans = [
        str(index + 1)
        for index, page in enumerate(pages)
        if (pictures[index] and _characters(page) < _SCAN_CHARACTERS) or _is_scan(page, furniture.lines[index])
    ]
    if scans:
        warnings.append(f"Trang {', '.join(scans)}: chỉ có hình, không có lớp chữ.")
    return Source(
        text=transcript.text,
        media_type=MEDIA_TYPE,
        pages=tuple(written),
        hints=tuple(transcript.hints),
        wrapped=True,
        properties=properties,
        warnings=tuple(warnings),
    )


def _write_page(
    transcript: Transcript,
    page: PageLines,
    furniture: frozenset[int] | set[int],
    tables: Sequence[RuledTable],
    notes: Sequence[Note],
) -> None:
    in_notes = {index for note in notes for index in note.lines}
    waiting = list(tables)
    for index in bands(page.lines, tables):
        line = page.lines[index]
        if index in in_notes:
            continue
        held = next((table for table in tables if table.holds(line)), None)
        if held is not None:
            if held in waiting:
                waiting.remove(held)
                transcript.table(held.rows, goes_on=held.goes_on)
        elif index in furniture:
            transcript.line(line.text, "furniture")
        else:
            _write_line(transcript, line)
    for table in waiting:
        transcript.table(table.rows, goes_on=table.goes_on)
    for note in notes:
        start = transcript.length
        for position, index in enumerate(note.lines):
            _write_line(transcript, page.lines[index], label_first=position == 0 and not note.carried)
        transcript.hint("footnote", start, transcript.length - 1, int(note.carried), note.label)


def _write_line(transcript: Transcript, line: Line, *, label_first: bool = False) -> None:
    printed = "".join(run.text for run in line.runs)
    shift = transcript.length - (len(printed) - len(printed.lstrip(BLANKS)))
    transcript.line(line.text)
    for start, end, label in references(line, skip_first=label_first):
        transcript.hint("reference", shift + start, shift + end, label=label)
