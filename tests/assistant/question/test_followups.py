import pytest

from assistant.question.followups import pointed, whole
from assistant.question.understand import understand
from assistant.records import Turn


@pytest.mark.parametrize(
    ("follow_up", "before", "made"),
    [
        ("Còn hạng Nhì?", "Huân chương hạng Nhất thưởng bao nhiêu?", "Huân chương hạng Nhì thưởng bao nhiêu?"),
        ("Thế năm trước thì sao?", "Năm 2021 có bao nhiêu cờ?", "Năm 2020 có bao nhiêu cờ?"),
        ("Năm sau đó tăng lên bao nhiêu?", "Năm 2021 có bao nhiêu cờ?", "Năm 2022 có bao nhiêu cờ?"),
        ("Rồi 2024?", "Chỉ số năm 2022 xếp thứ mấy?", "Chỉ số năm 2024 xếp thứ mấy?"),
        ("Vậy tỉnh Lạng Sơn thì xếp thứ mấy?", "Năm 2023 Cao Bằng xếp thứ mấy?", "Năm 2023 Lạng Sơn xếp thứ mấy?"),
        ("Còn với cá nhân thì sao?", "Tặng bao nhiêu tập thể năm 2019?", "Tặng bao nhiêu cá nhân năm 2019?"),
        ("Thế thầy thuốc ưu tú thì ít hơn à?", "Thầy thuốc nhân dân cần mấy năm?", "thầy thuốc ưu tú cần mấy năm?"),
        ("Mức độ 2 là bao nhiêu trường?", "Có bao nhiêu trường mức độ 1?", "Có bao nhiêu trường Mức độ 2?"),
    ],
)
def test_what_a_follow_up_names_takes_the_place_of_its_like(follow_up, before, made):
    assert whole(follow_up, before)[0] == made


@pytest.mark.parametrize(
    ("follow_up", "before"),
    [
        ("Trong số đó bao nhiêu là nữ?", "Đại hội có bao nhiêu đại biểu?"),
        ("Ai ký?", "Kế hoạch năm 2024 đặt bao nhiêu chỉ tiêu?"),
        ("Còn năm 2023?", "Từ năm 2020 đến năm 2022 tăng bao nhiêu?"),
        ("Vì sao lại thế?", "Năm 2022 có bao nhiêu cờ?"),
        ("còn tỷ lệ giải quyết đúng hạn?", "Tỷ lệ dịch vụ công có phát sinh hồ sơ là bao nhiêu?"),
    ],
)
def test_what_has_no_sure_place_is_left_to_inheritance(follow_up, before):
    assert whole(follow_up, before) == ("", "")


def test_a_demonstrative_is_named_by_the_answer_before():
    assert pointed("Quyết định ấy ban hành ngày nào?", "Theo Quyết định số 12/QĐ-UBND.", "") == (
        "Quyết định số 12/QĐ-UBND ban hành ngày nào?"
    )
    assert pointed("Quyết định ấy ban hành ngày nào?", "Không rõ.", "Theo quyết định nào?") == (
        "Quyết định ấy ban hành ngày nào?"
    )


def test_a_follow_up_of_a_follow_up_builds_on_the_whole_question():
    history = [
        Turn("user", "Năm 2022 hạng Nhất có bao nhiêu tập thể?"),
        Turn("assistant", "12 tập thể."),
        Turn("user", "Còn hạng Nhì?"),
        Turn("assistant", "7 tập thể."),
    ]
    read = understand("Thế năm trước thì sao?", history)
    assert read.text == "Năm 2021 hạng Nhì có bao nhiêu tập thể?"
    assert read.years == (2021,)
    assert read.told == ("7",)
    assert understand("Thế năm trước thì sao?", history, completing=False).inherited
