"""The main job needs no network: once with no interface at all, and never a heavy import before it is wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest


def without_interfaces() -> list[str] | None:
    """Return the command prefix that runs a program in a network namespace without interfaces."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    for prefix in ([unshare, "-n"], [unshare, "-rn"]):
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    return None


def test_the_demo_runs_without_any_network_interface(tmp_path):
    prefix = without_interfaces()
    if prefix is None:
        pytest.skip("hệ này không cho tạo không gian mạng riêng (cần Linux và lệnh unshare)")
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    command = [*prefix, sys.executable, "-m", "assistant.cli", "demo", "--store", str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 thành viên" in done.stdout
    assert "[1]" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["version"]])
def test_looking_at_the_command_line_imports_nothing_heavy(arguments):
    program = (
        "import sys\nfrom assistant.cli import main\nsys.argv = ['tdkt', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'chromadb', 'streamlit', 'torch', 'langchain_core', 'sentence_transformers', 'pandas', 'numpy'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stdout, done.stdout[-300:]


def test_asking_never_imports_torch(tmp_path):
    note = tmp_path / "thong-bao.md"
    note.write_text("# Thông báo\n\nHội đồng xét thưởng của Sở có 9 thành viên.\n", encoding="utf-8")
    program = (
        "import sys\nfrom pathlib import Path\nfrom assistant import open_assistant\n"
        "from assistant.intake import add_files\n"
        "store = Path(sys.argv[1]); add_files(store, [Path(sys.argv[2])])\n"
        "answer = open_assistant(store=store).ask('Hội đồng xét thưởng có bao nhiêu thành viên?')\n"
        "print(answer.status, '9 thành viên' in answer.answer, 'torch' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "store"), str(note)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["answered", "True", "False"], done.stdout + done.stderr
