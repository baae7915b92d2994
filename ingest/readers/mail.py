"""E-mail messages (.eml): the heads a reader sees, the text, and every attachment read by its own reader.

Web pages saved with their pictures in one file (.mht) have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from ingest.errors import DamagedFile, EmptyFile, UnreadableFile, UnsupportedFormat
from ingest.readers.html.reader import read_html
from ingest.readers.text.reader import decode
from ingest.readers.transcript import Transcript
from ingest.records import Source

MEDIA_TYPE = "message/rfc822"
MAX_ATTACHMENTS = 100
MAX_DEPTH = 3

Reader = Callable[[bytes, str, int], Source]
"""Reads an attachment: its bytes, its name, how deep it lies (messages attached to messages)."""

_HEADS = (("Subject", "Chủ đề"), ("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày"))
_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n")
_NAMES = re.compile(rb"^(from|date|subject|to|received|message-id|mime-version|return-path):", re.I | re.M)
_SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
"""A web page saved with its pictures in one file (.mht), as Word and browsers do: a message without a sender."""
_ENOUGH_NAMES = 3
_HEAD_WITHIN = 65_536
_LONGEST_NAME = 80


def is_mail(data: bytes) -> bool:
    """Say whether a file begins with the head of a message."""
    head = _HEAD.match(data[:_HEAD_WITHIN].lstrip(b"\xef\xbb\xbf\r\n"))
    if head is None:
        return False
    names = {name.lower() for name in _NAMES.findall(head.group())}
    return (b"from" in names and len(names) >= _ENOUGH_NAMES) or _SAVED_PAGE.search(head.group()) is not None


def read_mail(data: bytes, file: str, read: Reader, depth: int = 0) -> Source:
    """Read a message; attachments stand after its text, each under its name, those refused are named in a warning.

    Raises :class:`DamagedFile`, or :class:`EmptyFile` for a message without text and readable attachments.
    """
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        return _read(message, file, read, depth)
    except UnreadableFile:
        raise
    except Exception as error:
        raise DamagedFile(
            f"Không đọc được “{file}”: thư điện tử hỏng hoặc không đầy đủ.",
            remedy="Mở thư bằng chương trình thư, lưu lại thành .eml hoặc in ra PDF rồi nạp lại.",
            detail=f"{type(error).__name__}: {error}",
        ) from error


def _read(message: EmailMessage, file: str, read: Reader, depth: int) -> Source:
    transcript = Transcript()
    warnings: list[str] = []
    for name, shown in _HEADS:
        value = _head(message, name)
        if value:
            transcript.line(f"{shown}: {value}")
    texts, attachments = _parted(message)
    parts = [part for part in (_body(text, file) for text in texts) if part is not None]
    for part in parts:
        _append(transcript, part)
    if len(attachments) > MAX_ATTACHMENTS:
        warnings.append(f"Chỉ đọc {MAX_ATTACHMENTS} tệp đính kèm đầu tiên.")
    for number, attachment in enumerate(attachments[:MAX_ATTACHMENTS], start=1):
        name, content = _attached(attachment, number)
        if depth >= MAX_DEPTH:
            warnings.append(f"Không đọc tệp đính kèm “{name}”: thư lồng trong thư quá sâu.")
            continue
        try:
            source = read(content, name, depth + 1)
        except UnreadableFile as error:
            warnings.append(f"Không đọc tệp đính kèm “{name}”: {error.message} {error.remedy}".rstrip())
            continue
        transcript.line(f"Tệp đính kèm: {name}", "heading", 1)
        _append(transcript, source, below=1)
        parts.append(source)
        warnings += [f"Tệp đính kèm “{name}”: {warning}" for warning in source.warnings]
    if not parts:
        reason = " ".join(warnings)
        raise EmptyFile(f"“{file}” không có nội dung. {reason}".rstrip(), remedy="Kiểm tra lại thư đã lưu.")
    kinds = {part.wrapped for part in parts}
    return Source(
        text=transcript.text,
        media_type=MEDIA_TYPE,
        pages=transcript.stretches,
        hints=tuple(transcript.hints),
        wrapped=kinds.pop() if len(kinds) == 1 else None,
        properties={"title": subject} if (subject := " ".join(str(message.get("Subject", "")).split())) else {},
        warnings=tuple(warnings),
    )


def _head(message: EmailMessage, name: str) -> str:
    """Return a head as a reader sees it; the day the Vietnamese way."""
    value = message.get(name)
    sent = getattr(value, "datetime", None)
    return sent.strftime("%d/%m/%Y %H:%M") if sent is not None else " ".join(str(value or "").split())


def _parted(part: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """Part a message into the texts its reader sees in the window and what is attached.

    Of alternatives the plain text counts; what belongs to a page (its pictures, a signature's logo) is left out.
    """
    kind = part.get_content_maintype()
    if kind == "multipart":
        inside = [_parted(one) for one in part.iter_parts() if isinstance(one, EmailMessage)]
        attached = [one for _, found in inside for one in found]
        if part.get_content_subtype() == "related":
            return (inside[0][0] if inside else []), [one for one in attached if one.is_attachment()]
        if part.get_content_subtype() != "alternative":
            return [text for texts, _ in inside for text in texts], attached
        ways = [texts for texts, _ in inside if texts]
        ways.sort(key=lambda texts: texts[0].get_content_subtype() != "plain")
        return (ways[0] if ways else []), attached
    named = part.is_attachment() or bool(part.get_filename())
    if kind == "text" and part.get_content_subtype() in ("plain", "html") and not named:
        return [part], []
    belongs = kind == "image" and part["Content-ID"] is not None and not part.is_attachment()
    return [], [] if belongs else [part]


def _body(body: EmailMessage, file: str) -> Source | None:
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    if body.get_content_subtype() == "html":
        try:
            return read_html(_with_charset(content, body.get_content_charset()), file)
        except EmptyFile:
            return None
    text = _text(content, body.get_content_charset(), file).replace("\r\n", "\n")
    flowed = str(body.get_param("format", "")).lower() == "flowed"
    if flowed:
        text = re.sub(r" \n(?=\S)", " ", text)
    return Source(text.rstrip() + "\n", MEDIA_TYPE, wrapped=None) if text.strip() else None


def _text(content: bytes, charset: str | None, file: str) -> str:
    """Decode by the character set named; where none is, or a wrong one, by the one that gives Vietnamese."""
    try:
        return content.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        try:
            return decode(content, file)
        except UnsupportedFormat:
            return content.decode("utf-8", errors="replace")


def _with_charset(content: bytes, charset: str | None) -> bytes:
    """Turn an HTML body into UTF-8 by the character set its head names."""
    if charset is None:
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _attached(part: EmailMessage, number: int) -> tuple[str, bytes]:
    name = part.get_filename() or ""
    if part.get_content_maintype() == "message":
        inner = part.get_payload(0)
        if not isinstance(inner, EmailMessage):
            return name or f"thư {number}.eml", b""
        subject = _head(inner, "Subject").replace("/", "-").replace("\\", "-")[:_LONGEST_NAME]
        return name or f"{subject or f'thư {number}'}.eml", inner.as_bytes()
    content = part.get_payload(decode=True)
    kept = name.replace("\\", "/").rsplit("/", 1)[-1] or f"tệp {number}"
    return kept, content if isinstance(content, bytes) else b""


def _append(transcript: Transcript, source: Source, below: int = 0) -> None:
    """Write a source's text with its hints, which move along; its headings go ``below`` levels deeper."""
    start = transcript.length
    transcript.write(source.text if source.text.endswith("\n") else source.text + "\n")
    for hint in source.hints:
        level = hint.level + below if hint.kind == "heading" else hint.level
        transcript.hints.append(replace(hint, start=hint.start + start, end=hint.end + start, level=level))
    for page in source.pages:
        if page.confidence is not None:
            transcript.recognised(page.start + start, page.end + start, page.confidence)
