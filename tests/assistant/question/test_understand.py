from assistant.question.earlier import LONGEST
from assistant.question.understand import understand


def test_document_numbers_and_quotations_are_kept_as_typed():
    read = understand("Kế hoạch 315/KH-UBND về phong trào “Chung sức” nói gì?")
    assert read.document_numbers == ("315/KH-UBND",)
    assert read.quoted == ("Chung sức",)


def test_kind_and_number_typed_together_are_parted():
    assert "34" in [word.text for word in understand("tổng kết CT34").words]


def test_a_very_long_question_is_read_at_both_ends():
    read = understand("khen thưởng " * 3000 + "năm 2022?")
    assert read.shortened == 6002
    assert len(read.text.split()) == LONGEST
    assert read.years == (2022,)


def test_the_record_can_be_shown():
    shown = understand("Ai là Chủ tịch Hội đồng?").explain()
    assert shown["kinds"] == ("who",)
    assert "years" not in shown
