"""Papers of an office that is no report: year columns, cells of words, a body's papers of two years."""

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

PAPERS = Path(__file__).parents[3] / "evals/gold/documents/office"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("office"), load_embedder)
    with store.writer() as writer:
        for path in sorted(PAPERS.iterdir()):
            data = path.read_bytes()
            writer.add(read_bytes(data, path.name), data)
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Năm 2025 dự kiến chi bao nhiêu cho tuyên truyền phong trào công sở xanh?", ["năm 2025: 120 triệu đồng"]),
        ("Tổng số lao động tiên tiến huyện A hai năm 2022 và 2023?", ["1.532 + 1.611 = 3.143"]),
        ("Tiền thưởng của phong trào công sở xanh lấy từ nguồn nào?", ["Quỹ thi đua, khen thưởng tỉnh"]),
        ("Năm 2024 huyện A mở mấy lớp tập huấn?", ["Mở 03 lớp"]),
        ("Huyện A mở mấy lớp tập huấn trong năm 2023 và năm 2024?", ["mở 02 lớp", "Mở 03 lớp"]),
    ],
)
def test_cells_and_years_are_told_as_asked(assistant, question, told):
    answer = assistant.ask(question)
    assert all(one in answer.answer for one in told)
    assert answer.citations


def test_a_cell_is_told_without_the_rest_of_its_row(assistant):
    answer = assistant.ask("Năm 2025 dự kiến chi bao nhiêu cho tuyên truyền phong trào công sở xanh?").answer
    assert "180" not in answer
    assert "Nội dung chi" not in answer
