"""Small documents made of the real records, and a real (if simple) embedder."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from ingest.records import Cell, Chunk, Document, DocumentMeta, Page, PageHealth, Section
from vectorstore.catalog import Catalog
from vectorstore.records import Passage
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder


class CountingEmbedder(HashEmbedder):
    """Counts what it embeds; ``name`` can be chosen."""

    def __init__(self, name: str = "hash-1") -> None:
        self.name = name
        self.embedded = 0

    def encode_documents(self, texts):
        self.embedded += len(texts)
        return super().encode_documents(texts)

    def encode_queries(self, texts):
        return super().encode_documents(texts)


def make_document(file: str, *paragraphs: str, **meta) -> tuple[Document, bytes]:
    """One chunk per paragraph; ``|`` separates heading path, context and text: ``"I. MỤC|ngữ cảnh|câu"``."""
    parts = [paragraph.split("|") if "|" in paragraph else ["", "", paragraph] for paragraph in paragraphs]
    text = "\n".join(part[2] for part in parts)
    data = (text + repr(sorted(meta.items()))).encode()
    key = sha256(data).hexdigest()
    chunks, sections, start = [], [], 0
    for ordinal, (heading, context, body) in enumerate(parts):
        end = start + len(body)
        path = (heading,) if heading else ()
        cells = (Cell("Năm", "2020", start, start + 4), Cell("Số", "", -1, -1)) if body.startswith("2020") else ()
        identity = sha256(f"{key}{ordinal}{body}".encode()).hexdigest()[:24]
        kind = "row" if cells else "text"
        chunks.append(
            Chunk(identity, key, ordinal, kind, path, context, body, start, end, 1, "i", len(body.split()), "", cells)
        )
        sections.append(Section("paragraph", path, start, end, "1", (0, 3), cells, "Bảng 1"))
        start = end + 1
    document = Document(
        id=key,
        file=file,
        media_type="text/plain",
        text=text,
        offsets=array("i", [index + index // 7 for index in range(len(text))]),
        meta=DocumentMeta(**meta),
        sections=tuple(sections),
        chunks=tuple(chunks),
        pages=(Page(1, "i", 0, len(text) * 2),),
        health=(PageHealth(1, len(text), 0.97, ("mờ",)),),
        warnings=("thử",),
    )
    return document, data


def make_passage(chunk_id: str, body: str, path: str = "", context: str = "") -> Passage:
    return Passage(chunk_id, "d", body, path, context, body)


@pytest.fixture
def document() -> Callable[..., tuple[Document, bytes]]:
    return make_document


@pytest.fixture
def passage() -> Callable[..., Passage]:
    return make_passage


@pytest.fixture
def counting() -> type[CountingEmbedder]:
    return CountingEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kho"


@pytest.fixture
def catalog(tmp_path: Path):
    opened = Catalog(tmp_path / "kho" / "catalog.sqlite3")
    opened.create()
    yield opened
    opened.close()


@pytest.fixture
def store(folder: Path):
    with Store.open(folder, HashEmbedder) as opened:
        yield opened


@pytest.fixture
def axis() -> Callable[[int], np.ndarray]:
    """Unit vectors along one axis of eight."""
    return lambda index: np.eye(8, dtype=np.float32)[index]
