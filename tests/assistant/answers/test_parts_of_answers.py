"""Papers told by their number, several papers side by side, duties of a body, questions in several parts."""

import pytest

from assistant.answers.papers import asked_kind, named
from assistant.pipeline import Assistant
from assistant.proof.misprints import odd
from assistant.retrieval.units import cut
from ingest.pipeline import read_bytes
from ingest.records import Chunk
from vectorstore.embed import load_embedder
from vectorstore.store import Store

REPORT = """UBND TỈNH HÒA BÌNH
SỞ NỘI VỤ
Số: 31/BC-SNV
Hòa Bình, ngày 05 tháng 12 năm 2022

BÁO CÁO
Kết quả công tác thi đua, khen thưởng năm 2022 tỉnh Hòa Bình

1. Văn bản đã ban hành

Tỉnh đã ban hành Kế hoạch số 21/KH-UBND ngày 04/3/2021 về trồng cây phân tán, Kế hoạch số 58/KH-UBND ngày 17/5/2022 \
về thi đua cải cách hành chính và Quyết định số 640/QĐ-UBND ngày 09/6/2022 về quy chế xét tặng danh hiệu.

2. Kết quả

Tỷ lệ thôn, bản có nhà văn hóa đạt 71,5%. Toàn tỉnh có 12 cụm thi đua và 145 tổ công tác. \
Lớp tập huấn có 300 người dự. Hội nghị tổng kết họp ngày 20/11/2022. \
Hội nghị sơ kết phong trào họp ngày 14/7/2022 tại Trung tâm Hội nghị thành phố.

3. Bài học kinh nghiệm

Một là, cấp ủy phải quan tâm chỉ đạo thường xuyên.
Hai là, nội dung thi đua phải sát việc của từng đơn vị.
Ba là, khen thưởng phải kịp thời và đúng người.
"""

PLAN = """UBND TỈNH HÒA BÌNH
Số: 12/KH-UBND
Hòa Bình, ngày 10 tháng 01 năm 2023

KẾ HOẠCH
Phát động phong trào thi đua năm 2023 tỉnh Hòa Bình

I. CHỈ TIÊU

Tỷ lệ thôn, bản có nhà văn hóa đạt 78%.

II. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ theo dõi, đôn đốc các đơn vị thực hiện kế hoạch và tổng hợp báo cáo trước ngày 15/12/2023.
2. Sở Tài chính bố trí kinh phí khen thưởng và hướng dẫn các đơn vị quyết toán theo quy định hiện hành.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("parts"), load_embedder)
    with store.writer() as writer:
        for name, text in (("bao-cao.txt", REPORT), ("ke-hoach.txt", PLAN)):
            data = text.encode()
            writer.add(read_bytes(data, name), data)
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("cai cach hanh chinh theo ke hoach so may", "ke hoach"),
        ("qd nao quy dinh viec nay", "quyet dinh"),
        ("ke hoach trong cay so bao nhieu", "ke hoach"),
        ("theo luat nao va nghi dinh nao", ""),
        ("ke hoach nay co bao nhieu chi tieu", ""),
    ],
)
def test_kind_of_paper_asked_for(question, kind):
    assert asked_kind(question) == kind


def test_every_paper_of_a_sentence_keeps_its_own_year_and_words():
    text = "Thực hiện Kế hoạch số 7/KH-UBND ngày 02/3/2019 về đọc sách và Công văn số 9/SNV-TĐ ngày 04/5/2021 về hồ sơ."
    chunk = Chunk("c", "d", 0, "text", (), "", text, 0, len(text), None, None, 30)
    unit = next(iter(cut(chunk).units))
    first, second = named(unit)
    assert (first.kind, first.number, first.year) == ("ke hoach", "7/KH-UBND", "2019")
    assert (second.kind, second.number, second.year) == ("cong van", "9/SNV-TĐ", "2021")
    assert "đọc sách" in first.text
    assert "đọc sách" not in second.text


def test_the_paper_about_the_subject_is_told_not_its_neighbour(assistant):
    answer = assistant.ask("Thi đua cải cách hành chính của tỉnh Hòa Bình theo kế hoạch số mấy?")
    assert "58/KH-UBND" in answer.answer
    assert "21/KH-UBND" not in answer.answer
    assert "640/QĐ-UBND" not in answer.answer


def test_each_named_paper_states_its_own_value(assistant):
    answer = assistant.ask(
        "Tỷ lệ thôn, bản có nhà văn hóa trong báo cáo 2022 và trong kế hoạch 2023 của Hòa Bình là bao nhiêu?"
    )
    assert "71,5%" in answer.answer
    assert "78%" in answer.answer
    assert {citation.file for citation in answer.citations} == {"bao-cao.txt", "ke-hoach.txt"}


def test_duties_are_what_opens_with_the_name_of_the_body(assistant):
    answer = assistant.ask("Kế hoạch thi đua năm 2023 giao Sở Tài chính những việc gì?")
    assert "bố trí kinh phí" in answer.answer
    assert "đôn đốc" not in answer.answer


def test_when_and_where_are_answered_together(assistant):
    answer = assistant.ask("Hội nghị sơ kết phong trào họp hôm nào, ở đâu?")
    assert "14/7/2022" in answer.answer
    assert "Trung tâm Hội nghị thành phố" in answer.answer


def test_lessons_counted_in_words_are_told_whole_and_in_order(assistant):
    answer = assistant.ask("Năm 2022 tỉnh Hòa Bình rút ra những bài học kinh nghiệm nào?")
    places = [answer.answer.find(words) for words in ("cấp ủy phải quan tâm", "sát việc của", "kịp thời và đúng người")]
    assert -1 not in places
    assert places == sorted(places)


def test_no_statement_is_told_twice(assistant):
    answer = assistant.ask("Toàn tỉnh Hòa Bình có bao nhiêu cụm thi đua và tổ công tác?")
    assert answer.answer.count("145 tổ công tác") == 1


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("họp ngày 31/4/2021 và 30/4/2021", ("31/4/2021",)),
        ("giai đoạn 2017-202, giai đoạn 2017-2022", ("2017-202",)),
        ("thu 12.34.567 đồng, chi 1.250.000 đồng, còn 4.500,5", ("12.34.567",)),
        ("mục 2.3 năm 2016-2020 đạt 20%, tăng 2-3 bậc", ()),
    ],
)
def test_figures_that_cannot_be_right(text, figures):
    assert odd(text) == figures
