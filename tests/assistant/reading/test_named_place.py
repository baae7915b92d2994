"""Two provinces in one store: what is asked of one is not told from the other's paper."""

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

PLAN = """UBND TỈNH {upper}
Số: {number}/KH-UBND
{name}, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Phát động thi đua năm 2024 của tỉnh {name}

Tỉnh {name} phát động thi đua trong toàn tỉnh {name} với các chỉ tiêu sau:
{targets}
"""
PAPERS = {
    "ke-hoach-a.txt": ("Lào Cai", 11, "- Thu ngân sách đạt 9.300 tỷ đồng;\n- Trồng mới 2.100 ha rừng;"),
    "ke-hoach-b.txt": ("Gia Lai", 12, "- Trồng mới 8.000 ha rừng;\n- Khám sức khỏe cho 90% học sinh;"),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("places"), load_embedder)
    with store.writer() as writer:
        for file, (name, number, targets) in PAPERS.items():
            data = PLAN.format(upper=name.upper(), name=name, number=number, targets=targets).encode()
            writer.add(read_bytes(data, file), data)
    yield Assistant(store)
    store.close()


def test_each_province_is_answered_from_its_own_paper(assistant):
    assert "2.100 ha" in assistant.ask("Lào Cai trồng mới bao nhiêu ha rừng năm 2024?").answer
    assert "8.000 ha" in assistant.ask("Gia Lai trồng mới bao nhiêu ha rừng năm 2024?").answer


def test_what_only_the_other_province_states_is_refused(assistant):
    answer = assistant.ask("Gia Lai thu ngân sách năm 2024 đạt bao nhiêu tỷ đồng?")
    assert answer.status == "refused"
    assert "9.300" not in answer.answer


def test_a_province_without_papers_is_said_to_be_absent(assistant):
    answer = assistant.ask("Cà Mau thu ngân sách năm 2024 đạt bao nhiêu tỷ đồng?")
    assert answer.status == "refused"
    assert "Cà Mau" in answer.answer
