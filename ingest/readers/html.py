"""HTML: what a browser shows, without scripts, styles and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.errors import UnsupportedFormat
from ingest.hint_labels import FIELD_LEVEL
from ingest.readers.docx_numbering import in_form
from ingest.readers.html_hidden import drop_hidden
from ingest.readers.html_page import keep_content, title_of
from ingest.readers.html_style import Styles
from ingest.readers.marks import SUPERSCRIPTS, is_exponent
from ingest.readers.side_by_side import Row, is_form
from ingest.readers.text import decode
from ingest.readers.transcript import Transcript
from ingest.records import Source

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MEDIA_TYPE = "text/html"

_UNSEEN = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "head",
    "nav",
    "iframe",
    "object",
    "select",
    "button",
]
_LINES = frozenset(["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"])
_LINES |= {"fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "main", "ol", "p", "pre", "ul"}
_LINES |= {"section", "table", "tbody", "tfoot", "thead"}
_HEADING = re.compile(r"h([1-6])")
_MARK = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?")
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LAYOUT_ROWS = 4
_LAYOUT_COLUMNS = 3


def read_html(data: bytes, file: str) -> Source:
    """Read an HTML page. Raises :class:`EmptyFile`, or :class:`UnsupportedFormat` for an unreadable encoding."""
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(decode(data, file), "lxml")
    except UnsupportedFormat:
        soup = BeautifulSoup(data, "lxml")
        if soup.declared_html_encoding is None:
            raise
    properties = _properties(soup)
    styles = Styles(soup)
    for node in soup.find_all(_UNSEEN):
        node.decompose()
    warnings = drop_hidden(soup, styles)
    keep_content(soup)
    writer = _Writer()
    if soup.body is not None:
        writer.block(soup.body)
    writer.end_line()
    return writer.transcript.source(file, MEDIA_TYPE, wrapped=False, properties=properties, warnings=warnings)


def _properties(soup: BeautifulSoup) -> dict[str, str]:
    title, site = title_of(soup)
    return {name: value for name, value in (("title", title), ("publisher", site)) if value}


class _Writer:
    """Collects inline text until a block ends, then writes it as one line."""

    def __init__(self) -> None:
        self.transcript = Transcript()
        self._spans: list[tuple[str, str]] = []
        self._depth = 0

    def block(self, tag: Tag) -> None:
        """Write everything inside a tag."""
        from bs4 import Comment, Tag
        from bs4.element import NavigableString

        for node in tag.children:
            if isinstance(node, Tag):
                self._tag(node)
            elif isinstance(node, NavigableString) and not isinstance(node, Comment):
                self._spans.append((str(node) if tag.name == "pre" else re.sub(r"\s+", " ", str(node)), ""))

    def end_line(self, heading: int = 0, marker: str = "") -> None:
        """Write the collected text as a line; white space is drawn together as a browser does."""
        spans, self._spans = self._spans, []
        if not "".join(text for text, _ in spans).strip():
            return
        start = self.transcript.length
        if marker:
            self.transcript.write(f"{marker} ")
        begun = False
        blank = False
        for text, label in spans:
            if not begun:
                text = text.lstrip()
            if blank:
                text = text.lstrip(" ")
            if not text:
                continue
            begun, blank = True, text.endswith(" ")
            at = self.transcript.length
            self.transcript.write(text)
            if label:
                self.transcript.hint("reference", at, self.transcript.length, label=label)
        if heading:
            self.transcript.hint("heading", start, self.transcript.length, heading)
        elif marker:
            self.transcript.hint("list_item", start, self.transcript.length, self._depth, marker)
        self.transcript.write("\n")

    def _tag(self, tag: Tag) -> None:
        heading = _HEADING.fullmatch(tag.name)
        if heading:
            self.end_line()
            self.block(tag)
            self.end_line(heading=int(heading[1]))
        elif tag.name in ("ul", "ol"):
            self.end_line()
            self._list(tag)
        elif tag.name == "table":
            self.end_line()
            self._table(tag)
        elif tag.name == "br":
            self._spans.append(("\n", ""))
        elif tag.name == "sup":
            self._raised(tag)
        elif tag.name in _LINES:
            self.end_line()
            self.block(tag)
            self.end_line()
        else:
            self.block(tag)

    def _raised(self, tag: Tag) -> None:
        text = tag.get_text().strip()
        match = _MARK.fullmatch(text)
        before = "".join(earlier for earlier, _ in self._spans)
        if match and not is_exponent(before, text):
            self._spans.append((text, match[1]))
        else:
            self._spans.append((text, ""))

    def _list(self, tag: Tag) -> None:
        self._depth += 1
        start = str(tag.get("start", "1"))
        number = int(start) if start.isdigit() else 1
        form = _LIST_FORMS.get(str(tag.get("type", "")), "decimal")
        for item in tag.find_all("li", recursive=False):
            marker = "-" if tag.name == "ul" else in_form(number, form) + "."
            number += 1
            self._item(item, marker)
        self._depth -= 1

    def _item(self, item: Tag, marker: str) -> None:
        """Write a list item; its marker stands before its first line."""
        from bs4 import Tag

        for node in list(item.children):
            if isinstance(node, Tag) and (node.name in _LINES or _HEADING.fullmatch(node.name)):
                if "".join(text for text, _ in self._spans).strip():
                    self.end_line(marker=marker)
                    marker = ""
                if node.name in ("p", "div") and marker and not node.find(["ul", "ol", "table"]):
                    self.block(node)
                    self.end_line(marker=marker)
                    marker = ""
                else:
                    self._tag(node)
            elif isinstance(node, Tag):
                self._tag(node)
            else:
                self._spans.append((re.sub(r"\s+", " ", str(node)), ""))
        self.end_line(marker=marker)

    def _table(self, table: Tag) -> None:
        caption = table.find("caption", recursive=False)
        if caption is not None:
            self.block(caption)
            self.end_line()
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
        if _is_layout(table, cells):
            for row in cells:
                for cell in row:
                    self.block(cell)
                    self.end_line()
            return
        header = 0
        for row in cells:
            if not row or any(cell.name != "th" for cell in row):
                break
            header += 1
        grid = _grid(cells)
        if header < 2 and is_form(grid):
            for asked, answer in cells:
                self.transcript.line(_cell_text(asked), "heading", FIELD_LEVEL)
                self.block(answer)
                self.end_line()
            return
        if any(cell for row in grid for cell in row):
            self.transcript.table(grid, header or None)


def _is_layout(table: Tag, cells: Sequence[Sequence[Tag]]) -> bool:
    """Say whether a table only places text side by side, like the heads and signatures of official papers."""
    columns = max((len(row) for row in cells), default=0)
    if columns <= 1 or table.find("table") is not None:
        return True
    if table.find("th") is not None or str(table.get("border", "0")) not in ("", "0"):
        return False
    if "border" in str(table.get("style", "")) and "none" not in str(table.get("style", "")):
        return False
    return len(cells) < _LAYOUT_ROWS or columns < _LAYOUT_COLUMNS


def _grid(cells: Sequence[Sequence[Tag]]) -> list[Row]:
    """Lay the cells out in rows and columns; places covered by a merged cell are ``None``."""
    grid: list[Row] = []
    covered: dict[int, int] = {}
    for row in cells:
        line: list[str | None] = []
        following = {column: count - 1 for column, count in covered.items() if count > 1}
        for cell in row:
            line += _covered_places(covered, len(line))
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                following.update({len(line) + i: height - 1 for i in range(width)})
            line += [_cell_text(cell), *[None] * (width - 1)]
        line += _covered_places(covered, len(line))
        grid.append(line)
        covered = following
    return grid


def _covered_places(covered: dict[int, int], column: int) -> list[None]:
    """Places from ``column`` on that a cell of a row above lies over."""
    count = 0
    while column + count in covered:
        count += 1
    return [None] * count


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), 1000) if value.isdigit() else 1


def _cell_text(cell: Tag) -> str:
    for raised in cell.find_all("sup"):
        if _MARK.fullmatch(raised.get_text().strip()):
            raised.string = raised.get_text().strip("[]() ").translate(SUPERSCRIPTS)
    for line_break in cell.find_all("br"):
        line_break.replace_with(" ")
    return " ".join(cell.get_text().split())
