"""Marks the main job over real reports with outside markers and holds it against floors.

``python -m evals.reference --shared DIR`` ingests ``DIR/corpus/reports`` into a store of its own, answers and searches
``DIR/gold/dev.jsonl`` through the command line as a user would, marks both with ``DIR/gold/score.py`` and
``recall.py``, answers the held-out questions of the project too, and exits 1 when a figure is under its floor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evals.gate import FLOORS, check, read_floors
from evals.gold import FOLDER

TABLES = ("answers", "retrieval", "heldout", "near_heldout")
"""Tables of the floors file that hold this module's figures."""
HELD_OUT = FOLDER / "reports_heldout.jsonl"
"""Questions over the same reports that nothing is fitted on and whose failures nobody reads: the honest figure."""
NEAR = FOLDER / "near_heldout.jsonl"
"""The same with a near miss beside most questions: it differs in one thing that no report states."""


def run(*command: str | Path) -> str:
    """Run a command and return what it printed; its failure is ours."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def tdkt(*arguments: str | Path) -> str:
    """Run the command line of this project with the running interpreter."""
    return run(sys.executable, "-m", "assistant.cli", *arguments)


def measure(shared: Path, gold: Path, work: Path) -> dict[str, dict[str, float]]:
    """Answer and search ``gold`` over the reports, then the project's own held-out questions; figures by table name."""
    reports, store = shared / "corpus" / "reports", work / "store"
    began = time.monotonic()
    tdkt("ingest", reports, "--store", store)
    ingest_seconds = time.monotonic() - began
    marker = shared / "gold"

    def answered(questions: Path, name: str) -> dict[str, float]:
        answers = work / name
        tdkt("ask", "--batch", questions, "--out", answers, "--store", store)
        score = run(sys.executable, marker / "score.py", questions, answers, "--corpus", reports, "--json")
        return dict(json.loads(score))

    hits = work / "hits.jsonl"
    tdkt("search", "--batch", gold, "--out", hits, "--store", store)
    recall = json.loads(run(sys.executable, marker / "recall.py", gold, hits, "--json"))
    return {
        "answers": answered(gold, "answers.jsonl"),
        "retrieval": recall["single"],
        "heldout": answered(HELD_OUT, "heldout.jsonl"),
        "near_heldout": answered(NEAR, "near_heldout.jsonl"),
        "ingest": {"seconds": round(ingest_seconds, 1)},
    }


def shortfalls(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Name every figure on the wrong side of its floor; tables that are not measured here belong to other gates."""
    lines = [line for table in TABLES for line in check(table, floors[table], figures[table])]
    return [str(line) for line in lines if not line.holds]


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    arguments = parser.parse_args()
    gold = arguments.gold or arguments.shared / "gold" / "dev.jsonl"
    with tempfile.TemporaryDirectory() as work:
        figures = measure(arguments.shared, gold, Path(work))
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    failed = shortfalls(figures, read_floors(arguments.floors))
    for line in failed:
        sys.stdout.write(f"DƯỚI NGƯỠNG {line}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
