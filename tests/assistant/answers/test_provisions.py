"""Questions about a decree: provisions by number, powers, permissions, two sides of one paper, lists under clauses."""

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 97/2031/NĐ-CP
Hà Nội, ngày 02 tháng 01 năm 2031

NGHỊ ĐỊNH
Quy định về sổ vàng và thẻ danh dự

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc ghi sổ vàng, cấp thẻ danh dự và bảo quản hiện vật.

Điều 2. Sổ vàng
1. Sổ vàng được lập cho cá nhân có từ 12 năm phục vụ cộng đồng trở lên.
2. Hồ sơ ghi sổ vàng gồm:
a) Tờ trình của thôn;
b) Bản kể việc làm;
c) Ý kiến của người cao tuổi.

Điều 3. Thẻ danh dự
1. Thẻ danh dự được cấp cho cá nhân có từ 7 năm phục vụ cộng đồng trở lên.
2. Người được cấp thẻ danh dự không được cho người khác mượn thẻ.

Điều 4. Thẩm quyền
1. Trưởng ban Hòa giải quyết định ghi sổ vàng cho hòa giải viên.
2. Người có sổ vàng và ba lần được khen thì được đề nghị cấp thẻ danh dự.
3. Giám đốc Trung tâm Lưu trữ quyết định cấp thẻ danh dự, bảng tên.

Điều 5. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031.
"""
RULES = """UBND TỈNH LAI CHÂU
Số: 4/2032/QĐ-UBND
Lai Châu, ngày 03 tháng 3 năm 2032

QUYẾT ĐỊNH
Về lịch trực nhà truyền thống

Điều 1. Giờ mở cửa
Nhà truyền thống mở cửa các ngày trong tuần.

Điều 2. Người trực
Người trực ghi sổ theo dõi khách.

Điều 3. Bảo vệ
Bảo vệ khóa cửa sau giờ làm việc.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("provisions"), load_embedder)
    with store.writer() as writer:
        for name, text in (("nghi-dinh.txt", DECREE), ("quyet-dinh.txt", RULES)):
            writer.add(read_bytes(text.encode(), name), text.encode())
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Khoản 2 Điều 2 Nghị định 97/2031 quy định gì?", ["Tờ trình", "Bản kể", "người cao tuổi"], ["12 năm"]),
        ("Điều 2 Nghị định 97/2031/NĐ-CP nói gì?", ["12 năm", "Tờ trình", "người cao tuổi"], ["7 năm", "khách"]),
        ("diem b khoan 2 dieu 2 nghi dinh 97 noi gi", ["Bản kể việc làm"], ["Tờ trình"]),
    ],
)
def test_a_provision_named_by_its_number_is_told_whole_and_alone(assistant, question, told, left_out):
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(part in answer.answer for part in told), answer.answer
    assert not any(part in answer.answer for part in left_out), answer.answer
    assert {one.file for one in answer.citations} == {"nghi-dinh.txt"}


@pytest.mark.parametrize(
    "question", ["Điều 9 Nghị định 97/2031 quy định gì?", "Khoản 8 Điều 2 Nghị định 97/2031 nói gì?"]
)
def test_a_provision_that_the_paper_named_lacks_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.status == "refused"
    assert "97/2031/NĐ-CP" in answer.answer


def test_whoever_decides_is_told_and_not_who_is_proposed(assistant):
    answer = assistant.ask("Ai quyết định cấp thẻ danh dự?").answer
    assert answer.startswith("Giám đốc Trung tâm Lưu trữ"), answer


def test_what_is_forbidden_is_answered_with_no_first(assistant):
    answer = assistant.ask("Người được cấp thẻ danh dự có được cho người khác mượn thẻ không?").answer
    assert answer.startswith("Không được"), answer


def test_two_sides_of_one_decree_are_told_by_what_speaks_of_each(assistant):
    answer = assistant.ask("Thẻ danh dự khác sổ vàng ở điểm nào về số năm phục vụ?").answer
    assert "12 năm" in answer and "7 năm" in answer, answer
