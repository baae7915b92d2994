"""Courtesies around a question are taken off; the question itself is never touched."""

from __future__ import annotations

import pytest

from assistant.question.courtesy import unwrapped


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Cho em hỏi năm 2023 tỉnh trồng bao nhiêu cây ạ?", "năm 2023 tỉnh trồng bao nhiêu cây?"),
        ("cho em hoi nam 2023 tinh trong bao nhieu cay voi a", "nam 2023 tinh trong bao nhieu cay"),
        ("Anh chị ơi, ai là chủ tịch hội đồng?", "ai là chủ tịch hội đồng?"),
        ("Kính gửi quý cơ quan, tôi muốn hỏi hồ sơ gồm những gì. Xin cảm ơn!", "hồ sơ gồm những gì"),
        ("Xin chào, xin được hỏi là thời hạn nộp là khi nào?", "thời hạn nộp là khi nào?"),
        ("Nhờ anh chị cho biết mức thưởng của giấy khen giúp em với ạ", "mức thưởng của giấy khen"),
        ("Em cần biết thêm ai ký quyết định này, em cảm ơn nhiều ạ.", "ai ký quyết định này"),
        # What looks like courtesy inside a question belongs to it.
        ("Ai gửi thư chào mừng đại hội?", "Ai gửi thư chào mừng đại hội?"),
        ("Đề nghị nêu cơ cấu Hội đồng", "Đề nghị nêu cơ cấu Hội đồng"),
        ("Thư cảm ơn do ai ký?", "Thư cảm ơn do ai ký?"),
        ("Bao nhiêu hộ được giúp đỡ?", "Bao nhiêu hộ được giúp đỡ?"),
        ("Danh hiệu nào cho cá nhân?", "Danh hiệu nào cho cá nhân?"),
        ("Ban Tổ chức có mấy người?", "Ban Tổ chức có mấy người?"),
        ("Cô giáo nào được tặng Bằng khen?", "Cô giáo nào được tặng Bằng khen?"),
        # Nothing but courtesy stays whole, for the greeting to be answered.
        ("Xin chào anh chị", "Xin chào anh chị"),
        ("Em cảm ơn ạ", "Em cảm ơn ạ"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_polite_question(asked, left):
    assert unwrapped(asked) == left


def test_taking_off_twice_changes_nothing():
    once = unwrapped("Dạ cho em hỏi ai ký kế hoạch này với ạ? Em cảm ơn.")
    assert unwrapped(once) == once == "ai ký kế hoạch này?"
