"""Answers that are no single figure: sections told, labelled lines, definitions, requirements, bodies, signers, papers."""

import pytest

from assistant.answers.paper_cues import agreement
from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

REPORT = """UBND TỈNH LAI CHÂU
SỞ NỘI VỤ
Số: 52/BC-SNV
Lai Châu, ngày 15 tháng 11 năm 2022

BÁO CÁO
Công tác thi đua, khen thưởng năm 2022 tỉnh Lai Châu

I. TÌNH HÌNH

1. Thuận lợi

Đường liên xã đã thông suốt quanh năm.
Người dân tự nguyện góp công làm nhà văn hóa.

2. Khó khăn

Mưa lũ kéo dài làm hỏng nhiều tuyến kênh.

II. NGƯỜI TỐT, VIỆC TỐT

1. Khái niệm

Việc tìm gương người tốt là cơ sở để xét khen hằng năm.
Gương người tốt là người có việc làm đẹp được cộng đồng noi theo.

2. Tiêu chí chọn gương người tốt

a) Đối với cá nhân:
- Có việc làm được thôn bản xác nhận;
- Không vi phạm hương ước.
b) Đối với tập thể:
- Nội bộ thống nhất;
- Hoàn thành quỹ chung đúng hạn.

III. TỔ CHỨC THỰC HIỆN

- Chủ đề hội thi: “Mỗi bản một việc tốt, mỗi nhà một cây xanh”.
- Thời gian hội thi: hai ngày cuối tháng mười, ở sân vận động trung tâm.

Sở Tư pháp phối hợp với các xã tuyên truyền hương ước ở từng bản, mời già làng nói chuyện trong mỗi buổi họp dân; \
biên soạn tờ gấp bằng bốn thứ tiếng để phát cho từng hộ ở xa trung tâm xã; \
thẩm định hương ước mới của các bản trước khi trình huyện công nhận.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Lò Văn Inh
"""

PLAN = """UBND TỈNH LAI CHÂU
Số: 9/KH-UBND
Lai Châu, ngày 03 tháng 01 năm 2023

KẾ HOẠCH
Trồng rừng năm 2023 tỉnh Lai Châu

I. CHỈ TIÊU

Trồng mới 1.200 ha rừng phòng hộ.

CHỦ TỊCH

Trần Văn Ót
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("forms"), load_embedder)
    with store.writer() as writer:
        for name, text in (("bao-cao.txt", REPORT), ("ke-hoach.txt", PLAN)):
            writer.add(read_bytes(text.encode(), name), text.encode())
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Những thuận lợi của tỉnh Lai Châu năm 2022 là gì?", ["thông suốt", "góp công"], ["Mưa lũ"]),
        ("Chủ đề hội thi là gì?", ["Mỗi bản một việc tốt"], ["sân vận động"]),
        ("Thế nào là gương người tốt?", ["việc làm đẹp"], ["cơ sở để xét khen"]),
        ("Cá nhân muốn được chọn làm gương người tốt thì cần những gì?", ["xác nhận", "hương ước"], ["Nội bộ"]),
        ("Tập thể phải đạt tiêu chí gì để được chọn là gương người tốt?", ["Nội bộ", "quỹ chung"], ["thôn bản"]),
    ],
)
def test_what_is_asked_is_told_and_its_neighbour_left_out(assistant, question, told, left_out):
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(part in answer.answer for part in told), answer.answer
    assert not any(part in answer.answer for part in left_out), answer.answer


def test_a_clause_is_told_with_the_body_that_its_sentence_opens_with(assistant):
    assert "Sở Tư pháp" in assistant.ask("Cơ quan nào thẩm định hương ước mới của các bản?").answer


def test_the_signer_is_of_the_paper_whose_title_the_question_says(assistant):
    answer = assistant.ask("Ai ký kế hoạch trồng rừng của tỉnh Lai Châu?").answer
    assert "Trần Văn Ót" in answer and "Chủ tịch" in answer


@pytest.mark.parametrize(
    ("asked", "agreeing", "other"),
    [
        ("ubnd tinh ra ke hoach nao", "7/KH-UBND", "7/KH-SNV"),
        ("chi thi nao cua ban thuong vu tinh uy", "3-CT/TU", "3/CT-TTg"),
    ],
)
def test_a_number_whose_code_is_another_bodys_agrees_less(asked, agreeing, other):
    assert agreement(asked, agreeing, "") > 0 > agreement(asked, other, "")


def test_a_paper_for_another_period_or_event_agrees_less():
    asked = "ke hoach dai hoi lan 4 giai doan 2016-2020"
    assert agreement(asked, "1/KH-A", "dai hoi lan thu iv giai doan 2016 - 2020") > 0
    assert agreement(asked, "1/KH-A", "dai hoi lan thu v giai doan 2021-2025") < 0
