import pytest

from assistant.drafts import Span, Statement
from assistant.proof.verify import (
    check,
    document_numbers_held,
    names_held,
    numbers_held,
    verbatim,
)
from assistant.proof.worked import calculations_right, derived
from ingest.records import Chunk

TEXT = "Căn cứ Quyết định số 77/QĐ-UBND, tỉnh Lạng Sơn tặng 1.250 Bằng khen, đạt 61,5% kế hoạch."


def span():
    chunk = Chunk("c", "d", 0, "text", (), "", TEXT, 0, len(TEXT), None, None, 5)
    return Span(chunk, 0, len(TEXT))


def problems(text, *, computed=False, spans=None, context=""):
    statement = Statement(text, (span(),) if spans is None else spans, computed)
    return {finding.problem for finding in check([statement], lambda _: TEXT, context)}


def test_a_quotation_is_exact_characters():
    assert verbatim(TEXT[7:31], TEXT, 7, 31)
    assert not verbatim(TEXT[7:31].upper(), TEXT, 7, 31)
    assert not verbatim("", TEXT, 3, 3)


def test_numbers_must_stand_whole():
    assert numbers_held("1.250 Bằng khen", TEXT) == []
    assert numbers_held("250 Bằng khen", TEXT) == ["250"]
    assert numbers_held("đạt 61,5%", TEXT) == []


def test_document_numbers_and_names():
    assert document_numbers_held("số 77/QĐ-UBND", TEXT) == []
    assert document_numbers_held("số 78/QĐ-UBND", TEXT) == ["78/QĐ-UBND"]
    assert names_held("tỉnh Lạng Sơn tặng", TEXT) == []
    assert names_held("tỉnh Cao Bằng tặng", TEXT) == ["Cao Bằng"]


@pytest.mark.parametrize(("sum_", "wrong"), [("120 + 80 = 200", 0), ("1.200 + 80 = 1.280", 0), ("120 + 80 = 210", 1)])
def test_shown_sums_must_come_out(sum_, wrong):
    assert len(calculations_right(f"Tổng: {sum_} tập thể")) == wrong


@pytest.mark.parametrize(
    ("quotient", "wrong"),
    [
        ("120 : 80 = 1,5", 0),
        ("1.200 : 7 ≈ 171,4", 0),
        ("21 : 107 ≈ 19,6%", 0),
        ("1.200 : 7 = 171,4", 1),
        ("5 : 0 = 5", 1),
    ],
)
def test_shown_quotients_must_come_out(quotient, wrong):
    assert len(calculations_right(f"Bình quân: {quotient}")) == wrong


def test_only_divisors_that_count_something_may_be_new():
    assert derived("120 + 80 + 40 = 240; 240 : 3 = 80", "") == {"240", "80", "3"}
    assert derived("250 : 5 = 50", "giai đoạn 2016-2020 tặng 250 Bằng khen") == {"50", "5"}
    assert derived("250 : 4 = 62,5", "giai đoạn 2016-2020 tặng 250 Bằng khen") == {"62,5"}


def test_every_operand_of_a_calculation_is_cited():
    assert problems("Cộng lại: 1.250 (Bằng khen) + 77 = 1.327", computed=True) == set()
    assert problems("Cộng lại: 1.250 (Bằng khen) + 78 = 1.328", computed=True) == {"number"}
    assert problems("Cộng lại: 1.250 (Bằng khen) + 77 (văn bản) = 1.328", computed=True) == {"calculation"}


def test_a_true_statement_has_no_findings():
    assert problems("Tỉnh Lạng Sơn tặng 1.250 Bằng khen") == set()


def test_false_figures_names_and_quotes_are_found():
    assert problems("Tỉnh tặng 1.251 Bằng khen") == {"number"}
    assert "name" in problems("Nay tỉnh Cao Bằng tặng 1.250 Bằng khen")
    assert problems("Tài liệu nêu “tặng nhiều Cờ thi đua”") == {"not_verbatim"}
    assert "calculation" in problems("120 + 80 = 210", computed=True)


def test_a_figure_without_a_source_is_found():
    assert "no_source" in problems("Có 1.250 Bằng khen", spans=())


def test_words_of_the_question_need_no_source():
    assert problems("Không đúng “25 thành viên”: tỉnh tặng 1.250 Bằng khen", context="vì sao có 25 thành viên") == set()


def test_checking_changes_nothing():
    statement = Statement("Tỉnh tặng 1 Cờ", (span(),))
    assert check([statement], lambda _: TEXT) == check([statement], lambda _: TEXT)
