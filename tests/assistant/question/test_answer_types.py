"""The value put in front of an answer says what the sentence says, no more."""

from __future__ import annotations

import pytest

from assistant.question.answer_types import fits, value
from assistant.question.understand import understand


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("Có bao nhiêu hội viên?", "Toàn tỉnh có 14 tổ chức với gần 92.000 hội viên.", "gần 92.000 hội viên"),
        ("Có bao nhiêu hội viên?", "Toàn tỉnh có 1.250 hội viên ở 14 tổ chức.", "1.250 hội viên"),
        ("Trồng bao nhiêu cây xanh?", "Phấn đấu trồng không dưới 30.000 cây xanh.", "không dưới 30.000 cây xanh"),
        ("Có mấy thành viên?", "Ban có tối đa 09 thành viên.", "tối đa 09 thành viên"),
        ("Có mấy thành viên?", "Ban có 09 thành viên, tổ có 05 thành viên.", ""),
    ],
)
def test_a_value_keeps_the_word_that_limits_it(question, sentence, told):
    assert value(understand(question), sentence) == told


@pytest.mark.parametrize(
    ("question", "sentence", "least"),
    [
        ("Thời hạn bảo quản bao nhiêu năm?", "Hồ sơ bảo quản từ 05 năm trở lên.", 0.75),
        ("Giải thưởng công bố ngày nào?", "Giải thưởng công bố vào dịp Quốc khánh 2-9.", 0.75),
        ("Phải đạt mấy lần?", "Đã có ba lần liên tục đạt danh hiệu.", 0.85),
        ("Tỷ lệ là bao nhiêu phần trăm?", "Phong trào mở từ ngày 24/8/1949.", -1.0),
        ("Kèm bao nhiêu tiền?", "Khen hàng trăm tập thể.", -1.0),
    ],
)
def test_a_text_fits_where_it_holds_the_kind_of_value(question, sentence, least):
    found = fits(understand(question), sentence, understand(question).kinds[:1])
    assert found >= least if least > 0 else found == 0.0
