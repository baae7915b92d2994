"""A long sentence told for one value: the clause that states it, with its subject, its period and its limits."""

import pytest

from assistant.answers.trimming import trimmed
from assistant.question.understand import understand
from assistant.reading.about_paper import of_itself
from assistant.retrieval.query import build


def told(library, question, text):
    return trimmed(build(understand(question), library), text)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "Toàn tỉnh có bao nhiêu thôn kiểu mẫu?",
            "Tính đến cuối năm 2023, toàn tỉnh có 7 huyện hoàn thành chương trình; có 154 xã đạt chuẩn, chiếm 84,6%; "
            "có 359 thôn kiểu mẫu",
            "Tính đến cuối năm 2023, toàn tỉnh … có 359 thôn kiểu mẫu",
        ),
        (
            "Chủ tịch UBND tỉnh tặng bằng khen cho bao nhiêu cá nhân?",
            "Chủ tịch UBND tỉnh tặng cờ thi đua cho 103 tập thể; danh hiệu xuất sắc cho 381 tập thể; "
            "bằng khen cho 925 tập thể và 746 cá nhân",
            "Chủ tịch UBND tỉnh tặng … bằng khen cho 925 tập thể và 746 cá nhân",
        ),
        (
            "Bao nhiêu phần trăm người dân có thẻ bảo hiểm y tế?",
            "Đến nay, tỷ lệ người dân có thẻ bảo hiểm y tế đạt 99,2%; số người đóng bảo hiểm xã hội đạt 364 nghìn người; "
            "số người tự nguyện là 52 nghìn",
            "Đến nay, tỷ lệ người dân có thẻ bảo hiểm y tế đạt 99,2%",
        ),
    ],
)
def test_the_clause_that_states_the_value_is_told(library, question, text, expected):
    assert told(library, question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Phải có quá trình xây dựng bao nhiêu năm?",
            "Có quá trình xây dựng và phát triển liên tục từ 20 năm trở lên tính đến ngày đề nghị khen thưởng của cơ quan; "
            "trường hợp đã được tặng huân chương thì từ 15 năm",
        ),
        (
            "Tỷ lệ giáo viên trên lớp ở tiểu học là mấy?",
            "Dự kiến đến hết năm 2025 của toàn ngành, tỷ lệ giáo viên trên lớp ở nhà trẻ là 2,5; mẫu giáo đạt 2,2 trên lớp; "
            "tiểu học đạt 1,5",
        ),
    ],
)
def test_a_limit_and_a_figure_beside_the_words_asked_are_kept(library, question, text):
    assert told(library, question, text) == text


def test_a_short_statement_stays_whole(library):
    text = "Hội nghị có 120 đại biểu; 15 khách mời"
    assert told(library, "Hội nghị có bao nhiêu đại biểu?", text) == text


@pytest.mark.parametrize(
    ("text", "itself"),
    [
        ("Bản tóm lược do nhóm A soạn từ Nghị định B, ban hành năm 2020; không phải nguyên văn.", True),
        ("NGUỒN: [1] vanban.example.gov.vn/98 [2] congbao.example.com/12", True),
        ("(Kèm theo Quyết định số 12/QĐ-SA ngày 01/02/2024 của Giám đốc Sở A)", True),
        ("Thứ Hai, 06/5/2024 | 08:15 | Lượt xem: 40 | In trang", True),
        ("Nguồn: ngân sách tỉnh cấp 120 triệu đồng.", False),
        ("Kế hoạch gửi về địa chỉ thidua.example.gov.vn trước ngày 15/3.", False),
    ],
)
def test_what_a_paper_says_of_itself_is_known(text, itself):
    assert of_itself(text) is itself
