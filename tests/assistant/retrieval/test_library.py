"""What is worked out from the documents is kept as long as they stay."""

from __future__ import annotations

import pytest

from assistant.question.understand import understand
from assistant.retrieval.numbered_words import NumberedWords
from assistant.settings import Settings
from assistant.wiring import open_assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

PAPER = "UBND TỈNH A\n\nBÁO CÁO\nVề phong trào năm {year}\n\nNăm {year} có {year} tập thể được khen.\n"


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "store", load_embedder)
    add(store, 2024)
    yield store
    store.close()


def add(store, year):
    data = PAPER.format(year=year).encode()
    with store.writer() as writer:
        writer.add(read_bytes(data, f"bao-cao-{year}.txt"), data)


def test_what_was_worked_out_is_kept_until_documents_change(store):
    library = open_assistant(settings=Settings.load({"store": store.folder})).library
    library.refresh()

    def held():
        return library.kept("papers", "all", lambda: sorted(one.file for one in library.profiles.values()))

    first = held()
    assert held() is first == ["bao-cao-2024.txt"]
    add(store, 2025)
    library.refresh()
    assert held() == ["bao-cao-2024.txt", "bao-cao-2025.txt"]


def test_a_question_read_once_is_read_anew_when_documents_hold_its_words(store):
    library = open_assistant(settings=Settings.load({"store": store.folder})).library
    library.refresh()
    reader = library.speller()
    assert understand("Tập thể nào được khen?", (), reader) == understand("Tập thể nào được khen?", (), reader)
    assert library.speller() is reader
    add(store, 2025)
    library.refresh()
    assert library.speller() is not reader


def test_words_of_many_texts_share_their_numbers():
    known = NumberedWords()
    first, second = known.of("Tập thể được khen"), known.of("được khen 84,6%")
    assert [known.words[number] for number in first] == ["tap", "the", "duoc", "khen"]
    assert [known.words[number] for number in second] == ["duoc", "khen", "84,6%", "84,6", "84", "6"]
    assert list(second[:2]) == list(first[2:])
    assert known.of("Tập thể được khen") is first
