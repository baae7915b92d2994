from __future__ import annotations

import gzip
import json

import pytest

from assistant.ablation import PARTS
from evals.bench.retrieval import tasks
from evals.bench.retrieval.__main__ import table
from evals.bench.retrieval.measure import Row, run
from evals.bench.retrieval.systems import ABLATED, article
from evals.gold import FOLDER
from evals.stores import ingest
from vectorstore.training.questions import HELD_OUT, load_questions, part_of


@pytest.fixture
def bench(tmp_path):
    def write(name, rows):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    bodies = [
        "Trồng cây\n\nMỗi hộ trồng một cây mỗi năm vào mùa xuân.",
        "Chặt cây\n\n1. Người chặt cây phải xin phép cơ quan quản lý.\n\n2. Đơn xin phép nộp trước ba mươi ngày.",
        "Chăm sóc\n\n1. Thôn cử người tưới cây.\n\n2. Cây chết được trồng lại trong năm.",
        "Kinh phí\n\nNgân sách xã chi cho việc trồng cây.",
        "Hiệu lực\n\nLuật này có hiệu lực từ ngày công bố.",
    ]
    articles = [{"law": "Luật Cây xanh", "article": str(n), "text": text} for n, text in enumerate(bodies, 1)]
    write("alqac_law_articles.jsonl.gz", articles)
    asked = {"question": "Ai phải xin phép khi chặt cây?", "relevant": [["Luật Cây xanh", "2"]]}
    write("alqac_questions.jsonl.gz", [asked])
    passage = {
        "title": "Hồ",
        "context": "Hồ Ba Bể ở Bắc Kạn rộng khoảng năm trăm héc-ta.",
        "question": "Hồ Ba Bể ở đâu?",
    }
    write("xquad_vi.jsonl.gz", [passage])
    return tmp_path


def test_every_part_of_the_table_can_be_left_out():
    assert set(ABLATED) <= set(PARTS)


def test_an_article_is_found_through_the_law_it_stands_in(bench, tmp_path):
    task = tasks.alqac(bench)
    store = tmp_path / "store"
    ingest(tasks.documents(task, tmp_path / "texts"), store)
    rows = run(task, store, "ours", ["clean", "no_accents"], [])
    assert [row.recall[1] for row in rows] == [1.0, 1.0]
    assert rows[0].p95 >= rows[0].p50 > 0
    assert article("Luật Cây xanh.txt", ("Chương I", "Điều 2. Chặt cây", "khoản 1")) == "Luật Cây xanh#2"


def test_questions_on_the_legal_code_are_those_no_model_learnt_from(tmp_path):
    held_out = next(one for one in load_questions() if part_of(one.code) < HELD_OUT)
    learnt = next(one for one in load_questions() if part_of(one.code) >= HELD_OUT)
    paper, _, number = held_out.code.rpartition(".")
    codes = [held_out.code, f"{paper}.998", f"{paper}.999", learnt.code]
    with gzip.open(tmp_path / "phapdien_articles.jsonl.gz", "wt", encoding="utf-8") as out:
        for code in codes:
            row = {
                "dieu": f"Điều {code}. Tên điều",
                "nguon": f"Điều 1 Nghị định số {code}",
                "text": f"Lời điều {code}.",
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    task = tasks.code(tmp_path)
    assert set(task.texts) == {f"{paper}#{number}", f"{paper}#998", f"{paper}#999"}
    assert held_out.text in {item.question for item in task.items}
    assert learnt.text not in {item.question for item in task.items}
    assert {item.files for item in task.items} == {(f"{paper}#{number}",)}
    (file,) = (path for folder in tasks.documents(task, tmp_path / "texts") for path in folder.iterdir())
    assert file.read_text(encoding="utf-8").count("Tên điều") == 3


def test_word_search_finds_passages(bench, tmp_path):
    pytest.importorskip("bm25s")
    task = tasks.xquad(bench)
    assert [row.recall[1] for row in run(task, tmp_path, "bm25-plain", ["no_accents"], [])] == [1.0]


def test_a_passage_counts_once_however_often_it_is_hit(bench):
    task = tasks.alqac(bench)
    wrong, right = "Luật Cây xanh#1", "Luật Cây xanh#2"
    assert task.recall(task.items[0], [(wrong, "a"), (wrong, "b"), (right, "c")])[:2] == [0.0, 1.0]


def test_our_questions_ask_for_the_evidence_line():
    items = tasks.questions(FOLDER / "bundled.jsonl")
    assert all(item.gold is not None and item.gold.answerable for item in items)
    task = tasks.Task("t", "t", {}, items, by_file=False, at=5)
    line, file = items[0].gold.evidence[0], items[0].gold.source[0]
    assert task.recall(items[0], [("khac.pdf", line), (file, line)]) == [0.0, 1.0, 1.0, 1.0, 1.0]


def test_questions_are_typed_the_same_way_on_every_run(bench):
    task = tasks.alqac(bench)
    assert task.typed("slips") == task.typed("slips") != task.typed("clean")
    assert task.typed("no_accents")[0].question == "Ai phai xin phep khi chat cay?"


def test_the_table_marks_the_headline_figure(bench):
    row = Row("xquad", "ours", "clean", 1, {1: 0.5, 3: 1, 5: 1, 8: 1, 10: 1}, 1.0, 2.0, 3.0)
    text = table(tasks.xquad(bench), [row])
    assert "R@5 *" in text
    assert "| tdkt | clean | 0.500 |" in text
