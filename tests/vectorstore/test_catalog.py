"""The source of truth."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from threading import Thread

import pytest

from vectorstore.catalog import Catalog, State
from vectorstore.errors import CatalogDamaged
from vectorstore.records import AddOutcome


def put(catalog, made):
    return catalog.put(made[0])


def test_a_document_comes_back_as_it_went_in(catalog, document):
    made, _ = document(
        "báo cáo.txt",
        "I. ĐẦU|dẫn|Câu một có ưu điểm",
        "2020, 5 tập thể",
        "Câu ba",
        kind="Báo cáo",
        number="12/BC",
        period=(2016, 2020),
        blanks=("số",),
        groups=("a", "b"),
        issued="2020-05",
        draft=True,
    )
    catalog.put(made)
    read = catalog.read(made.id)
    assert read == made
    assert type(read.offsets) is type(made.offsets)
    assert catalog.printed(made.id).text == made.text
    assert catalog.chunks([made.chunks[2].id, "none", made.chunks[0].id]) == [made.chunks[2], made.chunks[0]]
    assert catalog.document_chunks(made.id) == list(made.chunks)
    assert catalog.owners([made.chunks[0].id, "none"]) == {made.chunks[0].id: made.id}
    (listed,) = catalog.documents()
    assert (listed.file, listed.names, listed.chunks, listed.pages) == ("báo cáo.txt", ("báo cáo.txt",), 3, 1)
    assert (listed.meta, listed.characters, listed.warnings) == (made.meta, len(made.text), ("thử",))


def test_without_a_database_reads_find_nothing_and_make_nothing(tmp_path):
    catalog = Catalog(tmp_path / "không có" / "catalog.sqlite3")
    assert catalog.documents() == []
    assert catalog.state() == State(0, 0, 0)
    assert catalog.is_empty()
    assert not list(tmp_path.iterdir())


def test_a_reader_sees_a_database_made_after_it_was_opened(tmp_path, document):
    path = tmp_path / "catalog.sqlite3"
    reader, writer = Catalog(path), Catalog(path)
    assert reader.is_empty()
    writer.create()
    put(writer, document("a.txt", "một"))
    assert [item.file for item in reader.documents()] == ["a.txt"]
    reader.close()
    writer.close()


def test_same_bytes_same_name(catalog, document):
    made = document("a.txt", "một")
    assert put(catalog, made) == AddOutcome("added", made[0].id)
    revision = catalog.state().revision
    assert put(catalog, made) == AddOutcome("known", made[0].id)
    assert catalog.add_name(made[0].id, "a.txt") == AddOutcome("known", made[0].id)
    assert catalog.state().revision == revision


def test_same_bytes_other_name(catalog, document):
    made, _ = document("a.txt", "một")
    catalog.put(made)
    assert catalog.put(replace(made, file="b.txt")) == AddOutcome("named", made.id)
    assert catalog.add_name(made.id, "c.txt") == AddOutcome("named", made.id)
    (listed,) = catalog.documents()
    assert listed.names == ("a.txt", "b.txt", "c.txt")
    assert listed.file == "a.txt"
    assert catalog.state().revision == 1


def test_a_changed_file_replaces_the_document_that_has_no_other_name(catalog, document):
    old, _ = document("a.txt", "bản cũ")
    new, _ = document("a.txt", "bản mới")
    catalog.put(old)
    assert catalog.put(new) == AddOutcome("replaced", new.id, old.id)
    assert [item.id for item in catalog.documents()] == [new.id]
    assert catalog.chunk_ids() == {new.chunks[0].id}
    assert [(item.id, item.standing) for item in catalog.listed()] == [(old.id, "old"), (new.id, "searched")]
    assert catalog.printed(old.id).text == old.text


def test_a_changed_file_leaves_the_document_that_has_another_name(catalog, document):
    old, _ = document("a.txt", "bản cũ")
    new, _ = document("a.txt", "bản mới")
    catalog.put(old)
    catalog.add_name(old.id, "sao lưu.txt")
    assert catalog.put(new) == AddOutcome("added", new.id)
    assert [(item.id, item.names) for item in catalog.documents()] == [
        (old.id, ("sao lưu.txt",)),
        (new.id, ("a.txt",)),
    ]


def test_a_name_that_moves_takes_its_last_document_along(catalog, document):
    one, _ = document("a.txt", "một")
    two, _ = document("b.txt", "hai")
    catalog.put(one)
    catalog.put(two)
    assert catalog.add_name(two.id, "a.txt") == AddOutcome("named", two.id, one.id)
    assert [item.names for item in catalog.documents()] == [("b.txt", "a.txt")]


def test_another_reading_of_the_same_bytes_updates(catalog, document):
    made, _ = document("a.txt", "một", "hai")
    catalog.put(made)
    again = replace(made, chunks=made.chunks[:1], meta=replace(made.meta, kind="Báo cáo"))
    assert catalog.put(again) == AddOutcome("updated", made.id)
    assert catalog.read(made.id) == again
    assert catalog.state().revision == 2
    assert [key for key, _ in catalog.changed_since(1)] == [made.id]


def test_a_failed_transaction_leaves_nothing(catalog, document):
    made, _ = document("a.txt", "một", "hai")
    twice = replace(made, chunks=(made.chunks[0], made.chunks[0]))
    with pytest.raises(sqlite3.IntegrityError):
        catalog.put(twice)
    assert catalog.documents() == []
    assert catalog.state().revision == 0
    assert put(catalog, (made, b"")).change == "added"


def test_more_ids_than_a_statement_takes(catalog, document):
    made, _ = document("a.txt", *(f"đoạn {number}" for number in range(1300)))
    catalog.put(made)
    ids = [chunk.id for chunk in reversed(made.chunks)]
    assert [chunk.id for chunk in catalog.chunks(ids)] == ids


def test_reads_from_many_threads(catalog, document):
    put(catalog, document("a.txt", *(f"đoạn {number}" for number in range(50))))
    results = []

    def read():
        results.extend(len(catalog.chunk_ids()) for _ in range(20))

    threads = [Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [50] * 160


def test_a_damaged_catalog_is_named(tmp_path):
    path = tmp_path / "catalog.sqlite3"
    path.write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(CatalogDamaged) as caught:
        Catalog(path).documents()
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_a_catalog_of_a_newer_version_is_refused(catalog):
    with sqlite3.connect(catalog.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CatalogDamaged, match="phiên bản tdkt mới hơn"):
        Catalog(catalog.path).documents()
