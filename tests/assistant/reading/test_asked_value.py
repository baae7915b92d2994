"""A text that lacks the value asked for is no answer to the question, however many of its words it has."""

import pytest

from assistant.drafts import Draft, Statement
from assistant.question.understand import understand
from assistant.reading.asked_value import missing
from assistant.retrieval.query import Query


def lacks(question, *texts):
    query = Query(understand(question), (), (), (), (), question)
    return missing(query, Draft("fact", tuple(Statement(text, ()) for text in texts)))


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("Mô hình đã trao được mấy con bò?", "Hội viên tham gia mô hình ngân hàng bò", "số liệu"),
        ("Công chức kiêm nhiệm được hưởng phụ cấp bao nhiêu?", "209 xã đều có 01 công chức kiêm nhiệm", "số tiền"),
        ("Tuổi tối đa khi bổ nhiệm lần đầu là bao nhiêu?", "Bổ nhiệm 12 cán bộ năm 2023", "số tuổi"),
        ("Phải trồng mới bao nhiêu héc ta?", "Tỷ lệ che phủ rừng đạt 37,7%", "diện tích"),
        ("Huyện nào có nhiều mô hình nhất?", "Toàn tỉnh có 78 mô hình ở các huyện", "tên huyện"),
        ("Đợt thi đua kết thúc vào ngày nào?", "Đợt thi đua được mọi đơn vị hưởng ứng", "ngày"),
        ("Phần mềm chạy từ năm nào?", "Tỉnh đã xây dựng phần mềm quản lý", "thời gian"),
        ("Kế hoạch đó số mấy?", "UBND tỉnh đã ban hành kế hoạch riêng", "số hiệu"),
    ],
)
def test_what_is_missing_is_named(question, text, what):
    assert lacks(question, text) == what


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Mô hình đã trao được mấy con bò?", "Đã trao 14 con bò cho hội viên"),
        ("Có bao nhiêu nhà được dựng?", "Dựng hàng trăm ngôi nhà"),
        ("Dấu phải trùm lên bao nhiêu phần chữ ký?", "Dấu trùm lên khoảng 1/3 chữ ký"),
        ("Kinh phí tuyên truyền năm 2025 bao nhiêu tiền?", "Tuyên truyền, năm 2025: 120"),
        ("Toàn ngành có mấy tiến sĩ?", "Toàn ngành có 03 tiến sĩ"),
        ("Tỉnh rộng bao nhiêu cây số vuông?", "Diện tích tự nhiên 3.895 km2"),
        ("Đại hội là kỳ thứ mấy?", "Đại hội thi đua yêu nước lần thứ VI"),
        ("Huyện nào về đích trước?", "Về đích trước là huyện Đồi Cao"),
        ("Ở địa phương nào còn hộ nghèo?", "Còn hộ nghèo ở vùng cao"),
        ("Có bao nhiêu đơn vị nộp?", "Có … đơn vị nộp"),
        ("Khi nào bản điện tử có giá trị như bản giấy?", "Khi được ký số bởi người có thẩm quyền"),
        ("Trao giải vào ngày nào?", "Trao vào dịp Quốc khánh, ngày 2-9"),
    ],
)
def test_what_holds_the_value_may_be_told(question, text):
    assert lacks(question, text) == ""


def test_one_statement_of_several_may_hold_it():
    assert lacks("Có mấy xã đạt chuẩn?", "Phong trào lan rộng", "04 xã đạt chuẩn") == ""
