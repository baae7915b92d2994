"""The store as the rest of the project uses it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from vectorstore import build as building
from vectorstore import manifest as labels
from vectorstore.errors import DocumentNotFound, EmbedderMismatch, IndexDamaged, StoreBusy, StoreEmpty
from vectorstore.generation import folder_of
from vectorstore.lexical import tokens
from vectorstore.lock import writing
from vectorstore.manifest import Manifest
from vectorstore.records import Filter, Term
from vectorstore.store import Store
from vectorstore.torture import HashEmbedder

ROOT = Path(__file__).parents[2]


def words(text):
    return [Term("body", token) for token in tokens(text)]


def found(store, text, **options):
    hits = store.search_lexical(words(text), 10, **options)
    return [store.chunks([hit.chunk_id])[0].text for hit in hits]


def nearest(store, text, k=1, **options):
    return [store.chunks([hit.chunk_id])[0].text for hit in store.search_vectors(text, k, **options)]


def add(store, *made):
    with store.writer() as writer:
        return [writer.add(*item) for item in made]


def indexed_ids(store):
    """The chunk ids that each index holds."""
    number = store.catalog.state().generation
    with store._generations.opened(number) as generation:
        return generation.lexical.ids(), generation.chroma.ids()


def test_an_empty_store_lists_nothing_and_says_so_when_searched(store, folder):
    assert store.documents() == []
    assert store.chunks(["x"]) == []
    assert store.stats().documents == 0
    for search in (lambda: store.search_lexical(words("một"), 5), lambda: store.search_vectors("một", 5)):
        with pytest.raises(StoreEmpty) as caught:
            search()
        assert "tdkt ingest" in caught.value.remedy
    assert not folder.exists()


def test_what_was_added_is_found(store, document):
    made, data = document("a.txt", "khen thưởng tập thể", "hội đồng có hai mươi người", kind="Báo cáo")
    (outcome,) = add(store, (made, data))
    assert (outcome.change, outcome.document_id) == ("added", made.id)
    assert found(store, "hội đồng") == ["hội đồng có hai mươi người"]
    assert nearest(store, "hội đồng có người") == ["hội đồng có hai mươi người"]
    assert store.text(made.id) == made.text
    assert store.read(made.id) == made
    assert store.original(made.id) == data
    assert store.document("a.txt").id == store.document(made.id[:6]).id == made.id
    assert store.document_chunks(made.id) == list(made.chunks)
    stats = store.stats()
    assert (stats.documents, stats.chunks, stats.pages, stats.generation, stats.behind) == (1, 2, 1, 1, False)
    assert (stats.embedder, stats.dimension) == ("hash-1", 64)
    assert stats.size > len(data)


def test_adding_more_embeds_only_what_is_new(folder, document, counting):
    embedder = counting()
    with Store.open(folder, lambda: embedder) as store:
        add(store, document("a.txt", "một hai", "ba bốn"))
        assert embedder.embedded == 2
        add(store, document("b.txt", "năm sáu", "ba bốn"))
        assert embedder.embedded == 3
        assert indexed_ids(store) == (store.catalog.chunk_ids(), store.catalog.chunk_ids())
        assert len(found(store, "ba bốn")) == 2
        assert found(store, "năm") == ["năm sáu"]


def test_the_same_bytes_are_not_indexed_again(store, document):
    made, data = document("a.txt", "một")
    add(store, (made, data))
    with store.writer() as writer:
        assert writer.known(made.id)
        assert not writer.known("0" * 64)
        assert writer.add_name(made.id, "b.txt").change == "named"
        assert writer.add(made, data).change == "known"
    assert store.stats().generation == 1
    assert store.document("b.txt").names == ("a.txt", "b.txt")


def test_a_changed_file_is_replaced_in_every_index(store, document):
    old, new = document("a.txt", "con số cũ"), document("a.txt", "con số mới")
    add(store, old)
    (outcome,) = add(store, new)
    assert (outcome.change, outcome.replaced_id) == ("replaced", old[0].id)
    assert found(store, "cũ") == []
    assert found(store, "con số") == ["con số mới"]
    assert indexed_ids(store) == ({new[0].chunks[0].id},) * 2
    assert store.original(old[0].id) == old[1]  # an old version stays, unsearched


def test_a_new_reading_is_indexed_anew(store, document):
    made, data = document("a.txt", "một", "hai", kind="Kế hoạch")
    add(store, (made, data))
    assert found(store, "hai")
    (outcome,) = add(store, (replace(made, chunks=made.chunks[:1], meta=replace(made.meta, kind="Báo cáo")), data))
    assert outcome.change == "updated"
    assert found(store, "hai") == []
    assert store.search_lexical([Term("path", "cao")], 5)
    assert not store.search_lexical([Term("path", "hoach")], 5)


def test_remove_leaves_no_chunk_behind(store, document):
    one, two = document("a.txt", "tùng bách", "chung cả"), document("b.txt", "trúc mai", "chung cả")
    add(store, one, two)
    assert len(found(store, "chung")) == 2
    with store.writer() as writer:
        assert writer.remove("a.txt").id == one[0].id
    kept = {chunk.id for chunk in two[0].chunks}
    assert indexed_ids(store) == (kept, kept)
    assert found(store, "tùng bách") == []
    assert found(store, "chung") == ["chung cả"]
    assert set(nearest(store, "tùng bách", k=10)) <= {"trúc mai", "chung cả"}
    assert [item.id for item in store.documents()] == [two[0].id]
    with pytest.raises(DocumentNotFound), store.writer() as writer:
        writer.remove("a.txt")


def test_removing_the_last_document_empties_the_store(store, document):
    add(store, document("a.txt", "một"))
    with store.writer() as writer:
        writer.remove("a.txt")
    assert indexed_ids(store) == (set(), set())
    with pytest.raises(StoreEmpty):
        store.search_vectors("một", 5)
    add(store, document("a.txt", "một"))
    assert found(store, "một") == ["một"]


def test_groups_hide_documents(store, document):
    add(
        store,
        document("chung.txt", "khen thưởng cho mọi người"),
        document("kín.txt", "khen thưởng kín một", groups=("lãnh đạo",)),
        document("khác.txt", "khen thưởng kín hai", groups=("văn thư", "lãnh đạo")),
    )
    readers = {
        None: 3,
        frozenset(): 1,
        frozenset({"văn thư"}): 2,
        frozenset({"lãnh đạo"}): 3,
        frozenset({"lạ"}): 1,
    }
    for groups, count in readers.items():
        condition = Filter(groups=groups)
        assert len(found(store, "khen thưởng", condition=condition)) == count
        assert len(nearest(store, "khen thưởng", k=10, condition=condition)) == count
        assert len(store.documents(condition)) == count


def test_a_filter_does_not_starve_the_result(store, document, monkeypatch):
    crowd = [document(f"{number}.txt", *(f"thi đua {number} {part}" for part in range(30))) for number in range(4)]
    wanted = document("cần.txt", "phong trào thi đua ở nơi rất xa", "thi đua")
    add(store, *crowd, wanted)
    condition = Filter(document_ids=frozenset({wanted[0].id}))
    for exact, small in ((2000, 4000), (2000, 0), (0, 0)):
        monkeypatch.setattr("vectorstore.filtered.EXACT", exact)
        monkeypatch.setattr("vectorstore.chroma._EXACT", small)
        store.close()
        store = Store.open(store.folder, HashEmbedder)
        assert set(found(store, "thi đua", condition=condition)) == {"thi đua", "phong trào thi đua ở nơi rất xa"}
        assert nearest(store, "thi đua", k=2, condition=condition) == ["thi đua", "phong trào thi đua ở nơi rất xa"]
    assert found(store, "thi đua", condition=Filter(document_ids=frozenset())) == []
    assert nearest(store, "thi đua", condition=Filter(document_ids=frozenset())) == []


def test_exact_and_wide_vector_search_agree(folder, store, document, monkeypatch):
    add(store, *(document(f"{number}.txt", *(f"câu {number} {part}" for part in range(9))) for number in range(5)))
    condition = Filter(document_ids=frozenset(item.id for item in store.documents()[:3]))
    in_memory = store.search_vectors("câu 1 5", 8, condition)
    monkeypatch.setattr("vectorstore.chroma._EXACT", 0)
    with Store.open(folder, HashEmbedder) as large:
        exact = large.search_vectors("câu 1 5", 8, condition)
        assert exact == large.search_vectors("câu 1 5", 8, condition)
        monkeypatch.setattr("vectorstore.filtered.EXACT", 0)
        wide = large.search_vectors("câu 1 5", 8, condition)
    for other in (exact, wide):
        assert [hit.chunk_id for hit in in_memory] == [hit.chunk_id for hit in other]
        assert [hit.score for hit in in_memory] == pytest.approx([hit.score for hit in other], abs=1e-5)


def test_an_open_reader_sees_a_new_generation(folder, store, document):
    add(store, document("a.txt", "một"))
    with Store.open(folder, HashEmbedder) as reader:
        assert found(reader, "hai") == []
        assert nearest(reader, "hai") == ["một"]
        add(store, document("b.txt", "hai"))
        assert found(reader, "hai") == ["hai"]
        assert nearest(reader, "hai") == ["hai"]


def test_a_reader_is_served_during_a_write(folder, store, document):
    add(store, document("a.txt", "một"))
    with Store.open(folder, HashEmbedder) as reader, store.writer() as writer:
        writer.add(*document("b.txt", "hai"))
        assert found(reader, "một") == ["một"]
        assert found(reader, "hai") == []
        assert {item.file for item in reader.documents()} == {"a.txt", "b.txt"}
        assert reader.stats().behind
    with Store.open(folder, HashEmbedder) as reader:
        assert found(reader, "hai") == ["hai"]


def test_the_first_write_is_not_mistaken_for_an_empty_store(folder, store, document):
    with store.writer() as writer:
        writer.add(*document("a.txt", "một"))
        with Store.open(folder, HashEmbedder) as reader, pytest.raises(StoreBusy):
            found(reader, "một")


def test_one_writer_at_a_time(folder, store):
    with store.writer(), Store.open(folder, HashEmbedder) as other:
        with pytest.raises(StoreBusy) as caught, other.writer():
            pass
        assert str(folder) in caught.value.message
        assert "Đợi" in caught.value.remedy


def test_another_process_that_writes_is_busy(folder, store):
    script = (
        "import sys\nfrom pathlib import Path\nfrom vectorstore.lock import writing\n"
        f"with writing(Path({str(folder)!r})):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy), store.writer():
            pass
        holder.kill()
        holder.wait()
    with store.writer():  # the lock file is still there; the lock is not
        assert (folder / "writer.lock").exists()


def test_an_exception_keeps_what_was_acknowledged(folder, store, document):
    with pytest.raises(RuntimeError), store.writer() as writer:
        writer.add(*document("a.txt", "một"))
        raise RuntimeError
    assert store.stats().behind
    assert found(store, "một") == ["một"]
    assert not store.stats().behind


def test_another_embedder_is_named_before_anything_is_written(folder, document, counting):
    with Store.open(folder, counting) as store:
        add(store, document("a.txt", "một"))
    with Store.open(folder, lambda: counting("hash-2")) as store:
        assert found(store, "một") == ["một"]
        with pytest.raises(EmbedderMismatch) as caught:
            store.search_vectors("một", 1)
        assert "hash-1" in caught.value.message
        assert "hash-2" in caught.value.message
        assert "tdkt doctor --rebuild" in caught.value.remedy
        with pytest.raises(EmbedderMismatch):
            add(store, document("b.txt", "hai"))
        assert [item.file for item in store.documents()] == ["a.txt"]
        with store.writer() as writer:  # needs no vectors
            writer.add_name(store.documents()[0].id, "c.txt")


def test_a_build_from_nothing_uses_the_cached_vectors(folder, document, counting):
    first, second, again = counting(), counting("hash-2"), counting()
    with Store.open(folder, lambda: first) as store:
        add(store, document("a.txt", "một", "hai"))
    for embedder in (second, again):
        with Store.open(folder, lambda chosen=embedder: chosen) as store:
            with writing(folder):
                building.build(folder, store.catalog, store.embedder, anew=True)
            assert store.stats().embedder == embedder.name
            assert nearest(store, "hai") == ["hai"]
    assert (first.embedded, second.embedded, again.embedded) == (2, 2, 0)


def test_other_rules_build_anew(folder, store, document, monkeypatch):
    add(store, document("a.txt", "một"))
    for module in ("vectorstore.build", "vectorstore.store"):
        monkeypatch.setattr(f"{module}.RULES", labels.RULES + "-new")
    assert found(store, "một") == ["một"]
    assert Manifest.read(folder_of(folder, 2)).rules.endswith("-new")


def test_the_generation_before_stays_and_older_ones_go(folder, store, document):
    for number in range(4):
        add(store, document(f"{number}.txt", f"câu {number}"))
    (folder / "indexes" / "000009").mkdir()  # left by a kill
    assert {path.name for path in (folder / "indexes").iterdir()} == {"000003", "000004", "000009"}
    with store.writer():
        pass
    assert {path.name for path in (folder / "indexes").iterdir()} == {"000003", "000004"}


def test_much_rewriting_builds_anew(folder, store, document, monkeypatch):
    monkeypatch.setattr("vectorstore.build._BATCH", 2)
    for number in range(8):
        add(store, document("a.txt", f"câu {number}"))
    assert Manifest.read(folder_of(folder, store.stats().generation)).churn < 8
    assert found(store, "câu 7") == ["câu 7"]


@pytest.mark.parametrize("part", ["manifest.json", "lexical/meta.json", "chroma/chroma.sqlite3", "lexical", "chroma"])
def test_a_damaged_generation_does_not_outlive_the_next_write(store, document, part):
    add(store, document("a.txt", "một"))
    victim = folder_of(store.folder, 1) / part
    shutil.rmtree(victim) if victim.is_dir() else victim.write_bytes(b"x" * 100)
    add(store, document("b.txt", "hai"))
    assert set(found(store, "một hai")) == {"một", "hai"}
    assert nearest(store, "một") == ["một"]


def test_a_damaged_index_is_told_to_the_reader(folder, store, document):
    add(store, document("a.txt", "một"))
    (folder_of(folder, 1) / "manifest.json").unlink()
    with Store.open(folder, HashEmbedder) as reader:
        for search in (lambda: reader.search_lexical(words("một"), 5), lambda: reader.search_vectors("một", 5)):
            with pytest.raises(IndexDamaged) as caught:
                search()
            assert "doctor --rebuild" in caught.value.remedy


def test_threads_search_while_documents_come(folder, store, document):
    add(store, document("0.txt", "chung 0"))
    problems: list[object] = []
    done = False

    def search(reader):
        while not done:
            try:
                seen = len(found(reader, "chung"))
                if not 1 <= seen <= 4 or not nearest(reader, "chung"):
                    problems.append(seen)
            except Exception as error:  # noqa: BLE001 - any error of any thread fails the test
                problems.append(error)
                return

    with Store.open(folder, HashEmbedder) as reader:
        threads = [Thread(target=search, args=(reader,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(1, 4):
            add(store, document(f"{number}.txt", f"chung {number}"))
        done = True
        for thread in threads:
            thread.join()
        assert problems == []
        assert len(found(reader, "chung")) == 4


def test_word_search_needs_neither_chroma_nor_an_embedder(folder, store, document):
    add(store, document("a.txt", "một hai"))
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from vectorstore.store import Store\nfrom vectorstore.records import Term\n"
        f"store = Store.open(Path({str(folder)!r}), None)\n"
        "print(len(store.search_lexical([Term('body', 'mot')], 5)), 'chromadb' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["1", "False"]


def test_progress_is_told(store, document):
    told = []
    with store.writer(progress=lambda done, total: told.append((done, total))) as writer:
        writer.add(*document("a.txt", *(f"câu {number}" for number in range(1500))))
    assert told == [(1000, 1500), (1500, 1500)]


def test_an_original_must_be_the_documents_own(store, document):
    made, _ = document("a.txt", "một")
    with pytest.raises(ValueError, match="SHA-256"), store.writer() as writer:
        writer.add(made, b"other bytes")
    assert store.documents() == []
