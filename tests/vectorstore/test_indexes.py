"""What both indexes promise: the contract of ``vectorstore.base.Index``."""

from __future__ import annotations

import numpy as np
import pytest

from vectorstore.base import Index
from vectorstore.chroma import ChromaIndex
from vectorstore.errors import IndexDamaged
from vectorstore.lexical import LexicalIndex
from vectorstore.records import Term

WORDS = ("mot", "hai", "ba", "bon")


@pytest.fixture(params=["lexical", "chroma"])
def kind(request):
    return request.param


@pytest.fixture
def opened(kind, tmp_path):
    """Function that opens the index; every one it opened is closed in the end."""
    indexes = []

    def open_index(**options):
        index = (LexicalIndex if kind == "lexical" else ChromaIndex)(tmp_path / "index", **options)
        indexes.append(index)
        return index

    yield open_index
    for index in indexes:
        index.close()


@pytest.fixture
def put(passage):
    """Index texts of known words: the word decides both the text and the axis of the vector."""

    def add(index, **texts):
        vectors = [np.eye(4, dtype=np.float32)[WORDS.index(text.split()[0])] for text in texts.values()]
        index.add([passage(key, text) for key, text in texts.items()], np.array(vectors, dtype=np.float32))

    return add


@pytest.fixture
def found(kind):
    def search(index, word, k=10):
        query = [Term("body", word)] if kind == "lexical" else np.eye(4, dtype=np.float32)[WORDS.index(word)]
        return [hit.chunk_id for hit in index.search(query, k) if hit.score > 0.1 or kind == "lexical"]

    return search


def test_is_an_index(opened):
    assert isinstance(opened(), Index)


def test_empty_index_finds_nothing(opened, found):
    index = opened()
    assert found(index, "mot") == []
    assert index.ids() == set()


def test_nothing_is_visible_before_commit(opened, put, found):
    index = opened()
    put(index, a="mot", b="hai")
    assert found(index, "mot") == []
    index.commit()
    assert found(index, "mot") == ["a"]
    index.remove(["a"])
    assert found(index, "mot") == ["a"]
    index.commit()
    assert found(index, "mot") == []
    assert index.ids() == {"b"}


def test_what_was_not_committed_is_dropped_on_close(opened, put):
    index = opened()
    put(index, a="mot")
    index.commit()
    put(index, b="hai")
    index.close()
    assert opened(create=False).ids() == {"a"}


def test_adding_an_id_again_replaces_it(opened, put, found):
    index = opened()
    put(index, a="mot", b="hai")
    index.commit()
    put(index, a="ba")
    index.commit()
    assert found(index, "mot") == []
    assert found(index, "ba") == ["a"]
    assert index.ids() == {"a", "b"}


def test_the_last_of_several_changes_before_a_commit_counts(opened, put, found):
    index = opened()
    put(index, a="mot", b="mot")
    index.remove(["a"])
    put(index, b="hai")
    put(index, c="mot")
    index.remove(["c"])
    put(index, c="ba")
    index.commit()
    assert index.ids() == {"b", "c"}
    assert found(index, "mot") == []
    assert found(index, "hai") == ["b"]
    assert found(index, "ba") == ["c"]


def test_removing_an_unknown_id_does_nothing(opened, put):
    index = opened()
    put(index, a="mot")
    index.remove(["không có"])
    index.commit()
    assert index.ids() == {"a"}


def test_at_most_k_hits_best_first_ties_by_id(opened, put, found):
    index = opened()
    put(index, d="mot", b="mot", c="mot", a="mot", e="hai")
    index.commit()
    assert found(index, "mot") == ["a", "b", "c", "d"]
    assert found(index, "mot", k=2) == ["a", "b"]
    assert found(index, "mot", k=0) == []
    scores = [hit.score for hit in index.search([Term("body", "mot")], 9)] if isinstance(index, LexicalIndex) else []
    assert scores == sorted(scores, reverse=True)


def test_an_index_is_there_when_opened_again(opened, put, found):
    index = opened()
    put(index, a="mot", b="hai")
    index.commit()
    index.close()
    again = opened(create=False)
    assert again.ids() == {"a", "b"}
    assert found(again, "hai") == ["b"]


def test_a_missing_index_is_not_made_by_a_reader(opened, tmp_path):
    with pytest.raises(IndexDamaged) as caught:
        opened(create=False)
    assert "doctor --rebuild" in caught.value.remedy
    assert not (tmp_path / "index").exists()


def test_a_damaged_index_is_named(opened, put, kind, tmp_path):
    index = opened()
    put(index, a="mot")
    index.commit()
    index.close()
    victim = tmp_path / "index" / ("meta.json" if kind == "lexical" else "chroma.sqlite3")
    victim.write_bytes(b"x" * 4096)
    with pytest.raises(IndexDamaged) as caught:
        opened(create=False).ids()
    assert str(tmp_path) in caught.value.message


def test_a_zero_vector_is_near_to_nothing(tmp_path, passage):
    index = ChromaIndex(tmp_path / "index")
    index.add([passage("a", "mot")], np.ones((1, 4), dtype=np.float32))
    index.commit()
    assert index.search(np.zeros(4, dtype=np.float32), 5) == []
    with pytest.raises(ValueError, match="1 passages but 2 vectors"):
        index.add([passage("a", "mot")], np.ones((2, 4), dtype=np.float32))
    index.close()


def test_vectors_come_back_as_they_went_in(tmp_path, passage):
    vectors = np.random.default_rng(0).standard_normal((50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = ChromaIndex(tmp_path / "index")
    index.add([passage(f"c{number:02d}", "x") for number in range(50)], vectors)
    index.commit()
    held = index.vectors(["c07", "c49", "none"])
    assert set(held) == {"c07", "c49"}
    assert np.allclose(held["c07"], vectors[7], atol=1e-6)
    best = index.search(vectors[7], 3)[0]
    assert best.chunk_id == "c07"
    assert best.score == pytest.approx(1.0, abs=1e-5)
    index.close()
