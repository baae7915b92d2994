"""A chunk cut into the units an answer is made of: sentences, clauses, list items, rows, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from assistant.ablation import NOTHING
from assistant.words import join, joined
from ingest.clean import fold
from ingest.line_forms import announces
from ingest.records import Chunk
from ingest.sentences import clauses, split
from vectorstore.lexical import Cuttings, tokens

UnitKind = Literal["sentence", "clause", "item", "row", "note", "heading"]

LONG = 42
"""Words from which a sentence is offered in clauses as well."""
MERGED = 30
"""Words up to which neighbouring clauses are put together."""

_ITEM = re.compile(r"\s*(?:[-–+*•]|\(?\d{1,2}[).](?!\d)|\([a-zđ]\)|[a-zđ]\))\s*(?=\S)")
_REFERENCE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class Unit:
    """A stretch of the document that can be said on its own.

    ``start``/``end`` and ``sentence`` (the whole sentence or item it was cut from, which is what gets quoted) are
    offsets of the document; ``before`` joins the accent-free words that must be known to understand it, ``lead`` those
    of the line that announces it.
    """

    chunk: Chunk
    kind: UnitKind
    start: int
    end: int
    sentence: tuple[int, int]
    cuttings: Cuttings = field(repr=False, compare=False)
    before: str = ""
    lead: str = ""

    @cached_property
    def text(self) -> str:
        """The unit as it stands in the document."""
        return self.chunk.text[self.start - self.chunk.start : self.end - self.chunk.start]

    @property
    def sentence_text(self) -> str:
        """The sentence it belongs to."""
        return self.chunk.text[self.sentence[0] - self.chunk.start : self.sentence[1] - self.chunk.start]

    @cached_property
    def sentence_tokens(self) -> tuple[str, ...]:
        """Accent-free tokens of the sentence."""
        return tuple(tokens(self.sentence_text))

    @cached_property
    def sentence_joined(self) -> str:
        """Accent-free tokens of the sentence between spaces."""
        return join(self.sentence_tokens)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Accent-free tokens."""
        return tuple(self.cuttings.tokens(self.start - self.chunk.start, self.end - self.chunk.start))

    @cached_property
    def joined(self) -> str:
        """Accent-free tokens between spaces, for containment tests."""
        return join(self.tokens)

    @cached_property
    def set(self) -> frozenset[str]:
        """Different accent-free tokens."""
        return frozenset(self.tokens)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Different tokens that are numbers."""
        return frozenset(token for token in self.tokens if token.isdigit())

    @cached_property
    def syllables(self) -> tuple[str, ...]:
        """Different accent-free tokens made of letters."""
        return tuple(token for token in self.set if token.isalpha())

    @cached_property
    def accented(self) -> frozenset[str]:
        """Different tokens with their accents."""
        return frozenset(self.cuttings.accented(self.start - self.chunk.start, self.end - self.chunk.start))

    @cached_property
    def around(self) -> frozenset[str]:
        """Different tokens of what stands before."""
        return frozenset(self.before.split())

    @cached_property
    def words(self) -> int:
        """Length in words."""
        return len(self.text.split())

    @property
    def notes(self) -> tuple[str, ...]:
        """Numbers of the notes referred to, in order."""
        return tuple(mark.translate(_DIGITS) for mark in _REFERENCE.findall(self.text))


@dataclass(frozen=True)
class Passage:
    """A chunk with its units and the words around it."""

    chunk: Chunk
    units: tuple[Unit, ...]
    cuttings: Cuttings = field(repr=False, compare=False)
    path: str
    context: str

    @cached_property
    def folded(self) -> str:
        """The chunk's text in small letters without accents."""
        return fold(self.chunk.text)

    @cached_property
    def joined(self) -> str:
        """Accent-free words of the chunk."""
        return join(self.cuttings.tokens(0, len(self.chunk.text)))

    @cached_property
    def set(self) -> frozenset[str]:
        """Different accent-free tokens of the chunk itself."""
        return frozenset(self.cuttings.tokens(0, len(self.chunk.text)))

    @cached_property
    def accented(self) -> frozenset[str]:
        """Different tokens of the chunk with accents."""
        return frozenset(self.cuttings.accented(0, len(self.chunk.text)))

    @cached_property
    def around(self) -> frozenset[str]:
        """Different tokens of its context."""
        return frozenset(self.context.split())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All different accent-free tokens, with those of heading path and context."""
        return self.set | frozenset(f"{self.path}{self.context}".split())


def is_item(line: str) -> bool:
    """Say whether a line opens with a list marker."""
    return _ITEM.match(line) is not None


def cut(chunk: Chunk, without: frozenset[str] = NOTHING) -> Passage:
    """Cut a chunk; units come in reading order, clauses after their sentence."""
    context = _joined(chunk.context) if ("row_sentences" if chunk.kind == "row" else "lead_ins") not in without else ""
    path = _joined(chunk.section) if "headings" not in without else ""
    cuttings = Cuttings(chunk.text)
    units: list[Unit] = []
    if chunk.kind == "row":
        span = (chunk.start, chunk.end)
        units.append(Unit(chunk, "row", *span, span, cuttings, context))
    else:
        headings = {_bare(heading) for heading in chunk.path}
        body = chunk.kind not in ("front", "back")
        leads: list[tuple[str, str]] = []
        for start, end in _lines(chunk.text):
            line = chunk.text[start:end]
            if body and ("".join(cuttings.tokens(start, end)) in headings or (line.isupper() and len(line) > 12)):
                continue
            if "\t" in line:  # header lines of a table say nothing on their own
                continue
            marker = _marker(line)
            lead = _lead(marker, leads) or context
            before = context + (lead if lead != context else "")
            previous = units[-1].joined if units and not marker else ""
            units += _units_of_line(chunk, start, end, cuttings, before, previous, lead)
            if announces(line):
                leads.append((marker, units[-1].sentence_joined))
    return Passage(chunk, tuple(units), cuttings, path, context)


@lru_cache(maxsize=10_000)
def _joined(text: str) -> str:
    """Words of what many chunks share: headings and lead-ins."""
    return joined(text)


@lru_cache(maxsize=10_000)
def _bare(heading: str) -> str:
    return "".join(tokens(heading))


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            left = start + line.index(body[0])
            spans.append((left, left + len(body)))
        start += len(line)
    return spans


def _lead(marker: str, leads: list[tuple[str, str]]) -> str:
    """Return what announces an item, of the open ``leads`` (marker and words); those that it closes are taken out."""
    if not marker:
        leads.clear()
    known = [one for one, _ in leads]
    if marker in known:
        del leads[known.index(marker) :]
    return leads[-1][1] if leads else ""


def _marker(line: str) -> str:
    """Return the shape of a list marker, the same for "a)" and "b)"; "" without one."""
    match = _ITEM.match(line)
    return re.sub(r"[a-zđ]", "a", re.sub(r"\d+", "1", match.group().strip())) if match else ""


def _units_of_line(
    chunk: Chunk, start: int, end: int, cuttings: Cuttings, before: str, previous: str, lead: str
) -> list[Unit]:
    line = chunk.text[start:end]
    listed = is_item(line)
    units: list[Unit] = []
    for left, right in split(line):
        span = (chunk.start + start + left, chunk.start + start + right)
        kind: UnitKind = "note" if chunk.kind == "footnote" else "item" if listed and left == 0 else "sentence"
        sentence = Unit(chunk, kind, *span, span, cuttings, before + previous, lead)
        units.append(sentence)
        if sentence.words > LONG:
            units += _clauses(sentence)
        previous = sentence.joined
    return units


def _clauses(sentence: Unit) -> list[Unit]:
    """Semicolon pieces, neighbours merged up to :data:`MERGED` words; none when the sentence has only one."""
    text = sentence.text
    pieces: list[tuple[int, int]] = []
    for left, right in clauses(text):
        if pieces and len(text[pieces[-1][0] : right].split()) <= MERGED:
            pieces[-1] = (pieces[-1][0], right)
        else:
            pieces.append((left, right))
    if len(pieces) < 2:
        return []
    head = " ".join(tokens(text[: pieces[0][1]])[:14])
    return [
        replace(
            sentence,
            kind="clause",
            start=sentence.start + left,
            end=sentence.start + right,
            before=f"{sentence.before} {head} " if number else sentence.before,
        )
        for number, (left, right) in enumerate(pieces)
    ]
