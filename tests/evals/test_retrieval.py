from __future__ import annotations

import math

import pytest

from evals.metrics.retrieval import coverage_at, ndcg_at, ranks, recall_at, reciprocal_rank


@pytest.fixture
def searched(make):
    asked = make.question(evidence=("Hội đồng xét tặng có 19 thành viên", "gồm tờ trình", "không đâu có dòng này"))
    hits = [
        make.hit("Hội đồng xét tặng có 19 thành viên", file="khac.pdf"),
        make.hit("hồ sơ gồm tờ trình, biên bản"),
        make.hit("chuyện khác"),
        make.hit("Theo đó, HỘI ĐỒNG xét tặng có 19 thành viên; hồ sơ gồm tờ trình"),
    ]
    return make.case(asked, hits=hits)


def test_ranks_need_the_right_document(searched):
    assert ranks(searched.question, searched.hits) == (4, 2, None)


def test_recall_and_mrr_follow_the_first_line(searched):
    assert [recall_at(k)(searched).value for k in (1, 3, 4, 8)] == [0, 0, 1, 1]
    assert reciprocal_rank(searched).value == 0.25


def test_coverage_counts_all_lines(searched):
    assert [coverage_at(k)(searched).value for k in (1, 3, 4)] == [0, pytest.approx(1 / 3), pytest.approx(2 / 3)]


def test_ndcg_by_hand(searched):
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(10)(searched).value == pytest.approx(gained / ideal)
    ideal_at_3 = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(3)(searched).value == pytest.approx((1 / math.log2(3)) / ideal_at_3)


def test_one_passage_with_all_evidence_on_top_is_perfect(make):
    asked = make.question(evidence=("19 thành viên", "gồm tờ trình"))
    case = make.case(asked, hits=[make.hit("19 thành viên; gồm tờ trình")])
    assert ndcg_at(10)(case).value == coverage_at(8)(case).value == reciprocal_rank(case).value == 1


def test_only_the_first_two_hundred_words_of_a_passage_count(make):
    inside = make.hit("chữ " * 196 + "xét tặng thành viên")
    outside = make.hit("chữ " * 198 + "xét tặng thành viên")
    asked = make.question(evidence=("xét tặng thành viên",))
    assert recall_at(1)(make.case(asked, hits=[inside])).value == 1
    assert recall_at(1)(make.case(asked, hits=[outside])).value == 0


def test_nothing_to_find_or_no_search_is_not_scored(make):
    assert recall_at(8)(make.case(make.question(evidence=()), hits=[])).value is None
    assert recall_at(8)(make.case(make.question())).value is None
    assert recall_at(8)(make.case(make.question(), hits=[])).value == 0
