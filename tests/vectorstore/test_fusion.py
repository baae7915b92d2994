"""The fusion formulas."""

from __future__ import annotations

import pytest

from vectorstore.fusion import best, normalise, reciprocal_rank, weighted
from vectorstore.records import Hit

BM25 = [Hit("a", 12.0), Hit("b", 6.0), Hit("c", 3.0)]
COSINE = [Hit("b", 0.9), Hit("d", 0.7), Hit("a", 0.5)]


def test_normalise_runs_from_zero_to_one():
    assert normalise(COSINE) == pytest.approx({"b": 1.0, "d": 0.5, "a": 0.0})
    assert normalise(BM25, floor=0) == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.25})


def test_normalise_of_equal_scores_and_of_nothing():
    assert normalise([Hit("a", 2.0), Hit("b", 2.0)]) == {"a": 1.0, "b": 1.0}
    assert normalise([Hit("a", 2.0)], floor=0) == {"a": 1.0}
    assert normalise([Hit("a", 0.0)], floor=0) == {"a": 0.0}
    assert normalise([Hit("a", -1.0), Hit("b", 1.0)], floor=0) == {"a": 0.0, "b": 1.0}
    assert normalise([]) == {}


def test_weighted_adds_up_what_the_rankings_say():
    fused = weighted([(normalise(BM25, floor=0), 1.0), (normalise(COSINE), 0.5)], 10)
    assert [(hit.chunk_id, pytest.approx(hit.score)) for hit in fused] == [
        ("a", 1.0),
        ("b", 1.0),
        ("c", 0.25),
        ("d", 0.25),
    ]
    assert weighted([], 3) == []


def test_reciprocal_rank_uses_ranks_only():
    fused = reciprocal_rank([(BM25, 1.0), (COSINE, 1.0)], 2, constant=1)
    assert [(hit.chunk_id, pytest.approx(hit.score)) for hit in fused] == [("b", 1 / 3 + 1 / 2), ("a", 1 / 2 + 1 / 4)]


def test_best_breaks_ties_by_id():
    assert [hit.chunk_id for hit in best({"c": 1, "a": 1, "b": 2}, 2)] == ["b", "a"]
    assert best({"a": 1.0}, -1) == []
