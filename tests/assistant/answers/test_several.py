"""Follow-ups that are made whole and questions in several parts, over the small store of these tests."""

from assistant.answers import several
from assistant.answers.several import Told
from assistant.drafts import Draft, Statement
from assistant.question.parts import Part
from assistant.question.understand import understand
from assistant.reading.refusal import Support
from assistant.records import Turn
from assistant.retrieval.query import build


def ask(assistant, question, *turns):
    history = [Turn("assistant" if place % 2 else "user", text) for place, text in enumerate(turns)]
    return assistant.ask(question, history=history)


def test_the_year_before_is_looked_up(assistant):
    before = "Năm 2022 lĩnh vực Giáo dục có bao nhiêu cá nhân điển hình?"
    answer = ask(assistant, "Thế năm trước thì sao?", before, "305 cá nhân.")
    assert "340" in answer.answer and "305" not in answer.answer
    assert any("năm 2021" in notice.lower() for notice in answer.notices)


def test_a_year_the_papers_lack_is_refused(assistant):
    before = "Năm 2022 lĩnh vực Giáo dục có bao nhiêu cá nhân điển hình?"
    answer = ask(assistant, "còn năm 2019?", before, "305 cá nhân.")
    assert answer.status == "refused"


def test_part_of_a_number_is_not_taken_from_elsewhere(assistant):
    before = "Phòng Thi đua, Khen thưởng được giao bao nhiêu biên chế?"
    answer = ask(assistant, "Trong số đó bao nhiêu là nữ?", before, "6 biên chế.")
    assert answer.status == "refused"


def test_both_of_two_questions_are_answered_and_cited(assistant):
    answer = ask(assistant, "Thu ngân sách năm 2023 đặt bao nhiêu? Hạn gửi đăng ký thi đua là ngày nào?")
    assert "9.450" in answer.answer and "28/02/2023" in answer.answer
    assert len({(one.start, one.end) for one in answer.citations}) > 1


def test_one_sentence_that_answers_both_parts_is_told_once(assistant):
    answer = ask(assistant, "Năm 2022 Chủ tịch UBND tỉnh tặng Bằng khen cho mấy tập thể, mấy cá nhân?")
    assert "312" in answer.answer and "845" in answer.answer
    assert answer.answer.count("845") == 1


def test_two_years_are_set_side_by_side_with_the_difference(assistant):
    answer = ask(assistant, "Năm 2021 và năm 2022, lĩnh vực Y tế năm nào nhiều tập thể điển hình hơn?")
    assert "80" in answer.answer and "95" in answer.answer
    assert "15" in answer.answer


def test_no_further_part_is_answered_once_one_is_lacking(assistant):
    part = Part("Hội đồng có bao nhiêu ủy viên")
    query = build(understand(part.text), assistant.library)
    lacking = Told(part, query, Draft("refusal", (Statement("Tài liệu không nêu.", ()),)), Support(0.0, 0.0, 0.0))
    whole = Draft("fact", (Statement("Có 14 ủy viên.", ()),))
    for mode in ("sides", "each"):
        told = iter([lacking, lacking, lacking])
        assert several.join(query, mode, (part, part, part), whole, told, assistant.library) is None
        assert len(list(told)) == 2
