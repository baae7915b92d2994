"""Files of older and other office programs (.doc, .xls, .rtf, .odt, .ods), converted by LibreOffice where installed.

Without LibreOffice, antiword gives the bare text of a ``.doc``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import DamagedFile, EmptyFile, UnsupportedFormat
from ingest.readers.outside import ProgramFailed, run
from ingest.records import Source

SECONDS = 120
_ANTIWORD_SECONDS = 30

_OFFICES = ("C:/Program Files/LibreOffice/program/soffice.com", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
REMEDY = (
    "Mở bằng Word hoặc LibreOffice, lưu thành {target} rồi nạp lại; hoặc cài LibreOffice để chương trình tự chuyển."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, its ending, what it is converted to and its media type."""

    name: str
    ending: str
    target: str
    media_type: str


DOC = Kind("tệp Word đời cũ (.doc)", "doc", "docx", "application/msword")
XLS = Kind("tệp Excel đời cũ (.xls)", "xls", "xlsx", "application/vnd.ms-excel")
RTF = Kind("tệp RTF", "rtf", "docx", "application/rtf")
ODT = Kind("tài liệu OpenDocument (.odt)", "odt", "docx", "application/vnd.oasis.opendocument.text")
ODS = Kind("bảng tính OpenDocument (.ods)", "ods", "xlsx", "application/vnd.oasis.opendocument.spreadsheet")


def ole_kind(data: bytes) -> Kind | None:
    """Say what an OLE container holds by the names in its directory; ``None`` for what is not read."""
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    if any(name.encode("utf-16-le") + b"\0\0" in data for name in ("Workbook", "Book")):
        return XLS
    return None


def read_office(data: bytes, file: str, kind: Kind, grant: Callable[[float], None] | None = None) -> Source:
    """Convert a file and read the result; ``grant`` is told how many seconds that may take.

    Raises :class:`UnsupportedFormat` where no program can convert it, :class:`DamagedFile` where they cannot read it.
    """
    office, antiword = soffice(), shutil.which("antiword") if kind is DOC else None
    if office is None and antiword is None:
        raise UnsupportedFormat(
            f"“{file}” là {kind.name}, máy này chưa có chương trình đọc.",
            remedy=REMEDY.format(target="." + kind.target),
        )
    if grant is not None:
        grant(SECONDS + _ANTIWORD_SECONDS)
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tdkt-", ignore_cleanup_errors=True) as folder:
        original = Path(folder) / f"original.{kind.ending}"
        original.write_bytes(data)
        if office is not None:
            try:
                return _converted(office, original, kind, file, grant)
            except ProgramFailed as error:
                failures.append(str(error))
        if antiword is not None:
            try:
                return _bare_text(antiword, original, file)
            except ProgramFailed as error:
                failures.append(str(error))
    raise DamagedFile(
        f"Không chuyển được “{file}”: {kind.name} hỏng, có mật khẩu, hoặc máy thiếu bộ chuyển định dạng này.",
        remedy=f"Mở thử bằng Word hoặc LibreOffice; nếu mở được, lưu thành .{kind.target} rồi nạp lại.",
        detail="; ".join(failures),
    )


def soffice() -> str | None:
    """Return the path of LibreOffice's program, ``None`` where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _OFFICES if Path(place).is_file()), None)


def _converted(office: str, original: Path, kind: Kind, file: str, grant: Callable[[float], None] | None) -> Source:
    # A profile of its own: LibreOffice refuses to start beside one the user has open on the same profile.
    profile = (original.parent / "profile").as_uri()
    target = original.with_suffix(f".{kind.target}")
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    run([*command, "--convert-to", kind.target, "--outdir", str(original.parent), str(original)], SECONDS)
    if not target.is_file():
        raise ProgramFailed(f"{office}: no {kind.target} written")
    data = target.read_bytes()
    if kind.target == "xlsx":
        from ingest.readers.sheets.xlsx import read_xlsx

        source = read_xlsx(data, file)
    else:
        from ingest.readers.docx.reader import read_docx

        source = read_docx(data, file, grant)
    return replace(source, media_type=kind.media_type)


def _bare_text(antiword: str, original: Path, file: str) -> Source:
    text = run([antiword, "-m", "UTF-8.txt", "-w", "0", str(original)], _ANTIWORD_SECONDS).decode(errors="replace")
    if not text.strip():
        raise EmptyFile(f"“{file}” không có nội dung.", remedy="Kiểm tra lại tệp đã chọn.")
    return Source(
        text=text,
        media_type=DOC.media_type,
        wrapped=False,
        warnings=(
            "Tệp .doc chỉ lấy được chữ (antiword): số thứ tự tự động và bảng có thể thiếu; nên lưu thành .docx.",
        ),
    )
