"""From the bytes of a file to its text: the kind is told by content, then the reader of that kind is called."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from ingest.errors import DamagedFile, EmptyFile, NoText, ProtectedFile, UnreadableFile, UnsupportedFormat
from ingest.records import Source

MAX_BYTES = 200 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_PHONE_PICTURE = re.compile(rb".{4}ftyp(?:hei[cfmsx]|hev[cx]|mif1|msf1|avif)", re.S)
_OUTLOOK = b"\x78\x9f\x3e\x22"
_PDF_WITHIN = 1024
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table|h[1-6])\b",
    re.I | re.S,
)
_MAIL = re.compile(rb"(?:\xef\xbb\xbf)?\s*[!-9;-~]+:")
_READABLE = "Nạp tệp PDF, DOCX, XLSX, CSV, EML, TXT, Markdown hoặc HTML."


def read(
    data: bytes,
    file: str,
    password: str | None = None,
    *,
    grant: Callable[[float], None] | None = None,
    depth: int = 0,
) -> Source:
    """Read a file of any supported kind; ``file`` is its name, for messages and to tell kinds of plain text apart.

    Raises a subclass of :class:`UnreadableFile`, or itself for a file above ``MAX_BYTES``. ``password`` is used for
    protected PDFs only; ``grant`` is told how many seconds a slow step (recognising scans) may take; ``depth`` counts
    the messages that a file is attached to.
    """
    if not data:
        raise EmptyFile(f"“{file}” là tệp rỗng (0 byte).", remedy="Kiểm tra lại tệp đã chọn, có thể tải lên bị đứt.")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"“{file}” nặng {len(data) / 1e6:.0f} MB, vượt giới hạn {MAX_BYTES // 1024**2} MB.",
            remedy="Tách tệp thành nhiều phần nhỏ hơn rồi nạp từng phần.",
        )
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return _read_pdf(data, file, password, grant)
    if data.startswith(b"PK"):
        return _read_archive(data, file, grant)
    if data.startswith(_ARCHIVES):
        raise UnsupportedFormat(f"“{file}” là tệp nén, chưa đọc được.", remedy="Giải nén rồi nạp các tệp bên trong.")
    if _PHONE_PICTURE.match(data):
        raise UnsupportedFormat(
            f"“{file}” là ảnh chụp kiểu HEIC của điện thoại, chưa đọc được.",
            remedy="Lưu hoặc xuất ảnh thành JPG, PNG hoặc PDF rồi nạp lại.",
        )
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        from ingest.readers.scans.ocr import read_picture

        return read_picture(data, file, grant)
    if data.startswith(_OLE):
        return _read_ole(data, file, grant)
    if data.startswith(_OUTLOOK):
        raise UnsupportedFormat(
            f"“{file}” là thư đóng gói riêng của Outlook (winmail.dat), chưa đọc được.",
            remedy="Nhờ người gửi gửi lại ở dạng HTML hoặc văn bản thuần, hay gửi riêng tệp đính kèm.",
        )
    if data.startswith(b"{\\rtf"):
        from ingest.readers.office import RTF, read_office

        return read_office(data, file, RTF, grant)
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise EmptyFile(f"“{file}” không có nội dung. {_READABLE}", remedy="Kiểm tra lại tệp đã chọn.")
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        from ingest.readers.html.reader import read_html

        return read_html(data, file)
    if _MAIL.match(data):
        from ingest.readers.mail import is_mail, read_mail

        if is_mail(data):
            return read_mail(
                data, file, lambda inside, name, deep: read(inside, name, password, grant=grant, depth=deep), depth
            )
    # Plain text, tables and Markdown hold the same bytes; only the name says which was meant.
    from ingest.readers.sheets.delimited import is_sheet, read_csv

    if file.lower().endswith((".csv", ".tsv")) or is_sheet(data):
        return read_csv(data, file)
    if file.lower().endswith((".md", ".markdown")):
        from ingest.readers.markdown import read_markdown

        return read_markdown(data, file)
    from ingest.readers.text.reader import read_text

    return read_text(data, file)


def _read_pdf(data: bytes, file: str, password: str | None, grant: Callable[[float], None] | None) -> Source:
    """Read the text layer; pages that are pictures are recognised where that is possible."""
    from ingest.readers.pdf.reader import read_pdf
    from ingest.readers.scans import ocr

    try:
        source = read_pdf(data, file, password)
    except NoText:
        return ocr.read_scan(data, file, password, grant)
    return ocr.fill_scanned_pages(source, data, password, grant)


def _read_archive(data: bytes, file: str, grant: Callable[[float], None] | None) -> Source:
    """Read a zip archive by what its directory lists."""
    from ingest.readers.docx.reader import read_docx
    from ingest.readers.office import ODS, ODT, read_office
    from ingest.readers.packages import check_inflated_size

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.open("mimetype").read(100).decode(errors="replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise DamagedFile(
            f"Không đọc được “{file}”: tệp hỏng hoặc không đầy đủ.",
            remedy="Lấy lại bản gốc rồi nạp lại.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    if "word/document.xml" in names:
        return read_docx(data, file, grant)
    if "xl/workbook.xml" in names:
        from ingest.readers.sheets.xlsx import read_xlsx

        return read_xlsx(data, file)
    if any(name.startswith("xl/") for name in names):
        kind, remedy = "bảng tính Excel nhị phân (.xlsb)", "Mở bằng Excel, lưu thành .xlsx rồi nạp lại."
    elif any(name.startswith("ppt/") for name in names):
        kind, remedy = "bản trình chiếu PowerPoint", "Lưu thành PDF rồi nạp lại."
    elif "content.xml" in names and mimetype in (ODT.media_type, ODS.media_type):
        check_inflated_size(data, file)
        return read_office(data, file, ODT if mimetype == ODT.media_type else ODS, grant)
    elif "content.xml" in names:
        kind, remedy = "tài liệu OpenDocument", "Lưu thành PDF rồi nạp lại."
    else:
        kind, remedy = "tệp nén", "Giải nén rồi nạp các tệp bên trong."
    raise UnsupportedFormat(f"“{file}” là {kind}, chưa đọc được.", remedy=remedy)


def _read_ole(data: bytes, file: str, grant: Callable[[float], None] | None) -> Source:
    """Read what office programs wrote before 2007, or refuse it by what it is."""
    from ingest.readers.office import ole_kind, read_office

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ProtectedFile(
            f"“{file}” là tệp Office có mật khẩu.", remedy="Mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi nạp."
        )
    kind = ole_kind(data)
    if kind is None:
        raise UnsupportedFormat(
            f"“{file}” là tệp Office đời cũ không phải văn bản Word hay bảng tính, chưa đọc được.",
            remedy="Mở bằng chương trình đã tạo ra tệp, lưu thành PDF rồi nạp lại.",
        )
    return read_office(data, file, kind, grant)
