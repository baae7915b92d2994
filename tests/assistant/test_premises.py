import pytest

from assistant.premises import conflict
from ingest.clean import fold


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Vì sao có 25 thành viên?", "Hội đồng có 20 thành viên.", "25 thanh vien"),
        ("Vì sao có 20 thành viên?", "Hội đồng có 20 thành viên và 3 tổ.", ""),
        ("Vì sao có 25 thành viên?", "Hội đồng có 20 thành viên, tăng từ 25.", ""),
        ("Sao chỉ được hạng Nhì?", "Tặng Huân chương hạng Nhất cho tỉnh.", "hang nhi"),
        ("Sao được hạng Nhất?", "Tặng Huân chương hạng Nhất và hạng Ba.", ""),
        ("Sao tỷ lệ giảm xuống 50%?", "Tỷ lệ tăng từ 50% lên 70%.", "giam"),
        ("Sao tỷ lệ tăng lên 70%?", "Tỷ lệ tăng từ 50% lên 70%.", ""),
        ("Vì sao năm 2020 khen ít?", "Năm 2021 khen nhiều tập thể.", ""),
    ],
)
def test_only_clear_conflicts_are_found(question, sentence, found):
    assert conflict(fold(question), fold(sentence)) == found
