"""Courtesies around a question are taken off; the question itself is never touched."""

from __future__ import annotations

import time

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
        ("Anh/chị ơi cho em hỏi ai ký ạ, em cảm ơn.", "ai ký"),
        (
            "Kính gửi Phòng Nội vụ, bên em xin hỏi hạn nộp là ngày nào? Rất mong nhận được phản hồi. Trân trọng!",
            "hạn nộp là ngày nào?",
        ),
        ("Dear anh/chị, nhờ anh/chị xem giúp em với ạ: ai ký kế hoạch?", "ai ký kế hoạch?"),
        ("Em chào chị ạ. Em là cán bộ phòng Văn hóa xã. Em muốn hỏi hạn nộp là khi nào ạ", "hạn nộp là khi nào"),
        ("a/c cho e hỏi xíu nha, thưởng mấy lần vậy mn", "thưởng mấy lần"),
        (
            "Em có thắc mắc này mong anh chị giải đáp ạ, cờ thi đua thưởng bao nhiêu anh?",
            "cờ thi đua thưởng bao nhiêu?",
        ),
        ("Ban hành ngày nào vậy ad, em cần gấp ạ :)", "Ban hành ngày nào"),
        ("thanks anh, cho mình hỏi về việc này: ai ký", "ai ký"),
        # What looks like courtesy inside a question belongs to it.
        ("Ai gửi thư chào mừng đại hội?", "Ai gửi thư chào mừng đại hội?"),
        ("Đề nghị nêu cơ cấu Hội đồng", "Đề nghị nêu cơ cấu Hội đồng"),
        ("Thư cảm ơn do ai ký?", "Thư cảm ơn do ai ký?"),
        ("Bao nhiêu hộ được giúp đỡ?", "Bao nhiêu hộ được giúp đỡ?"),
        ("Danh hiệu nào cho cá nhân?", "Danh hiệu nào cho cá nhân?"),
        ("Ban Tổ chức có mấy người?", "Ban Tổ chức có mấy người?"),
        ("Cô giáo nào được tặng Bằng khen?", "Cô giáo nào được tặng Bằng khen?"),
        (
            "Kính gửi trong công văn đặt ở đâu, cỡ chữ bao nhiêu?",
            "Kính gửi trong công văn đặt ở đâu, cỡ chữ bao nhiêu?",
        ),
        ("Tranh kiểu nào được nhà nước ủng hộ", "Tranh kiểu nào được nhà nước ủng hộ"),
        ("Tổ chức nào cho doanh nghiệp vay?", "Tổ chức nào cho doanh nghiệp vay?"),
        ("Hội Nông dân xin hỗ trợ gì?", "Hội Nông dân xin hỗ trợ gì?"),
        ("Em mới tuyển 5 tháng, có được xét không?", "Em mới tuyển 5 tháng, có được xét không?"),
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


@pytest.mark.parametrize("odd", ["a " * 60, "anh chi " * 60, "cho em " * 60, "mong " + "a/ " * 99, "em cam on " * 60])
def test_odd_input_takes_no_time(odd):
    began = time.perf_counter()
    unwrapped(odd)
    assert time.perf_counter() - began < 1.0
