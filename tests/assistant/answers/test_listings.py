import pytest

from assistant.answers.calculations.additions import figures
from assistant.answers.listings import listings
from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

RULES = """UBND HUYỆN Q
Số: 21/HD-UBND
Huyện Q, ngày 04 tháng 5 năm 2024

HƯỚNG DẪN
Bình xét danh hiệu Thôn kiểu mẫu của huyện Q

I. TIÊU CHUẨN

1. Tiêu chuẩn xét danh hiệu Thôn kiểu mẫu:
a) Đường trong thôn được bê tông hóa;
b) Không có tội phạm mới phát sinh;
c) Rác thải được phân loại tại nhà.

2. Hồ sơ đề nghị gồm:
- Tờ trình của UBND xã;
- Biên bản họp thôn;
- Danh sách hộ dân có ý kiến.

II. KINH NGHIỆM

Các xã rút ra hai kinh nghiệm:
(1) Cán bộ làm trước để dân tin.
(2) Khen đúng lúc, đúng việc.

III. GƯƠNG TỐT

Gương tốt được chọn theo các nội dung sau:
- Khối các trường học: dạy tốt, giữ sân trường sạch, vận động học sinh bỏ học trở lại lớp;
- Khối các trạm y tế: trực đủ ngày đêm, khám lưu động cho bản xa;
- Lực lượng dân quân: tuần tra ban đêm, giúp dân khi có lũ.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("listings"), load_embedder)
    with store.writer() as writer:
        data = RULES.encode()
        writer.add(read_bytes(data, "huong-dan.txt"), data)
    yield Assistant(store)
    store.close()


def test_lists_are_found_whole_with_their_lead_in(assistant):
    assistant.library.refresh()
    (document,) = assistant.library.profiles
    found = {len(one.items): one.head for one in listings(document, assistant.library) if not one.of_headings}
    assert "kinh nghiệm" in found[2]
    styles = [one.items[0].style for one in listings(document, assistant.library)]
    assert {"letter", "dash", "round"} <= set(styles)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("Thôn kiểu mẫu phải đạt những tiêu chuẩn nào?", ["bê tông hóa", "tội phạm", "phân loại"]),
        ("Hồ sơ đề nghị gồm những gì?", ["Tờ trình", "Biên bản", "Danh sách"]),
        ("Các xã rút ra những kinh nghiệm gì?", ["làm trước", "đúng lúc"]),
    ],
)
def test_the_list_asked_for_is_told_whole_and_in_order(assistant, question, items):
    answer = assistant.ask(question)
    places = [answer.answer.find(item) for item in items]
    assert -1 not in places
    assert places == sorted(places)
    quoted = " ".join(citation.quote for citation in answer.citations)
    assert all(item in quoted for item in items)


def test_years_and_spans_of_time_are_no_counts():
    assert [one.number for one in figures("Năm 2024 trong 5 năm qua có 12 tập thể và 30 cá nhân")] == ["12", "30"]


def test_of_a_list_by_bodies_only_the_body_asked_about_is_told(assistant):
    told = assistant.ask("Khối trường học thì gương tốt được chọn theo nội dung nào?").answer
    assert "sân trường sạch" in told
    assert "khám lưu động" not in told and "tuần tra" not in told
    whole = assistant.ask("Gương tốt được chọn theo những nội dung nào?").answer
    assert all(one in whole for one in ("sân trường sạch", "khám lưu động", "tuần tra"))
