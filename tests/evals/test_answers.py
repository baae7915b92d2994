from __future__ import annotations

import pytest

from evals.metrics.answers import figure_exactness, items, list_f1, right, unanswerable_right, verdict
from evals.metrics.figures import figures


def test_right_needs_every_group_and_nothing_forbidden(make):
    asked = make.question(must_contain=(("19 thành viên",), ("Giám đốc Sở",)), must_not_contain=("25 thành viên",))
    whole = make.row("Hội đồng có 19 thành viên, Chủ tịch là Giám đốc Sở.")
    assert right(make.case(asked, whole)).value == 1
    part = right(make.case(asked, make.row("Hội đồng có 19 thành viên.")))
    assert (part.value, part.parts["missing"]) == (0, (("Giám đốc Sở",),))
    both = right(make.case(asked, make.row("Có 19 thành viên, không phải 25 thành viên; Chủ tịch là Giám đốc Sở.")))
    assert (both.value, both.parts["forbidden"]) == (0, ("25 thành viên",))


def test_wrong_refused_and_not_scored_are_three_things(make):
    outcome = lambda row: verdict(make.case(make.question(), row)).outcome  # noqa: E731
    assert outcome(make.row("Có 19 người.")) == "right"
    assert outcome(make.row("Có 20 người.")) == "wrong"
    assert outcome(make.row("Không trả lời được.", status="refused")) == "refused"
    assert outcome(make.row("", status="error")) == "not_scored"
    assert outcome(None) == "not_scored"
    assert right(make.case(make.question(), None)).value == 0


def test_a_hedged_opening_is_a_refusal_unless_the_lack_is_the_answer(make):
    hedged = make.row("Tài liệu không nêu rõ, có thể là 19 thành viên.")
    assert verdict(make.case(make.question(), hedged)).outcome == "refused"
    lacking = make.question(answer="Văn bản không ghi ngày; hội đồng có 19 thành viên.")
    assert verdict(make.case(lacking, hedged)).outcome == "right"
    late = make.row("Hội đồng có 19 thành viên. " + "Theo quyết định. " * 8 + "Phần còn lại không nêu.")
    assert verdict(make.case(make.question(), late)).outcome == "right"


def test_only_the_beginning_of_an_answer_is_marked(make):
    padded = make.row("x" * 600 + " 19 thành viên")
    assert verdict(make.case(make.question(), padded)).outcome == "wrong"
    assert verdict(make.case(make.question(kind="list"), padded)).outcome == "right"


def test_an_unanswerable_question_may_be_refused_or_turned_down_in_words(make):
    asked = make.question(answerable=False, must_contain=(("không nêu",),), must_not_contain=("3 triệu",), evidence=())
    assert unanswerable_right(make.case(asked, make.row("", status="refused"))).value == 1
    assert unanswerable_right(make.case(asked, make.row("Tài liệu không nêu mức thưởng."))).value == 1
    assert unanswerable_right(make.case(asked, make.row("Mức thưởng là 2 triệu."))).value == 0
    assert unanswerable_right(make.case(asked, make.row("Không nêu, nhưng là 3 triệu."))).value == 0
    assert unanswerable_right(make.case(asked, make.row("y" * 301 + " không nêu"))).value == 0
    assert unanswerable_right(make.case(make.question(), make.supported)).value is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ngày 05 tháng 5 năm 2015", {"5/5/2015"}),
        ("05/5/2015; 5-5-2015", {"5/5/2015"}),
        ("tháng 02 năm 2024", {"2/2024"}),
        ("02/2024", {"2/2024"}),
        ("Quyết định số 176/2016/QĐ-UBND", {"176/2016/QĐ-UBND"}),
        ("Chỉ thị 34-CT/TW", {"34-CT/TW"}),
        ("7/10 đơn vị", {"7/10"}),
        ("17.746 cá nhân; 1,234", {"17746", "1.234"}),
        ("50,49 %; 50.49", {"50.49"}),
        ("1. Sở Nội vụ\n2) Công an\n(3) Tỉnh đoàn [4]", set()),
        ("giai đoạn 2014–2023", {"2014", "2023"}),
        ("1.000.000 đồng, 1.234,5", {"1000000", "1234.5"}),
        ("thông báo 1.2.3.4", {"1.2.3.4"}),
    ],
)
def test_figures_are_written_one_way(text, found):
    assert figures(text) == found


def test_figure_exactness_counts_groups_of_figures_however_written(make):
    asked = make.question(must_contain=(("1.256 tập thể",), ("47 cá nhân",), ("ngày 31 tháng 7 năm 2014",), ("Sở",)))
    score = figure_exactness(make.case(asked, make.row("Ngày 31/7/2014: 1256 tập thể và 74 cá nhân của Sở.")))
    assert score.value == pytest.approx(2 / 3)
    assert score.parts["wrong"] == (("47 cá nhân",),)
    words = make.question(must_contain=(("19 người", "mười chín người"),))
    assert figure_exactness(make.case(words, make.row("Có mười chín người."))).value == 1
    assert figure_exactness(make.case(make.question(must_contain=(("Sở",),)), make.supported)).value is None
    assert figure_exactness(make.case(asked, make.row("", status="refused"))).value is None


def test_list_f1_weighs_missing_against_surplus(make):
    asked = make.question(
        kind="list",
        answer="Tờ trình; biên bản họp; báo cáo thành tích; bản sao quyết định.",
        must_contain=(("tờ trình",), ("biên bản",), ("báo cáo",), ("bản sao",)),
        evidence=("Hồ sơ gồm tờ trình; biên bản họp; báo cáo",),
    )
    answer = make.row("Hồ sơ gồm: tờ trình; biên bản họp; giấy phép lái xe [1].")
    score = list_f1(make.case(asked, answer))
    assert (score.parts["recall"], score.parts["precision"]) == (0.5, pytest.approx(2 / 3))
    assert score.value == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))
    assert list_f1(make.case(make.question(), make.supported)).value is None


def test_items_of_a_list_in_its_usual_shapes():
    assert items("Gồm: a1; b2; c3.") == ["a1", "b2", "c3"]
    assert items("Gồm:\n- Sở Nội vụ [1]\n- Công an tỉnh [2]") == ["Sở Nội vụ", "Công an tỉnh"]
    assert items("Sở Nội vụ, Sở Tài chính và Tỉnh đoàn.") == ["Sở Nội vụ", "Sở Tài chính", "Tỉnh đoàn"]
