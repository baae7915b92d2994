"""The commands, over the real assistant and a few of its questions."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.errors import BadSettings
from evals import suites
from evals.cli import app
from evals.errors import BadFloors, BadGold, EvalError
from evals.gold import FOLDER, load, save


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    path = tmp_path_factory.mktemp("gold") / "few.jsonl"
    save(load([suites.gold(suites.BUNDLED)])[:4], path)
    return path


@pytest.fixture
def tdkt(bundled_store, gold):
    def call(command, *arguments, store=True):
        given = [command, *map(str, arguments)]
        if store:
            given += ["--store", str(bundled_store), "--gold", str(gold)]
        return CliRunner().invoke(app, given)

    return call


def test_run_writes_a_run_and_compare_reads_two(tdkt, tmp_path):
    first = tdkt("run", "--out", tmp_path / "a", "--name", "lần một", "--perturb", "upper")
    assert first.exit_code == 0, first.output
    assert "câu đạt" in first.output
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "manifest.json", "gold.jsonl", "answers.jsonl", "hits.jsonl", "scores.jsonl", "figures.json",
        "report.html", "report.md", "report.json", "junit.xml",
    }  # fmt: skip
    second = tdkt("run", "--out", tmp_path / "b", "--json")
    assert json.loads(second.output)["questions"] == 4
    compared = tdkt("compare", tmp_path / "a", tmp_path / "b", "--markdown", tmp_path / "c.md", store=False)
    assert compared.exit_code == 0
    assert "So sánh: lần một → tdkt" in compared.output and (tmp_path / "c.md").exists()
    machine = tdkt("compare", tmp_path / "a", tmp_path / "b", "--json", store=False)
    assert {row["verdict"] for row in json.loads(machine.output)["metrics"]} == {"same"}
    again = tdkt("report", tmp_path / "a", store=False)
    assert again.exit_code == 0


def test_gate_exits_one_and_names_the_line(tdkt, tmp_path):
    floors = tmp_path / "f.toml"
    floors.write_text('[few]\nverbatim = 0.5\nstrict = 1.1\n"recall@8" = 0.0\n', encoding="utf-8")
    red = tdkt("gate", "--floors", floors, "--table", "few", "--out", tmp_path / "run")
    assert red.exit_code == 1
    assert "KHÔNG ĐẠT few.strict" in red.output and "đạt       few.verbatim" in red.output
    assert "Cổng: KHÔNG ĐẠT" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    floors.write_text("[few]\nverbatim = 0.5\n", encoding="utf-8")
    green = tdkt("gate", "--floors", floors, "--table", "few", "--run", tmp_path / "run", "--json", store=False)
    assert green.exit_code == 0 and json.loads(green.output)["passed"]
    assert isinstance(tdkt("gate", "--floors", floors, "--table", "none").exception, BadFloors)


def test_lock_is_quiet_until_an_answer_drifts(tdkt, tmp_path):
    lock = tmp_path / "l.jsonl"
    assert isinstance(tdkt("lock", "--lock", lock).exception, EvalError)
    assert tdkt("lock", "--lock", lock, "--update").exit_code == 0
    assert tdkt("run", "--out", tmp_path / "run").exit_code == 0
    stored = tdkt("lock", "--lock", lock, "--run", tmp_path / "run", store=False)
    assert stored.exit_code == 0 and "0/4 câu khác" in stored.output
    same = tdkt("lock", "--lock", lock, "--check")
    assert same.exit_code == 0 and "0/4 câu khác" in same.output
    lines = [json.loads(line) for line in lock.read_text(encoding="utf-8").splitlines()]
    lines[0]["answer"] = "Trước đây đáp khác."
    lock.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    drifted = tdkt("lock", "--lock", lock, "--json")
    assert drifted.exit_code == 1
    (change,) = json.loads(drifted.output)["changed"]
    assert change["kinds"] == ["câu trả lời"] and "-trả lời: Trước đây đáp khác." in change["diff"]


def test_import_from_template_to_gold(tdkt, tmp_path):
    table = tmp_path / "mau.xlsx"
    assert tdkt("import", "--template", table, store=False).exit_code == 0
    done = tdkt("import", table, "--json", store=False)
    assert json.loads(done.output)["questions"] == len(load([tmp_path / "mau.jsonl"])) == 3
    book = load_workbook(table)
    book["Câu hỏi"]["B2"] = ""
    book.save(table)
    failed = tdkt("import", table, store=False)
    assert isinstance(failed.exception, BadGold) and "dòng 2, cột “Đáp án phải có”" in str(failed.exception)
    assert isinstance(tdkt("import", store=False).exception, BadGold)


def test_check_holds_evidence_against_the_documents(tdkt, tmp_path, gold, bundled_store):
    assert tdkt("check").exit_code == 0
    wrong = replace(load([gold])[0], evidence=("câu này không ở đâu cả",))
    save([wrong], tmp_path / "w.jsonl")
    found = tdkt("check", "--gold", tmp_path / "w.jsonl", "--store", bundled_store, "--json", store=False)
    assert found.exit_code == 1
    assert any("không có nguyên văn" in line for line in json.loads(found.output)["problems"])


def test_a_set_comes_with_its_documents_or_says_that_it_does_not(tdkt):
    done = tdkt("check", "--gold", "contradictions", "--json", store=False)
    assert (done.exit_code, json.loads(done.output)["problems"]) == (0, [])
    assert isinstance(tdkt("check", "--gold", "none", store=False).exception, BadGold)
    assert isinstance(tdkt("check", "--gold", "law", store=False).exception, BadGold)


def test_sets_about_different_stores_are_not_mixed(gold):
    assert suites.choose([]).name == suites.BUNDLED
    assert suites.choose([str(gold)]).documents == suites.choose(["bundled"]).documents
    for given in (["bundled", "law"], [str(FOLDER)]):
        with pytest.raises(BadGold, match="kho riêng"):
            suites.choose(given)


def test_all_sets_together_have_every_kind_and_style(tdkt):
    done = tdkt("check", "--complete", "--quick", "--json", store=False)
    found = json.loads(done.output)
    assert (done.exit_code, found["problems"]) == (0, [])
    assert found["questions"] == sum(len(load([suites.gold(name)])) for name in suites.names())
    lacking = tdkt("check", "--gold", "injections", "--complete", "--quick", store=False)
    assert lacking.exit_code == 1 and "“contradiction”" in lacking.output


def test_a_run_without_a_part_says_so(tdkt, tmp_path):
    done = tdkt("run", "--ablate", "vectors", "--out", tmp_path / "a", "--json")
    assert json.loads(done.output)["manifest"]["settings"]["ablate"] == "vectors"
    assert isinstance(tdkt("run", "--ablate", "magic").exception, BadSettings)
