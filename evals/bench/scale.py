"""What a store of 100,000 passages costs: building it, adding one document to it, searching it.

``python -m evals.bench.scale --text DIR [--chunks 100000] [--store DIR]``. ``DIR`` holds the legal texts that
the trainers in ``vectorstore/training`` read. They are joined to documents of some ten pages each, read like any file
and put into a store, in ``--store`` if given: it is then kept, and one that stands there is measured as it is.

Adding: the whole ``tdkt ingest`` of one file, each time another. Cold: a whole ``tdkt ask``. Warm: one process, the
questions of ``evals/gold/bundled.jsonl``, after a warm-up. Memory is the peak of such a process. Processor time is told
beside the clock's, for a machine that has other work to do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from math import ceil
from multiprocessing import get_context
from pathlib import Path

from assistant import open_assistant
from assistant.intake import Incoming, add_files
from assistant.wiring import open_store
from evals.bench.speed import QUESTIONS, percentile, timed
from vectorstore.store import Store

TEXT = "phapdien_articles.jsonl.gz"
_LENGTH = 20_000
_BATCH = 500
"""Documents added under one lock at most."""


def documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of plain-text documents made of consecutive articles."""
    parts: list[str] = []
    length = number = 0
    with gzip.open(folder / TEXT, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            part = f"Điều {len(parts) + 1}. {str(row['dieu']).split('. ', 1)[-1]}\n\n{row['text']}"
            parts.append(part)
            length += len(part)
            if length >= _LENGTH:
                number += 1
                title = f"QUY ĐỊNH\nTập hợp điều khoản số {number}: {row['demuc']}"
                yield f"tap-{number:05d}.txt", "\n\n".join([title, *parts]).encode()
                parts, length = [], 0


def fill(store: Store, folder: Path, chunks: int) -> float:
    """Add documents until the store holds so many chunks, killed it goes on; return the seconds it took."""
    began = time.perf_counter()
    held = {document.file for document in store.listed()}
    source = (Incoming(name, data) for name, data in documents(folder) if name not in held)
    while (stats := store.stats()).chunks < chunks:
        each = stats.chunks / stats.documents if stats.documents else chunks
        add_files(store, list(islice(source, min(_BATCH, ceil((chunks - stats.chunks) / each)))))
        print(f"  {store.stats().chunks} passages after {time.perf_counter() - began:.0f} s", flush=True)
    return time.perf_counter() - began


def build(folder: Path, text: Path, chunks: int) -> dict[str, float]:
    """Build the store where it is not there yet; return what it holds and the seconds it took."""
    with open_store(folder) as store:
        seconds = fill(store, text, chunks)
        stats = store.stats()
    rows = {"documents": stats.documents, "passages": stats.chunks, "size, MiB": stats.size / 1024**2}
    return rows | ({"built, s": seconds} if seconds > 1 else {})


def measure(folder: Path, text: Path, runs: int) -> dict[str, float]:
    """Measure adding and asking."""
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line]
    with open_store(folder) as store:
        held = {document.file for document in store.listed()}
    fresh = ((name, data) for name, data in documents(text) if name not in held)
    rows: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as work:
        files = []
        for name, data in islice(fresh, runs):
            files.append(Path(work) / name)
            files[-1].write_bytes(data)
        rows |= _commands("add one document", [("ingest", file, "--store", folder) for file in files])
    rows |= _commands("ask cold", [("ask", question, "--store", folder) for question in questions[:runs]])
    assistant = open_assistant(folder)
    for name, ask in (("search", assistant.search), ("ask", assistant.ask)):
        times, busy = [], []
        for question in questions:
            began, worked = time.perf_counter(), time.process_time()
            ask(question)
            times.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - worked) * 1000)
        rows[f"{name} warm p50, ms (n = {len(times) - 1})"] = statistics.median(times[1:])
        rows[f"{name} warm p95, ms"] = percentile(times[1:], 0.95)
        rows[f"{name} warm, processor ms, p50"] = statistics.median(busy[1:])
        rows[f"{name} warm, processor ms, p95"] = percentile(busy[1:], 0.95)
    return rows


def _commands(name: str, commands: Sequence[tuple[str | Path, ...]]) -> dict[str, float]:
    """Run ``tdkt`` commands one after the other; return clock and processor time, and peak memory."""
    clock, busy, memory = [], [], []
    for command in commands:
        before = os.times()
        seconds, peak = timed(*command)
        after = os.times()
        clock.append(seconds)
        memory.append(peak)
        busy.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return {
        f"{name}, median s": statistics.median(clock),
        f"{name}, worst s": max(clock),
        f"{name}, processor s": statistics.median(busy),
        f"{name}, peak MiB": max(memory),
    }


def main() -> None:
    """Build where needed, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="build, or measure, the store in this folder, and keep it")
    parser.add_argument("--runs", type=int, default=5, help="documents added, and cold starts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = options.store or Path(work) / "store"
        # In a process of its own: a child begins with the peak of its parent's memory.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows = pool.submit(build, folder, options.text, options.chunks).result()
        for name, value in (rows | measure(folder, options.text, options.runs)).items():
            print(f"{name:<36}{value:>12.2f}", flush=True)


if __name__ == "__main__":
    main()
