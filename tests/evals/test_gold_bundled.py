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
DEV = Path(__file__).parents[2].parent / "shared/gold/dev.jsonl"
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
    return flat(re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_is_well_formed_and_its_evidence_is_verbatim(row: dict[str, Any]) -> None:
    assert list(row) == FIELDS
    assert all(turn["role"] in ("user", "assistant") and turn["content"] for turn in row["history"])
    texts = [text_of(name) for name in row["source"]]
    assert [piece for piece in row["evidence"] if not any(flat(piece) in text for text in texts)] == []
    assert bool(row["evidence"]) == bool(row["source"])
    assert row["evidence"] or not row["answerable"]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_model_answer_would_be_marked_right(row: dict[str, Any]) -> None:
    answer = row["answer"].lower()
    assert [group for group in row["must_contain"] if not any(word.lower() in answer for word in group)] == []
    assert [word for word in row["must_not_contain"] if word.lower() in answer] == []


def test_enough_questions_of_every_kind_and_style() -> None:
    assert len(ROWS) >= 60
    assert len({row["id"] for row in ROWS}) == len({row["question"] for row in ROWS}) == len(ROWS)
    kinds, styles = Counter(row["kind"] for row in ROWS), Counter(row["style"] for row in ROWS)
    assert set(styles) == {"formal", "colloquial", "abbreviation", "no_diacritics", "typo"}
    assert {"list", "table_cell", "follow_up", "unanswerable", "false_premise", "out_of_scope", "multi_doc"} <= set(
        kinds
    )
    assert {name for row in ROWS for name in row["source"]} == {path.name for path in documents()}


def test_the_demo_questions_are_marked_too() -> None:
    assert set(demo_questions()) <= {row["question"] for row in ROWS}
    assert ROWS[0]["question"] == demo_questions()[0]


@pytest.mark.skipif(not DEV.is_file(), reason="không có ../shared/gold/dev.jsonl để so")
def test_no_question_is_copied_from_the_shared_set() -> None:
    shared = {flat(json.loads(line)["question"]).lower() for line in DEV.read_text(encoding="utf-8").splitlines()}
    assert [row["question"] for row in ROWS if flat(row["question"]).lower() in shared] == []
