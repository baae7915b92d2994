"""Runs one system over one task: recall at each k, latency in milliseconds, resident memory in MiB."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.bench.retrieval.systems import SHIPPED, Entry, Models, entries
from evals.bench.retrieval.tasks import Task
from evals.bench.speed import percentile


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``memory`` is what the process took beyond an idle one with the questions in memory."""

    task: str
    system: str
    typed: str
    questions: int
    recall: dict[int, float]
    p50: float
    p95: float
    memory: float

    def to_json(self) -> dict[str, Any]:
        """Return the row as JSON takes it."""
        return asdict(self)


def run(
    task: Task, store: Path, name: str, ways: Sequence[str], ablate: Sequence[str], models: Models = SHIPPED
) -> list[Row]:
    """Measure one system in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure, (task, store, name, tuple(ways), tuple(ablate), models))


def _measure(
    task: Task, store: Path, name: str, ways: tuple[str, ...], ablate: tuple[str, ...], models: Models
) -> list[Row]:
    entry: Entry = next(one for one in entries(ablate, models) if one.name == name)
    before = resident()
    search = entry.open(task, store)
    rows = []
    for way in ways:
        items = task.typed(way)
        search(items[0].question, max(task.ks))  # what is loaded by the first question is no one's latency
        marks, seconds = [], []
        for item in items:
            began = time.perf_counter()
            hits = search(item.question, 50)
            seconds.append(time.perf_counter() - began)
            marks.append(task.recall(item, hits))
        recall = {k: sum(mark[place] for mark in marks) / len(marks) for place, k in enumerate(task.ks)}
        milliseconds = [1000 * one for one in seconds]
        gc.collect()
        p50, p95 = percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)
        rows.append(Row(task.name, name, way, len(items), recall, p50, p95, max(0.0, resident() - before)))
    return rows


def resident() -> float:
    """Return the memory this process holds now, in MiB; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
