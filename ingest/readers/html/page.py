"""A web page around its text: navigation, link lists and side columns dropped, boxes set behind the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_AROUND = re.compile(
    r"(?:nav(?:bar|igation)?|menu|bread-?crumbs?|crumbs?|share|social|sharing|related|side-?bar|banner|top-?bar|"
    r"advert(?:isement)?|ads?|comments?|tags?|pagination|pager|toolbar|cookie|newsletter|most-?read|weather)",
    re.IGNORECASE,
)
_BOX = re.compile(r"(?:info|fact|call|pull|text|side)?-?(?:box|out|quote-box|callout|panel)", re.IGNORECASE)
_BLOCKS = ("ul", "ol", "div", "section", "aside")
_HEADINGS = re.compile(r"h[1-6]\Z")
_LINKED_SHARE = 0.8
_FEWEST_LINKS = 2
_FEW_WORDS = 15
_SITE = re.compile(r"\s+[|–—·»-]\s+")


def keep_content(soup: BeautifulSoup) -> None:
    """Drop from a page what stands around its text; do nothing to a page that says nowhere which its text is."""
    body = soup.body
    if body is None:
        return
    article = _article(soup)
    for tag in body.find_all(lambda tag: _names(tag, _AROUND)):
        _drop(tag, article)
    if article is not None:
        for tag in body.find_all(["header", "footer", "aside"]):
            _drop(tag, article)
    for tag in body.find_all(_BLOCKS):
        if not tag.decomposed and tag is not article and _is_link_list(tag):
            heading = tag.find_previous_sibling()
            if heading is not None and _HEADINGS.match(heading.name) and heading.find_next_sibling() is tag:
                heading.decompose()
            tag.decompose()
    if article is not None and not article.decomposed:
        for box in list(_boxes(article)):
            for heading in box.find_all(_HEADINGS)[:1]:
                heading.name = "h2"  # a part of its own, not of the one it floats beside
            article.append(box.extract())


def title_of(soup: BeautifulSoup) -> tuple[str, str]:
    """Return the title of a page and the name of the site it stands on, each "" where the page does not say it."""
    whole = " ".join(soup.title.get_text().split()) if soup.title is not None else ""
    heads = [" ".join(head.get_text().split()) for head in soup.find_all("h1")]
    if len(heads) != 1 or not whole.startswith(heads[0]):
        return whole, ""
    site = _SITE.sub("", whole[len(heads[0]) :], count=1).strip()
    return heads[0], site if site and _SITE.match(whole[len(heads[0]) :]) else ""


def _article(soup: BeautifulSoup) -> Tag | None:
    """Return the part of a page that is its text, where the page says so and the part holds a heading."""
    found = soup.find_all("article") or soup.find_all("main") or soup.select("[role=main]")
    return found[0] if len(found) == 1 and found[0].find(_HEADINGS) is not None else None


def _names(tag: Tag, pattern: re.Pattern[str]) -> bool:
    words = [*tag.get_attribute_list("class"), *tag.get_attribute_list("id"), *tag.get_attribute_list("role")]
    return any(pattern.fullmatch(part) for word in words if word for part in (str(word), *re.split("[-_]", str(word))))


def _drop(tag: Tag, article: Tag | None) -> None:
    """Take an element out, unless it holds the page's title or its text or is part of the article itself."""
    if tag.decomposed or tag is article or tag.find("h1") is not None:
        return
    body = tag.find_parent("body")
    if body is None or len(tag.get_text()) > len(body.get_text()) / 2:
        return  # "with-sidebar" may name what holds everything
    if article is not None and (article in tag.descendants or (article in tag.parents and _says_more(tag))):
        return
    if tag.name in ("body", "main", "html") or (article is None and tag.find("table") is not None):
        return
    tag.decompose()


def _says_more(tag: Tag) -> bool:
    """Whether a part of the article holds more than links and a few words."""
    return tag.find("table") is not None or (len(tag.get_text().split()) > _FEW_WORDS and not _is_link_list(tag))


def _is_link_list(tag: Tag) -> bool:
    """Whether an element holds links and hardly anything else."""
    links = tag.find_all("a", href=True)
    text = len("".join(tag.get_text().split()))
    if len(links) < _FEWEST_LINKS or not text or tag.find("table") is not None:
        return False
    if any(str(link["href"]).lower().endswith((".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip")) for link in links):
        return False
    headed = sum(len("".join(head.get_text().split())) for head in tag.find_all(_HEADINGS))
    return sum(len("".join(link.get_text().split())) for link in links) >= _LINKED_SHARE * (text - headed)


def _boxes(article: Tag) -> Iterator[Tag]:
    """Boxes with a heading of their own, set beside the running text."""
    for tag in article.find_all(["div", "aside", "section", "details"]):
        if (tag.name == "aside" or _names(tag, _BOX)) and tag.find(_HEADINGS) and not tag.find_parent(["aside", "td"]):
            yield tag
