import subprocess
import sys
from dataclasses import replace

from assistant.pipeline import Assistant
from assistant.state import Request
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

QUESTION = "Hội đồng Thi đua - Khen thưởng tỉnh có bao nhiêu ủy viên?"


def untimed(answer):
    return replace(answer, elapsed_ms=0, explanation={})


def test_the_chain_gives_what_ask_gives(assistant):
    asked = untimed(assistant.ask(QUESTION))
    assert untimed(assistant.chain.invoke(QUESTION)) == asked
    assert untimed(assistant.chain.invoke({"question": QUESTION})) == asked
    assert [untimed(one) for one in assistant.chain.batch([QUESTION, Request(QUESTION)])] == [asked, asked]


def test_the_retriever_carries_where_a_passage_stands(assistant):
    first, *_ = assistant.retriever.invoke(QUESTION)
    assert "14 ủy viên" in first.page_content
    assert first.metadata["file"] == "bao-cao.txt"
    text = assistant.store.text(next(iter(d.id for d in assistant.store.documents() if d.file == "bao-cao.txt")))
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content


def test_search_ranks_from_one_and_keeps_to_k(assistant):
    found = assistant.search(QUESTION, k=3)
    assert [one.rank for one in found] == [1, 2, 3]
    assert found[0].score >= found[1].score >= found[2].score
    assert "fused" in found[0].parts
    assert assistant.search("", k=3) == []


def test_the_row_of_the_batch_has_the_promised_keys(assistant):
    row = assistant.ask(QUESTION).to_json()
    promised = {"id", "status", "caution", "engine", "answer", "citations", "notices", "elapsed_ms"}
    assert set(row) == promised
    keys = {
        "marker",
        "file",
        "document",
        "number",
        "page",
        "page_label",
        "section",
        "quote",
        "start",
        "end",
        "verbatim",
    }
    assert set(row["citations"][0]) == keys


def test_explain_shows_how_the_question_was_read(assistant):
    shown = assistant.ask(QUESTION).explanation
    assert shown["understood"]["kinds"] == ("how_many",)
    assert shown["hits"] and shown["units"] and shown["support"]["score"] > 0.5
    assert shown["findings"] == []


def test_documents_of_other_groups_are_never_found(tmp_path):
    store = Store.open(tmp_path, load_embedder)
    data = "Phòng Tổ chức có 9 chuyên viên phụ trách hồ sơ mật của cơ quan.".encode()
    document = read_bytes(data, "mat.txt")
    with store.writer() as writer:
        writer.add(replace(document, meta=replace(document.meta, groups=("tổ chức",))), data)
    assistant = Assistant(store)
    question = "Phòng Tổ chức có bao nhiêu chuyên viên?"
    assert "9 chuyên viên" in assistant.ask(question).answer
    assert "9 chuyên viên" in assistant.ask(question, groups=["tổ chức"]).answer
    outside = assistant.ask(question, groups=["văn thư"])
    assert outside.status == "refused" and "9" not in outside.answer
    assert assistant.search(question, groups=[]) == []
    store.close()


def test_an_empty_store_is_said_to_be_empty(tmp_path):
    answer = Assistant(Store.open(tmp_path, load_embedder)).ask(QUESTION)
    assert answer.status == "refused" and "chưa có" in answer.answer


def test_new_documents_are_noticed(tmp_path):
    store = Store.open(tmp_path, load_embedder)
    assistant = Assistant(store)
    first = "Đơn vị có 3 tổ công tác về thi đua.".encode()
    second = "Câu lạc bộ hưu trí có 57 hội viên tham gia văn nghệ.".encode()
    with store.writer() as writer:
        writer.add(read_bytes(first, "a.txt"), first)
    assert assistant.ask("Câu lạc bộ hưu trí có bao nhiêu hội viên?").status == "refused"
    with store.writer() as writer:
        writer.add(read_bytes(second, "b.txt"), second)
    assert "57 hội viên" in assistant.ask("Câu lạc bộ hưu trí có bao nhiêu hội viên?").answer
    store.close()


def test_importing_the_package_imports_nothing_else():
    code = (
        "import assistant, sys; print([m for m in ('langchain_core', 'chromadb', 'numpy', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_needs_no_langchain():
    code = "import assistant.wiring, sys; print('langchain_core' in sys.modules, 'chromadb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"


def test_the_question_as_read_is_shown(assistant):
    answer = assistant.ask("nam 2022 tinh lang son tang bawngf khen cho bao nhieu tap the?")
    assert "312 tập thể" in answer.answer
    assert "Đang hiểu là: năm 2022 tỉnh lạng sơn tặng bằng khen cho bao nhiêu tập thể?" in answer.to_json()["notices"]
    assert answer.question_notices == answer.notices[:1]
    assert not set(answer.question_notices) & set(answer.answer_notices)
    assert answer.explanation["understood"]["slips"] == (("bawngf", "bằng"),)


def test_a_question_read_as_typed_gets_no_notice(assistant):
    answer = assistant.ask("Năm 2022 tỉnh Lạng Sơn tặng Bằng khen cho bao nhiêu tập thể?")
    assert not any(notice.startswith("Đang hiểu là") for notice in answer.notices)
