"""What a page's own style sheets and ``style`` attributes say of an element, as far as seeing it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
# Rules inside @media and the like (one level of braces) hold for some screens only.
_AT_RULE = re.compile(r"@[^;{]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIGHT = re.compile(r"(?:display|visibility|opacity|left|top|text-indent|font-size|color|background(?:-[a-z]+)?)\Z")
_MOST_RULES = 2_000


class Styles:
    """Properties of elements by the rules of the page; sheets that it only links to are not known."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.complete = not any("stylesheet" in (link.get_attribute_list("rel")) for link in soup.find_all("link"))
        self._by_tag: dict[int, dict[str, str]] = {}
        sheets = "\n".join(_COMMENT.sub(" ", sheet.get_text()) for sheet in soup.find_all("style"))
        for selector, properties in _rules(sheets):
            for tag in _selected(soup, selector):
                self._by_tag.setdefault(id(tag), {}).update(properties)

    def of(self, tag: Tag) -> dict[str, str]:
        """Return property and value, both in small letters; the ``style`` attribute has the last word."""
        return self._by_tag.get(id(tag), {}) | _declared(str(tag.get("style", "")))


def _rules(sheets: str) -> list[tuple[str, dict[str, str]]]:
    """Rules that say something about seeing an element, the more particular selector last."""
    found: list[tuple[tuple[int, int, int], str, dict[str, str]]] = []
    for match in _RULE.finditer(_AT_RULE.sub(" ", sheets)):
        properties = _declared(match[2])
        if properties:
            selectors = [selector.strip() for selector in match[1].split(",")]
            found += [(_weight(selector), selector, properties) for selector in selectors if selector]
        if len(found) > _MOST_RULES:
            break
    return [(selector, properties) for _, selector, properties in sorted(found, key=lambda rule: rule[0])]


def _weight(selector: str) -> tuple[int, int, int]:
    return selector.count("#"), len(re.findall(r"[.\[:]", selector)), len(re.findall(r"(?:^|[\s>+~])[a-z]", selector))


def _declared(style: str) -> dict[str, str]:
    parts = (declaration.partition(":") for declaration in style.split(";"))
    named = {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in parts}
    return {name: value for name, value in named.items() if value and _SIGHT.match(name)}


def _selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    """Elements a selector names; one that means a state (``:hover``) or is not understood names none."""
    from soupsieve import SelectorSyntaxError

    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError):
        return []
