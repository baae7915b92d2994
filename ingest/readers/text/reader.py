"""Plain text: its encoding found out, its form feeds taken for page ends."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ingest import legacy
from ingest.errors import EmptyFile, UnsupportedFormat
from ingest.readers.side_by_side import unfolded
from ingest.readers.text.drawn_tables import redrawn
from ingest.readers.text.set_apart import parted
from ingest.records import Hint, Page, Source
from ingest.syllables import share_of_syllables

MEDIA_TYPE = "text/plain"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VIETNAMESE = 0.8
_SAMPLE = 20_000
_NOTE = re.compile(r"^\[(\d{1,3})\][ \t]+\S.*(?:\n(?!\[\d|[ \t]*\n).*\S.*)*", re.M)
_MARK = re.compile(r"(?<=\S)\[(\d{1,3})\]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(data: bytes, file: str) -> Source:
    """Read plain text. Raises :class:`EmptyFile` or :class:`UnsupportedFormat` (unknown or legacy encoding)."""
    text, warnings = _decoded(data, file)
    if not text.strip():
        raise EmptyFile(f"“{file}” không có nội dung.", remedy="Kiểm tra lại tệp đã chọn.")
    text, tables = redrawn(parted(unfolded(text)))
    return Source(
        text=text,
        media_type=MEDIA_TYPE,
        pages=_pages(text),
        hints=(*tables, *_bracketed_notes(text)),
        warnings=warnings,
    )


def decode(data: bytes, file: str) -> str:
    """Turn the bytes of a text file into text.

    UTF-8 and what a byte-order mark names are certain; UTF-16 without one, Windows-1258, TCVN3 and VNI are accepted
    when the result reads as Vietnamese. Anything else raises :class:`UnsupportedFormat`: a wrong guess would fill
    the store with unreadable letters.
    """
    return _decoded(data, file)[0]


def _decoded(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and what its reader should know about how it was found."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise _unknown_encoding(file, str(error)) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        guessed = _guess(data)
        if guessed is None:
            old_font = legacy.from_bytes(data)
            if old_font is None and b"\0" in data[:_SAMPLE]:
                raise _no_text(file, str(error)) from error
            if old_font is None:
                raise _unknown_encoding(file, str(error)) from error
            return old_font, ("Chữ viết bằng phông cũ (TCVN3 hoặc VNI) đã được chuyển sang Unicode.",)
        return guessed, ()
    if _CONTROL.search(text[:_SAMPLE]):
        guessed = _guess(data)
        if guessed is None:
            raise _no_text(file, "control characters in text")
        return guessed, ()
    return text, ()


def _bracketed_notes(text: str) -> Iterator[Hint]:
    """Find notes as text saved from Word or a web page has them: "…nâng cao[1]." and a line "[1] Gồm …"."""
    bodies = {match[1]: match for match in _NOTE.finditer(text)}
    marks = [mark for mark in _MARK.finditer(text) if mark[1] in bodies]
    referred = {mark[1] for mark in marks}
    for label, body in bodies.items():
        if label in referred:
            yield Hint("footnote", body.start(), body.end(), label=label)
    for mark in marks:
        yield Hint("reference", mark.start(), mark.end(), label=mark[1])


def _guess(data: bytes) -> str | None:
    """Decode by the encoding that gives Vietnamese; ``None`` when none does."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    named = [best.encoding] if best is not None else []
    for encoding in dict.fromkeys(["utf-16-le", "utf-16-be", "cp1258", *named]):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        share = share_of_syllables(text[:_SAMPLE])
        if share is not None and share >= _VIETNAMESE and not _CONTROL.search(text[:_SAMPLE]):
            return text
    return None


def _no_text(file: str, detail: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"“{file}” không phải tệp văn bản.",
        remedy="Nạp tệp PDF, DOCX, TXT, Markdown hoặc HTML.",
        detail=detail,
    )


def _unknown_encoding(file: str, detail: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"“{file}” dùng bảng mã cũ hoặc lạ (có thể là TCVN3/ABC hoặc VNI), không đọc được thành tiếng Việt.",
        remedy="Chuyển tệp sang Unicode (UTF-8), ví dụ bằng UniKey hoặc “Lưu thành… UTF-8”, rồi nạp lại.",
        detail=detail,
    )


def _pages(text: str) -> tuple[Page, ...]:
    """Cut at form feeds, which stay at the end of their page; text without any has no pages."""
    if "\f" not in text.strip("\f\r\n "):
        return ()
    pages: list[Page] = []
    start = 0
    while start < len(text):
        feed = text.find("\f", start)
        end = len(text) if feed < 0 else feed + 1
        pages.append(Page(len(pages) + 1, None, start, end))
        start = end
    return tuple(pages)
