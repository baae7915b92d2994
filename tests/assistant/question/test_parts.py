import pytest

from assistant.question.parts import parts


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Lề trên bao nhiêu, lề trái bao nhiêu?", ["Lề trên bao nhiêu", "lề trái bao nhiêu"]),
        ("Đặt bao nhiêu cờ? Còn bằng khen?", ["Đặt bao nhiêu cờ", "Còn bằng khen"]),
        ("Hạn nộp là ngày nào; gửi cho ai?", ["Hạn nộp là ngày nào", "gửi cho ai"]),
    ],
)
def test_two_questions_in_one_are_parted(question, found):
    mode, cut = parts(question)
    assert mode == "each"
    assert [part.text for part in cut] == found


def test_a_question_mark_closes_the_part_before():
    assert [part.closed for part in parts("Đặt bao nhiêu cờ? Còn bằng khen?")[1]] == [False, True]
    assert [part.closed for part in parts("Lề trên bao nhiêu, lề trái bao nhiêu?")[1]] == [False, False]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "Luật 2003 và luật 2022 khác nhau thế nào?",
            {"Luật 2003": "Luật 2003 thế nào?", "luật 2022": "luật 2022 thế nào?"},
        ),
        (
            "Lạng Sơn với Cao Bằng, tỉnh nào được nhiều cờ hơn?",
            {"Lạng Sơn": "Lạng Sơn được bao nhiêu cờ?", "Cao Bằng": "Cao Bằng được bao nhiêu cờ?"},
        ),
        (
            "Nhà giáo nhân dân và nhà giáo ưu tú chênh nhau mấy năm?",
            {"Nhà giáo nhân dân": "Nhà giáo nhân dân mấy năm?", "nhà giáo ưu tú": "nhà giáo ưu tú mấy năm?"},
        ),
        (
            "Sổ vàng khác thẻ danh dự ở điểm nào?",
            {"Sổ vàng": "Sổ vàng là gì?", "thẻ danh dự": "thẻ danh dự là gì?"},
        ),
        (
            "Phân biệt bằng khen và giấy khen",
            {"bằng khen": "bằng khen là gì?", "giấy khen": "giấy khen là gì?"},
        ),
        (
            "Cờ của tỉnh và của bộ, mức nào cao hơn?",
            {"tỉnh": "Cờ của tỉnh bao nhiêu?", "bộ": "Cờ của bộ bao nhiêu?"},
        ),
    ],
)
def test_each_side_of_a_comparison_is_asked_alone(question, found):
    mode, cut = parts(question)
    assert mode == "sides"
    assert {part.name: part.text for part in cut} == found


@pytest.mark.parametrize(
    "question",
    [
        "Tặng bao nhiêu tập thể và cá nhân?",
        "Người mới chưa đủ bao nhiêu tháng: nghị định cũ và thông tư mới ghi thế nào?",
        "Quyết định nào về phòng, chống lụt bão?",
    ],
)
def test_one_question_stays_whole(question):
    assert parts(question)[1] == ()
