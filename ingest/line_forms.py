"""What the words of a paragraph say it is: an item and its label, what announces a list, the line of a signature."""

from __future__ import annotations

import re

from ingest import patterns as p
from ingest.outline import Paragraph
from ingest.sentences import split

RUN_IN_WORDS = 25
"""A first sentence up to this long names the numbered paragraph it opens."""


def is_signing(text: str) -> bool:
    """Whether a line opens a signature: "KT. GIÁM ĐỐC", "CHỦ TỊCH"."""
    if p.SIGNED_FOR.match(text):
        return True
    return p.ROLE.match(text) is not None and p.is_capitals(text) and p.word_count(text) <= 14


def item_of(text: str, paragraph: Paragraph) -> tuple[str, str] | None:
    """Kind of marker and label of a list item, ``None`` when the text is not one."""
    if match := p.ORDINAL_ITEM.match(text):
        return "một", match["label"]
    if match := p.BULLET.match(text) or p.DASHED.match(text):
        inner = p.PAREN_ITEM.match(text[match.end() :])
        return match["label"].replace("–", "-"), inner["label"] if inner else ""
    match = p.NUMBERED.match(text)
    if match and (match["end"] or "." in match["label"] or p.starts_upper(text[match.end() :])):
        return "1.", match["label"]
    if match := p.PAREN_ITEM.match(text) or p.NUMBER_PAREN.match(text):
        return "1)", match["label"]
    if match := p.LETTER_PAREN.match(text):
        return "a)", match["label"]
    if paragraph.hint is not None and paragraph.hint.kind == "list_item":
        return f"•{paragraph.hint.level}", paragraph.hint.label
    return None


def is_marked(text: str) -> bool:
    """Whether ``text`` begins like a heading or a list item."""
    return bool(
        p.PART.match(text) or p.BULLET.match(text) or p.ORDINAL_ITEM.match(text) or p.PAREN_ITEM.match(text)
        or p.NUMBER_PAREN.match(text) or p.LETTER_PAREN.match(text) or p.MARKDOWN_HEADING.match(text)
        or p.ARTICLE.match(text) or p.CHAPTER.match(text) or p.DIVISION.match(text) or p.RECIPIENTS.match(text)
        or ((m := p.NUMBERED.match(text)) and m["end"] and p.starts_upper(text[m.end() :]))
        or ((m := p.ROMAN.match(text)) and p.starts_upper(text[m.end() :]))
        or (p.DASHED.match(text) and p.starts_upper(text[1:]))
    )  # fmt: skip


def announces(text: str) -> bool:
    """Whether a text ends by announcing what comes next."""
    return text.rstrip(' ”"*' + p.SUPERSCRIPTS).endswith(":")


def label_of(text: str) -> str:
    """Return the number a heading begins with, "" without one."""
    for pattern in (p.ROMAN, p.NUMBERED, p.LETTER_PAREN):
        if match := pattern.match(text):
            return match["label"]
    return ""


def one_line(text: str) -> str:
    """Write a heading as one line without closing signs."""
    return " ".join(text.rstrip(" .:;" + p.SUPERSCRIPTS).split())


def run_in_title(text: str, match: re.Match[str]) -> str:
    """Name of a numbered paragraph: its first sentence, what stands before a colon, or its opening words."""
    start, end = split(text)[0]
    first = text[start:end]
    colon = first.find(": ", match.end())
    if colon > 0 and p.word_count(first[:colon]) <= 15:
        return one_line(first[:colon])
    if p.word_count(first) <= RUN_IN_WORDS:
        return one_line(first)
    opening = " ".join(first.split()[:RUN_IN_WORDS])
    comma = opening.rfind(",")
    return (opening[:comma] if comma > 20 else " ".join(first.split()[:15])) + "…"


_LETTERS = "abcdđeghiklmnopqrstuvxy"


def comes_after(first: str, second: str) -> bool:
    """Whether a label is the next one after another: "1" and "2", "2.1" and "2.2", "d)" and "đ)"."""
    before, after = first.rstrip(").").split("."), second.rstrip(").").split(".")
    if before[:-1] != after[:-1] or first.endswith(")") != second.endswith(")"):
        return False
    last, now = before[-1], after[-1]
    if last.isdigit() and now.isdigit():
        return int(now) == int(last) + 1
    return len(last) == len(now) == 1 and f"{last}{now}" in _LETTERS
