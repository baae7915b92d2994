"""Files into the store, one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.intake import Incoming, Progress, add_files, example_questions, gather, is_busy, open_store
from vectorstore.errors import StoreBusy
from vectorstore.store import Store

DOCUMENTS = Path(__file__).parents[1] / "documents"
PLAN, REPORT = "ke-hoach-phat-dong.txt", "bao-cao-tong-ket.html"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        yield opened


def test_what_was_read_before_the_stop_is_kept(store: Store) -> None:
    files, _ = gather([DOCUMENTS])
    told: list[Progress] = []
    report = add_files(store, files, notify=told.append, stop=lambda: len(told) == 1)
    assert (len(report.files), report.stopped, report.left) == (1, True, 1)
    assert [document.file for document in store.documents()] == [report.files[0].file]
    assert told[0] == Progress(0, 2, files[0].name)


def test_folder_and_paths_will_do(tmp_path: Path) -> None:
    report = add_files(tmp_path / "store", [DOCUMENTS / PLAN])
    assert [file.file for file in report.taken] == [PLAN]


def test_same_bytes_under_another_name(store: Store) -> None:
    data = (DOCUMENTS / PLAN).read_bytes()
    report = add_files(store, [Incoming("a.txt", data), Incoming("b.txt", data), Incoming("a.txt", data)])
    assert [file.state for file in report.files] == ["added", "named", "known"]
    (document,) = store.documents()
    assert set(document.names) == {"a.txt", "b.txt"}


def test_new_content_under_the_same_name_takes_the_old_ones_place(store: Store) -> None:
    text = (DOCUMENTS / PLAN).read_text(encoding="utf-8")
    newer = text.replace("12.500", "13.700").encode()
    add_files(store, [Incoming(PLAN, text.encode())])
    report = add_files(store, [Incoming(PLAN, newer)])
    assert [file.state for file in report.files] == ["replaced"]
    (document,) = store.documents()
    assert "13.700" in store.text(document.id)


def test_what_cannot_be_opened_is_refused(store: Store, tmp_path: Path) -> None:
    (report,) = add_files(store, [Incoming.at(tmp_path)]).files
    assert report.state == "refused"
    assert tmp_path.name in report.reason


def test_file_that_vanished_is_refused_by_name(store: Store, tmp_path: Path) -> None:
    report = add_files(store, [Incoming.at(tmp_path / "vua-xoa.txt"), Incoming.at(DOCUMENTS / PLAN)])
    assert [file.state for file in report.files] == ["refused", "added"]
    assert "vua-xoa.txt" in report.files[0].reason
    assert report.files[0].remedy


def test_a_bug_on_one_file_costs_that_file_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.pipeline
    import ingest.worker

    def sometimes(data: bytes, file: str, password: str | None = None) -> object:
        if file == "xau.txt":
            raise RecursionError
        return ingest.pipeline.read_bytes(data, file, password)

    monkeypatch.setattr(ingest.worker, "read_apart", sometimes)
    report = add_files(store, [Incoming("xau.txt", b"x"), Incoming.at(DOCUMENTS / PLAN)])
    assert [file.state for file in report.files] == ["refused", "added"]
    assert "RecursionError" in report.files[0].reason


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes on this system only")
def test_name_that_is_no_text_is_shown_as_far_as_it_is(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/k\xe9 hoach.txt"))
    assert Incoming.at(path).name == "k\ufffd hoach.txt"


def test_busy_store_is_told_apart(store: Store) -> None:
    with open_store(store.folder) as other, other.writer(), pytest.raises(StoreBusy) as caught:
        add_files(store, [Incoming.at(DOCUMENTS / PLAN)])
    assert is_busy(caught.value)
    assert not is_busy(ValueError())


def test_examples_ask_about_documents_that_are_there(store: Store) -> None:
    assert example_questions(store) == []
    add_files(store, [Incoming.at(DOCUMENTS / PLAN)])
    assert example_questions(store)
    assert all("27/KH-UBND" in question for question in example_questions(store))
