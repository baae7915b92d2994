"""A law named by its year is not answered from the law of another year."""

import pytest

from assistant.pipeline import Assistant
from assistant.records import Turn
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

OLD = """LUẬT THI ĐUA, KHEN THƯỞNG
Số hiệu: 12/2003/QH11
Ngày ban hành: 26/11/2003

LUẬT
Thi đua, khen thưởng

Điều 1. Tập thể lao động xuất sắc
Tập thể được công nhận khi có ít nhất 70% cá nhân đạt danh hiệu lao động tiên tiến.

Luật này đã được Quốc hội khóa XI thông qua ngày 26 tháng 11 năm 2003.
"""
NEW = """LUẬT THI ĐUA, KHEN THƯỞNG
Số hiệu: 09/2022/QH15
Ngày ban hành: 15/6/2022

LUẬT
Thi đua, khen thưởng

Điều 1. Nguyên tắc thi đua
Thi đua phải tự nguyện, tự giác, công khai, minh bạch.

Luật này đã được Quốc hội khóa XV thông qua ngày 15 tháng 6 năm 2022.
"""
ASKED = "Theo luật 2003, tập thể lao động xuất sắc phải có bao nhiêu phần trăm cá nhân lao động tiên tiến?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("laws"), load_embedder)
    with store.writer() as writer:
        for name, text in (("luat-2003.txt", OLD), ("luat-2022.txt", NEW)):
            data = text.encode()
            writer.add(read_bytes(data, name), data)
    yield Assistant(store)
    store.close()


def test_the_law_named_is_told(assistant):
    answer = assistant.ask(ASKED)
    assert answer.status == "answered"
    assert "70%" in answer.answer


@pytest.mark.parametrize("question", ["Luật 2022 thì sao?", "Thế luật năm 2022 thì sao?"])
def test_the_law_of_another_year_does_not_answer(assistant, question):
    answer = assistant.ask(question, (Turn("user", ASKED), Turn("assistant", "Ít nhất 70% [1].")))
    assert answer.status == "refused"
    assert "đúng văn bản" in answer.answer
