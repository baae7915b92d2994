"""The value put in front of an answer says what the sentence says, no more."""

from __future__ import annotations

import pytest

from assistant.answer_types import value
from assistant.understand import understand


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
