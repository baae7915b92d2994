import random
import re
from collections import Counter
from pathlib import Path

import pytest

from ingest.pipeline import read_document
from ingest.readers.pdf.lines import Run
from ingest.readers.pdf.order import reading_order

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
WIDTH = 5.0
"""Points a letter takes in these tests."""


def run(x: float, y: float, text: str, size: float = 10.0) -> Run:
    return Run(text, x, y, size, x + WIDTH * len(text) * size / 10)


def column(x: float, name: str, count: int, top: float = 700.0) -> list[Run]:
    return [run(x, top - 12 * i, f"{name} dòng thứ {i:02d} của phong trào thi đua") for i in range(count)]


def texts(runs: list[Run]) -> list[str]:
    return [line.text for line in reading_order(runs)]


def shuffled(runs: list[Run]) -> list[Run]:
    mixed = list(runs)
    random.Random(7).shuffle(mixed)
    return mixed


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_columns_are_read_one_after_the_other_however_they_are_drawn(columns: int) -> None:
    runs = [item for number in range(columns) for item in column(40 + 220 * number, "ABCD"[number], 8)]
    expected = [item.text for item in runs]
    assert texts(runs) == expected
    assert texts(shuffled(runs)) == expected
    assert texts(sorted(runs, key=lambda item: -item.y)) == expected


def test_what_spans_the_columns_parts_them() -> None:
    wide = "Tiêu đề chạy suốt cả hai cột của trang báo số ra ngày đầu tuần này"
    upper = column(40, "A", 6, 700) + column(260, "B", 6, 700)
    lower = column(40, "C", 6, 580) + column(260, "D", 6, 580)
    runs = [*upper, run(60, 615, wide, 12), *lower]
    expected = [*(item.text for item in upper), wide, *(item.text for item in lower)]
    assert texts(shuffled(runs)) == expected


def test_notes_across_the_page_stand_below_the_columns() -> None:
    columns = column(40, "A", 7) + column(260, "B", 7)
    notes = [run(40, 560, "1 Chú thích ngắn.", 8), run(40, 550, "2 " + "chú thích dài hết chiều ngang " * 3, 8)]
    assert texts(shuffled([*columns, *notes]))[-2:] == [note.text.strip() for note in notes]


def test_recipients_beside_a_signature_stay_together() -> None:
    text = [run(40, 700 - 18 * i, "Các cơ quan, đơn vị triển khai thực hiện kế hoạch này", 14) for i in range(4)]
    recipients = [run(40, 600 - 14 * i, f"- Đơn vị nhận thứ {i};", 11) for i in range(8)]
    signature = [run(300, 600, "GIÁM ĐỐC", 14), run(290, 540, "Trần Văn Mẫu", 14)]
    found = texts([*text, *recipients, *signature])
    assert found[4:] == [item.text for item in (*recipients, *signature)]


def test_a_table_without_rules_is_read_row_by_row() -> None:
    rows = [("Kinh tế", "145", "1.169"), ("Văn hóa", "82", "97"), ("Y tế", "33", "65"), ("Giáo dục", "25", "248"),
            ("Quốc phòng", "12", "14"), ("Lĩnh vực khác", "9", "5")]  # fmt: skip
    runs = [run(40 + 160 * i, 700 - 15 * y, cell) for y, row in enumerate(rows) for i, cell in enumerate(row)]
    assert texts(runs) == ["\t".join(row) for row in rows]


def test_a_letterhead_drawn_side_after_side_is_read_so() -> None:
    left = [run(60, 780, "UBND HUYỆN"), run(60, 765, "PHÒNG NỘI VỤ")]
    right = [run(300, 780, "CỘNG HÒA XÃ HỘI"), run(300, 765, "Độc lập - Tự do")]
    body = [run(40, 700 - 14 * i, "Phong trào thi đua được triển khai rộng khắp trên địa bàn huyện") for i in range(4)]
    assert texts([*left, *right, *body])[:4] == [item.text for item in (*left, *right)]


def test_words_drawn_one_by_one_make_a_line_and_a_raised_mark_stays_in_it() -> None:
    words = [run(40, 700, "khen"), run(63, 700, "thưởng"), run(93.2, 704, "3", 6), run(99, 700, "năm")]
    (line,) = reading_order(shuffled(words))
    assert line.text == "khen thưởng3 năm"
    assert [part.size for part in line.runs] == [10.0, 10.0, 6.0, 10.0]


def test_a_raised_mark_behind_a_stretched_space_stays_in_its_line() -> None:
    words = [
        run(40, 700, "phát triển tiến bộ "),
        run(143, 703, "27", 6),
        run(149.2, 700, "."),
        run(40, 714, "thể thao có bước"),
    ]
    assert texts(shuffled(words)) == ["thể thao có bước", "phát triển tiến bộ 27."]


def test_text_drawn_twice_for_a_bold_look_is_read_once() -> None:
    assert texts([run(40, 700, "QUYẾT ĐỊNH"), run(40.3, 700, "QUYẾT ĐỊNH")]) == ["QUYẾT ĐỊNH"]


def five_grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + 5]) for i in range(len(words) - 4))


@pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")
@pytest.mark.parametrize("name", ["files/003.pdf", "files/003-a3-4cot.pdf"])
def test_newspaper_columns_read_as_the_text_report(name: str) -> None:
    expected = five_grams(read_document(next((SHARED / "reports").glob("003*"))).text)
    missing = expected - five_grams(read_document(SHARED / name).text)
    assert 1 - sum(missing.values()) / sum(expected.values()) >= 0.98
