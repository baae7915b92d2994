"""Records to and from what SQLite holds: JSON for structure, packed bytes for numbers. Pure.

JSON objects carry the records' field names, so the catalog can be read by eye and by other tools, and a field added
to a record later takes its default when an older row is read.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from ingest.records import Cell, Chunk, Document, DocumentMeta, Page, PageHealth, Section

CHUNK_COLUMNS = tuple(field.name for field in fields(Chunk))


def to_json(value: object) -> str:
    """Write records, tuples of records and plain values as compact JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no place in the catalog")
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _arguments(value: dict[str, Any]) -> dict[str, Any]:
    """Turn decoded JSON into constructor arguments: records hold tuples where JSON has lists."""
    arguments = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    if "cells" in arguments:
        arguments["cells"] = cells(arguments["cells"])
    return arguments


def cells(values: Iterable[dict[str, Any]]) -> tuple[Cell, ...]:
    """Read the cells of a row."""
    return tuple(Cell(**value) for value in values)


def meta(text: str) -> DocumentMeta:
    """Read what a document says of itself."""
    return DocumentMeta(**_arguments(json.loads(text)))


def pages(text: str) -> tuple[Page, ...]:
    """Read the pages of a document."""
    return tuple(Page(**value) for value in json.loads(text))


def sections(text: str) -> tuple[Section, ...]:
    """Read the sections of a document."""
    return tuple(Section(**_arguments(value)) for value in json.loads(text))


def health(text: str) -> tuple[PageHealth, ...]:
    """Read the reading quality of a document's pages."""
    return tuple(PageHealth(**_arguments(value)) for value in json.loads(text))


def strings(text: str) -> tuple[str, ...]:
    """Read a list of strings."""
    return tuple(json.loads(text))


def chunk_row(chunk: Chunk) -> tuple[object, ...]:
    """Write a chunk as a row in the order of :data:`CHUNK_COLUMNS`."""
    values = (getattr(chunk, name) for name in CHUNK_COLUMNS)
    return tuple(to_json(value) if isinstance(value, tuple) else value for value in values)


def chunk(row: Sequence[Any]) -> Chunk:
    """Read a row in the order of :data:`CHUNK_COLUMNS`."""
    values = dict(zip(CHUNK_COLUMNS, row, strict=True))
    values["path"] = strings(values["path"])
    values["cells"] = cells(json.loads(values["cells"]))
    return Chunk(**values)


def pack_offsets(offsets: array[int]) -> bytes:
    """Compress source offsets; steps of 1 are the rule, so the differences shrink to almost nothing."""
    return zlib.compress(np.diff(np.asarray(offsets, dtype="<i4"), prepend=np.int32(0)).astype("<i4").tobytes())


def unpack_offsets(blob: bytes) -> array[int]:
    """Undo :func:`pack_offsets`."""
    return array("i", np.cumsum(np.frombuffer(zlib.decompress(blob), dtype="<i4"), dtype=np.int32).tobytes())


DOCUMENT_COLUMNS = ("media_type", "meta", "warnings", "health", "pages", "sections", "offsets", "text")


def document_row(document: Document) -> tuple[object, ...]:
    """Write a document, without its chunks and names, in the order of :data:`DOCUMENT_COLUMNS`."""
    return (
        document.media_type,
        to_json(document.meta),
        to_json(document.warnings),
        to_json(document.health),
        to_json(document.pages),
        to_json(document.sections),
        pack_offsets(document.offsets),
        document.text,
    )


def document(identity: str, file: str, row: Sequence[Any], chunks: tuple[Chunk, ...]) -> Document:
    """Read a row in the order of :data:`DOCUMENT_COLUMNS`."""
    values = dict(zip(DOCUMENT_COLUMNS, row, strict=True))
    return Document(
        id=identity,
        file=file,
        media_type=values["media_type"],
        text=values["text"],
        offsets=unpack_offsets(values["offsets"]),
        meta=meta(values["meta"]),
        sections=sections(values["sections"]),
        chunks=chunks,
        pages=pages(values["pages"]),
        health=health(values["health"]),
        warnings=strings(values["warnings"]),
    )
