"""What the README promises is run: its opening answer, its commands, its make targets, its links."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_opening_is_what_the_demo_answers_now(readme):
    from evals.readme import BEGIN, END, demo, opening

    shown = readme.split(BEGIN)[1].split(END)[0]
    assert shown == opening(demo()[0]), "run `python -m evals.readme`"
    assert "20 thành viên" in shown


def test_every_make_target_named_exists(readme, root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"`?make ([a-z]+)", readme + (root / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert {"demo", "test"} <= named <= targets


def test_every_command_named_exists(readme):
    commands = {match for match in re.findall(r"^(?:\S*\\)?tdkt ([a-z]+)", readme, re.M)}
    assert {"ingest", "ask", "ui", "demo"} <= commands
    for command in sorted(commands):
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli", command, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"tdkt {command}: {done.stderr}"


def test_links_lead_somewhere(readme, root):
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert target.startswith("http") or (root / target).exists(), target


def test_files_named_in_the_architecture_table_exist(readme, root):
    table = readme.split("| Thư mục |")[1].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        folder = re.search(r"`(\w+)/`", row)[1]
        for name in re.findall(r"`([\w/]+\.py)`", row.split("|")[3]):
            assert (root / folder / name).exists(), f"{folder}/{name}"
