"""Printed lines joined into paragraphs: which line goes on with the one before, and how the two are put together."""

from __future__ import annotations

from collections.abc import Callable

from ingest import patterns as p
from ingest.lines import Layout, Line, ends_sentence
from ingest.records import MappedText
from ingest.sentences import split
from ingest.syllables import is_syllable

_CONNECTORS_TEXT = """
của và các về với trong tại tỉnh huyện xã phường thị bộ sở số thứ theo cho từ đến do là được bằng trên những một
hoặc như giữa ở để khi vào cùng gồm tặng đồng ông bà
"""
CONNECTORS = frozenset(_CONNECTORS_TEXT.split())
"""Words that call for another one: a line that ends with them goes on, even before a capital letter."""
_PUNCTUATION = ".,;:()“”\"'"
NAMES = frozenset({"Đảng", "Nhân", "Tổ", "Quốc", "Ủy", "Uỷ"})
"""First words of names that end a phrase, such as "chỉnh đốn Đảng", more often than they begin a sentence."""


def goes_on(before: str, line: Line, layout: Layout, last_line: str, is_marked: Callable[[str], bool]) -> bool:
    """Whether ``line`` continues the paragraph ``before``, whose last printed line is ``last_line``.

    ``is_marked`` says whether a text begins like a heading or a list item.
    """
    text = line.text
    closed = ends_sentence(before)
    if _begins_block(text) or _ends_with_motto(before) or _is_lower_organ(before, text) or _is_aside(before):
        return False
    if not layout.wrapped:
        # One paragraph a line: only a paragraph cut in two by a page break is put together again.
        if closed or is_marked(text) or len(last_line) < 40 or is_marked_short(before):
            return False
        return p.starts_lower(text) or before.endswith(",")
    blank = (line.blanks > 0 and layout.blanks_tell) or (line.page_start and closed)
    short = len(last_line) + 1 + len(text.split()[0]) < layout.near
    if p.is_capitals(before) and p.is_capitals(text) and not is_marked(text):
        return not closed
    if text[0] in "-–" and not (closed or blank or is_marked(before) or p.is_capitals(before)):
        return len(last_line) >= 0.7 * layout.width  # a dash inside a sentence: "Lạng Sơn / – Hà Nội"
    if is_marked(text):
        return not (closed or short or blank or p.is_capitals(before)) and not _strong_marker(text)
    if _open_quote(before) and not blank:
        return True
    if closed:
        if not p.starts_upper(text):
            return not (blank and short)
        ends_here = len(last_line) + 1 + len(text.split()[0]) <= layout.width
        return not (ends_here or blank or (p.is_capitals(text) and p.word_count(text) >= 3))
    if text[0] == "(" and p.starts_upper(text) and len(last_line) < 0.6 * layout.width:
        return False  # a remark on a line of its own: "(Đã ký)"
    if p.starts_lower(text) or not text[0].isalpha():
        return True
    if p.is_capitals(before) and p.word_count(before) > 1:
        return False
    if len(last_line) < 0.6 * layout.width:
        return False
    if blank and len(last_line) + 1 + len(text.split()[0]) < layout.width:
        return False
    if before.endswith(",") or before.split()[-1].lower() in CONNECTORS:
        return True
    if _may_be_heading(before):
        # it ends where the next word would still have fitted; names are given the benefit of the doubt
        name = text.split()[0].strip('“"(,.') in NAMES
        return not blank and len(last_line) + 1 + len(text.split()[0]) > (layout.near if name else layout.width + 2)
    # the first line of a paragraph is indented, so it may be shorter than the others
    slack = 0.85 if before == last_line else 1.0
    return len(last_line) + 1 + len(text.split()[0]) >= slack * layout.near


def _may_be_heading(text: str) -> bool:
    """Whether ``text`` is numbered or bulleted and one phrase only."""
    marker = p.ROMAN.match(text) or p.NUMBERED.match(text) or p.LETTER_PAREN.match(text) or p.BULLET.match(text)
    if marker is None or p.word_count(text) > 80 or ": " in text:
        return False
    return len(split(text)) == 1 and not p.PAREN_ITEM.match(text[marker.end() :])


def is_marked_short(text: str) -> bool:
    """Whether ``text`` is a short numbered line, which is complete without closing punctuation."""
    return p.word_count(text) <= 25 and bool(
        p.ROMAN.match(text) or p.NUMBERED.match(text) or p.LETTER_PAREN.match(text)
    )


def _begins_block(text: str) -> bool:
    """Lines that never continue another: parts of a title block, recipients, a document's kind on its own line."""
    if p.QUESTION.match(text) or p.REPLY.match(text):
        return True
    if p.UNIT_LINE.match(text):
        return True
    if p.PART.match(text) or p.RECIPIENTS.match(text) or p.ENCLOSED.match(text) or p.MOTTO.match(text):
        return True
    if (
        p.OPENING.match(text)
        or p.PLACE_DATE.match(text)
        or text.startswith(("Số:", "Số :", "#"))
        or p.SIGNED_FOR.match(text)
    ):
        return True
    kind = p.KIND_LINE.match(text)
    return kind is not None and kind.end() == len(text.rstrip())


def _ends_with_motto(text: str) -> bool:
    """Whether a line of the letterhead is complete: what stands below it may be the other side's."""
    return any(match.end() >= len(text.rstrip(" -–_⎯")) for match in p.MOTTO.finditer(text))


def _is_aside(text: str) -> bool:
    """Whether a text is one remark in brackets, as under a title: "(Kèm theo Quyết định số …)"."""
    return text[0] == "(" and text[-1] == ")" and p.starts_upper(text)


def _is_lower_organ(before: str, text: str) -> bool:
    """Tell the two lines of a letterhead apart: the organ above and the organ that issues."""
    if p.word_count(before) > 10 or p.word_count(text) > 10 or not p.is_capitals(text):
        return False
    if p.LOWER_ORGAN.match(text) and p.UPPER_ORGAN.match(before):
        return True
    above = p.LOWER_ORGAN.match(before)
    # "VĂN PHÒNG" alone is half a name: the next line says of what
    return bool(above and before[above.end() :].strip() and p.is_capitals(before) and p.LOWER_ORGAN.match(text))


def _strong_marker(text: str) -> bool:
    """Markers that hardly ever begin a wrapped line by chance."""
    lettered = p.LETTER_PAREN.match(text)
    return bool((lettered and p.starts_upper(text[2:])) or (p.ROMAN.match(text) and p.is_capitals(text)))


def _open_quote(text: str) -> bool:
    tail = text[-400:]
    return tail.rfind("“") > tail.rfind("”") or tail.rfind("(") > tail.rfind(")")


def _is_foreign_word(first: str, second: str) -> bool:
    """Whether a hyphen at a line end parts one foreign word: Vietnamese words have one syllable, never parted."""
    parts = [part.strip(_PUNCTUATION) for part in (first, second)]
    return all(len(part) >= 3 and part.isalpha() and not is_syllable(part) for part in parts)


def glue(left: MappedText, right: MappedText, known: frozenset[str]) -> MappedText:
    """Join two printed lines: a space, or nothing after a hyphen that belongs to a number, code or compound.

    A hyphen that only breaks a word at the line's end is dropped when the whole word is ``known`` or foreign.
    """
    text = left.text
    if len(text) >= 2 and text[-1] in "-–" and not text[-2].isspace():
        if right.text[:1].islower() and text[-2].islower():
            first, second = text[:-1].split()[-1], right.text.split()[0]
            if (first + second).strip(_PUNCTUATION).lower() in known or _is_foreign_word(first, second):
                return MappedText.join((left[: len(left) - 1], right))
        return MappedText.join((left, right))
    if not len(left) or not len(right):
        return left if len(left) else right
    space = MappedText(" ", left.offsets[-1:])
    return MappedText.join((left, space, right))
