"""Copies, versions, decisions and going back, as the store does them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from vectorstore.doctor import examine
from vectorstore.errors import StoreBusy
from vectorstore.lexical import tokens
from vectorstore.records import Term
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder

LINES = tuple(
    f"Điểm {number}: {words} được xã {number * 7} giao cho tổ {number} làm trong quý này và năm sau nữa."
    for number, words in enumerate(("trồng cây", "làm đường", "dạy chữ", "khám bệnh", "giữ rừng", "sửa cầu"), 1)
)


def add(store, *made, **options):
    with store.writer() as writer:
        return [writer.add(*item, **options) for item in made]


def searched(store):
    return {item.file for item in store.documents()}


def found(store, word):
    hits = store.search_lexical([Term("body", token) for token in tokens(word)], 20)
    return {store.catalog.owners([hit.chunk_id])[hit.chunk_id] for hit in hits}


def standings(store):
    return {item.file: item.standing for item in store.listed()}


@pytest.fixture
def pair(document):
    """The same paper twice: plain text, and a format that states more."""
    (one, data), (two, more) = document("a.txt", *LINES), document("a.html", *LINES, place="x")
    return (one, data), (replace(two, media_type="text/html"), more)


def test_a_copy_is_kept_listed_and_not_searched(store, pair):
    one, two = pair
    outcomes = add(store, two, one)
    assert [outcome.standing for outcome in outcomes] == ["searched", "copy"]
    assert outcomes[1].partner == two[0].id
    assert standings(store) == {"a.html": "searched", "a.txt": "copy"}
    assert found(store, "khám bệnh") == {two[0].id}
    assert store.stats().documents == 1
    assert store.text(one[0].id) == one[0].text
    assert store.original(one[0].id) == one[1]
    assert examine(store.folder).findings == ()


def test_a_copy_that_reads_better_takes_over(store, pair):
    one, two = pair
    add(store, one)
    (outcome,) = add(store, two)
    assert outcome.standing == "searched"
    assert standings(store) == {"a.txt": "copy", "a.html": "searched"}
    assert found(store, "khám bệnh") == {two[0].id}
    with store.writer() as writer:
        writer.use("a.txt")
    assert standings(store) == {"a.txt": "searched", "a.html": "copy"}
    assert found(store, "khám bệnh") == {one[0].id}


def test_three_formats_in_one_go_have_one_head(store, pair, document):
    third, data = document("a.pdf", *LINES, place="y")
    outcomes = add(store, pair[0], (replace(third, media_type="application/pdf"), data), pair[1])
    assert standings(store) == {"a.txt": "copy", "a.pdf": "searched", "a.html": "copy"}
    assert {item.partner for item in store.listed() if item.standing == "copy"} == {outcomes[1].document_id}


def test_a_copy_takes_the_place_of_what_is_removed(store, pair):
    add(store, *pair)
    with store.writer() as writer:
        writer.remove("a.html")
    assert standings(store) == {"a.txt": "searched"}
    assert found(store, "khám bệnh") == {pair[0][0].id}


def corrected(document, file="b.txt", **meta):
    return document(file, *(line.replace("tổ 3", "tổ 9") for line in LINES), **meta)


def test_a_reissue_stands_beside_unless_told_otherwise(store, document):
    old = document("a.txt", *LINES)
    add(store, old)
    (outcome,) = add(store, corrected(document))
    assert [(one.kind, one.other_id) for one in outcome.relations] == [("reissue", old[0].id)]
    assert searched(store) == {"a.txt", "b.txt"}
    with store.writer() as writer:
        writer.decide("b.txt", "a.txt", "replace")
    assert standings(store) == {"a.txt": "old", "b.txt": "searched"}
    assert found(store, "dạy chữ") == {outcome.document_id}
    with store.writer() as writer:
        writer.decide("b.txt", "a.txt", "beside")
    assert searched(store) == {"a.txt", "b.txt"}
    (again,) = add(store, document("c.txt", *LINES, place="y"), on_reissue="beside")
    assert (again.standing, again.partner) == ("copy", old[0].id)  # read against old versions too
    events = [(entry.event, entry.file, entry.other_file) for entry in store.history(old[0].id)]
    assert events == [
        ("added", "a.txt", ""),
        ("added", "b.txt", ""),
        ("beside", "b.txt", "a.txt"),
        ("replace", "b.txt", "a.txt"),
        ("beside", "b.txt", "a.txt"),
        ("added", "c.txt", ""),
        ("copy", "c.txt", "a.txt"),
    ]


def test_a_reissue_replaces_when_told_so_and_the_later_one_wins(store, document):
    add(store, document("a.txt", *LINES, issued="2024-05-01"))
    add(store, corrected(document, issued="2024-06-01"), on_reissue="replace")
    assert standings(store) == {"a.txt": "old", "b.txt": "searched"}
    early = document("c.txt", *(line.replace("tổ 5", "tổ 8") for line in LINES), issued="2024-01-01")
    (outcome,) = add(store, early, on_reissue="replace")
    assert outcome.standing == "old"
    assert searched(store) == {"b.txt"}


def test_a_copy_of_an_old_version_is_not_searched(store, document):
    old, new = document("a.txt", *LINES), corrected(document, "a.txt")
    add(store, old)
    add(store, new)
    (outcome,) = add(store, document("z.txt", *LINES, place="y"))
    assert (outcome.standing, outcome.partner) == ("copy", old[0].id)
    assert [item.id for item in store.documents()] == [new[0].id]


def test_two_documents_decided_to_be_one(store, document):
    add(store, document("a.txt", *LINES), document("b.txt", "lời văn khác hẳn, cùng một việc"))
    with store.writer() as writer:
        writer.decide("b.txt", "a.txt", "copy")
    assert standings(store) == {"a.txt": "searched", "b.txt": "copy"}


def test_changed_bytes_under_a_name_are_a_version_and_can_come_back(store, document):
    first, second = document("a.txt", "con số cũ"), document("a.txt", "con số mới")
    add(store, first)
    add(store, second)
    assert [(item.names, item.standing) for item in store.listed()] == [(("a.txt",), "old"), (("a.txt",), "searched")]
    assert store.document("a.txt").id == second[0].id
    assert store.original(first[0].id) == first[1]
    with store.writer() as writer:
        outcome = writer.add_name(first[0].id, "a.txt")  # the file on disk is as it was before
    assert (outcome.change, outcome.replaced_id, outcome.standing) == ("named", second[0].id, "searched")
    assert found(store, "con số") == {first[0].id}
    assert [entry.event for entry in store.history(first[0].id)] == ["added", "added", "version", "named", "version"]


def test_going_back_and_forth_again(store, document):
    first, second = document("a.txt", "con số cũ"), document("a.txt", "con số mới")
    add(store, first, document("b.txt", "giữ nguyên"))
    assert store.rollback() is None
    with store.writer() as writer:
        writer.add(*second)
        writer.add(*document("c.txt", "thêm sau"))
        writer.remove("b.txt")
    change = store.roll_back()
    assert {item.file for item in change.resting} == {"a.txt", "c.txt"}
    assert {item.file for item in change.restored} == {"a.txt", "b.txt"}
    assert change.missing == 0
    assert found(store, "con số") == {first[0].id}
    assert found(store, "thêm sau") == set()
    assert found(store, "giữ nguyên")
    assert store.document("c.txt").standing == "resting"
    assert store.document("a.txt").id == first[0].id
    assert examine(store.folder).findings == ()
    store.roll_back()
    assert found(store, "con số") == {second[0].id}
    assert searched(store) == {"a.txt", "c.txt"}


def test_a_third_version_after_going_back_leaves_one_in_use(store, document):
    add(store, document("a.txt", "số một"))
    add(store, document("a.txt", "số hai"))
    store.roll_back()
    third = document("a.txt", "số ba")
    add(store, third)
    assert [item.id for item in store.documents()] == [third[0].id]
    assert found(store, "số") == {third[0].id}


def test_what_rests_can_be_used_again(store, document):
    add(store, document("a.txt", "một"))
    add(store, document("b.txt", "hai"))
    store.roll_back()
    assert searched(store) == {"a.txt"}
    with store.writer() as writer:
        assert writer.known(store.document("b.txt").id)
        writer.use("b.txt")
    assert searched(store) == {"a.txt", "b.txt"}
    assert found(store, "hai")


def test_going_back_sees_what_a_killed_writer_left(store, document):
    add(store, document("a.txt", "một"))
    with pytest.raises(RuntimeError), store.writer() as writer:
        writer.add(*document("b.txt", "hai"))
        raise RuntimeError
    change = store.roll_back()
    assert [item.file for item in change.resting] == ["b.txt"]
    assert searched(store) == {"a.txt"}


def test_going_back_waits_for_no_other_writer_and_readers_notice(folder, store, document):
    add(store, document("a.txt", "một"))
    add(store, document("b.txt", "hai"))
    with Store.open(folder, HashEmbedder) as reader:
        assert found(reader, "hai")
        with store.writer(), pytest.raises(StoreBusy):
            reader.roll_back()
        store.roll_back()
        assert not found(reader, "hai")
        assert searched(reader) == {"a.txt"}


def test_removed_documents_go_for_good_when_nothing_leads_back_to_them(store, document):
    made = document("a.txt", "một")
    add(store, made, document("b.txt", "hai"))
    with store.writer() as writer:
        writer.remove("a.txt")
        assert not writer.known(made[0].id)
    assert made[0].id in store.catalog.ids()
    assert standings(store) == {"b.txt": "searched"}
    add(store, document("c.txt", "ba"))
    add(store, document("d.txt", "bốn"))
    assert made[0].id not in store.catalog.ids()
    assert not list((store.folder / "originals").rglob(made[0].id))
    with store.writer() as writer:
        writer.remove("b.txt", for_good=True)
    assert [item.file for item in store.listed()] == ["c.txt", "d.txt"]
    assert store.rollback().missing == 1


def test_a_removed_document_that_comes_again_is_new(store, document):
    made = document("a.txt", "một")
    add(store, made, document("b.txt", "hai"))
    with store.writer() as writer:
        writer.remove("a.txt")
    (outcome,) = add(store, made)
    assert (outcome.change, outcome.standing) == ("added", "searched")
    assert found(store, "một") == {made[0].id}


def make_first_schema(folder):
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        for table in ("standings", "sketches", "history", "facts", "generations"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")


def test_a_catalog_of_the_first_schema_is_brought_up(folder, store, document, pair):
    add(store, pair[1])
    store.close()
    make_first_schema(folder)
    with Store.open(folder, HashEmbedder) as opened:
        assert searched(opened) == {"a.html"}
        assert found(opened, "khám bệnh")
        (outcome,) = add(opened, pair[0])
        assert outcome.standing == "copy"
        change = corrected(document, "a.html")
        add(opened, change)
        assert standings(opened) == {"a.html": "searched", "a.txt": "copy"}
        assert {item.file for item in opened.listed() if item.standing == "old"} == {"a.html"}


def test_a_catalog_of_the_first_schema_can_go_back_at_once(folder, store, document):
    add(store, document("a.txt", "một"))
    store.close()
    make_first_schema(folder)
    with Store.open(folder, HashEmbedder) as opened:
        add(opened, document("b.txt", "hai"))
        opened.roll_back()
        assert searched(opened) == {"a.txt"}
