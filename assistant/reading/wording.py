"""Turn a unit of a document into words for a headline: the document's own, without marks that only made sense there."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.reading.planted import orders
from assistant.retrieval.units import Unit
from ingest.records import DocumentMeta

_MARKER = re.compile(r"^\s*(?:(?:[-–+*•]+|\(?\d{1,2}[).](?!\d)|\(\d{1,2}\)|[a-zđ]\))\s*(?=\S))+")
_NOTE_LABEL = re.compile(
    r"^\s*(?:\d{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\d{1,3}\)|\[\^?\d{1,3}\]:?)[.\s]\s*(?=[^\W\d])|^[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*"
)
_REFERENCE = re.compile(r"(?<!\bm)(?<!\b[kcdm]m)[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
"""Marks of notes; "m²" and "km²" are units."""
_BOLD = re.compile(r"\*+")
_CELL = 60
"""Characters of a cell shown; longer ones are remarks."""
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+")


@lru_cache(maxsize=8192)
def plain(text: str, *, note: bool = False) -> str:
    """Drop list markers, note labels, reference marks and emphasis; end without separators."""
    text = _BOLD.sub("", _REFERENCE.sub("", _NOTE_LABEL.sub("", text) if note else text))
    text = _NUMBERED.sub("", _MARKER.sub("", text))
    return " ".join(text.split()).rstrip(" ;,:").removesuffix("./.").rstrip(".")


def shown(unit: Unit) -> str:
    """Return the unit as a statement; an ellipsis opens one that begins inside its sentence."""
    if unit.chunk.kind == "row":
        return row(unit)
    text, label = unit.text, unit.chunk.label
    if unit.chunk.kind == "footnote" and label and unit.start == unit.chunk.start:
        text = text.lstrip().removeprefix(label)  # A figure may follow it: "15 01 nhà máy".
    text = plain(text, note=unit.chunk.kind == "footnote" and text == unit.text)
    inside = unit.start > unit.sentence[0]
    return f"… {text}" if inside and text[:1].islower() else text


def row(unit: Unit) -> str:
    """Return a table row as "label: header value, header value"."""
    filled = [
        cell
        for cell in unit.chunk.cells
        if cell.value
        and cell.header
        and len(cell.value) <= _CELL
        and cell.header.lower() not in ("tt", "stt")
        and not orders(cell.value)
    ]
    if not filled:
        return plain(unit.text)
    return ", ".join(f"{cell.header.rsplit('>', 1)[-1].strip()}: {cell.value}" for cell in filled)


def shorten(text: str, limit: int) -> str:
    """Cut at a clause, else at a word, and say so with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    cut = max(head.rfind("; "), head.rfind(". "))
    if cut < limit // 3:
        cut = head.rfind(", ") if head.rfind(", ") > limit // 2 else head.rfind(" ")
    return f"{head[:cut].rstrip(' ;,.')}…"


def short_title(meta: DocumentMeta, file: str) -> str:
    """Return a name of a few words for a document: kind, number or subject, year."""
    number = f" số {meta.number}" if meta.number[:1].isdigit() else ""
    subject = shorten(" ".join(meta.subject.split()), 70) if meta.subject and not number else ""
    name = f"{meta.kind}{number} {subject}".strip() or file
    year = (meta.issued or "")[:4]
    return f"{name} ({year})" if year and year not in name else name


def dated_title(meta: DocumentMeta, file: str) -> str:
    """Return the short title with the day of issue in place of the year, where the day is known."""
    day = meta.issued or ""
    if len(day) != 10:
        return short_title(meta, file)
    title = short_title(meta, file).removesuffix(f" ({day[:4]})")
    return f"{title} ({day[8:]}/{day[5:7]}/{day[:4]})"
