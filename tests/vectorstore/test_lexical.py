"""Tokens, fields and weights of the word index."""

from __future__ import annotations

import numpy as np
import pytest

from vectorstore.lexical import FIELDS, Cuttings, LexicalIndex, accented_tokens, bigrams, tokens
from vectorstore.records import Passage, Term

NONE = np.zeros((0, 0), dtype=np.float32)

TOKENS = [
    ("Thi đua – Khen thưởng", ["thi", "dua", "khen", "thuong"]),
    ("số 841-CV/TU", ["so", "841-cv/tu", "841", "cv", "tu"]),
    ("172/2015/QĐ-UBND", ["172/2015/qd-ubnd", "172", "2015", "qd", "ubnd"]),
    ("đạt 16.068 lượt", ["dat", "16.068", "16068", "16", "068", "68", "luot"]),
    ("84,6%.", ["84,6%", "84,6", "84", "6"]),
    ("ngày 05/9", ["ngay", "05/9", "05", "5", "9"]),
    ("giai đoạn 2016\u20132020", ["giai", "doan", "2016-2020", "2016", "2020"]),
    ("NĐ\u2011CP", ["nd-cp", "nd", "cp"]),
    ("cuối câu.Đầu câu", ["cuoi", "cau", "dau", "cau"]),
    ("1.234.567 đồng", ["1.234.567", "1234567", "1", "234", "567", "dong"]),
    ("khác¹⁹. Hết", ["khac", "het"]),
    ("a_b", ["a", "b"]),
    ("", []),
    (" \t\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_tokens_do_not_depend_on_accents():
    assert tokens("Hội đồng ĐẶC biệt") == tokens("hoi dong dac biet")


def test_no_token_holds_a_space():
    assert not [token for text, _ in TOKENS for token in tokens(text) if token.split() != [token]]


def test_accented_tokens_unify_tone_placement():
    assert accented_tokens("Hoà giải 19 vụ, QUÝ I") == accented_tokens("hòa giải vụ quý i")
    assert accented_tokens("hòa") != accented_tokens("hoa")


TEXT = "1. Quyết định số 841-CV/TU¹ đạt 84,6%; hoà giải 16.068 vụ.\nĐiểm c) Năm 2020: thuỷ lợi, cờ thi đua."


@pytest.mark.parametrize("stretch", [(0, len(TEXT)), (0, TEXT.index(";") + 1), (TEXT.index("Điểm"), len(TEXT)), (3, 3)])
def test_tokens_of_a_stretch_are_those_it_has_by_itself(stretch):
    start, end = stretch
    cuttings = Cuttings(TEXT)
    assert cuttings.tokens(start, end) == tokens(TEXT[start:end])
    assert cuttings.accented(start, end) == accented_tokens(TEXT[start:end])


def test_bigrams_skip_joined_tokens():
    assert bigrams(tokens("Công văn 841-CV/TU")) == ["cong_van", "van_841", "841_cv", "cv_tu"]
    assert bigrams(["mot"]) == []


@pytest.fixture
def index(tmp_path):
    opened = LexicalIndex(tmp_path / "index")
    yield opened
    opened.close()


def found(index, *terms, k=10):
    return [hit.chunk_id for hit in index.search(terms, k)]


def test_each_field_is_searched_on_its_own(index, passage):
    index.add([passage("a", "thân bài", path="II. Đề mục", context="lời dẫn")], NONE)
    index.commit()
    hits = {
        "body": "than",
        "bigrams": "than_bai",
        "accented": "thân",
        "path": "muc",
        "context": "dan",
    }
    assert set(hits) == set(FIELDS)
    for field in FIELDS:
        matching = [name for name, word in hits.items() if found(index, Term(field, word))]
        assert matching == [field]


def test_accents_count_only_in_the_accented_field(index, passage):
    index.add([passage("a", "bàn"), passage("b", "bán")], NONE)
    index.commit()
    assert found(index, Term("body", "ban")) == ["a", "b"]
    assert found(index, Term("body", "ban"), Term("accented", "bán", 0.5)) == ["b", "a"]


def test_weights_scale_scores(index, passage):
    index.add([passage("a", "mot hai"), passage("b", "mot ba")], NONE)
    index.commit()
    (single,) = index.search([Term("body", "hai")], 5)
    (double,) = index.search([Term("body", "hai", 2.0)], 5)
    (twice,) = index.search([Term("body", "hai"), Term("body", "hai")], 5)
    assert double.score == pytest.approx(2 * single.score)
    assert twice.score == pytest.approx(double.score)
    assert found(index, Term("body", "hai"), Term("body", "ba", 3.0)) == ["b", "a"]
    assert found(index, Term("body", "hai", 0.0), Term("body", "ba", -1.0)) == []


def test_document_number_is_found_whole_and_in_pieces(index, passage):
    index.add([passage("a", "Công văn 841-CV/TU"), passage("b", "Quyết định 841/QĐ-UBND")], NONE)
    index.commit()
    assert found(index, Term("body", "841-cv/tu")) == ["a"]
    assert found(index, Term("body", "841")) == ["a", "b"]


def test_ties_beyond_k_are_broken_by_id(index, passage):
    names = [f"c{number:03d}" for number in range(200)]
    index.add([passage(name, "giống nhau") for name in reversed(names)], NONE)
    index.commit()
    assert found(index, Term("body", "giong"), k=7) == names[:7]


def test_words_of_query_syntax_are_only_words(index, passage):
    index.add([passage("a", "không AND có OR")], NONE)
    index.commit()
    assert found(index, Term("body", 'and" OR body:*')) == []
    assert found(index, Term("body", "and")) == ["a"]


def test_a_search_in_some_documents_keeps_the_scores_of_all(tmp_path):
    index = LexicalIndex(tmp_path)
    bodies = {"a": "thi đua khen thưởng", "b": "thi đua", "c": "khen thưởng thi đua yêu nước", "d": "nông thôn mới"}
    made = [Passage(one, f"paper-{one}", body, "", "", body) for one, body in bodies.items()]
    index.add(made, NONE)
    index.commit()
    query = [Term("body", "thi", 1.0), Term("body", "khen", 1.0)]
    every = {hit.chunk_id: hit.score for hit in index.search(query, 10)}
    assert set(every) == {"a", "b", "c"}
    for papers, expected in ((["paper-b"], {"b"}), (["paper-a", "paper-c", "paper-d"], {"a", "c"}), ([], set())):
        found = {hit.chunk_id: hit.score for hit in index.search(query, 10, papers)}
        assert found == {one: every[one] for one in expected}
    index.close()
