"""Greetings and the like are told from questions."""

import pytest

from assistant.question.understand import understand


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
