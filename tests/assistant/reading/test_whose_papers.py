"""Two provinces, two offices in one store: what is asked of one is not told from the other's paper."""

import pytest

from assistant.pipeline import Assistant
from assistant.retrieval.bodies import Said, bodies_of
from ingest.pipeline import read_bytes
from ingest.records import DocumentMeta
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


def asking(folder, papers):
    store = Store.open(folder, load_embedder)
    with store.writer() as writer:
        for file, text in papers.items():
            data = text.encode()
            writer.add(read_bytes(data, file), data)
    yield Assistant(store)
    store.close()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    papers = {
        file: PLAN.format(upper=name.upper(), name=name, number=number, targets=targets)
        for file, (name, number, targets) in PAPERS.items()
    }
    yield from asking(tmp_path_factory.mktemp("places"), papers)


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


RULES = """{issuer}
Số: {number}/QC-TĐ
Ngày 05 tháng 3 năm 2024

QUY CHẾ
Thi đua, khen thưởng của {name}

Điều 1. Hội đồng xét
1. Hội đồng có {members} thành viên.
2. Phiếu kín, quá nửa là đạt.

Điều 2. Hồ sơ
{files}
"""


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    papers = {
        "quy-che-so.txt": ("SỞ CÔNG THƯƠNG", "Sở Công Thương", 31, "07", "Hồ sơ gồm tờ trình và biên bản họp."),
        "quy-che-truong.txt": ("TRƯỜNG THPT K", "Trường THPT K", 32, "11", "Hồ sơ nộp trước ngày 25 tháng 5."),
    }
    texts = {
        file: RULES.format(issuer=issuer, name=name, number=number, members=members, files=files)
        for file, (issuer, name, number, members, files) in papers.items()
    }
    yield from asking(tmp_path_factory.mktemp("offices"), texts)


def test_each_office_is_answered_from_its_own_paper(offices):
    assert "07 thành viên" in offices.ask("Hội đồng xét của Sở Công Thương có mấy thành viên?").answer
    assert "11 thành viên" in offices.ask("Hội đồng xét của Trường THPT K có mấy thành viên?").answer


def test_what_only_another_office_states_is_not_told(offices):
    answer = offices.ask("Sở Công Thương yêu cầu nộp hồ sơ trước ngày nào?")
    assert "25 tháng 5" not in answer.answer


def test_offices_are_read_from_issuer_and_title():
    meta = DocumentMeta(
        kind="Kết luận", issuer="Sở Nội vụ tỉnh Bắc Giang", subject="Kiểm tra tại Trường THPT K năm 2024"
    )
    assert bodies_of(meta) == {"sở nội vụ", "trường thpt k"}
    assert bodies_of(DocumentMeta(kind="Luật", issuer="Quốc hội", subject="Về Sở Giao dịch")) == frozenset()


def test_an_office_is_named_by_its_accents_where_there_are_any():
    assert Said("Sở Nội vụ có mấy phòng?", accented=True).names("sở nội vụ")
    assert not Said("Số nội vụ được giao?", accented=True).names("sở nội vụ")
    assert Said("so noi vu co may phong", accented=False).names("sở nội vụ")
