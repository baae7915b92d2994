"""From a file to a document: read, clean, structure, metadata, chunks. Start reading here."""

from __future__ import annotations

import hashlib
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.clean import clean
from ingest.errors import EmptyFile, MissingPath, UnreadableFile
from ingest.health import examine, refuse_unreadable, shifted_rows, warnings_of
from ingest.legacy import Encoding, restore
from ingest.readers import MAX_BYTES, read
from ingest.records import Document, MappedText, Page
from ingest.spacing import mend

_LOCK_FILES = ("~$", ".~lock.")
_JUNK = frozenset({"thumbs.db", "desktop.ini"})


Grant = Callable[[float], None]
"""Told how many seconds a slow step (recognising scans) may take."""


def read_document(path: Path, *, password: str | None = None) -> Document:
    """Read a file. Raises :class:`MissingPath`, or :class:`UnreadableFile` by the name of what is wrong with it."""
    if not path.is_file():
        raise _missing(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(
                f"“{path.name}” nặng {path.stat().st_size / 1e6:.0f} MB, vượt giới hạn {MAX_BYTES // 1024**2} MB.",
                remedy="Tách tệp thành nhiều phần nhỏ hơn rồi nạp từng phần.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được “{path}”.",
            remedy="Kiểm tra quyền đọc tệp và ổ đĩa, đóng chương trình đang giữ tệp rồi nạp lại.",
            detail=str(error),
        ) from error
    return read_bytes(data, path.name, password)


def read_bytes(data: bytes, file: str, password: str | None = None, *, grant: Grant | None = None) -> Document:
    """Read the bytes of a file called ``file``; folders in the name are dropped, its letters composed.

    Raises a subclass of :class:`UnreadableFile`; nothing is returned for a file read by half.
    """
    from ingest.chunks import cut
    from ingest.metadata import read_metadata
    from ingest.structure import structure
    from ingest.tokens import count

    name = file_name(file)
    identity = hashlib.sha256(data).hexdigest()
    source = read(data, name, password, grant=grant)
    restored, encoding = restore(source.text)
    cleaned = mend(clean(restored.text))
    if encoding is not None:
        cleaned = MappedText(cleaned.text, array("i", (restored.offsets[offset] for offset in cleaned.offsets)))
    if not cleaned.text.strip():
        raise EmptyFile(f"“{name}” không có nội dung.", remedy="Kiểm tra lại tệp đã chọn.")
    refuse_unreadable(cleaned, name)
    health = examine(cleaned, source.pages)
    structured = structure(cleaned, source)
    offsets = structured.text.offsets

    def page_of(offset: int) -> Page | None:
        return source.page_at(offsets[min(offset, len(offsets) - 1)]) if len(offsets) else None

    return Document(
        id=identity,
        file=name,
        media_type=source.media_type,
        text=structured.text.text,
        offsets=offsets,
        meta=read_metadata(structured, source, name),
        sections=structured.sections,
        chunks=cut(identity, structured, page_of, count),
        pages=source.pages,
        health=health,
        warnings=(
            *source.warnings,
            *_restored_from(encoding),
            *warnings_of(health),
            *shifted_rows(structured.sections),
        ),
    )


def find_files(paths: Iterable[Path]) -> list[Path]:
    """List the files to read: files named stay in order, folders are walked in name order, nothing comes twice.

    Hidden files and lock files inside folders are passed over. Raises :class:`MissingPath` before anything is read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file() and _wanted(file.relative_to(path)))
            found.update(dict.fromkeys(sorted(inside)))
        elif path.exists():
            found[path] = None
        else:
            raise _missing(path)
    return list(found)


def file_name(file: str) -> str:
    """Return the last part of a name a user or a browser gave, in NFC."""
    return unicodedata.normalize("NFC", file.replace("\\", "/").rsplit("/", 1)[-1])


def _restored_from(encoding: Encoding | None) -> tuple[str, ...]:
    return () if encoding is None else (f"Chữ viết bằng phông cũ ({encoding}) đã được chuyển sang Unicode.",)


def _wanted(inside: Path) -> bool:
    hidden = any(part.startswith(".") for part in inside.parts)
    return not (hidden or inside.name.startswith(_LOCK_FILES) or inside.name.lower() in _JUNK)


def _missing(path: Path) -> MissingPath:
    return MissingPath(
        f"Không tìm thấy “{path}”.", remedy="Kiểm tra đường dẫn; tên có dấu cách phải đặt trong dấu ngoặc kép."
    )
