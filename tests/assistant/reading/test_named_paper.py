"""Where a question names one paper, other papers are not told beside it."""

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

YEARS = {"2021": "41", "2022": "57"}


def paper(year, count):
    return (
        f"BÁO CÁO\nTổng kết phong trào thi đua năm {year}\n\nI. KẾT QUẢ\n\n"
        f"Toàn huyện có {count} mô hình dân vận khéo được công nhận.\n\nPhong trào lan rộng ở các xã, thị trấn.\n"
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("papers"), load_embedder)
    with store.writer() as writer:
        for year, count in YEARS.items():
            data = paper(year, count).encode()
            writer.add(read_bytes(data, f"bao-cao-{year}.txt"), data)
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize("year", YEARS)
def test_only_the_paper_named_is_told(assistant, year):
    answer = assistant.ask(f"Theo báo cáo tổng kết phong trào thi đua năm {year}, có bao nhiêu mô hình dân vận khéo?")
    assert answer.status == "answered"
    assert YEARS[year] in answer.answer
    assert {citation.file for citation in answer.citations} == {f"bao-cao-{year}.txt"}


def test_papers_asked_together_are_both_told(assistant):
    answer = assistant.ask("Số mô hình dân vận khéo trong hai báo cáo năm 2021 và năm 2022 có khớp nhau không?")
    assert {citation.file for citation in answer.citations} == {"bao-cao-2021.txt", "bao-cao-2022.txt"}
