from __future__ import annotations

import numpy as np

from vectorstore.embed import shipped
from vectorstore.late_interaction import LateInteraction, load
from vectorstore.small_products import one_thread


def scores(question: str, *passages: str) -> list[float]:
    late = load()
    return late.scores(question, [late.tokens(passage) for passage in passages])


def test_a_passage_that_says_the_question_scores_one() -> None:
    same, other = scores("tặng bằng khen", "tỉnh tặng bằng khen cho tập thể", "thời tiết hôm nay")
    assert same > 0.999
    assert other < same


def test_another_wording_is_nearer_than_another_subject() -> None:
    near, far = scores("thành viên hội đồng", "các ủy viên của ban", "giá lúa gạo xuất khẩu")
    assert near > far


def test_nothing_to_compare_scores_nothing() -> None:
    late = load()
    assert scores("", "một đoạn") == [0.0]
    assert late.scores("câu hỏi", []) == []
    assert scores("câu hỏi", "")[0] >= 0.0


def test_scores_are_the_plain_sum_of_best_cosines() -> None:
    model = shipped()
    late = LateInteraction(model)
    question, passage = "danh hiệu thi đua", "hình thức khen thưởng và danh hiệu"
    asked, held = model.token_ids(question), sorted(set(model.token_ids(passage)))
    cosines = model.token_vectors[asked] @ model.token_vectors[held].T
    weights = model.token_weights[asked]
    expected = float(weights @ cosines.max(axis=1) / weights.sum())
    assert np.isclose(late.scores(question, [late.tokens("dân vận"), late.tokens(passage)])[1], expected, atol=1e-5)


def test_small_products_run_on_one_thread_and_leave_the_setting_as_it_was() -> None:
    from threadpoolctl import threadpool_info, threadpool_limits

    def threads() -> set[int]:
        # Other libraries bring a BLAS of their own; the products here are numpy's.
        rows = [row for row in threadpool_info() if row["user_api"] == "blas"]
        return {row["num_threads"] for row in rows if "numpy" in row["filepath"]}

    with threadpool_limits(limits=3, user_api="blas"):
        with one_thread():
            assert threads() == {1}
        assert threads() == {3}
