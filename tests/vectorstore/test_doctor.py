"""What the doctor notices, and what it can mend."""

from __future__ import annotations

import shutil
import sqlite3
import sys

import numpy as np
import pytest

from vectorstore.chroma import ChromaIndex
from vectorstore.doctor import examine, repair
from vectorstore.errors import CatalogDamaged, StoreBusy
from vectorstore.generation import folder_of
from vectorstore.lexical import LexicalIndex
from vectorstore.records import Passage, Term
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder


@pytest.fixture
def filled(store, document):
    """A store of two documents in its first generation."""
    with store.writer() as writer:
        writer.add(*document("a.txt", "một hai", "ba bốn"))
        writer.add(*document("b.txt", "năm sáu", "bảy tám"))
    return store


@pytest.fixture
def altered(filled):
    """Function that changes an index behind the catalog's back."""

    def alter(kind, change):
        folder = folder_of(filled.folder, 1) / kind
        index = (LexicalIndex if kind == "lexical" else ChromaIndex)(folder)
        change(index)
        index.commit()
        index.close()
        return filled.folder

    return alter


def kinds(report):
    return {(item.place, item.kind) for item in report.findings}


def first_chunk(store):
    return store.document_chunks(store.documents()[0].id)[0]


def test_a_healthy_store(filled):
    report = examine(filled.folder)
    assert report.healthy
    assert (report.documents, report.chunks, report.generation, report.embedder) == (2, 4, 1, "hash-1")


def test_a_store_that_is_not_there(folder):
    assert examine(folder).healthy
    assert not folder.exists()


@pytest.mark.parametrize("kind", ["lexical", "chroma"])
def test_a_missing_and_a_stale_chunk(filled, altered, kind):
    lost = first_chunk(filled).id
    stranger = Passage("lạ", "lạ", "lạ", "", "", "lạ")

    def change(index):
        index.remove([lost])
        index.add([stranger], np.ones((1, 64), dtype=np.float32))

    folder = altered(kind, change)
    assert kinds(examine(folder)) == {(kind, "missing"), (kind, "stale")}
    report = repair(folder, HashEmbedder)
    assert report.healthy
    assert report.rebuilt
    assert report.generation == 2
    with Store.open(folder, HashEmbedder) as again:
        assert [hit.chunk_id for hit in again.search_lexical([Term("body", "mot")], 5)] == [lost]


def test_a_wrong_vector(filled, altered):
    chunk = first_chunk(filled)
    other = Passage(chunk.id, chunk.document_id, "", "", "", "")
    folder = altered("chroma", lambda index: index.add([other], HashEmbedder().encode_documents(["xa lạ"])))
    (finding,) = examine(folder).findings
    assert (finding.place, finding.kind, finding.repairable) == ("chroma", "wrong", True)
    assert "1 đoạn" in finding.message
    assert repair(folder, HashEmbedder).healthy


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("manifest.json", "indexes"),
        ("lexical/meta.json", "lexical"),
        ("lexical", "lexical"),
        ("chroma/chroma.sqlite3", "chroma"),
        ("chroma", "chroma"),
    ],
)
def test_an_unreadable_index(filled, part, place):
    victim = folder_of(filled.folder, 1) / part
    shutil.rmtree(victim) if victim.is_dir() else victim.write_bytes(b"x" * 100)
    assert kinds(examine(filled.folder)) == {(place, "unreadable")}
    assert repair(filled.folder, HashEmbedder).healthy


@pytest.mark.skipif(sys.platform == "win32", reason="cần tệp lệnh sh")
def test_an_index_that_kills_its_examiner_is_only_a_finding(filled, tmp_path, monkeypatch):
    crashing = tmp_path / "python"
    crashing.write_text(f'#!/bin/sh\ncase "$*" in *chroma*) kill -SEGV $$;; esac\nexec {sys.executable} "$@"\n')
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))
    (finding,) = examine(filled.folder).findings
    assert (finding.place, finding.kind) == ("chroma", "unreadable")
    assert "-11" in finding.message


def test_originals_that_are_gone_or_changed(filled, document):
    one, two = filled.documents()
    originals = filled.folder / "originals"
    (originals / one.id[:2] / one.id).unlink()
    (originals / two.id[:2] / two.id).write_bytes(b"changed")
    report = examine(filled.folder)
    assert kinds(report) == {("originals", "original")}
    assert not any(item.repairable for item in report.findings)
    assert "a.txt" in report.findings[0].message
    assert "không còn" in report.findings[0].message
    assert "b.txt" in report.findings[1].message
    assert "bị thay đổi" in report.findings[1].message
    with pytest.raises(CatalogDamaged):
        filled.original(two.id)
    with filled.writer() as writer:  # reading the files in again mends it
        writer.add(*document("a.txt", "một hai", "ba bốn"))
        writer.add(*document("b.txt", "năm sáu", "bảy tám"))
    assert examine(filled.folder).healthy


def test_a_catalog_ahead_of_its_indexes(filled, document):
    with pytest.raises(RuntimeError), filled.writer() as writer:
        writer.add(*document("c.txt", "chín mười"))
        writer.remove("a.txt")
        raise RuntimeError
    assert kinds(examine(filled.folder)) == {("indexes", "behind")}
    assert repair(filled.folder, HashEmbedder).healthy


def test_a_catalog_whose_content_was_changed(filled):
    with sqlite3.connect(filled.folder / "catalog.sqlite3") as connection:
        connection.execute("UPDATE chunks SET text = 'khác' WHERE id = ?", (first_chunk(filled).id,))
    report = examine(filled.folder)
    assert ("catalog", "document") in kinds(report)
    assert any("a.txt" in item.message for item in report.findings)


def test_a_catalog_that_cannot_be_read(filled):
    path = filled.folder / "catalog.sqlite3"
    filled.close()
    data = bytearray(path.read_bytes())
    data[:4096] = b"x" * 4096
    path.write_bytes(data)
    report = examine(filled.folder)
    assert {item.place for item in report.findings} == {"catalog"}
    assert not report.findings[0].repairable
    with pytest.raises(CatalogDamaged):
        repair(filled.folder, HashEmbedder)


def test_repair_takes_the_configured_embedder(filled, counting):
    assert repair(filled.folder, lambda: counting("hash-2")).embedder == "hash-2"
    assert repair(filled.folder, HashEmbedder).embedder == "hash-1"


def test_repair_waits_for_no_writer(filled):
    with filled.writer(), pytest.raises(StoreBusy):
        repair(filled.folder, HashEmbedder)
