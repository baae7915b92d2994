"""Intervals, paired tests, figures over questions, refusals and the risk-coverage curve: worked out by hand."""

from __future__ import annotations

import pytest

from evals.comparison import compare_runs, drops, moved
from evals.errors import BadRun
from evals.intervals import mean_interval, quantile_interval, ratio_interval, wilson
from evals.marking import METRICS, mark
from evals.metrics.refusals import area_under_risk, risk_coverage
from evals.metrics.speed import percentile
from evals.paired import compare, holm, mcnemar, sign_flips
from evals.stages import STAGES, lost_at
from evals.summary import figure, figures, groups, outcomes, reading


@pytest.fixture
def marked(make):
    """Four questions: right, wrong, falsely refused, rightly refused; and one without a row."""
    no = make.question(id="no", answerable=False, must_contain=(("không nêu",),), evidence=())
    found = [make.hit(make.page_one)]
    return [
        mark(make.case(make.question(id="a"), {**make.supported, "confidence": 0.9, "elapsed_ms": 10}, found)),
        mark(make.case(make.question(id="b"), make.row("Có 20 người.", confidence=0.5, elapsed_ms=30), found)),
        mark(make.case(make.question(id="c"), make.row("", status="refused", elapsed_ms=20), found)),
        mark(make.case(no, make.row("", status="refused", elapsed_ms=40))),
        mark(make.case(make.question(id="d"), None, [make.hit("khác")])),
    ]


def test_outcomes_and_rates(marked):
    assert outcomes(marked) == {"right": 2, "wrong": 1, "refused": 1, "not_scored": 1}
    value = lambda name: (figure(name, marked).value, figure(name, marked).n)  # noqa: E731
    assert value("strict") == (0.4, 5)
    assert value("right_answerable") == (0.25, 4)
    assert value("right_unanswerable") == (1.0, 1)
    assert value("refusal_precision") == (0.5, 2)
    assert value("refusal_recall") == (1.0, 1)
    assert value("false_refusal") == (0.25, 4)
    assert value("recall@8") == (0.75, 4)
    assert value("list_f1") == (None, 0)


def test_reading_is_strict_over_recall(marked):
    assert (reading(marked).value, reading(marked).n, reading(marked).total) == (pytest.approx(1 / 3), 4, 3)


def test_times_are_nearest_rank(marked):
    found = figures(marked)
    assert (found.get("p50_ms").value, found.get("p95_ms").value, found.get("p50_ms").n) == (20, 30, 4)
    assert percentile([], 0.5) is None
    assert found.get("not_scored").value == 0.2


def test_every_metric_is_taken_and_none_without_its_n(marked):
    found = figures(marked)
    assert {*METRICS, "reading", "aurc", "p50_ms", "p95_ms", "not_scored"} == {row.name for row in found}
    assert all(row.n > 0 for row in found if row.value is not None)


def test_metrics_over_several_units_weigh_by_unit(make, library):
    one = mark(make.case(make.question(id="a"), make.supported, library=library))
    wrong = make.citation("Chủ tịch Hội đồng là Giám đốc Sở.", page=2)
    three = mark(make.case(make.question(id="b"), make.row("x", wrong, wrong, wrong), library=library))
    page = figure("page", [one, three])
    assert (page.value, page.n, page.total) == (0.25, 2, 4)


def test_risk_and_coverage_by_hand(marked):
    points = risk_coverage(marked)
    assert [(p.confidence, p.coverage, p.risk, p.answered) for p in points] == [(0.9, 0.2, 0, 1), (0.5, 0.4, 0.5, 2)]
    assert area_under_risk(points) == 0.25
    assert area_under_risk([]) is None


def test_a_cautious_answer_is_less_sure_than_a_plain_one(make):
    cautious = mark(make.case(make.question(id="a"), make.row("Có 20 người.", caution=True)))
    plain = mark(make.case(make.question(id="b"), make.supported))
    assert [point.risk for point in risk_coverage([cautious, plain])] == [0, 0.5]


def test_groups_name_every_slice(marked):
    by_id = groups(marked, lambda row: ("x", "y") if row.question.id == "a" else ("x",))
    assert [(g.name, g.n, g.strict.value) for g in by_id] == [("x", 5, 0.4), ("y", 1, 1.0)]


def test_stages(make, library):
    stage = lambda **fields: lost_at(mark(make.case(**fields)))  # noqa: E731
    found, missed = [make.hit(make.page_one)], [make.hit("chuyện khác")]
    elsewhere = make.row("Có 19 người [1]", make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo."))
    unread = make.question(evidence=("Chín hội đồng họp vào mùa xuân năm ấy",))
    no = make.question(answerable=False, must_contain=(("không nêu",),), evidence=())
    assert stage(answer=make.supported, hits=found) == ""
    assert stage(answer=None, hits=found) == "failed"
    assert stage(asked=unread, answer=make.supported, hits=found, library=library) == "not_read"
    assert stage(answer=make.row("Có 20 người."), hits=missed) == "not_retrieved"
    assert stage(answer=make.row("", status="refused"), hits=found) == "wrongly_refused"
    assert stage(answer=make.row("", status="refused"), hits=missed) == "not_retrieved"
    assert stage(answer=elsewhere, hits=found) == "not_chosen"
    assert stage(answer=make.row("Có 20 người.", *make.supported["citations"]), hits=found) == "badly_worded"
    assert stage(asked=no, answer=make.row("Có 3 triệu.")) == "over_answered"
    assert set(STAGES) == {"not_read", "not_retrieved", "not_chosen", "badly_worded", "wrongly_refused",
                           "over_answered", "failed"}  # fmt: skip


def test_intervals_hold_the_mean_shrink_with_n_and_repeat():
    few, many = [1, 0] * 10, [1, 0] * 200
    low, high = mean_interval(few, [1] * 20)
    assert low < 0.5 < high
    assert (low, high) == mean_interval(few, [1] * 20)
    narrow = mean_interval(many, [1] * 400)
    assert narrow[1] - narrow[0] < (high - low) / 2
    assert mean_interval([], []) is None
    assert ratio_interval([1, 1], [0, 0]) is None
    low, high = ratio_interval([1, 0, 1, 1], [1, 1, 1, 1])
    assert 0 <= low < 0.75 < high <= 1


def test_a_quantile_is_as_sure_as_its_values_lie_close():
    assert quantile_interval([7], 0.5) is None
    assert quantile_interval([7, 7, 7], 0.95) == (7, 7)
    # Of two values every resample's lower median is the smaller one unless both draws are the larger: 3 times in 4.
    assert quantile_interval([1, 9], 0.5) == (1, 9)
    wide, close = (quantile_interval([*range(n)], 0.5) for n in (9, 901))
    assert wide[0] < 4 < wide[1] and (close[1] - close[0]) / 901 < (wide[1] - wide[0]) / 9


def test_five_of_five_is_not_certainty():
    assert mean_interval([1] * 5, [1] * 5) == wilson(5, 5)
    assert wilson(5, 5)[0] == pytest.approx(0.5655, abs=1e-4)
    assert wilson(0, 10) == (0.0, pytest.approx(0.2775, abs=1e-4))


def test_mcnemar_is_the_binomial_tail():
    assert mcnemar(0, 0) == 1
    assert mcnemar(1, 0) == 1
    assert mcnemar(8, 2) == pytest.approx(2 * (1 + 10 + 45) / 1024)
    assert mcnemar(2, 8) == mcnemar(8, 2)


def test_sign_flips_count_every_pattern():
    # Of the 8 sign patterns of 1, 2, 3 only two reach |6|.
    assert sign_flips([1, 2, 3]) == 2 / 8
    assert sign_flips([1, 2, -3]) == 1
    assert sign_flips([0, 0]) == 1
    assert sign_flips([0.5] * 40) < 0.001


def test_paired_comparison_picks_its_test():
    binary = compare("strict", [0, 0, 1, 1], [1, 1, 1, 0])
    assert (binary.difference, binary.better, binary.worse, binary.n, binary.test) == (0.25, 2, 1, 4, "McNemar")
    assert compare("mrr", [0.5, 0.2], [0.6, 0.4]).test == "hoán vị"
    assert compare("strict", [], []) is None


def test_holm_never_orders_p_values_the_other_way():
    assert holm([0.01, 0.02, 0.9]) == pytest.approx([0.03, 0.04, 0.9])
    assert holm([]) == []


def test_runs_are_compared_over_the_same_questions_only(make):
    before = [mark(make.case(make.question(id=f"q{i}"), make.row("Có 20 người."))) for i in range(14)]
    after = [mark(make.case(make.question(id=f"q{i}"), make.supported)) for i in range(14)]
    strict = next(row for row in compare_runs(before, after) if row.result.metric == "strict")
    assert (strict.result.p, strict.result.better, strict.verdict) == (mcnemar(14, 0), 14, "better")
    assert [pair.after.question.id for pair in moved(before, after)] == sorted(f"q{i}" for i in range(14))
    other = [mark(make.case(make.question(id="q0", question="Câu khác?"), make.supported))]
    with pytest.raises(BadRun, match="q0"):
        compare_runs(before, other)
    with pytest.raises(BadRun):
        compare_runs(before, [mark(make.case(make.question(id="z"), make.supported))])


def test_more_false_refusals_are_worse(make):
    before = [mark(make.case(make.question(id=f"q{i}"), make.supported)) for i in range(12)]
    after = [mark(make.case(make.question(id=f"q{i}"), make.row("", status="refused"))) for i in range(12)]
    refused = next(row for row in compare_runs(before, after) if row.result.metric == "false_refusal")
    assert (refused.result.difference, refused.verdict) == (1, "worse")


def test_a_perturbed_question_is_compared_with_its_own_original(make):
    first = [mark(make.case(make.question(id=f"q{i}"), make.supported)) for i in range(6)]
    worse = [
        mark(make.case(make.question(id=f"q{i}~nfd", origin=f"q{i}", variant="nfd"), make.row("Có 20 người.")))
        for i in range(4)
    ]
    (drop,) = drops([*first, *worse])
    assert (drop.variant, drop.strict.n, drop.strict.difference, drop.strict.p) == ("nfd", 4, -1, mcnemar(0, 4))
