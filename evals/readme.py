"""Writes the README's opening, a real question and its cited answer, from what ``tdkt demo`` answers now.

``python -m evals.readme`` after a change to answers; a test holds that it was run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- demo:begin -->\n", "<!-- demo:end -->"


def opening(row: dict[str, Any]) -> str:
    """Lay out a question and its answer, a row of ``tdkt demo --json``, as Markdown."""
    lines = [f"**{row['question']}**", "", f"> {row['answer']}", ">"]
    for citation in row["citations"]:
        page = citation["page_label"] or citation["page"]
        place = f"trang {page}, {citation['section']}" if page else citation["section"]
        quote = " ".join(citation["quote"].split())
        lines.append(f"> [{citation['marker']}] `{citation['file']}`, {place}<br>")
        lines.append(f"> {f'“{quote}”' if citation['verbatim'] else f'(tóm lược, chưa đối chiếu) {quote}'}")
        lines.append(">")
    return "\n".join(lines[:-1]) + "\n"


def demo() -> list[dict[str, Any]]:
    """Run the demo in a store of its own and return its questions and answers."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assistant.cli", "demo", "--json", "--store", folder]
        printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    rows: list[dict[str, Any]] = json.loads(printed)["answers"]
    return rows


def main() -> None:
    """Rewrite the part between the markers."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    README.write_text(before + BEGIN + opening(demo()[0]) + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
