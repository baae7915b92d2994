"""Questions an officer has written down must be found with another embedder as well, by the whole search."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import canaries
from assistant.cli import app
from assistant.errors import BadInput
from assistant.settings import Settings
from assistant.wiring import open_assistant
from vectorstore.doctor import examine, repair
from vectorstore.embed import MODELS, SHIPPED, load_embedder
from vectorstore.errors import CanariesLost

DOCUMENTS = Path(__file__).parents[1] / "documents"
QUESTION = "Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?"


def tdkt(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    assert tdkt("ingest", DOCUMENTS, "--store", tmp_path / "store").exit_code == 0
    return tmp_path / "store"


@pytest.fixture
def other_model(tmp_path: Path) -> Path:
    """The shipped model under another name: another embedder as far as the store can tell."""
    return Path(shutil.copytree(MODELS / SHIPPED, tmp_path / "mo-hinh-khac"))


def test_a_question_is_written_down_with_its_passage(store: Path) -> None:
    shown = tdkt("doctor", "--canary", QUESTION, "--store", store)
    assert shown.exit_code == 0
    assert QUESTION in shown.stdout
    (kept,) = canaries.read(store)
    assert kept.question == QUESTION
    assert "cây" in kept.text
    again = json.loads(tdkt("doctor", "--canary", QUESTION, "--store", store, "--json").stdout)
    assert [row["file"] for row in again["canaries"]] == [kept.file]
    assert canaries.read(store) == [kept]


def test_an_index_that_finds_them_is_used(store: Path, other_model: Path) -> None:
    tdkt("doctor", "--canary", QUESTION, "--store", store)
    settings = Settings.load({"store": store, "embedder": other_model}, {})
    before = examine(store)
    report = repair(store, lambda: load_embedder(str(other_model)), accept=canaries.acceptance(settings))
    assert report.generation == before.generation + 1
    assert report.embedder.startswith("mo-hinh-khac@") != before.embedder.startswith("mo-hinh-khac@")


def test_one_that_loses_them_is_not(store: Path, other_model: Path) -> None:
    tdkt("doctor", "--canary", QUESTION, "--store", store)
    (kept,) = canaries.read(store)
    row = {"question": QUESTION, "file": kept.file, "text": "câu không có ở đâu trong tài liệu"}
    (store / canaries.FILE).write_text(json.dumps(row) + "\n", encoding="utf-8")
    settings = Settings.load({"store": store, "embedder": other_model}, {})
    before = examine(store)
    with pytest.raises(CanariesLost, match="trồng mới bao nhiêu"):
        repair(store, lambda: load_embedder(str(other_model)), accept=canaries.acceptance(settings))
    assert examine(store) == before
    assert open_assistant(store).ask(QUESTION).status == "answered"


def test_a_question_of_a_document_that_is_gone_holds_nothing_back(store: Path) -> None:
    gone = canaries.Canary(QUESTION, "da-go-bo.txt", "cây")
    assert canaries.lost(open_assistant(store), [gone]) == []


def test_a_file_that_cannot_be_read_is_named(store: Path) -> None:
    (store / canaries.FILE).write_text('{"question": "thiếu tệp"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"canaries\.jsonl"):
        canaries.read(store)
