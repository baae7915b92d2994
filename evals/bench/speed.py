"""Cold start, latency, memory and ingest time of the main job, printed by one command.

``python -m evals.bench.speed [--documents DIR] [--questions FILE.jsonl]``; without arguments the bundled documents and
their gold questions. Cold: a whole process from start to answer, median of several; peak resident memory of those
processes; warm: one process, every question once after one warm-up, by the ``elapsed_ms`` it reports.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
BUNDLED = HERE.parents[2] / "ingest" / "samples" / "documents"
QUESTIONS = HERE.parents[1] / "gold" / "bundled.jsonl"


def timed(*arguments: str | Path) -> tuple[float, float]:
    """Run ``tdkt`` once; return wall seconds and peak resident memory in MiB (0 where the system cannot tell)."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "assistant.cli", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    message = process.stderr.read()
    if not hasattr(os, "wait4"):
        code, memory = process.wait(), 0.0
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    if code not in (0, 1):
        raise SystemExit(message.decode(errors="replace"))
    return time.perf_counter() - began, memory


def percentile(values: list[float], share: float) -> float:
    """Nearest-rank percentile of unsorted values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=BUNDLED)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--runs", type=int, default=5, help="cold starts to take the median of")
    options = parser.parse_args()
    questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as work:
        store, out = Path(work) / "store", Path(work) / "answers.jsonl"
        ingest, ingest_memory = timed("ingest", options.documents, "--store", store)
        cold = [timed("ask", questions[i % len(questions)]["question"], "--store", store) for i in range(options.runs)]
        timed("ask", "--batch", options.questions, "--out", out, "--store", store)
        warm = [json.loads(line)["elapsed_ms"] for line in out.read_text(encoding="utf-8").splitlines()][1:]
    rows = {
        "ingest, s": ingest,
        "ingest, peak MiB": ingest_memory,
        "ask cold, median s": statistics.median(seconds for seconds, _ in cold),
        "ask cold, peak MiB": max(memory for _, memory in cold),
        f"ask warm p50, ms (n = {len(warm)})": statistics.median(warm),
        "ask warm p95, ms": percentile(warm, 0.95),
    }
    for name, value in rows.items():
        print(f"{name:<32}{value:>10.2f}")


if __name__ == "__main__":
    main()
