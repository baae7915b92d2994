"""Markdown: headings, lists, tables and ``[^1]`` notes; marks of emphasis are left out of the text.

Lines keep their ends, because papers put points a), b) on lines of their own; blocks are parted by a blank line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.marks import SUPERSCRIPTS
from ingest.readers.text.reader import decode
from ingest.readers.transcript import Transcript
from ingest.records import Source

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_NOTE_BODY = re.compile(
    r"^\[\^(?P<key>[^\]\s]+)\]:[ \t]*(?P<body>.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)\n?", re.M
)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>", re.S)
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)

Span = tuple[str, str]
"""Text and the label of the note it refers to, "" for running text."""


def read_markdown(data: bytes, file: str) -> Source:
    """Read Markdown (CommonMark with tables and notes). Raises what :func:`ingest.readers.text.decode` raises."""
    text = decode(data, file).replace("\r\n", "\n").replace("\r", "\n")
    properties: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        properties = _front_matter(front["yaml"])
        text = text[front.end() :]
    bodies = {match["key"]: match["body"] for match in _NOTE_BODY.finditer(text)}
    text = _NOTE_BODY.sub("", text)

    from markdown_it import MarkdownIt

    # Rulers under a line and indented lines are layout in official papers, not headings and code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["lheading", "code"])
    writer = _Writer({key: str(number) for number, key in enumerate(_in_order(text, bodies), start=1)})
    writer.tokens(parser.parse(text))
    for key, body in bodies.items():
        writer.note(key, parser.parseInline(" ".join(body.split())))
    return writer.transcript.source(file, MEDIA_TYPE, wrapped=None, properties=properties)


def _front_matter(source: str) -> dict[str, str]:
    """Return the plain values of a YAML head; an unreadable head says nothing."""
    import yaml

    try:
        values = yaml.safe_load(source)
    except yaml.YAMLError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(key): str(value) for key, value in values.items() if isinstance(value, str | int | float)}


def _in_order(text: str, bodies: dict[str, str]) -> list[str]:
    """Keys of the notes as the text refers to them, then those it does not refer to."""
    cited = [key for key in _NOTE_MARK.findall(text) if key in bodies]
    return list(dict.fromkeys([*cited, *bodies]))


class _Writer:
    """Writes the tokens of a document one after the other."""

    def __init__(self, labels: dict[str, str]) -> None:
        # A numbered note keeps its number; a named one gets the number of its place.
        self._labels = {key: key if key.isdigit() else label for key, label in labels.items()}
        self.transcript = Transcript()
        self._lists: list[int | None] = []
        self._marker = ""
        self._rows: list[list[str]] = []
        self._header_rows = 0
        self._heading = 0
        self._in_cell = False

    def tokens(self, tokens: list[Token]) -> None:
        """Write all block tokens."""
        for token in tokens:
            handle = getattr(self, f"_{token.type}", None)
            if handle is not None:
                handle(token)

    def note(self, key: str, tokens: list[Token]) -> None:
        """Write the body of a note on a line of its own."""
        label = self._labels[key]
        start = self.transcript.length
        self.transcript.write(f"{label} ")
        for token in tokens:
            self._write(self._spans(token))
        self.transcript.hint("footnote", start, self.transcript.length, label=label)
        self.transcript.write("\n\n")

    def _heading_open(self, token: Token) -> None:
        self._heading = int(token.tag[1])

    def _heading_close(self, token: Token) -> None:
        self._heading = 0

    def _bullet_list_open(self, token: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._lists.append(int(token.attrs.get("start", 1)))

    def _bullet_list_close(self, token: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number = self._lists[-1]
        if number is None:
            self._marker = "-"
        else:
            printed = token.info or str(number)
            self._marker = f"{printed}{token.markup}"
            self._lists[-1] = int(printed) + 1

    def _list_item_close(self, token: Token) -> None:
        self._marker = ""

    def _table_open(self, token: Token) -> None:
        self._rows, self._header_rows = [], 0

    def _tr_open(self, token: Token) -> None:
        self._rows.append([])

    def _th_open(self, token: Token) -> None:
        self._in_cell = True
        self._header_rows = 1

    def _td_open(self, token: Token) -> None:
        self._in_cell = True

    def _td_close(self, token: Token) -> None:
        self._in_cell = False

    _th_close = _td_close

    def _table_close(self, token: Token) -> None:
        self.transcript.table(self._rows, self._header_rows)
        self.transcript.write("\n")

    def _inline(self, token: Token) -> None:
        spans = self._spans(token)
        if self._in_cell:
            self._rows[-1].append("".join(text.translate(SUPERSCRIPTS) if label else text for text, label in spans))
            return
        start = self.transcript.length
        marker, self._marker = self._marker, ""
        if marker:
            self.transcript.write(f"{marker} ")
        self._write(spans)
        if self._heading:
            self.transcript.hint("heading", start, self.transcript.length, self._heading)
        elif marker:
            self.transcript.hint("list_item", start, self.transcript.length, len(self._lists), marker)
        self.transcript.write("\n\n")

    def _fence(self, token: Token) -> None:
        self.transcript.write(token.content.rstrip("\n") + "\n\n")

    _code_block = _fence

    def _html_block(self, token: Token) -> None:
        text = _TAG.sub("", _LINE_BREAK_TAG.sub("\n", token.content)).strip()
        if text:
            self.transcript.write(text + "\n\n")

    def _write(self, spans: list[Span]) -> None:
        for text, label in spans:
            start = self.transcript.length
            self.transcript.write(text)
            if label:
                self.transcript.hint("reference", start, self.transcript.length, label=label)

    def _spans(self, inline: Token) -> list[Span]:
        spans: list[Span] = []
        for token in inline.children or []:
            line_break = token.type == "html_inline" and _LINE_BREAK_TAG.match(token.content)
            if token.type in ("text", "code_inline", "image"):
                spans += self._with_marks(token.content)
            elif token.type in ("softbreak", "hardbreak") or line_break:
                spans.append(("\n", ""))
        return spans

    def _with_marks(self, text: str) -> list[Span]:
        spans: list[Span] = []
        done = 0
        for match in _NOTE_MARK.finditer(text):
            label = self._labels.get(match[1])
            if label is not None:
                spans += [(text[done : match.start()], ""), (label, label)]
                done = match.end()
        return [*spans, (text[done:], "")]
