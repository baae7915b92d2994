"""A section told in several passages is weighed as one."""

from __future__ import annotations

import pytest

from assistant.question.understand import understand
from assistant.retrieval.query import build
from assistant.retrieval.sections import section_scores
from assistant.settings import Settings
from assistant.wiring import open_assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

FILLER = "Cơ quan, đơn vị phối hợp làm đúng thời hạn và gửi kết quả về đầu mối tổng hợp theo mẫu. " * 6
LAW = (
    "UBND TỈNH A\n\nQUY CHẾ\nVề thiết bị\n\n"
    f"Điều 1. Thiết bị\n\n1. Thiết bị được kiểm định. {FILLER}\n\n2. Việc lưu kho do thủ kho chịu trách nhiệm. {FILLER}\n\n"
    f"Điều 2. Kinh phí\n\n1. Kinh phí do ngân sách bảo đảm. {FILLER}\n\n"
    f"Điều 3. Hồ sơ\n\n1. Hồ sơ gồm tờ trình. {FILLER}\n"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sections") / "store"
    store = Store.open(folder, load_embedder)
    with store.writer() as writer:
        writer.add(read_bytes(LAW.encode(), "quy-che.txt"), LAW.encode())
    store.close()
    found = open_assistant(settings=Settings.load({"store": folder}))
    found.library.refresh()
    return found


def test_passages_of_a_section_share_its_score(assistant):
    library = assistant.library
    (document,) = library.profiles
    chunks = library.chunks_of(document)
    query = build(understand("kiểm định thiết bị và lưu kho", (), library.speller()), library)
    scores = dict(zip([chunk.id for chunk in chunks], section_scores(query, chunks, library), strict=True))
    first = [chunk for chunk in chunks if "Điều 1" in chunk.section]
    assert len(first) > 1 and {scores[chunk.id] for chunk in first} == {1.0}
    assert all(scores[chunk.id] < 0.5 for chunk in chunks if "Điều 2" in chunk.section or "Điều 3" in chunk.section)


def test_nothing_found_scores_nothing(assistant):
    query = build(understand("zzz", (), assistant.library.speller()), assistant.library)
    assert section_scores(query, [], assistant.library) == []


def test_neighbouring_words_are_counted_by_themselves(assistant):
    single, pair, none = assistant.library.store.frequencies(["thiet", "kiem_dinh", "dinh_kiem"])[1]
    assert single >= 1 and pair >= 1 and none == 0
