"""Spaces inside syllables are taken out where that is sure, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import MappedText
from ingest.spacing import mend

OFTEN = "Các xã đều có phong trào. Huyện đều có phong trào. Tỉnh đều có phong trào. "


def mended(text: str) -> str:
    return mend(MappedText.of(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("việc thực hi ện các chỉ tiêu", "việc thực hiện các chỉ tiêu"),
        ("xây dựng v à sử dụng", "xây dựng và sử dụng"),
        ("Nh iều đơn vị", "Nhiều đơn vị"),
        (OFTEN + "Các ngành đề u có phong trà o “Một cửa”.", OFTEN + "Các ngành đều có phong trào “Một cửa”."),
    ],
)
def test_spaces_inside_syllables_go(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Các ngành đề u có phong trà o",  # nothing in the text says that these are syllables
        OFTEN + "Khối u lành, đề u và chữ u khác",  # the letter stands alone elsewhere
        "theo điểm đ ở khoản 2",
        "cách nhau 5 m ở hai bên",
        "a) Báo cáo; b) Tổng hợp",
        "Hội đồng gồm ủy viên và ông, bà",
        "Ban CĐ ở tỉnh",
        "tr.\u00a0ện",
    ],
)
def test_words_stay_apart(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="vàhiệnđều u.\n", max_size=60))
def test_only_spaces_go_and_every_character_knows_its_place(text: str) -> None:
    result = mend(MappedText.of(text))
    assert result.text.replace(" ", "") == text.replace(" ", "")
    assert all(text[offset] == char for char, offset in zip(result.text, result.offsets, strict=True))
