"""``python -m evals.bench.retrieval [--shared DIR] [--only TASK,SYSTEM …]``: one table of searches compared.

Without ``--shared`` only the bundled questions are measured. ALQAC and XQuAD are for measuring only: no weight, word
list or constant of this project was fitted on them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from evals.bench.retrieval.measure import Row, run
from evals.bench.retrieval.systems import ABLATED, Models, entries
from evals.bench.retrieval.tasks import CHANGES, TITLES, Task, prepared


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder with corpus/, gold/ and bench/")
    parser.add_argument("--only", nargs="*", default=[], help=f"tasks ({', '.join(TITLES)}) or systems to run")
    parser.add_argument("--ablate", action="store_true", help="ours once more without each of its parts")
    parser.add_argument("--embedder", help="another embedder for ours: a path, a name, or the URL of a server")
    parser.add_argument("--reranker", help="a cross-encoder for ours: a path or a name")
    parser.add_argument("--work", type=Path, help="folder to keep the stores in")
    parser.add_argument("--json", type=Path, help="file to write all figures to")
    options = parser.parse_args()
    ablate = [part for part in ABLATED if options.ablate or f"-{part}" in options.only]
    systems = [entry.name for entry in entries(ablate)]
    unknown = set(options.only) - set(TITLES) - set(systems)
    if unknown:
        parser.error(
            f"không có bộ hay phương án tên {', '.join(sorted(unknown))}; dùng: {', '.join([*TITLES, *systems])}"
        )
    systems = [name for name in systems if name in options.only] or systems
    names = [name for name in TITLES if name in options.only] or [
        name for name in TITLES if options.shared or name == "bundled"
    ]
    models = Models(options.embedder, options.reranker)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in names:
            task, store = prepared(name, options.shared, options.work or Path(temporary), options.embedder)
            measured = []
            for system in systems:
                ways = ["clean"] if system.startswith("-") else list(CHANGES)
                measured += run(task, store, system, ways, ablate, models)
            print(table(task, measured), flush=True)
            rows += measured
    if options.json:
        text = json.dumps([row.to_json() for row in rows], ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


def table(task: Task, rows: list[Row]) -> str:
    """Return the Markdown table of one task."""
    titles = {entry.name: entry.title for entry in entries(ABLATED)}
    head = [
        "phương án",
        "cách gõ",
        *(f"R@{k}{' *' if k == task.at else ''}" for k in task.ks),
        "p50 ms",
        "p95 ms",
        "MiB",
    ]
    lines = [f"### {task.title} ({len(task.items)} câu)", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        recall = [f"{row.recall[k]:.3f}" for k in task.ks]
        cells = [titles[row.system], row.typed, *recall, f"{row.p50:.1f}", f"{row.p95:.1f}", f"{row.memory:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
