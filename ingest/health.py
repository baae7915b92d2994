"""How well a file was read: characters, share of real Vietnamese syllables, warnings, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.errors import UnsupportedFormat
from ingest.records import MappedText, Page, PageHealth, Section
from ingest.syllables import share_of_syllables

ENOUGH_WORDS = 30
"""Fewer words than this say nothing about a page or a document."""

_UNREADABLE_SHARE = 0.5
_DOUBTFUL_SHARE = 0.9
_BROKEN_SHARE = 0.12
_SURE_RECOGNITION = 0.8
_REPLACEMENT = "\ufffd"

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
# What is left of a word whose accented letters were lost: "T l lao ng" for "Tỷ lệ lao động".
_FRAGMENT = re.compile(r"[b-df-hj-np-tv-xz]{1,3}|g")


def examine(cleaned: MappedText, pages: tuple[Page, ...]) -> tuple[PageHealth, ...]:
    """Examine the cleaned text page by page; page 0 is the whole file where it has no pages.

    Of several pictures in a file without pages the one that was recognised least surely counts.
    """
    confidences: dict[int, float] = {}
    for page in pages:
        if page.confidence is not None:
            confidences[page.number] = min(page.confidence, confidences.get(page.number, 1.0))
    return tuple(_page_health(number, text, confidences.get(number)) for number, text in _page_texts(cleaned, pages))


def refuse_unreadable(cleaned: MappedText, file: str) -> None:
    """Raise :class:`UnsupportedFormat` for text in a legacy font encoding, which would be stored as mojibake."""
    text = cleaned.text
    share = share_of_syllables(text)
    if share is not None and share < _UNREADABLE_SHARE and len(_WORD.findall(text)) >= ENOUGH_WORDS and _foreign(text):
        raise UnsupportedFormat(
            f"“{file}” dùng phông chữ cũ (có thể là TCVN3/.VnTime hoặc VNI): chỉ {share:.0%} số chữ đọc được thành "
            "tiếng Việt.",
            remedy="Chuyển tài liệu sang Unicode (ví dụ bằng UniKey, công cụ chuyển mã), lưu lại rồi nạp.",
        )


def warnings_of(health: tuple[PageHealth, ...]) -> tuple[str, ...]:
    """Gather page warnings into lines for the user: each warning once, with its pages."""
    pages: dict[str, list[str]] = {}
    for page in health:
        for warning in page.warnings:
            pages.setdefault(warning, []).append(str(page.page))
    return tuple(warning if at == ["0"] else f"Trang {', '.join(at)}: {warning}" for warning, at in pages.items())


def shifted_rows(sections: Sequence[Section]) -> tuple[str, ...]:
    """Say that figures of a table stand where no column can be told for sure; they are kept without a header."""
    shifted = [
        one
        for one in sections
        if one.kind == "row"
        and any(cell.header for cell in one.cells)
        and any(cell.value and not cell.header for cell in one.cells)
    ]
    if not shifted:
        return ()
    return (f"Bảng có {len(shifted)} dòng lệch cột, không chắc số thuộc cột nào; nên đối chiếu bản gốc.",)


def _page_texts(cleaned: MappedText, pages: tuple[Page, ...]) -> Iterator[tuple[int, str]]:
    """Cut the cleaned text at page borders; its offsets rise."""
    if not any(page.number for page in pages):
        yield 0, cleaned.text
        return
    from bisect import bisect_left

    for page in pages:
        start, end = bisect_left(cleaned.offsets, page.start), bisect_left(cleaned.offsets, page.end)
        yield page.number, cleaned.text[start:end]


def _page_health(number: int, text: str, confidence: float | None) -> PageHealth:
    characters = sum(1 for character in text if not character.isspace())
    share = share_of_syllables(text)
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    warnings: list[str] = []
    if not characters:
        warnings.append("không có chữ; xem bản gốc, trang trắng thì bỏ qua")
    elif len(words) >= ENOUGH_WORDS:
        if share is not None and share < _DOUBTFUL_SHARE:
            warnings.append("nhiều chữ không phải âm tiết tiếng Việt, nên đối chiếu bản gốc")
        if sum(1 for word in words if _FRAGMENT.fullmatch(word)) > _BROKEN_SHARE * len(words):
            warnings.append("nhiều chữ bị vỡ hoặc mất dấu, phần đó không đưa vào tìm kiếm; nên nạp bản gốc rõ hơn")
    if _REPLACEMENT in text:
        warnings.append("có ký tự không giải mã được, nên đối chiếu bản gốc")
    if confidence is not None and confidence < _SURE_RECOGNITION:
        warnings.append(f"nhận dạng chữ (OCR) chỉ chắc {confidence:.0%}, nên đối chiếu bản gốc")
    return PageHealth(number, characters, 1.0 if share is None else round(share, 3), tuple(warnings), confidence)


def _foreign(text: str) -> bool:
    """Say whether the letters are of the kind legacy fonts leave behind: Latin-1 signs and letters inside words."""
    words = re.findall(r"\S+", text)
    odd = sum(1 for word in words if re.search(r"[\u0080-\u00ff]", word))
    return odd > 0.2 * len(words)
