"""What an award is given for: the provision that governs, not the sentence that names the award as a condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, open_assistant
from assistant.intake import add_files
from assistant.question.awards import aimed_at, awards, granted, opening
from assistant.words import joined

LAW = """QUỐC HỘI
LUẬT
Thi đua, khen thưởng (văn bản giả định)

Chương I. HÌNH THỨC
Điều 1
1. "Huân chương Lao động" hạng nhì để tặng cho cá nhân đạt một trong các tiêu chuẩn sau:
a) Đã được tặng "Huân chương Lao động" hạng ba và có một lần được tặng "Bằng khen của Thủ tướng Chính phủ";
b) Có công trình được giải thưởng quốc gia.
2. "Huân chương Lao động" hạng nhì để tặng cho tập thể đạt các tiêu chuẩn sau:
a) Có 4 năm liên tục được công nhận "Tập thể lao động xuất sắc";
b) Nội bộ đoàn kết.
Điều 2
1. "Bằng khen của Thủ tướng Chính phủ" được tặng cho cá nhân đạt một trong các tiêu chuẩn sau:
a) Đã được tặng bằng khen cấp bộ, cấp tỉnh, là chiến sĩ thi đua cơ sở liên tục từ 6 năm trở lên;
b) Lập được thành tích đột xuất.
Điều 3. Chiến sĩ thi đua toàn quốc
Chọn trong những người hai lần liên tục là chiến sĩ thi đua cấp tỉnh, có sáng kiến ảnh hưởng trong cả nước.
Điều 4
Danh hiệu chiến sĩ thi đua toàn quốc, huân chương do cấp trên quyết định tặng; kèm theo là 01 bằng và tiền thưởng.
Điều 5
Nghiêm cấm các hành vi sau đây:
1. Ép buộc người khác tham gia phong trào thi đua;
2. Làm giả hồ sơ khen thưởng;
3. Lợi dụng khen thưởng để vụ lợi.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("conditions")
    (folder / "luat.txt").write_text(LAW, encoding="utf-8")
    add_files(folder / "store", [folder / "luat.txt"])
    return open_assistant(folder / "store")


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("Cá nhân được Bằng khen của Thủ tướng Chính phủ khi nào?", ("từ 6 năm trở lên", "đột xuất"), "quốc gia"),
        ("Huân chương Lao động hạng Nhì cho cá nhân cần gì?", ("hạng ba và có một lần", "quốc gia"), "4 năm"),
        ("Tập thể muốn được Huân chương Lao động hạng Nhì phải đạt gì?", ("4 năm liên tục", "đoàn kết"), "quốc gia"),
        ("Chiến sĩ thi đua toàn quốc xét cho ai?", ("hai lần liên tục",), "01 bằng"),
        ("Tôi 6 năm là chiến sĩ thi đua cơ sở có được bằng khen Thủ tướng không?", ("từ 6 năm trở lên",), "quốc gia"),
    ],
)
def test_the_provision_about_the_award_is_told_whole(
    assistant: Assistant, question: str, told: tuple[str, ...], untold: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(words in answer.answer for words in told), answer.answer
    assert untold not in answer.answer


def test_all_that_a_line_announces_is_told_where_it_names_what_is_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Hành vi nào bị cấm trong thi đua, khen thưởng?").answer
    assert "Ép buộc" in answer and "giả hồ sơ" in answer and "vụ lợi" in answer


def test_a_figure_asked_for_is_no_list_of_conditions(assistant: Assistant) -> None:
    answer = assistant.ask("Phải là chiến sĩ thi đua cơ sở liên tục mấy năm để được Bằng khen của Thủ tướng?")
    assert "6 năm" in answer.answer
    assert "đột xuất" not in answer.answer


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1. “Giấy khen” để tặng cho cá nhân có bằng khen cấp tỉnh", {"giay khen": {""}}),
        ("a) Có 7 năm là chiến sĩ thi đua cơ sở và hai lần được tặng bằng khen", {}),
        ("Danh hiệu “Tập thể lao động tiên tiến” được xét tặng cho", {"tap the lao dong": {"tien tien"}}),
    ],
)
def test_a_provision_is_about_the_award_it_opens_with(text: str, named: dict[str, set[str]]) -> None:
    assert awards(granted(joined(text))) == named


def test_a_heading_is_about_the_award_it_opens_with() -> None:
    assert awards(opening(joined("Điều 9. Huân chương Lao động hạng Ba"))) == {"huan chuong": {"lao dong"}}
    assert opening(joined("Điều 9. Hồ sơ đề nghị tặng bằng khen")) == ""


def test_of_two_awards_the_one_wanted_is_asked_about() -> None:
    asked = joined("Đã là chiến sĩ thi đua cơ sở thì có được bằng khen của Thủ tướng không")
    assert aimed_at(asked) == {"bang khen": {"thu tuong"}}
