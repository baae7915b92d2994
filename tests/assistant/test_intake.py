"""Files into the store, one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.intake import Incoming, Progress, add_files, gather
from assistant.pipeline import Assistant
from assistant.suggestions import example_questions
from assistant.wiring import is_busy, open_store
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


def test_examples_name_no_document_whose_number_is_blank(store: Store, tmp_path: Path) -> None:
    words = (DOCUMENTS / PLAN).read_text(encoding="utf-8").replace("27/KH-UBND", "      /KH-UBND", 1)
    path = tmp_path / "de-trong-so.txt"
    path.write_text(words, encoding="utf-8")
    assert not add_files(store, [Incoming.at(path)]).refused
    (document,) = store.documents()
    assert document.meta.blanks == ("số",)
    assert example_questions(store) == []


def other_format(name: str) -> Incoming:
    """The plan as a web page: the same words in a format that states more."""
    paragraphs = (DOCUMENTS / PLAN).read_text(encoding="utf-8").split("\n")
    page = "\n".join(f"<p>{line}</p>" for line in paragraphs if line.strip())
    return Incoming(name, f"<html><body>{page}</body></html>".encode())


def test_the_same_paper_in_two_formats_is_one_source(store: Store) -> None:
    report = add_files(store, [Incoming.at(DOCUMENTS / PLAN), other_format("ke-hoach.html")])
    first, second = report.files
    assert (first.standing, second.standing) == ("searched", "searched")
    (kin,) = second.kin
    assert (kin.kind, kin.file) == ("chosen", PLAN)
    assert "là cùng một văn bản" in second.warnings[0]
    assert f"tdkt docs use {first.document_id[:12]}" in second.warnings[0]
    assert [document.file for document in store.documents()] == ["ke-hoach.html"]
    assert {document.file: document.standing for document in store.listed()} == {
        PLAN: "copy",
        "ke-hoach.html": "searched",
    }
    (again,) = add_files(store, [Incoming.at(DOCUMENTS / PLAN)]).files
    assert (again.state, again.standing) == ("known", "copy")
    assert "bản trùng của “ke-hoach.html”" in again.warnings[0]


def test_a_paper_in_two_formats_is_cited_once(store: Store) -> None:
    add_files(store, [Incoming.at(DOCUMENTS / PLAN), other_format("ke-hoach.html")])
    answer = Assistant(store).ask("Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?")
    assert "12.500" in answer.answer
    assert {citation.file for citation in answer.citations} == {"ke-hoach.html"}


def reissue(name: str) -> Incoming:
    return Incoming(name, (DOCUMENTS / PLAN).read_text(encoding="utf-8").replace("12.500", "13.700").encode())


def test_a_corrected_reissue_stands_beside_with_a_warning_that_names_both(store: Store) -> None:
    add_files(store, [Incoming.at(DOCUMENTS / PLAN)])
    (report,) = add_files(store, [reissue("ban-sua.txt")]).files
    (warning,) = [words for words in report.warnings if "bản ban hành lại" in words]
    assert PLAN in warning
    assert "“12.500” → “13.700”" in warning
    assert "tdkt docs decide" in warning
    assert [one.file for one in report.reissued] == [PLAN]
    assert {document.file for document in store.documents()} == {PLAN, "ban-sua.txt"}


def test_a_corrected_reissue_replaces_when_the_officer_says_so(store: Store) -> None:
    add_files(store, [Incoming.at(DOCUMENTS / PLAN)])
    (report,) = add_files(store, [reissue("ban-sua.txt")], on_reissue="replace").files
    assert [one.kind for one in report.kin] == ["replaced"]
    assert [document.file for document in store.documents()] == ["ban-sua.txt"]
    answer = Assistant(store).ask("Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?")
    assert "13.700" in answer.answer
    assert "12.500" not in answer.answer


def test_old_content_under_its_name_is_used_again(store: Store) -> None:
    original = Incoming.at(DOCUMENTS / PLAN)
    add_files(store, [original])
    add_files(store, [reissue(PLAN)])
    (report,) = add_files(store, [original]).files
    assert (report.state, report.standing) == ("named", "searched")
    assert "trở lại nội dung đã từng nạp" in report.warnings[0]
    (document,) = store.documents()
    assert "12.500" in store.text(document.id)


def test_two_files_of_one_name_in_two_folders_are_two_papers(store: Store, tmp_path: Path) -> None:
    for folder, number in (("a", 14), ("b", 15)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "phu-luc.txt").write_text(f"Phụ lục {folder}: thưởng {number} tập thể.", encoding="utf-8")
    files, _ = gather([tmp_path / "a", tmp_path / "b"])
    for states in (["added", "added"], ["known", "known"]):
        report = add_files(store, files)
        assert [file.state for file in report.files] == states
        assert [document.file for document in store.documents()] == ["phu-luc.txt", "phu-luc.txt"]
    (tmp_path / "b" / "phu-luc.txt").write_text("Phụ lục b: thưởng 16 tập thể.", encoding="utf-8")
    add_files(store, gather([tmp_path / "b"])[0])
    texts = {store.text(document.id) for document in store.documents()}
    assert {text.strip() for text in texts} == {"Phụ lục a: thưởng 14 tập thể.", "Phụ lục b: thưởng 16 tập thể."}
