"""Text of an HTML page that nobody sees: hidden, tiny, white on white, moved off the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.html.style import Styles

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NOTHING = re.compile(r"0+(?:\.0*)?|\.0+|0*%")
_FAR_OFF = re.compile(r"-\d{3,}")
_SIZE = re.compile(r"(\d*\.?\d+)\s*(pt|px|em|rem|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_TINY = 3.5
_WHITE = re.compile(
    r"white|#f{3}|#f[5-9a-f]f[5-9a-f]f[5-9a-f]|rgba?\(\s*(?:24[5-9]|25\d)\s*,\s*(?:24[5-9]|25\d)\s*,\s*(?:24[5-9]|25\d)\b.*"
    r"|transparent",
    re.I,
)


def drop_hidden(soup: BeautifulSoup, styles: Styles) -> list[str]:
    """Take unseen elements out of the page; say how much text was lost in a warning."""
    lost = 0
    for tag in soup.find_all(lambda tag: _is_hidden(tag, styles)):
        if not tag.decomposed:
            lost += sum(1 for character in tag.get_text() if not character.isspace())
            tag.decompose()
    return [f"Bỏ {lost} ký tự chữ ẩn, quá nhỏ hoặc cùng màu nền, người xem trang không thấy."] if lost else []


def _is_hidden(tag: Tag, styles: Styles) -> bool:
    if tag.has_attr("hidden"):
        return True
    style = styles.of(tag)
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _NOTHING.fullmatch(style.get("opacity", "1")):
        return True
    if any(_FAR_OFF.match(style.get(name, "")) for name in ("left", "top", "text-indent")):
        return True
    # An element of size 0 may hold others with a size of their own.
    if _is_tiny(style.get("font-size", "")) and not _sized_inside(tag, styles):
        return True
    color = style.get("color") or str(tag.get("color", "")).strip()
    return bool(color) and _WHITE.fullmatch(color) is not None and not _on_colour(tag, styles)


def _is_tiny(size: str) -> bool:
    match = _SIZE.match(size)
    return match is not None and float(match[1]) * _POINTS[match[2] or ""] < _TINY


def _sized_inside(tag: Tag, styles: Styles) -> bool:
    return any("font-size" in styles.of(inside) for inside in tag.find_all(True))


def _on_colour(tag: Tag, styles: Styles) -> bool:
    """Say whether a ground may lie behind: its own or an ancestor's, or one of a style sheet that is not known."""
    for above in (tag, *tag.parents):
        if above.has_attr("bgcolor") or any(name.startswith("background") for name in styles.of(above)):
            return True
        if not styles.complete and (above.has_attr("class") or above.has_attr("id")):
            return True
    return False
