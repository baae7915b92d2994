"""What a question limits is read from words alone, and an answer about something else is not given."""

import pytest

from assistant.question.awards import awards, ranks
from assistant.question.question_types import asks_name
from assistant.words import joined
from ingest.clean import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chiến sĩ thi đua cơ sở", {"chien si thi dua": {"co so"}}),
        ("Chiến sỹ thi đua toàn quốc", {"chien si thi dua": {"toan quoc"}}),
        ("tặng Bằng khen cho 12 tập thể", {"bang khen": {""}}),
        ("Bằng khen của Thủ tướng và Huân chương Lao động", {"bang khen": {"thu tuong"}, "huan chuong": {"lao dong"}}),
        ("phong trào thi đua ở cơ sở", {}),
    ],
)
def test_awards_are_told_apart_by_level(text, found):
    assert awards(joined(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Huân chương hạng Nhì", {"nhi"}),
        ("hạng Nhất, Nhì, Ba", {"nhat", "nhi", "ba"}),
        ("hạng II và hạng III", {"nhi", "ba"}),
        ("đứng thứ nhì", set()),
    ],
)
def test_ranks_of_an_enumeration_are_all_read(text, found):
    assert ranks(joined(text)) == found


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Giám đốc Sở Nội vụ tên là gì?", True),
        ("Cho biết họ tên các cá nhân được tặng Bằng khen", True),
        ("Ai là Chủ tịch Hội đồng?", False),
        ("Phong trào thi đua có tên là gì?", False),
    ],
)
def test_a_person_s_name_is_not_an_office(question, asks):
    assert asks_name(fold(question)) is asks


@pytest.mark.parametrize(
    "question",
    [
        "Giám đốc Sở Nội vụ tỉnh Lạng Sơn tên là gì?",
        "Năm 2022 tỉnh có bao nhiêu Chiến sĩ thi đua toàn quốc?",
        "Năm 2021 lĩnh vực nông nghiệp có bao nhiêu cá nhân điển hình?",
        "Bằng khen của Chủ tịch UBND tỉnh kèm bao nhiêu tiền thưởng?",
        "Huyện Cao Lộc được tặng bao nhiêu Bằng khen năm 2022?",
        "gia vang hom nay bao nhieu mot chi",
    ],
)
def test_a_near_miss_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.status == "refused", answer.answer


def test_a_refusal_says_what_is_missing_and_what_is_near(assistant):
    answer = assistant.ask("Giám đốc Sở Nội vụ tỉnh Lạng Sơn tên là gì?")
    assert answer.status == "refused"
    assert "không nêu chi tiết được hỏi" in answer.answer
    assert answer.citations and "[1]" in answer.answer


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Năm 2021 lĩnh vực giáo dục có bao nhiêu cá nhân điển hình?", "340"),
        ("Năm 2022 Chủ tịch UBND tỉnh tặng Bằng khen cho bao nhiêu cá nhân?", "845"),
        ("Quyết định kiện toàn Hội đồng ban hành ngày nào?", "15/02/2022"),
    ],
)
def test_the_same_questions_rightly_asked_are_answered(assistant, question, holds):
    answer = assistant.ask(question)
    assert answer.status == "answered" and holds in answer.answer
