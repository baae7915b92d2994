"""Where the title block of a paper ends and where its signature may begin, by what only these hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import patterns as p
from ingest.hint_labels import FIELD_LEVEL, SHEET
from ingest.outline import Paragraph

_TITLE_WORDS = 30
_STRAY_LINES = 6


def title_length(paragraphs: Sequence[Paragraph]) -> int:
    """Return the number of paragraphs at the top that make up the title block (0: the text begins at once)."""
    count = 0
    above = lines_above(paragraphs)
    # the organ above and the organ that issues
    signal = len(paragraphs) > 2 and all(is_organ(paragraph.string) for paragraph in paragraphs[:2])
    for index, paragraph in enumerate(paragraphs[:40]):
        text = paragraph.string
        if index < above:
            continue
        if paragraph.hint is not None and (paragraph.hint.label == SHEET or paragraph.hint.level == FIELD_LEVEL):
            break
        if paragraph.row is not None or (
            paragraph.hint is not None and paragraph.hint.kind == "heading" and signal and _marked_heading(text)
        ):
            break
        is_title = paragraph.hint is not None and paragraph.hint.kind == "title"
        if is_title or (text.startswith("#") and not text.startswith("##")) or _is_title_mark(text):
            signal = True
            count = index + 1
            continue
        if paragraph.hint is not None and paragraph.hint.kind == "heading" and index == 0:
            signal = True
            count = 1
            continue
        if _marked_heading(text) or p.ENACTING.match(text) or p.BULLET.match(text) or p.QUESTION.match(text):
            break
        if p.is_capitals(text) and p.word_count(text) <= 40:
            count = index + 1 if signal or index < 3 else count
            continue
        if signal and p.word_count(text) <= _TITLE_WORDS + 25 and not text.rstrip().endswith((".", ";", ":")):
            count = index + 1
            continue
        break
    return count if signal else 0


def find_back(paragraphs: Sequence[Paragraph]) -> int:
    """Return the index of the first paragraph that may belong to signature and recipients."""
    texts = [paragraph.string for paragraph in paragraphs]
    for index, text in enumerate(texts):
        if p.RECIPIENTS.match(text):
            start = index
            while start and (p.ROLE.match(texts[start - 1]) or p.SIGNED_FOR.match(texts[start - 1])):
                start -= 1
            return start
    for index, text in enumerate(texts):
        if p.BODY_END.fullmatch(text):
            return index + 1
    return max(len(texts) - 8, 0)


def lines_above(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many short lines stand above the letterhead: a stamp, a note of who copied it, a web page's trail."""
    marks = (i for i, paragraph in enumerate(paragraphs[: _STRAY_LINES + 1]) if p.MOTTO.search(paragraph.string))
    first = next(marks, 0)
    # The body's own name stands above or beside the motto and is read as ever.
    while first and _of_letterhead(paragraphs[first - 1].string):
        first -= 1
    short = all(
        paragraph.row is None
        and p.word_count(paragraph.string) <= _TITLE_WORDS
        and not _is_title_mark(paragraph.string)
        for paragraph in paragraphs[:first]
    )
    return first if short else 0


def _of_letterhead(text: str) -> bool:
    return p.is_capitals(text) or _is_title_mark(text)


def _marked_heading(text: str) -> bool:
    return bool(
        p.ROMAN.match(text)
        or p.PART.match(text)
        or p.NUMBERED.match(text)
        or p.CHAPTER.match(text)
        or p.ARTICLE.match(text)
    )


def _is_title_mark(text: str) -> bool:
    """Lines that only a title block holds."""
    if (
        p.MOTTO.search(text)
        or p.LETTER_SUBJECT.match(text)
        or (p.PLACE_DATE.search(text[:120]) and p.word_count(text) <= 20)
    ):
        return True
    if p.NUMBER_MARK.match(text) and p.word_count(text) <= 12:
        return True
    if p.KIND_LINE.match(text) and p.word_count(text) <= 60:
        return True
    return bool(p.ENCLOSED.match(text) and p.word_count(text) <= 60) or is_restatement(text)


def is_organ(text: str) -> bool:
    """Whether a line names an organ in capitals, as a letterhead does."""
    return p.is_capitals(text) and bool(p.UPPER_ORGAN.match(text) or p.LOWER_ORGAN.match(text))


def is_restatement(text: str) -> bool:
    """Whether a line says that the document sums up another text."""
    folded = text.lower()
    return (
        re.search(
            r"bản (?:tóm tắt|tóm lược|trích yếu|ghi lại)|không phải (?:là )?nguyên văn|ghi lại có cấu trúc|tóm lược từ",
            folded,
        )
        is not None
        and p.word_count(text) <= 80
    )
