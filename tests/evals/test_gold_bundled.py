"""The project's own gold questions: well formed, and every piece of evidence stands in the bundled documents."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.samples import demo_questions, documents

GOLD = Path(__file__).parents[2] / "evals/gold/bundled.jsonl"
FIELDS = [
    "id",
    "question",
    "kind",
    "style",
    "history",
    "answerable",
    "answer",
    "must_contain",
    "must_not_contain",
    "source",
    "evidence",
    "section",
    "difficulty",
]
ROWS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def flat(text: str) -> str:
    return " ".join(text.split())


@cache
def text_of(name: str) -> str:
    """Read a bundled file the plain way, without the project's own readers."""
    (path,) = [path for path in documents() if path.name == name]
    if path.suffix == ".pdf":
        from pypdf import PdfReader

        return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages))
    if path.suffix == ".docx":
        from docx import Document

        document = Document(io.BytesIO(path.read_bytes()))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return flat(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.replace("|", " ")
    return flat(re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_is_well_formed_and_its_evidence_is_verbatim(row: dict[str, Any]) -> None:
    assert list(row) == FIELDS
    assert all(turn["role"] in ("user", "assistant") and turn["content"] for turn in row["history"])
    texts = [text_of(name) for name in row["source"]]
    assert [piece for piece in row["evidence"] if not any(flat(piece) in text for text in texts)] == []
    assert bool(row["evidence"]) == bool(row["source"])
    assert row["evidence"] or not row["answerable"]


def test_every_bundled_document_is_asked_about() -> None:
    asked = Counter(name for row in ROWS for name in row["source"])
    assert set(asked) == {path.name for path in documents()}
    assert min(asked.values()) >= 10


def test_the_demo_questions_are_marked_too() -> None:
    assert set(demo_questions()) <= {row["question"] for row in ROWS}
    assert ROWS[0]["question"] == demo_questions()[0]
