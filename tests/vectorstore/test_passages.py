"""What is indexed of a chunk."""

from __future__ import annotations

from vectorstore.passages import digest, passages


def test_a_passage_holds_body_path_and_context(document):
    made, _ = document(
        "a.txt", "II. NỘI DUNG|Gồm:|a) Một việc", "Câu trơn", kind="Kế hoạch", number="5/KH-UBND", subject="Phát động"
    )
    first, second = passages(made.meta, made.chunks)
    assert first.chunk_id == made.chunks[0].id
    assert first.document_id == made.id
    assert (first.body, first.context) == ("a) Một việc", "Gồm:")
    assert first.path == "Kế hoạch số 5/KH-UBND Phát động > II. NỘI DUNG"
    assert first.embedded == "II. NỘI DUNG\nGồm:\na) Một việc"
    assert second.path == "Kế hoạch số 5/KH-UBND Phát động"
    assert second.embedded == "Câu trơn"


def test_a_digest_stands_for_the_text():
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("")) == 32
