"""Check an answer against what it cites: pure functions that report findings and change nothing.

They hold for composed answers and for answers a model writes alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.drafts import Span, Statement
from assistant.question.answer_types import DOCUMENT_NUMBER
from assistant.words import CAPITALS
from ingest.clean import fold

Problem = Literal["not_verbatim", "number", "document_number", "name", "calculation", "no_source"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(rf"(?:[{CAPITALS}]\w+ ){{1,4}}[{CAPITALS}]\w+")
_QUOTED = re.compile(r"“([^”]{8,})”")
_SUM = re.compile(r"((?:[\d.,]+\s*[+−]\s*)+[\d.,]+)\s*=\s*([\d.,]*\d)")
_NAMED_TERM = re.compile(r"(\d)\s*\([^()]*\)(?=\s*[+−=])")


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
    held = set(_NUMBER.findall(source))
    return [number for number in _NUMBER.findall(text) if number not in held]


def document_numbers_held(text: str, source: str) -> list[str]:
    """Return the document numbers of ``text`` that ``source`` lacks."""
    flat = squeeze(source).replace(" ", "")
    return [
        match.group() for match in DOCUMENT_NUMBER.finditer(text) if squeeze(match.group()).replace(" ", "") not in flat
    ]


def names_held(text: str, source: str) -> list[str]:
    """Return proper names of ``text`` (capitalised, not opening a sentence) that ``source`` lacks."""
    flat = squeeze(source)
    found = []
    for match in _NAME.finditer(text):
        opens = match.start() == 0 or text[max(0, match.start() - 2) : match.start()].strip() in (".", ":", "“", "")
        if not opens and squeeze(match.group()) not in flat:
            found.append(match.group())
    return found


def calculations_right(text: str) -> list[str]:
    """Return the sums shown in ``text`` ("a + b = c", each term perhaps named in brackets) that do not come out."""
    wrong = []
    for match in _sums(text):
        terms = re.split(r"\s*([+−])\s*", match.group(1))
        total = _decimal(terms[0])
        for sign, term in zip(terms[1::2], terms[2::2], strict=True):
            total += _decimal(term) if sign == "+" else -_decimal(term)
        if total != _decimal(match.group(2)):
            wrong.append(match.group())
    return wrong


def _sums(text: str) -> list[re.Match[str]]:
    """Find the sums shown, those whose terms are named in brackets with the names left out."""
    bare = _NAMED_TERM.sub(r"\1", text)
    return [*_SUM.finditer(bare), *(_SUM.finditer(text) if bare != text else ())]


def uncomputed(text: str, source: str) -> list[str]:
    """Return the numbers of a calculation that neither stand in ``source`` nor come out of a sum shown."""
    results = {match.group(2) for match in _sums(text)}
    return [number for number in numbers_held(text, source) if number not in results]


def _decimal(printed: str) -> Decimal:
    plain = (
        printed.replace(".", "").replace(",", ".")
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed)
        else printed
    )
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")


def check(statements: Sequence[Statement], text_of: Callable[[str], str], context: str = "") -> list[Finding]:
    """Check every statement against its spans.

    ``text_of`` gives a document's cleaned text by id; ``context`` holds words that need no source: the question (a
    refusal repeats its names) and the titles of the documents named.
    """
    findings: list[Finding] = []
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
    return f"{text_of(span.chunk.document_id)[span.start : span.end]} {span.chunk.context} {cells}"


def _of(statement: Statement, source: str, known: str) -> Iterable[Finding]:
    text = statement.text
    for quote in _QUOTED.findall(text):
        if squeeze(quote.rstrip("…")) not in squeeze(known):
            yield Finding("not_verbatim", quote, text)
    wrong = calculations_right(text)
    for sum_ in wrong:
        yield Finding("calculation", sum_, text)
    missing = uncomputed if statement.computed else numbers_held
    for number in missing(text, known):
        yield Finding("number", number, text)
    for number in document_numbers_held(text, known):
        yield Finding("document_number", number, text)
    for name in names_held(text, known):
        yield Finding("name", name, text)
    if re.search(r"\d", text) and not statement.spans and numbers_held(text, known):
        yield Finding("no_source", text[:80], text)
