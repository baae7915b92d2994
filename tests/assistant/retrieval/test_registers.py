"""A rule asked for is told from rules, not from a report that counts the same award."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import open_assistant
from assistant.intake import add_files
from assistant.question.understand import understand
from assistant.retrieval.registers import asks_rule

REPORT = """UBND TỈNH Y
BÁO CÁO
Kết quả khen thưởng năm 2031

Bảng 1. Kết quả
Hình thức\tTập thể\tCá nhân
Bằng khen của Chủ tịch UBND tỉnh\t268\t398
Giấy khen\t1.200\t3.400
"""
GUIDE = """SỞ NỘI VỤ TỈNH Y
HƯỚNG DẪN
Thủ tục khen thưởng

1. Hồ sơ đề nghị Bằng khen của Chủ tịch UBND tỉnh
Lập 01 bộ bản chính, gồm:
a) Tờ trình của cơ quan;
b) Báo cáo thành tích;
c) Biên bản họp xét.
"""


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Hồ sơ đề nghị Bằng khen gồm những gì?", True),
        ("Ai có thẩm quyền tặng Giấy khen?", True),
        ("Mức thưởng kèm Giấy khen thế nào?", True),
        ("Người nghỉ ốm có được xét danh hiệu không?", True),
        ("Năm qua đã tặng bao nhiêu Giấy khen?", False),
        ("Tỉnh Bắc Giang có được tặng Cờ thi đua không?", False),
        ("Phong trào nào được nhiều người hưởng ứng?", False),
    ],
)
def test_rules_are_asked_for_in_their_own_words(question: str, rule: bool) -> None:
    assert asks_rule(understand(question)) is rule


def test_a_count_is_no_answer_to_what_a_dossier_holds(tmp_path: Path) -> None:
    for name, text in (("bao-cao.txt", REPORT), ("huong-dan.txt", GUIDE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    add_files(tmp_path / "store", [tmp_path / "bao-cao.txt", tmp_path / "huong-dan.txt"])
    assistant = open_assistant(tmp_path / "store")
    dossier = assistant.ask("Hồ sơ đề nghị Bằng khen của Chủ tịch UBND tỉnh gồm những gì?").answer
    assert "Biên bản họp xét" in dossier and "268" not in dossier
    assert "268" in assistant.ask("Năm 2031 đã tặng Bằng khen của Chủ tịch UBND tỉnh cho bao nhiêu tập thể?").answer
