"""The question the project began with, over the real reports where they are at hand."""

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_document
from vectorstore.embed import load_embedder
from vectorstore.store import Store


@pytest.fixture(scope="module")
def reports(shared, tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("reports"), load_embedder)
    with store.writer() as writer:
        for path in sorted((shared / "corpus" / "reports").glob("*.txt"))[:2]:
            writer.add(read_document(path), path.read_bytes())
    yield Assistant(store)
    store.close()


def test_the_council_is_counted_and_its_seats_are_told_from_the_note(reports):
    answer = reports.ask("Hội đồng Thi đua – Khen thưởng tỉnh Bắc Giang có bao nhiêu thành viên, gồm những ai?")
    assert answer.status == "answered"
    assert "20 thành viên" in answer.answer[:120]
    for seat in ("Phó Chủ tịch Thường trực UBND tỉnh", "Giám đốc Sở Nội vụ", "Công an tỉnh", "thư ký"):
        assert seat in answer.answer
    assert any("chú thích 19" in citation.section for citation in answer.citations)
    assert any("chú thích" not in citation.section for citation in answer.citations)
