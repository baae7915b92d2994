"""Years and places that a question names."""

from assistant.question.understand import understand


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
