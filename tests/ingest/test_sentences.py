import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import clauses, split


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đạt 3.895,8 km2. Tăng 5%.", ["Đạt 3.895,8 km2.", "Tăng 5%."]),
        ("Họp tại TP. Cần Thơ ngày 3/5. Có 20 người.", ["Họp tại TP. Cần Thơ ngày 3/5.", "Có 20 người."]),
        ("2.1. Kết quả chung. Đã họp.", ["2.1. Kết quả chung.", "Đã họp."]),
        ("Tăng ...% so với năm trước.", ["Tăng ...% so với năm trước."]),
        ("Gồm sách, báo, v.v. và tài liệu khác.", ["Gồm sách, báo, v.v. và tài liệu khác."]),
        ("Ông nói: “Thi đua!”. Mọi người nghe.", ["Ông nói: “Thi đua!”.", "Mọi người nghe."]),
        ("Có 12 thành viên khác³. Ban họp.", ["Có 12 thành viên khác³.", "Ban họp."]),
        ("Trân trọng báo cáo./.\nNơi nhận:", ["Trân trọng báo cáo./.", "Nơi nhận:"]),
        ("Một; hai; ba.", ["Một; hai; ba."]),
        ("10 năm qua đã đạt. 5 đơn vị dẫn đầu.", ["10 năm qua đã đạt.", "5 đơn vị dẫn đầu."]),
        ("Gồm: 1. Tờ trình; 2. Biên bản.", ["Gồm: 1. Tờ trình; 2. Biên bản."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_clauses_keep_brackets_whole() -> None:
    text = "Một (a; b); hai; ba."
    assert [text[s:e] for s, e in clauses(text)] == ["Một (a; b);", "hai;", "ba."]


@given(st.text(alphabet="aÂđ.;!? \n(“”…3", max_size=80))
def test_no_character_but_space_falls_between_sentences(text: str) -> None:
    for cut in (split, clauses):
        end = 0
        kept = []
        for start, stop in cut(text):
            assert end <= start < stop
            assert not text[end:start].strip()
            kept.append(text[start:stop])
            end = stop
        assert not text[end:].strip()
        assert "".join("".join(kept).split()) == "".join(text.split())


def test_clauses_keep_quoted_names_whole() -> None:
    text = 'Kế hoạch “Xây dựng hạ tầng; thực hành tiết kiệm”; đề án "Học tập; làm theo"; hết.'
    assert [text[s:e] for s, e in clauses(text)] == [
        "Kế hoạch “Xây dựng hạ tầng; thực hành tiết kiệm”;",
        'đề án "Học tập; làm theo";',
        "hết.",
    ]
    unclosed = "Theo “Quy định một; hai; ba"
    assert len(clauses(unclosed)) == 3
