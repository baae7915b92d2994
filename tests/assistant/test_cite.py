"""Citations say where the quoted words themselves stand."""

from __future__ import annotations

from assistant.intake import add_files
from assistant.wiring import open_assistant


def test_the_page_is_that_of_the_quote_not_of_the_passage_it_was_found_in(tmp_path):
    paper = tmp_path / "bao-cao.txt"
    paper.write_text(
        "BÁO CÁO\nKết quả trồng cây của xã Đồng Mẫu\n\nNăm 2024, xã Đồng Mẫu trồng được 410 cây lim.\f"
        "Cũng trong năm đó, xã Đồng Mẫu trồng thêm 95 cây sấu ven đường liên thôn.\n",
        encoding="utf-8",
    )
    add_files(tmp_path / "kho", [paper])
    assistant = open_assistant(store=tmp_path / "kho")
    pages = {}
    for kind in ("lim", "sấu"):
        answer = assistant.ask(f"Xã Đồng Mẫu trồng bao nhiêu cây {kind}?")
        pages[kind] = [citation.page for citation in answer.citations if kind in citation.quote]
    passages = {(hit.chunk.id, hit.chunk.page) for hit in assistant.search("cây lim và cây sấu")}
    assert len(passages) <= 2
    assert pages == {"lim": [1], "sấu": [2]}
