"""Check an answer against what it cites: pure functions that report findings and change nothing.

They hold for composed answers and for answers a model writes alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.drafts import Span, Statement
from assistant.proof.worked import calculations_right, derived
from assistant.question.answer_types import DOCUMENT_NUMBER
from assistant.words import CAPITALS
from ingest.clean import fold

Problem = Literal["not_verbatim", "number", "document_number", "name", "calculation", "no_source"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(rf"(?:[{CAPITALS}]\w+ ){{1,4}}[{CAPITALS}]\w+")
_QUOTED = re.compile(r"“([^”]{8,})”")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a statement that its sources do not hold."""

    problem: Problem
    text: str
    statement: str


def squeeze(text: str) -> str:
    """Text for comparison: accent-free, white space and marks of emphasis dropped to single spaces."""
    return " ".join(re.sub(r"[*“”\"¹²³⁴⁵⁶⁷⁸⁹⁰]+", "", fold(text)).split())


def verbatim(quote: str, document: str, start: int, end: int) -> bool:
    """Say whether a quotation is exactly the document's characters at its offsets."""
    return document[start:end] == quote and bool(quote.strip())


def numbers_held(text: str, source: str) -> list[str]:
    """Return the numbers of ``text`` that do not stand whole in ``source``."""
    found = _NUMBER.findall(text)
    held = set(_NUMBER.findall(source)) if found else set()
    return [number for number in found if number not in held]


def document_numbers_held(text: str, source: str) -> list[str]:
    """Return the document numbers of ``text`` that ``source`` lacks."""
    found = [match.group() for match in DOCUMENT_NUMBER.finditer(text)]
    flat = squeeze(source).replace(" ", "") if found else ""
    return [number for number in found if squeeze(number).replace(" ", "") not in flat]


def names_held(text: str, source: str) -> list[str]:
    """Return proper names of ``text`` (capitalised, not opening a sentence) that ``source`` lacks."""
    found = []
    for match in _NAME.finditer(text):
        opens = match.start() == 0 or text[max(0, match.start() - 2) : match.start()].strip() in (".", ":", "“", "")
        if not opens:
            found.append(match.group())
    flat = squeeze(source) if found else ""
    return [name for name in found if squeeze(name) not in flat]


def uncomputed(text: str, source: str) -> list[str]:
    """Return the numbers of a calculation that neither stand in ``source`` nor come out of what is shown."""
    known = derived(text, source)
    return [number for number in numbers_held(text, source) if number not in known]


def check(statements: Sequence[Statement], text_of: Callable[[str], str], context: str = "") -> list[Finding]:
    """Check every statement against its spans.

    ``text_of`` gives a document's cleaned text by id; ``context`` holds words that need no source: the question (a
    refusal repeats its names) and the titles of the documents named.
    """
    findings: list[Finding] = []
    text_of = cache(text_of)
    for statement in statements:
        source = " ".join(_source(span, text_of) for span in statement.spans)
        known = f"{source} {context}"
        findings += _of(statement, source, known)
        for span in statement.spans:
            if not text_of(span.chunk.document_id)[span.start : span.end].strip():
                findings.append(Finding("not_verbatim", f"{span.start}:{span.end}", statement.text))
    return findings


def _source(span: Span, text_of: Callable[[str], str]) -> str:
    cells = " ".join(f"{cell.header} {cell.value}" for cell in span.chunk.cells)
    return f"{text_of(span.chunk.document_id)[span.start : span.end]} {span.chunk.context} {span.chunk.section} {cells}"


def _of(statement: Statement, source: str, known: str) -> Iterable[Finding]:
    text = statement.text
    for quote in _QUOTED.findall(text):
        if squeeze(quote.rstrip("…")) not in squeeze(known):
            yield Finding("not_verbatim", quote, text)
    wrong = calculations_right(text)
    for sum_ in wrong:
        yield Finding("calculation", sum_, text)
    missing = uncomputed if statement.computed else numbers_held
    if statement.computed:
        rows = sum(span.chunk.kind == "row" for span in statement.spans)
        known = f"{known} {rows} {rows:02d}"  # How many rows there are is seen from those cited.
    for number in missing(text, known):
        yield Finding("number", number, text)
    for number in document_numbers_held(text, known):
        yield Finding("document_number", number, text)
    for name in names_held(text, known):
        yield Finding("name", name, text)
    if re.search(r"\d", text) and not statement.spans and numbers_held(text, known):
        yield Finding("no_source", text[:80], text)
