"""The commands over a real store of two small documents of our own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.wiring import open_store

DOCUMENTS = Path(__file__).parents[1] / "documents"
PLAN, REPORT = "ke-hoach-phat-dong.txt", "bao-cao-tong-ket.html"
QUESTION = "Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?"
UNKNOWN = "Ai là tổng thống đầu tiên của Hoa Kỳ?"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TDKT_STORE", raising=False)


def tdkt(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    result = tdkt("ingest", DOCUMENTS, "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may change."""
    return Path(shutil.copytree(store, tmp_path / "store"))


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestIngest:
    def test_report_names_every_file(self, tmp_path: Path) -> None:
        result = tdkt("ingest", DOCUMENTS, "--store", tmp_path / "s", "--json")
        report = json.loads(result.stdout)
        assert result.exit_code == 0
        assert (report["read"], report["known"], report["refused"]) == (2, 0, 0)
        assert {row["file"]: row["state"] for row in report["files"]} == {PLAN: "added", REPORT: "added"}
        assert all(row["chunks"] > 0 and row["quality"] > 0.9 for row in report["files"])

    def test_second_time_nothing_is_read_again(self, own_store: Path) -> None:
        report = json.loads(tdkt("ingest", DOCUMENTS, "--store", own_store, "--json").stdout)
        assert (report["read"], report["known"]) == (0, 2)

    def test_bad_and_missing_files_are_refused_by_name_and_the_others_read(self, tmp_path: Path) -> None:
        bad = tmp_path / "hong.docx"
        bad.write_bytes(b"PK\x03\x04 this is no archive")
        empty = tmp_path / "rong.txt"
        empty.write_bytes(b"")
        result = tdkt("ingest", bad, empty, tmp_path / "khong-co.pdf", DOCUMENTS / PLAN, "--store", tmp_path / "s")
        assert result.exit_code == 3
        for name in ("hong.docx", "rong.txt", "khong-co.pdf"):
            assert name in result.stdout
        assert "Đã nạp 1 tài liệu, 0 đã có sẵn, 3 bị từ chối." in result.stdout

    def test_nothing_to_read_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        result = tdkt("ingest", tmp_path / "empty", "--store", tmp_path / "s")
        assert result.exit_code == 2
        assert "Không có tệp nào để nạp" in result.stderr

    def test_patterns_that_the_shell_left_alone_are_expanded(self, tmp_path: Path) -> None:
        report = json.loads(tdkt("ingest", DOCUMENTS / "*.txt", "--store", tmp_path / "s", "--json").stdout)
        assert [row["file"] for row in report["files"]] == [PLAN]

    def test_file_names_cannot_play_with_the_terminal(self, tmp_path: Path) -> None:
        evil = tmp_path / "a\x1b[2Jb\u202etxt.md"
        shutil.copy(DOCUMENTS / PLAN, evil)
        result = tdkt("ingest", evil, "--store", tmp_path / "s")
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout

    def test_another_writer_is_named_and_nothing_is_lost(self, own_store: Path) -> None:
        with open_store(own_store) as other, other.writer():
            result = tdkt("ingest", DOCUMENTS, "--store", own_store)
        assert result.exit_code == 2
        assert "Lỗi:" in result.stderr
        assert "→" in result.stderr
        assert tdkt("ask", QUESTION, "--store", own_store).exit_code == 0


class TestAsk:
    def test_answer_is_cited_in_exact_words(self, store: Path) -> None:
        result = tdkt("ask", QUESTION, "--store", store, "--json")
        answer = json.loads(result.stdout)
        assert result.exit_code == 0
        assert answer["status"] == "answered"
        assert "12.500" in answer["answer"]
        assert "[1]" in answer["answer"]
        keys = "marker file document number page page_label section quote start end verbatim"
        assert [set(citation) for citation in answer["citations"]] == [set(keys.split())] * len(answer["citations"])
        with open_store(store) as opened:
            for citation in answer["citations"]:
                text = opened.text(opened.document(citation["file"]).id)
                assert text[citation["start"] : citation["end"]] == citation["quote"]

    def test_keys_of_the_contract(self, store: Path) -> None:
        answer = json.loads(tdkt("ask", QUESTION, "--store", store, "--json").stdout)
        keys = "id status caution engine answer citations notices elapsed_ms"
        assert set(answer) == set(keys.split())

    def test_words_for_people(self, store: Path) -> None:
        result = tdkt("ask", QUESTION, "--store", store)
        assert result.exit_code == 0
        assert "[1] Kế hoạch số 27/KH-UBND" in result.stdout
        assert "Toàn huyện trồng mới 12.500 cây xanh trong năm 2025.”" in result.stdout

    def test_question_without_quotation_marks(self, store: Path) -> None:
        result = tdkt("ask", *QUESTION.split(), "--store", store)
        assert result.exit_code == 0
        assert "12.500" in result.stdout

    def test_refusal_exits_1(self, store: Path) -> None:
        result = tdkt("ask", UNKNOWN, "--store", store, "--json")
        assert json.loads(result.stdout)["status"] == "refused"
        assert result.exit_code == 1

    def test_explain_adds_how(self, store: Path) -> None:
        assert json.loads(tdkt("ask", QUESTION, "--explain", "--json", "--store", store).stdout)["explanation"]
        assert "Cách tìm" in tdkt("ask", QUESTION, "--explain", "--store", store).stdout

    def test_history_makes_a_follow_up_understood(self, store: Path, tmp_path: Path) -> None:
        turns = [
            {"role": "user", "content": "Sở Văn nghệ đề nghị tặng Bằng khen cho bao nhiêu tập thể?"},
            {"role": "assistant", "content": "Sở đề nghị tặng Bằng khen cho 07 tập thể."},
        ]
        history = tmp_path / "h.json"
        history.write_text(json.dumps(turns), encoding="utf-8")
        result = tdkt("ask", "Còn cá nhân thì sao?", "--history", history, "--store", store)
        assert result.exit_code == 0
        assert "19 cá nhân" in result.stdout

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["x", "--as-of", "hôm qua"], "không phải một ngày"),
            (["x", "--engine", "model"], "Chưa cấu hình mô hình"),
            (["x", "--engine", "gpt"], "Không có cách soạn"),
            ([], "Chưa có câu hỏi"),
            (["x", "--history", "khong-co.json"], "Không có tệp"),
        ],
    )
    def test_bad_options_are_named(self, store: Path, arguments: list[str], words: str) -> None:
        result = tdkt("ask", *arguments, "--store", store)
        assert result.exit_code == 2
        assert words in result.stderr

    def test_error_in_json(self, store: Path) -> None:
        result = tdkt("ask", "x", "--as-of", "2026-13-40", "--json", "--store", store)
        assert result.exit_code == 2
        assert json.loads(result.stdout)["status"] == "error"


class TestBatch:
    def test_every_row_is_answered_and_a_bad_one_does_not_stop_the_rest(self, store: Path, tmp_path: Path) -> None:
        batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        lines = [
            json.dumps({"id": "a", "question": QUESTION, "kind": "ignored"}),
            "{this is no JSON",
            json.dumps({"id": 7, "question": UNKNOWN, "history": []}),
            json.dumps({"id": "c"}),
            json.dumps({"id": "d", "question": "Xin chào", "history": [{"role": "nobody", "content": ""}]}),
        ]
        batch.write_text("\n".join(lines), encoding="utf-8")
        result = tdkt("ask", "--batch", batch, "--out", out, "--store", store)
        assert result.exit_code == 0
        found = rows(out)
        assert [(row["id"], row["status"]) for row in found] == [
            ("a", "answered"),
            ("2", "error"),
            (7, "refused"),
            ("c", "error"),
            ("d", "error"),
        ]
        assert "Dòng 2" in found[1]["answer"]
        assert "question" in found[3]["answer"]

    def test_line_separators_inside_a_question_do_not_cut_it(self, store: Path, tmp_path: Path) -> None:
        batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        batch.write_text('{"id": "a", "question": "Trồng mới bao nhiêu\u2028cây xanh?"}\n', encoding="utf-8")
        assert tdkt("ask", "--batch", batch, "--out", out, "--store", store).exit_code == 0
        assert [row["id"] for row in rows(out)] == ["a"]

    def test_questions_are_never_overwritten(self, store: Path, tmp_path: Path) -> None:
        batch = tmp_path / "in.jsonl"
        batch.write_text('{"id": "a", "question": "b"}', encoding="utf-8")
        result = tdkt("ask", "--batch", batch, "--out", batch, "--store", store)
        assert result.exit_code == 2
        assert batch.read_text(encoding="utf-8") == '{"id": "a", "question": "b"}'

    def test_out_is_asked_for(self, store: Path, tmp_path: Path) -> None:
        result = tdkt("ask", "--batch", tmp_path / "in.jsonl", "--store", store)
        assert result.exit_code == 2
        assert "--out" in result.stderr

    def test_search_batch(self, store: Path, tmp_path: Path) -> None:
        batch, out = tmp_path / "in.jsonl", tmp_path / "hits.jsonl"
        batch.write_text(json.dumps({"id": "a", "question": QUESTION}), encoding="utf-8")
        assert tdkt("search", "--k", 3, "--batch", batch, "--out", out, "--store", store).exit_code == 0
        (row,) = rows(out)
        assert set(row) == {"id", "hits"}
        assert [hit["rank"] for hit in row["hits"]] == list(range(1, len(row["hits"]) + 1))
        assert 0 < len(row["hits"]) <= 3
        assert set(row["hits"][0]) == {"rank", "score", "file", "page", "section", "text"}
        assert "12.500" in row["hits"][0]["text"]
        assert all(len(hit["text"].split()) <= 200 for hit in row["hits"])


def test_search_prints_passages_in_rank_order(store: Path) -> None:
    result = tdkt("search", QUESTION, "--k", 2, "--store", store)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"1. {PLAN}")


class TestChat:
    def test_conversation_until_the_exit_word(self, store: Path) -> None:
        typed = f"{QUESTION}\n/xem 1\n/xem 99\n/la\n/thoat\nkhông được đọc tới\n"
        result = tdkt("chat", "--store", store, typed=typed)
        assert result.exit_code == 0
        assert "12.500" in result.stdout
        assert "HUYỆN SÔNG MƠ" in result.stdout  # /xem shows what stands around the words
        assert "Chưa có trích dẫn đó" in result.stdout
        assert "Không có lệnh /la" in result.stdout

    def test_json_gives_one_line_per_question(self, store: Path) -> None:
        result = tdkt("chat", "--json", "--store", store, typed=f"{QUESTION}\nXin chào\n")
        assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["answered", "answered"]


class TestDocs:
    def test_list(self, store: Path) -> None:
        documents = json.loads(tdkt("docs", "list", "--json", "--store", store).stdout)["documents"]
        assert {document["file"] for document in documents} == {PLAN, REPORT}
        assert PLAN in tdkt("docs", "list", "--store", store).stdout

    def test_show(self, store: Path) -> None:
        result = tdkt("docs", "show", PLAN, "--store", store)
        assert "Số, ký hiệu: 27/KH-UBND" in result.stdout
        assert "Ngày ban hành: 14/02/2025" in result.stdout
        assert "12.500 cây xanh" in tdkt("docs", "show", PLAN, "--text", "--store", store).stdout

    def test_page_of_a_document_without_pages(self, store: Path) -> None:
        result = tdkt("docs", "show", PLAN, "--page", 2, "--store", store)
        assert result.exit_code == 2
        assert "không chia trang" in result.stderr

    def test_unknown_document(self, store: Path) -> None:
        assert tdkt("docs", "show", "khong-co", "--store", store).exit_code == 2

    def test_remove_asks_first(self, own_store: Path) -> None:
        result = tdkt("docs", "remove", PLAN, "--store", own_store, typed="n\n")
        assert result.exit_code == 130
        assert PLAN in tdkt("docs", "list", "--store", own_store).stdout

    def test_removed_words_are_found_no_more(self, own_store: Path) -> None:
        assert tdkt("docs", "remove", PLAN, "--yes", "--store", own_store).exit_code == 0
        assert PLAN not in tdkt("docs", "list", "--store", own_store).stdout
        hits = json.loads(tdkt("search", QUESTION, "--json", "--store", own_store).stdout)["hits"]
        assert all(hit["file"] != PLAN for hit in hits)


class TestDoctor:
    def test_healthy(self, store: Path) -> None:
        result = tdkt("doctor", "--store", store)
        assert result.exit_code == 0
        assert "✓" in result.stdout

    def test_damage_is_found_and_rebuilt(self, own_store: Path) -> None:
        for index in own_store.glob("indexes/*/*"):
            if index.is_dir():
                shutil.rmtree(index)
        assert tdkt("doctor", "--store", own_store).exit_code == 1
        assert tdkt("doctor", "--rebuild", "--store", own_store).exit_code == 0
        assert tdkt("ask", QUESTION, "--store", own_store).exit_code == 0


class TestDemo:
    def test_answers_from_the_bundled_documents(self, tmp_path: Path) -> None:
        result = tdkt("demo", "--store", tmp_path / "demo")
        assert result.exit_code == 0
        assert "Căn cứ" in result.stdout
        assert "ui --store" in result.stdout

    def test_never_writes_to_the_users_store(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TDKT_STORE", str(tmp_path / "mine"))
        assert tdkt("demo", "--store", tmp_path / "mine").exit_code == 2
        assert not (tmp_path / "mine").exists()


def test_version(tmp_path: Path) -> None:
    found = json.loads(tdkt("version", "--json", "--store", tmp_path).stdout)
    assert found["store"] == str(tmp_path)


def test_a_bug_in_every_row_makes_error_rows_and_one_log(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("assistant.pipeline.Assistant.ask", broken)
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text('{"id": "a", "question": "x"}\n{"id": "b", "question": "y"}\n', encoding="utf-8")
    assert tdkt("ask", "--batch", batch, "--out", out, "--store", store).exit_code == 0
    assert [(row["id"], row["status"]) for row in rows(out)] == [("a", "error"), ("b", "error")]
    assert len(list((tmp_path / "state").rglob("tdkt-*.log"))) == 1
