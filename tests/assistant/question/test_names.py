"""Proper names in a question."""

from assistant.question.understand import understand


def test_proper_names_do_not_swallow_small_letters():
    assert understand("Cầu Hòa Sơn nối huyện Hiệp Hòa với đâu?").names == ("Cầu Hòa Sơn", "Hiệp Hòa")
