"""Questions written for the project find their article, and an article that is held out stays so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.training.contrast import Schedule, TokenPairs, fine_tune
from vectorstore.training.corpus import Article
from vectorstore.training.negatives import mean_vectors, near_misses
from vectorstore.training.pairs import question_pairs
from vectorstore.training.questions import HELD_OUT, PARTS, Question, load_questions, part_of, resolve

ARTICLES = [Article(f"Điều thứ {n}", f"Nội dung của điều thứ {n}.", f"{n % 7}.1.NĐ.{n}") for n in range(400)]
ASKED = [Question(article.code, f"Điều {article.code} nói gì?") for article in ARTICLES]


def test_the_questions_of_the_project_can_be_read() -> None:
    questions = load_questions()
    assert len(questions) > 3_000
    assert len(set(questions)) == len(questions)
    assert all(len(question.text.split()) >= 2 for question in questions)
    held_out = {question.code for question in questions if part_of(question.code) < HELD_OUT}
    assert 0.07 < len(held_out) / len({question.code for question in questions}) < 0.13


def test_a_line_without_a_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv"
    path.write_text("1.1.NĐ.1\tHỏi gì?\n1.1.NĐ.2 Hỏi gì?\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"q\.tsv, line 2"):
        load_questions(path)


def test_every_question_is_learnt_held_out_or_missing() -> None:
    unknown, twice = Question("9.9.LQ.9", "Hỏi gì?"), Article("Trùng số", "Trùng số với điều khác.", ARTICLES[3].code)
    found = resolve([*ASKED, unknown], [*ARTICLES, twice])
    assert set(found.missing) == {unknown, ASKED[3]}
    assert len(found.learnt) + len(found.held_out) == len(ASKED) - 1
    assert all(ARTICLES[place].code == question.code for question, place in (*found.learnt, *found.held_out))
    assert {part_of(question.code) < HELD_OUT for question, _ in found.held_out} == {True}


def test_a_smaller_share_is_part_of_a_larger_one_and_holds_out_the_same() -> None:
    quarter, half, whole = (resolve(ASKED, ARTICLES, share) for share in (0.25, 0.5, 1.0))
    assert quarter.held_out == half.held_out == whole.held_out
    assert set(quarter.learnt) < set(half.learnt) < set(whole.learnt)
    assert len(quarter.learnt) == pytest.approx(0.25 * (1 - HELD_OUT / PARTS) * len(ASKED), rel=0.3)
    assert not resolve(ASKED, ARTICLES, 0).learnt


def test_a_question_is_paired_with_its_article_every_time() -> None:
    learnt = resolve(ASKED, ARTICLES).learnt
    pairs = question_pairs(learnt, ARTICLES, copies=3, seed=1)
    assert len(pairs) == 3 * len(learnt)
    assert all(ARTICLES[pair.article].text in pair.passage for pair in pairs)
    assert {pair.passage.startswith("Điều thứ") for pair in pairs} == {True, False}


def test_near_misses_are_the_nearest_of_another_topic() -> None:
    passages = mean_vectors(np.eye(3, dtype=np.float32), [np.array(ids) for ids in ([0], [0, 1], [0, 0, 1], [2], [])])
    queries = passages[:1]
    assert near_misses(queries, ["1.1"], passages, ["1.1", "2.1", "2.2", "2.2", "2.2"], nearest=3)[0].tolist() == [2, 1]
    assert near_misses(queries, ["1.1"], passages, ["1.1", "", "1.1", "1.1", ""], nearest=5)[0].tolist() == []


def test_training_pushes_a_near_miss_away_and_leaves_the_same_article_alone() -> None:
    table = np.random.default_rng(5).standard_normal((8, 4)).astype(np.float32)
    one, other, miss = np.array([1, 2]), np.array([3]), np.array([1, 5])
    queries, passages = [one, other], [np.array([1, 4]), np.array([3, 6])]
    schedule = Schedule(epochs=60, batch=2, learning_rate=0.02, stripped=0.0, threads=1)

    def score(vectors: np.ndarray, passage: np.ndarray) -> float:
        first, second = mean_vectors(vectors, [one, passage])
        return float(first @ second)

    def trained(articles: list[int], misses: list[np.ndarray], pool: list[np.ndarray]) -> np.ndarray:
        pairs = TokenPairs(queries, queries, passages, np.array(articles), misses, pool)
        return fine_tune(table, pairs, schedule)

    none = np.zeros(0, dtype=np.int64)
    with_miss = trained([0, 1], [np.array([0]), none], [miss])
    assert score(with_miss, miss) < score(with_miss, passages[0])
    assert score(with_miss, miss) < score(trained([0, 1], [], []), miss) - 0.1
    assert np.allclose(trained([0, 0], [], []), table)
