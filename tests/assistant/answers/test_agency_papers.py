"""Papers of agencies in their own formats: lists of recipients and dossiers, annexes, forms with open fields."""

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

PAPERS = Path(__file__).parents[3] / "evals/gold/documents/agency"
READ = ("qd-", "qc-", "ds-", "bc-", "tin-", "cv-", "kl-")
"""How the names of the papers used here begin."""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("agency"), load_embedder)
    with store.writer() as writer:
        for path in sorted(PAPERS.iterdir()):
            if path.name.startswith(READ):
                data = path.read_bytes()
                writer.add(read_bytes(data, path.name), data)
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Có bao nhiêu hồ sơ bị trả lại năm 2024, gồm những mã nào?", ["Có 03 hồ sơ", "HS-005", "HS-017", "HS-028"]),
        (
            "Theo danh sách kèm theo Quyết định 1184/QĐ-UBND, có bao nhiêu cá nhân có cách chi trả là tiền mặt?",
            ["Có 07 cá nhân", "Lý Văn N", "Vũ Văn U"],
        ),
        ("Ai thuộc khối doanh nghiệp được khen cá nhân theo Quyết định 1184/QĐ-UBND?", ["Đặng Thị V", "Ngô Văn Y"]),
        ("Trong phụ lục chỉ tiêu của Sở Nội vụ, đơn vị nào chưa gửi hồ sơ?", ["khu công nghiệp", "Xã H"]),
    ],
)
def test_rows_of_a_list_are_counted_and_named_by_their_cells(assistant, question, told):
    answer = assistant.ask(question)
    assert all(one in answer.answer for one in told)
    assert len(answer.citations) >= 2


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hồ sơ HS-015 đang ở tình trạng nào, còn thiếu giấy gì?", ["Đang bổ sung", "quyết định nghỉ hưu"]),
        ("Ông trưởng thôn 1 ở xã C được khen làm đường là nhờ cho bao nhiêu đất?", ["620 m²"]),
        ("Năm 2024 huyện nào gửi đề nghị khen cho đông người nhất, được mấy lượt?", ["Huyện T", "29"]),
    ],
)
def test_a_row_is_named_by_one_column_and_another_is_asked(assistant, question, told):
    answer = assistant.ask(question).answer
    assert all(one in answer for one in told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Tổng tiền thưởng theo Quyết định 1184/QĐ-UBND ở phần điều khoản và ở dòng cộng của danh sách có khớp không?",
            ["Không khớp", "197.730.000 − 190.710.000 = 7.020.000"],
        ),
        (
            "Dòng Cộng số hồ sơ của biểu theo đơn vị trình và của biểu theo hình thức có bằng nhau không?",
            ["Không khớp", "33 − 32 = 1"],
        ),
        (
            "Tại Phụ lục chỉ tiêu của Sở Nội vụ, tổng số hồ sơ phải bổ sung và cộng từng đơn vị lại có đúng không?",
            ["49 − 48 = 1"],
        ),
    ],
)
def test_places_of_one_paper_are_held_against_each_other(assistant, question, told):
    answer = assistant.ask(question)
    assert all(one in answer.answer for one in told)
    assert not answer.answer.startswith("4:")


@pytest.mark.parametrize(
    "question",
    [
        "Bà Mai Thị O, Phó Chủ tịch UBND huyện T, được tặng Bằng khen nhờ thành tích cụ thể nào?",
        "Đề nghị cung cấp số tài khoản nhận tiền thu hồi theo Kết luận số 09/KL-SNV.",
    ],
)
def test_an_open_cell_or_field_is_told_as_open(assistant, question):
    assert "để trống" in assistant.ask(question).answer


def test_the_reply_is_told_and_not_the_question(assistant):
    answer = assistant.ask("Tên trong hồ sơ không giống căn cước thì làm thế nào?").answer
    assert answer.startswith("Lấy theo căn cước")
    assert "Hỏi:" not in answer


def test_a_limit_stated_elsewhere_goes_with_its_clause(assistant):
    question = "Người đứng đầu đơn vị thuộc Sở A có tỷ lệ hồ sơ trễ hạn trên 2% thì có được xét không?"
    assert "áp dụng từ kỳ xét năm 2025" in assistant.ask(question).answer
