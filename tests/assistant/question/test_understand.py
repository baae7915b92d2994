import pytest

from assistant.question.understand import LONGEST, understand
from assistant.records import Turn


def test_limits_are_read_from_the_question():
    read = understand("Tỉnh Lạng Sơn tặng bao nhiêu Bằng khen giai đoạn 2016-2020, riêng năm 2019?")
    assert read.places == ("Lạng Sơn",)
    assert read.period == (2016, 2020)
    assert read.years == (2019,)


def test_a_question_without_accents_names_the_same_province():
    assert understand("tinh lang son tang bao nhieu bang khen").places == ("Lạng Sơn",)


def test_the_name_of_a_person_is_not_a_city():
    assert understand("Tư tưởng Hồ Chí Minh về thi đua").places == ()
    assert understand("Thành phố Hồ Chí Minh có bao nhiêu tập thể?").places == ("Hồ Chí Minh",)


def test_document_numbers_and_quotations_are_kept_as_typed():
    read = understand("Kế hoạch 315/KH-UBND về phong trào “Chung sức” nói gì?")
    assert read.document_numbers == ("315/KH-UBND",)
    assert read.quoted == ("Chung sức",)


def test_proper_names_do_not_swallow_small_letters():
    assert understand("Cầu Hòa Sơn nối huyện Hiệp Hòa với đâu?").names == ("Cầu Hòa Sơn", "Hiệp Hòa")


def test_kind_and_number_typed_together_are_parted():
    assert "34" in [word.text for word in understand("tổng kết CT34").words]


def test_a_short_follow_up_inherits_the_turn_before():
    history = [Turn("user", "Tỉnh Lạng Sơn tặng bao nhiêu Bằng khen năm 2021?"), Turn("assistant", "312 tập thể.")]
    read = understand("Thế năm 2022 thì sao?", history)
    assert read.years == (2022,)
    assert read.places == ("Lạng Sơn",)
    words = [word.text for word in read.words]
    assert "bang" in words and "2021" not in words


def test_a_follow_up_of_its_own_words_inherits_the_others_with_less_weight():
    history = [Turn("user", "Tỉnh Lạng Sơn tặng bao nhiêu Bằng khen năm 2021?"), Turn("assistant", "312 tập thể.")]
    read = understand("Ai ký quyết định năm 2022?", history)
    assert read.inherited and read.years == (2022,)
    inherited = [word.text for word in read.words if word.inherited]
    assert "bang" in inherited and "2021" not in inherited


def test_a_full_question_inherits_nothing():
    history = [Turn("user", "Tỷ lệ hộ nghèo là bao nhiêu?")]
    question = "Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn có bao nhiêu ủy viên thường trực?"
    assert understand(question, history).inherited == ""


@pytest.mark.parametrize(
    ("text", "social"),
    [
        ("", "empty"),
        ("  ?!  ", "empty"),
        ("Xin chào", "greeting"),
        ("Cảm ơn em nhé", "thanks"),
        ("bạn là ai vậy", "about"),
        ("đồ ngu", "insult"),
        ("What is the emulation movement about?", "foreign"),
        ("Viết giúp tôi một bài thơ", "out_of_subject"),
        ("Chào bạn, năm 2022 tỉnh tặng bao nhiêu Bằng khen?", ""),
        ("Ai ký kế hoạch?", ""),
    ],
)
def test_courtesies_are_told_from_questions(text, social):
    assert understand(text).social == social


def test_a_very_long_question_is_read_at_both_ends():
    read = understand("khen thưởng " * 3000 + "năm 2022?")
    assert read.shortened == 6002
    assert len(read.text.split()) == LONGEST
    assert read.years == (2022,)


def test_the_record_can_be_shown():
    shown = understand("Ai là Chủ tịch Hội đồng?").explain()
    assert shown["kinds"] == ("who",)
    assert "years" not in shown
