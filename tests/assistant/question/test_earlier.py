"""What a question takes over from the turns before it."""

from assistant.question.understand import understand
from assistant.records import Turn


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
