"""What a reader opens behind a citation: the document, the page and the words where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.records import Citation

if TYPE_CHECKING:
    from ingest.records import DocumentMeta, Page
    from vectorstore.records import StoredDocument
    from vectorstore.store import Store

AROUND = 600
"""Characters shown on either side of a quote."""

RESTATED = "tóm lược, chưa đối chiếu"
"""How a citation that is not word for word is marked, wherever it is shown."""

CAUTION = "Thận trọng: căn cứ chưa chắc chắn. Anh/chị đọc kỹ trích dẫn và các lưu ý (nếu có) trước khi dùng."
"""What stands over an answer that is not sure, wherever it is shown."""

_SWITCHES = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what is shown after them: "gpj.exe" can be made to look like "exe.jpg"."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A run of page text; ``quoted`` when it belongs to the cited words. ``start``/``end`` are offsets."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in its surroundings.

    ``before + quote + after`` is one exact slice of the cleaned document. ``page_parts`` is the whole text printed on
    the page of the quote, in reading order and cut where the quote begins and ends; for formats without pages it holds
    the same slice as ``before``, ``quote``, ``after``. Parts that do not adjoin (body and footnotes of one page) have a
    gap between ``end`` and the next ``start``.
    """

    document: StoredDocument
    title: str
    page: int | None
    page_label: str | None
    section: str
    before: str
    quote: str
    after: str
    start: int
    end: int
    verbatim: bool
    page_parts: tuple[PagePart, ...]


def visible(text: str) -> str:
    r"""Return ``text`` without characters that could act on a screen: controls (newline and tab stay), text reversal.

    >>> visible("a\x1b[31mb\u202egpj.exe")
    'a�[31mb�gpj.exe'
    """
    return "".join(
        "\ufffd" if char in _SWITCHES or (unicodedata.category(char) == "Cc" and char not in "\n\t") else char
        for char in text
    )


def page_words(page: int | None, label: str | None) -> str:
    """Say which page: its place in the file and, where it differs, the number printed on it."""
    if page is None:
        return ""
    return f"trang {page}" if label in (None, "", str(page)) else f"trang {page} (số in trên trang: {label})"


def recognised_words(confidence: float | None) -> str:
    """Say that a page was recognised from a picture, and how surely; nothing for a page that holds its text.

    >>> recognised_words(0.874), recognised_words(None)
    ('nhận dạng ảnh, độ tin cậy 87 %', '')
    """
    return "" if confidence is None else f"nhận dạng ảnh, độ tin cậy {confidence * 100:.0f} %"


def place_words(citation: Citation) -> str:
    """Name the place of a citation in one line: document, number, page, how it was read, section."""
    number = f"số {citation.number}" if citation.number and citation.number not in citation.document else ""
    place = (
        citation.document or citation.file,
        number,
        page_words(citation.page, citation.page_label),
        recognised_words(citation.confidence),
        citation.section,
    )
    return ", ".join(part for part in place if part)


def document_facts(meta: DocumentMeta) -> list[tuple[str, str]]:
    """Return what a document says of itself: (name, value) pairs in the order an officer reads them."""
    facts = [
        ("Loại văn bản", meta.kind),
        ("Số, ký hiệu", meta.number),
        ("Ngày ban hành", vietnamese_date(meta.issued)),
        ("Cơ quan ban hành", meta.issuer),
        ("Trích yếu", meta.subject),
        ("Người ký", meta.signer),
        ("Nơi ban hành", meta.place),
        ("Giai đoạn", f"{meta.period[0]}–{meta.period[1]}" if meta.period and meta.period[0] != meta.period[1] else ""),
        ("Hiệu lực từ", vietnamese_date(meta.effective_from)),
        ("Hiệu lực đến", vietnamese_date(meta.effective_to)),
        ("Văn bản để trống", ", ".join(meta.blanks)),
        ("Tình trạng", "dự thảo" if meta.draft else ""),
        ("Bản này", RESTATED if meta.restated else ""),
    ]
    return [(name, value) for name, value in facts if value]


def vietnamese_date(iso: str | None) -> str:
    """Turn ``2024-03-05`` into ``05/03/2024`` and ``2024-03`` into ``03/2024``.

    >>> vietnamese_date("2024-03-05"), vietnamese_date("2024"), vietnamese_date(None)
    ('05/03/2024', '2024', '')
    """
    return "/".join(reversed(iso.split("-"))) if iso else ""


def passage(store: Store, citation: Citation, around: int = AROUND) -> Passage:
    """Open a citation.

    Raises ``DocumentNotFound`` when the document was removed since the answer was given.
    """
    document = store.document(citation.document_id or citation.file)
    text = store.text(document.id)
    start, end = citation.start, citation.end
    page = citation.page
    parts = page_parts(store, document.id, page) if page is not None else []
    if not any(part.start < end and start < part.end for part in parts):
        parts = [
            PagePart(text[max(0, start - around) : end + around], max(0, start - around), min(len(text), end + around))
        ]
    return Passage(
        document=document,
        title=document.meta.title or document.file,
        page=page,
        page_label=citation.page_label,
        section=citation.section,
        before=text[max(0, start - around) : start],
        quote=text[start:end],
        after=text[end : end + around],
        start=start,
        end=end,
        verbatim=citation.verbatim,
        page_parts=tuple(_cut(parts, start, end)),
    )


def page_parts(store: Store, document_id: str, number: int) -> list[PagePart]:
    """Return the runs of cleaned text that are printed on a page, in reading order; none for an unknown page.

    A page can be several runs: footnotes stand apart from the running text of their page.
    """
    document = store.read(document_id)
    page = next((page for page in document.pages if page.number == number), None)
    if page is None:
        return []
    runs = _runs(document.offsets, page)
    return [PagePart(document.text[start:end], start, end) for start, end in runs if document.text[start:end].strip()]


def _runs(offsets: Iterable[int], page: Page) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    position = -1
    for position, offset in enumerate(offsets):
        inside = page.start <= offset < page.end
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            runs.append((start, position))
            start = None
    if start is not None:
        runs.append((start, position + 1))
    return runs


def _cut(parts: Iterable[PagePart], start: int, end: int) -> Iterable[PagePart]:
    """Cut parts where the quote begins and ends, and mark the pieces inside it."""
    for part in parts:
        edges = sorted({part.start, part.end, *(edge for edge in (start, end) if part.start < edge < part.end)})
        for left, right in pairwise(edges):
            words = part.text[left - part.start : right - part.start]
            yield PagePart(words, left, right, quoted=start <= left and right <= end)
