import pytest

from assistant.answers.premises import claimed
from assistant.answers.premises.dates import days
from assistant.answers.premises.opposites import conflict
from assistant.answers.premises.stretches import ranks, years_named
from assistant.question.understand import understand
from ingest.clean import fold


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Sao chỉ được hạng Nhì?", "Tặng Huân chương hạng Nhất cho tỉnh.", "hang nhi"),
        ("Sao được hạng Nhất?", "Tặng Huân chương hạng Nhất và hạng Ba.", ""),
        ("Vì sao được Huân chương Lao động hạng Nhì?", "Huân chương Lao động: hạng Nhất, Nhì, Ba.", ""),
        ("Vì sao được Huân chương Lao động hạng Nhì?", "Chưa có hạng Nhất, hạng Ba.", ""),
        ("Sao chỉ Huân chương Độc lập hạng Ba?", "Huân chương Độc lập hạng Nhất và Lao động hạng Ba.", "hang ba"),
        ("Sao trường đạt mức độ 2 ít?", "Trường đạt mức độ 1 là 95%, mức độ 2 là 26%.", ""),
        ("Sao tỷ lệ giảm xuống 50%?", "Tỷ lệ tăng từ 50% lên 70%.", "giam"),
        ("Sao tỷ lệ tăng lên 70%?", "Tỷ lệ tăng từ 50% lên 70%.", ""),
        ("Vì sao năm 2020 khen ít?", "Năm 2021 khen nhiều tập thể.", ""),
    ],
)
def test_only_clear_conflicts_are_found(question, sentence, found):
    assert conflict(fold(question), fold(sentence)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Vì sao có 25 thành viên?", "vi sao co 25 thanh vien?"),
        ("Hội đồng có tới 25 thành viên cơ à?", "hoi dong co toi 25 thanh vien co?"),
        ("Kế hoạch đặt ra 25 chỉ tiêu, chỉ tiêu nào khó nhất?", "ke hoach dat ra 25 chi tieu"),
        ("Điều kiện tặng Huân chương Lao động hạng Nhì cho cá nhân?", ""),
        ("Trong 25 ủy viên của Hội đồng, bao nhiêu là nữ?", ""),
        ("Có bao nhiêu tập thể, bao nhiêu cá nhân?", ""),
    ],
)
def test_only_what_a_question_claims_can_be_corrected(question, found):
    assert claimed(understand(question)) == found


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Sao tỉnh lại hụt mục tiêu trồng rừng?", "Trồng 1.200 ha rừng, vượt mục tiêu đề ra.", "hut muc tieu"),
        ("Sao tỉnh vượt chỉ tiêu kết nạp đảng viên?", "Kết nạp đảng viên chưa đạt chỉ tiêu.", "vuot chi tieu"),
        ("Sao tỉnh chưa đạt mục tiêu trồng rừng?", "Trồng rừng chưa đạt mục tiêu.", ""),
        ("Sao tuổi thọ giảm từ 74,2 xuống 73,1?", "Tuổi thọ tăng từ 73,1 lên 74,2; số ca bệnh giảm.", "giam"),
        ("Sao tuổi thọ giảm từ 74,2 xuống 73,1?", "Số ca bệnh tăng; tuổi thọ giảm từ 74,2 xuống 73,1.", ""),
    ],
)
def test_outcomes_and_directions(question, sentence, found):
    assert conflict(fold(question), fold(sentence)) == found


def test_days_of_a_text():
    assert days("ngày 05 tháng 3 năm 2020 và 27, 28/8/2020") == {(5, 3, 2020), (27, 8, 2020), (28, 8, 2020)}
    assert days("tháng 3 năm 2020, giai đoạn 2016-2020") == frozenset()


def test_ranks_and_years_of_a_stretch():
    assert [one.number for one in ranks("năm 2023 xếp thứ 04/63, lần thứ V")] == [4]
    assert years_named("giai đoạn 2021-2023, ước năm 2025") == {"2021", "2022", "2023", "2025"}
