from __future__ import annotations

import pytest

from evals.metrics import citations as metric
from evals.metrics.entailment import entails, names
from evals.metrics.provisions import depth_shared, labels, outline, pages_named
from evals.metrics.statements import statements


def test_strict_is_right_and_cited(make):
    assert metric.strict(make.case(make.question(), make.supported)).value == 1
    elsewhere = make.row("Có 19 thành viên [1].", make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo."))
    assert metric.cited(make.case(make.question(), elsewhere)).value == 0
    assert metric.strict(make.case(make.question(), elsewhere)).value == 0
    other = make.row("Có 19 thành viên [1].", make.citation(make.page_one.strip(), file="khac.pdf"))
    assert metric.cited(make.case(make.question(), other)).value == 0


def test_a_page_is_no_quote_and_the_seventh_citation_does_not_count(make):
    long = make.citation(make.page_one.strip())
    long["quote"] += " chữ" * 220
    assert metric.cited(make.case(make.question(), make.row("19 người [1]", long))).value == 0
    idle = [make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo.") for _ in range(6)]
    late = make.row("19 người", *idle, make.citation("Hội đồng xét tặng của Sở có 19 thành viên."))
    assert metric.cited(make.case(make.question(), late)).value == 0
    assert metric.cited(make.case(make.question(kind="list"), late)).value == 1


def test_an_officer_names_a_place_instead_of_evidence(make):
    asked = make.question(evidence=(), places=("Điều 1, trang 1",))
    assert metric.cited(make.case(asked, make.supported)).value == 1
    wrong_page = make.row(
        "19 thành viên [1]", make.citation("Hội đồng xét tặng của Sở có 19 thành viên.", page=2, page_label="2")
    )
    assert metric.cited(make.case(asked, wrong_page)).value == 0
    assert metric.cited(make.case(make.question(evidence=(), places=("Điều 2",)), make.supported)).value == 0


def test_recall_counts_statements_carried_by_their_own_citations(make):
    council = make.citation("Hội đồng xét tặng của Sở có 19 thành viên.", 1)
    awards = make.citation("Năm 2021 Sở tặng giấy khen cho 1.256 tập thể và 47 cá nhân.", 2)
    answer = make.row(
        "Hội đồng xét tặng của Sở có 19 thành viên [1]. Năm 2021 Sở tặng giấy khen cho 1.256 tập thể [1]. "
        "Năm 2021 tặng cho 47 cá nhân [2]. Chủ tịch Hội đồng là Giám đốc Sở.",
        council,
        awards,
    )
    score = metric.citation_recall(make.case(make.question(), answer))
    assert (score.value, score.weight) == (0.5, 4)
    assert [row["figures"] for row in score.parts["unsupported"]] == [("1256", "2021"), ()]


def test_precision_finds_the_idle_citation_and_the_one_that_does_not_exist(make):
    council = make.citation("Hội đồng xét tặng của Sở có 19 thành viên.", 1)
    files = make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo.", 2)
    answer = make.row(
        "Hội đồng xét tặng của Sở có 19 thành viên [1][2]. Có 19 thành viên hội đồng [1][9].", council, files
    )
    score = metric.citation_precision(make.case(make.question(), answer))
    assert (score.value, score.weight, score.parts["idle"]) == (0.5, 4, (2, 9))
    assert metric.citation_precision(make.case(make.question(), make.row("Có 19 thành viên."))).value == 0


def test_two_citations_that_only_together_carry_a_statement_are_both_needed(make):
    council = make.citation("Hội đồng xét tặng của Sở có 19 thành viên.", 1)
    awards = make.citation("Năm 2021 Sở tặng giấy khen cho 1.256 tập thể và 47 cá nhân.", 2)
    answer = make.row("Hội đồng có 19 thành viên, Sở tặng giấy khen cho 1.256 tập thể [1][2].", council, awards)
    assert metric.citation_precision(make.case(make.question(), answer)).value == 1


def test_a_swapped_digit_is_not_in_the_quote(make):
    answer = make.row("Hội đồng xét tặng của Sở có 91 thành viên [1].", *make.supported["citations"])
    assert metric.figures_quoted(make.case(make.question(), answer)).value == 0
    assert metric.figures_quoted(make.case(make.question(), make.supported)).value == 1


def test_repeating_the_question_in_quotation_marks_claims_nothing(make):
    asked = make.question(question="Vì sao Hội đồng có 25 thành viên?")
    answer = make.row(
        "Không đúng “25 thành viên”: Hội đồng xét tặng của Sở có 19 thành viên [1].", *make.supported["citations"]
    )
    assert metric.citation_recall(make.case(asked, answer)).value == 1
    assert metric.citation_recall(make.case(make.question(), answer)).value == 0


def test_no_quote_is_not_a_pass_but_a_greeting_is_not_judged(make):
    bare = make.row("Hội đồng có 19 thành viên.")
    assert metric.citation_recall(make.case(make.question(), bare)).value == 0
    greeting = make.question(source=(), evidence=(), answerable=True)
    assert metric.citation_recall(make.case(greeting, make.row("Xin chào!"))).value is None
    assert metric.citation_recall(make.case(make.question(), make.row("Không có.", status="refused"))).value is None


def test_quotes_are_held_against_the_document_letter_by_letter(make, library):
    good = make.citation("Chủ tịch Hội đồng là Giám đốc Sở.")
    moved = make.citation("Chủ tịch Hội đồng là Giám đốc Sở.", 2, start=good["start"] + 1, end=good["end"] + 1)
    altered = make.citation("Chủ tịch Hội đồng là Giám đốc Sở.", 3, quote="Chủ tịch Hội đồng là Giám đốc sở.")
    unknown = make.citation("Chủ tịch Hội đồng là Giám đốc Sở.", 4, file="khong-co.pdf")
    case = make.case(make.question(), make.row("x [1]", good, moved, altered, unknown), library=library)
    score = metric.verbatim(case)
    assert (score.value, score.weight) == (0.25, 4)
    assert [problem.split(" “")[0] for _, problem in score.parts["wrong"]] == [
        "lời trích có trong tài liệu nhưng sai vị trí",
        "lời trích không có trong tài liệu",
        "không có tài liệu",
    ]
    assert metric.verbatim(make.case(make.question(), make.supported)).value is None


def test_page_and_provision_are_those_of_the_words(make, library):
    right = make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo.", 1)
    wrong = make.citation("Hồ sơ gồm tờ trình; biên bản họp; báo cáo.", 2, page=1, section="Điều 1")
    case = make.case(make.question(), make.row("x", right, wrong), library=library)
    assert metric.page(case).value == metric.provision(case).value == 0.5
    assert metric.page(case).parts["wrong"] == ((2, "dẫn trang 1, đúng là trang 2"),)


def test_the_expected_provision_is_compared_by_depth(make):
    asked = make.question(section="I.1.b; chương II")
    proof = make.citation("Hội đồng xét tặng của Sở có 19 thành viên.", section="I. KẾT QUẢ > 1. Tổ chức")
    assert metric.provision_expected(make.case(asked, make.row("19 người [1]", proof))).value == pytest.approx(2 / 3)


def test_statements_keep_their_markers_and_abbreviations():
    cut = lambda text: [(s.text, s.markers) for s in statements(text)]  # noqa: E731
    assert cut("Tại TP. Bắc Giang có 3 cụm [1]. Đ/c A. Bình ký. [2]") == [
        ("Tại TP. Bắc Giang có 3 cụm.", (1,)),
        ("Đ/c A. Bình ký.", (2,)),
    ]
    assert cut("Theo Báo cáo của Đảng bộ… (2025): đạt 5%… [1] Ủy ban họp [2].") == [
        ("Theo Báo cáo của Đảng bộ… (2025): đạt 5%…", (1,)),
        ("Ủy ban họp.", (2,)),
    ]
    assert cut("Gồm:\n1. Sở Nội vụ [1]\n2. Công an [2]") == [("Sở Nội vụ", (1,)), ("Công an", (2,))]
    assert cut("Đạt 1.156 tập thể.") == [("Đạt 1.156 tập thể.", ())]
    assert cut("[1]\n\n...") == []


@pytest.mark.parametrize(
    ("premise", "statement", "holds"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh ký", "Chủ tịch UBND tỉnh ký.", True),
        ("Bà Trần Thị Hoa được khen thưởng", "Ông Trần Thị Lan được khen thưởng.", False),
        ("Sở có 19 thành viên hội đồng", "Hội đồng của Sở có 20 thành viên.", False),
        ("Ruộng lúa chín vàng trên cánh đồng", "Hội đồng họp mỗi quý một lần.", False),
        ("12 tập thể; 30 tập thể; 8 tập thể", "Tổng 12 + 30 + 8 = 50 tập thể.", True),
        ("12 tập thể; 30 tập thể; 8 tập thể", "Tổng 12 + 30 + 8 = 51 tập thể.", False),
        ("", "Sở có hội đồng.", False),
    ],
)
def test_entailment(premise, statement, holds):
    assert entails([premise] if premise else [], statement).holds is holds


def test_names_begin_with_capitals_of_every_kind():
    assert names("Ông Đặng Văn Ưu và các ông ở Ủy Ban.") == ["Ông Đặng Văn Ưu", "Ủy Ban"]
    assert names("các phong trào đã góp phần") == []


def test_provisions():
    assert labels("Điều 21, khoản 2, điểm a") == {"dieu 21", "khoan 2", "diem a"}
    assert pages_named("tr. 3, trang 14-16") == {3, 14, 15, 16}
    assert outline("III. A > 2. B > 2.1. C") == ("iii", "2", "1")
    assert depth_shared("II.1.b (chú thích 1)", "II. X > 1. Y > chú thích 1") == pytest.approx(3 / 4)
    assert depth_shared("000: II.4; 001: I", "I. Mở đầu") == 1
    assert depth_shared("mở đầu", "I. Mở đầu") is None
