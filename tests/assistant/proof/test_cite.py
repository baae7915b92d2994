"""Citations say where the quoted words themselves stand."""

from __future__ import annotations

import re

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


def test_pieces_of_one_sentence_are_told_as_one_sentence(tmp_path):
    paper = tmp_path / "quy-che.txt"
    seats = "; ".join(
        f"{seat} là người đứng đầu {office} của huyện Mẫu Sơn, do Chủ tịch huyện cử theo từng năm"
        for seat, office in (
            ("Phó Trưởng ban", "Phòng Nội vụ"),
            ("ủy viên thứ nhất", "Phòng Tài chính"),
            ("ủy viên thứ hai", "Phòng Văn hóa"),
            ("ủy viên thứ ba", "Hội Nông dân"),
            ("ủy viên thứ tư", "Hội Phụ nữ"),
            ("ủy viên thứ năm", "Huyện đoàn"),
            ("thư ký", "Tổ Tổng hợp"),
        )
    )
    paper.write_text(
        "QUY CHẾ\nTổ chức Ban Xét thưởng huyện Mẫu Sơn\n\n"
        f"Ban Xét thưởng huyện có 8 thành viên, đứng đầu là Chủ tịch huyện¹.\n\n¹ Các ghế còn lại: {seats}.\n",
        encoding="utf-8",
    )
    add_files(tmp_path / "kho", [paper])
    answer = open_assistant(store=tmp_path / "kho").ask(
        "Ban Xét thưởng huyện Mẫu Sơn có bao nhiêu thành viên, gồm những ai?"
    )
    assert "8 thành viên" in answer.answer
    assert "Tổ Tổng hợp" in answer.answer
    assert not re.search(r"\]\. [a-zà-ỹ]", answer.answer), answer.answer
