"""A store of our own small documents behind the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.intake import add_files, gather
from assistant.wiring import open_store

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a store that holds the documents, as the app will find it."""
    folder = empty_store(tmp_path, monkeypatch)
    with open_store(folder) as opened:
        report = add_files(opened, gather([DOCUMENTS])[0])
    assert not report.refused
    return folder


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a store to which nothing was added."""
    return empty_store(tmp_path, monkeypatch)


def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    monkeypatch.setenv("TDKT_STORE", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return folder
