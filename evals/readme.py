"""Writes what the README shows from what the program does now.

``python -m evals.readme`` rewrites the opening, a real question and its cited answer as ``tdkt demo`` gives it; a test
holds that it was run. ``python -m evals.readme --table FOLDER`` puts in the table that ``tdkt eval baselines --out
FOLDER`` measured: the rivals into the README, everything into ``evals/README.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
DETAILS = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- demo:begin -->\n", "<!-- demo:end -->"
TABLE_BEGIN, TABLE_END = "<!-- baselines:begin -->\n", "<!-- baselines:end -->"


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


def put(page: Path, begin: str, text: str, end: str) -> None:
    """Put a text between two markers of a page; the rest stays as it is."""
    before, rest = page.read_text(encoding="utf-8").split(begin)
    page.write_text(before + begin + text + end + rest.split(end)[1], encoding="utf-8")


def rivals(table: str) -> str:
    """Return a table of ``tdkt eval baselines`` without the rows of the assistant that lacks a part."""
    return "".join(line for line in table.splitlines(keepends=True) if not line.startswith("| tdkt, bỏ "))


def main() -> None:
    """Rewrite what stands between the markers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if options.table is None:
        put(README, BEGIN, opening(demo()[0]), END)
        return
    table = (options.table / "baselines.md").read_text(encoding="utf-8")
    put(README, TABLE_BEGIN, rivals(table), TABLE_END)
    put(DETAILS, TABLE_BEGIN, table, TABLE_END)


if __name__ == "__main__":
    main()
