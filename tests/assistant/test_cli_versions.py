"""Copies, versions and going back, from the command line over a real store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "documents"
PLAN, REPORT = "ke-hoach-phat-dong.txt", "bao-cao-tong-ket.html"
QUESTION = "Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TDKT_STORE", str(tmp_path / "store"))


def tdkt(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


def answer() -> str:
    return json.loads(tdkt("ask", QUESTION, "--json").stdout)["answer"]


def standings() -> list[tuple[str, str]]:
    documents = json.loads(tdkt("docs", "list", "--json").stdout)["documents"]
    return [(document["file"], document["standing"]) for document in documents]


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """Two versions of one plan in two files; the old one is in the store."""
    assert tdkt("ingest", DOCUMENTS / PLAN).exit_code == 0
    path = tmp_path / "ban-sua.txt"
    path.write_text((DOCUMENTS / PLAN).read_text(encoding="utf-8").replace("12.500", "13.700"), encoding="utf-8")
    return path


def test_nobody_to_ask_means_both_are_used_and_the_command_is_told(corrected: Path) -> None:
    result = tdkt("ingest", corrected)
    assert result.exit_code == 0
    assert "Hiện dùng cả hai" in result.stdout
    command = result.stdout.split("Nếu bản mới thay bản cũ: tdkt ")[1].split(" (hoặc")[0]
    assert {standing for _, standing in standings()} == {"searched"}
    decided = tdkt(*command.split())
    assert decided.exit_code == 0
    assert "Từ nay trả lời theo “ban-sua.txt”" in decided.stdout
    assert standings() == [(PLAN, "old"), ("ban-sua.txt", "searched")]
    assert "13.700" in answer()
    assert "12.500" not in answer()


def test_a_version_replaces_at_once_when_told_so(corrected: Path) -> None:
    report = json.loads(tdkt("ingest", corrected, "--on-reissue", "replace", "--json").stdout)
    (row,) = report["files"]
    assert [(one["kind"], one["file"]) for one in row["kin"]] == [("replaced", PLAN)]
    assert standings() == [(PLAN, "old"), ("ban-sua.txt", "searched")]
    listed = tdkt("docs", "list").stdout
    assert "bản cũ, đã thay bằng ban-sua.txt" in listed
    assert "2 tài liệu, trong đó 1 không dùng để trả lời." in listed


@pytest.mark.skipif(os.name == "nt", reason="Windows không có pseudo-terminal")
@pytest.mark.parametrize(("typed", "standing"), [(b"y\n", "old"), (b"n\n", "searched")])
def test_an_officer_at_a_terminal_is_asked(corrected: Path, typed: bytes, standing: str) -> None:
    import pty

    screen, terminal = pty.openpty()
    os.write(screen, typed)
    command = [sys.executable, "-m", "assistant.cli", "ingest", str(corrected)]
    done = subprocess.run(
        command, cwd=ROOT, stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, timeout=120, check=True
    )
    os.close(terminal)
    os.close(screen)
    assert ("đã thay" in done.stdout.decode()) == (standing == "old")
    assert dict(standings())[PLAN] == standing


def test_history_tells_versions_dates_and_decisions(corrected: Path) -> None:
    tdkt("ingest", corrected, "--on-reissue", "replace")
    told = tdkt("docs", "history", PLAN)
    assert told.exit_code == 0
    assert "nạp vào kho" in told.stdout
    assert "là bản mới, thay" in told.stdout
    history = json.loads(tdkt("docs", "history", "ban-sua.txt", "--json").stdout)
    assert [entry["event"] for entry in history["history"]] == ["added", "added", "replace"]
    assert {version["file"] for version in history["versions"]} == {PLAN, "ban-sua.txt"}


def test_an_old_version_is_used_again(corrected: Path) -> None:
    tdkt("ingest", corrected, "--on-reissue", "replace")
    assert "được dùng để trả lời" in tdkt("docs", "use", PLAN).stdout
    assert {standing for _, standing in standings()} == {"searched"}
    assert "vẫn đang được dùng" in tdkt("docs", "use", PLAN).stdout


def test_going_back_says_what_changes_and_back_again(corrected: Path) -> None:
    assert "không có gì thay đổi" in tdkt("docs", "rollback", "--yes").stdout
    tdkt("ingest", corrected, DOCUMENTS / REPORT, "--on-reissue", "replace")
    refused = tdkt("docs", "rollback", typed="n\n")
    assert refused.exit_code == 130 or refused.exception is not None
    assert standings()[0] == (PLAN, "old")
    done = tdkt("docs", "rollback", "--yes")
    assert done.exit_code == 0
    assert "– đã ngừng dùng, vẫn giữ trong kho: ban-sua.txt" in done.stdout
    assert f"+ đã dùng lại: {PLAN}" in done.stdout
    assert "12.500" in answer()
    assert (REPORT, "resting") in standings()
    again = json.loads(tdkt("docs", "rollback", "--yes", "--json").stdout)
    assert [item["file"] for item in again["resting"]] == [PLAN]
    assert "13.700" in answer()


def test_a_removed_document_comes_back_by_going_back() -> None:
    tdkt("ingest", DOCUMENTS)
    removed = tdkt("docs", "remove", PLAN, "--yes")
    assert "tdkt docs rollback" in removed.stdout
    assert standings() == [(REPORT, "searched")]
    assert tdkt("docs", "rollback", "--yes").exit_code == 0
    assert "12.500" in answer()


def test_removing_for_good_leaves_nothing(tmp_path: Path) -> None:
    tdkt("ingest", DOCUMENTS)
    assert tdkt("docs", "remove", PLAN, "--yes", "--for-good").exit_code == 0
    assert len([path for path in (tmp_path / "store" / "originals").rglob("*") if path.is_file()]) == 1
    assert "1 tài liệu đã bị xoá hẳn" in tdkt("docs", "rollback", "--yes").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest", DOCUMENTS / PLAN, "--on-reissue", "merge"),
        ("docs", "decide", PLAN, PLAN, "--as", "replace"),
        ("docs", "decide", PLAN, "khong-co.txt", "--as", "beside"),
        ("docs", "decide", PLAN, PLAN, "--as", "merge"),
        ("docs", "use", "khong-co.txt"),
        ("docs", "history", "khong-co.txt"),
    ],
)
def test_what_makes_no_sense_is_told(arguments: tuple[object, ...]) -> None:
    tdkt("ingest", DOCUMENTS / PLAN)
    result = tdkt(*arguments)
    assert result.exit_code == 2
    assert "Lỗi:" in result.stderr
    assert "→" in result.stderr
