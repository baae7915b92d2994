"""Text of an HTML page that nobody sees: hidden, tiny, white on white, moved off the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.I,
)
_SIZE = re.compile(r"font-size\s*:\s*(\d*\.?\d+)\s*(pt|px|em|rem|%)?", re.I)
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_TINY = 3.5
_COLOR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.I)
_WHITE = re.compile(
    r"white|#f{3}|#f[5-9a-f]f[5-9a-f]f[5-9a-f]|rgba?\(\s*(?:24[5-9]|25\d)\s*,\s*(?:24[5-9]|25\d)\s*,\s*(?:24[5-9]|25\d)\b.*"
    r"|transparent",
    re.I,
)


def drop_hidden(soup: BeautifulSoup) -> list[str]:
    """Take unseen elements out of the page; say how much text was lost in a warning."""
    lost = 0
    for tag in soup.find_all(_is_hidden):
        if not tag.decomposed:
            lost += sum(1 for character in tag.get_text() if not character.isspace())
            tag.decompose()
    return [f"Bỏ {lost} ký tự chữ ẩn, quá nhỏ hoặc cùng màu nền, người xem trang không thấy."] if lost else []


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden"):
        return True
    style = str(tag.get("style", ""))
    if _HIDDEN.search(style):
        return True
    size = _SIZE.search(style)
    # An element of size 0 may hold others with a size of their own.
    if size and float(size[1]) * _POINTS[(size[2] or "").lower()] < _TINY and not _sized_inside(tag):
        return True
    named = _COLOR.search(style)
    color = named[1].strip() if named else str(tag.get("color", "")).strip()
    return bool(color) and _WHITE.fullmatch(color) is not None and not _on_colour(tag)


def _sized_inside(tag: Tag) -> bool:
    return any(_SIZE.search(str(inside.get("style", ""))) for inside in tag.find_all(style=True))


def _on_colour(tag: Tag) -> bool:
    """Say whether a ground may lie behind: its own, an ancestor's, or one that a style sheet gives by class or id."""
    for above in (tag, *tag.parents):
        if above.has_attr("class") or above.has_attr("id") or above.has_attr("bgcolor"):
            return True
        if "background" in str(above.get("style", "")).lower():
            return True
    return False
