"""Which systems stand in the table, and running one of them in a process of its own.

A process each, so that load time and memory are its own: ``python -m evals.baselines.contest NAME …``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from evals import campaign, runs
from evals.errors import BadRun, EvalError, MissingExtra
from evals.gold import load
from evals.records import System
from evals.systems import AssistantSystem, describe, open_system

PARTS = ("vectors", "lexicon", "rerank", "routing", "bigrams")
"""Parts of the assistant that can be left out, where its settings offer it."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A system of the table: its Vietnamese name and how to make it from an open assistant's documents."""

    title: str
    make: Callable[[AssistantSystem], System]


def _texts(ours: AssistantSystem) -> dict[str, str]:
    """Return the documents as every entrant gets them: the cleaned text, which is kinder to rivals than raw files."""
    return {file: ours.library.text(file) or "" for file in ours.library.files()}


def _recipe(embedder: str) -> Callable[[AssistantSystem], System]:
    def make(ours: AssistantSystem) -> System:
        from evals.baselines import recipe

        embeddings = recipe.minilm() if embedder == "minilm" else recipe.shipped()
        return recipe.RecipeSystem(_texts(ours), embeddings, f"langchain-{embedder}")

    return make


def _windows(sentences: int) -> Callable[[AssistantSystem], System]:
    def make(ours: AssistantSystem) -> System:
        from evals.baselines.windows import WindowSystem

        return WindowSystem(_texts(ours), f"bm25-{sentences}", sentences)

    return make


ENTRANTS: Mapping[str, Entrant] = MappingProxyType(
    {
        "tdkt": Entrant("tdkt", lambda ours: ours),
        "bm25-sentences": Entrant("BM25, cửa sổ 180 từ, hai câu tốt nhất", _windows(2)),
        "bm25-window": Entrant("BM25, cửa sổ 180 từ, đoạn đầu", _windows(0)),
        "langchain-shipped": Entrant("Công thức LangChain + mô hình kèm chương trình", _recipe("shipped")),
        "langchain-minilm": Entrant("Công thức LangChain + all-MiniLM-L6-v2", _recipe("minilm")),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the table; ``problem`` says why a system could not be measured."""

    name: str
    title: str
    run: runs.Run | None = None
    problem: str = ""


def enter(name: str, store: Path, gold: Path, out: Path) -> None:
    """Measure one entrant in this process and write its run."""
    ablated = name.removeprefix("tdkt-without-") if name.startswith("tdkt-without-") else ""
    began = time.perf_counter()
    ours = open_system(store, ablate=[ablated] if ablated else [])
    system = ours if ablated else ENTRANTS[name].make(ours)
    # Ready means that the first question has been answered: lazy loading counts as loading.
    system.answer("Có bao nhiêu thành viên?", ())
    seconds = time.perf_counter() - began
    taken_with = {**describe(ours), "entrant": name, "load_seconds": round(seconds, 2)}
    taken = campaign.take(load([gold]), system, ours.library, taken_with)
    campaign.store(taken, out)


def contest(names: Sequence[str], store: Path, gold: Path, out: Path) -> list[Standing]:
    """Measure entrants one after the other; one that cannot run stays in the table with its reason."""
    standings = []
    for name in names:
        title = (
            ENTRANTS[name].title if name in ENTRANTS else f"tdkt không có phần “{name.removeprefix('tdkt-without-')}”"
        )
        command = [sys.executable, "-m", "evals.baselines.contest", name, str(store), str(gold), str(out / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
        try:
            standings.append(Standing(name, title, runs.read(out / name) if done.returncode == 0 else None, _why(done)))
        except BadRun as error:
            standings.append(Standing(name, title, None, error.message))
    return standings


def _why(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"mã thoát {done.returncode}"


def row(standing: Standing) -> dict[str, object]:
    """Return one row of the table as data."""
    if standing.run is None:
        return {"name": standing.name, "title": standing.title, "problem": standing.problem}
    figures = {figure.name: figure for figure in standing.run.figures}
    kept = ("strict", "right_answerable", "right_unanswerable", "citation_recall", "recall@8", "p50_ms", "p95_ms")
    return {
        "name": standing.name,
        "title": standing.title,
        **{name: figures[name].value for name in kept},
        "n": figures["strict"].n,
        "load_seconds": standing.run.manifest.get("load_seconds"),
        "peak_mib": standing.run.manifest.get("peak_mib"),
    }


def table(standings: Sequence[Standing]) -> str:
    """Return the table as Markdown: same questions, same machine."""
    from evals.report.numbers import share

    header = ("Cách trả lời", "đúng và có dẫn chứng", "đúng, trả lời được", "đúng, không trả lời được", "câu có căn cứ",
              "thấy trong 8", "p50, ms", "nạp, s", "bộ nhớ, MiB", "n")  # fmt: skip
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for standing in standings:
        if standing.run is None:
            lines.append(f"| {standing.title} | không đo được: {standing.problem} |" + " |" * (len(header) - 2))
            continue
        data = row(standing)
        shares = [share(_number(data[name])) for name in
                  ("strict", "right_answerable", "right_unanswerable", "citation_recall", "recall@8")]  # fmt: skip
        rest = [f"{_number(data[name]) or 0:.1f}".replace(".", ",") for name in ("p50_ms", "load_seconds", "peak_mib")]
        lines.append("| " + " | ".join([standing.title, *shares, *rest, str(data["n"])]) + " |")
    return "\n".join(lines) + "\n"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def main() -> int:
    """Measure one entrant (called by :func:`contest`)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    for argument in ("store", "gold", "out"):
        parser.add_argument(argument, type=Path)
    options = parser.parse_args()
    try:
        enter(options.name, options.store, options.gold, options.out)
    except (EvalError, MissingExtra) as error:
        sys.stderr.write(f"{error.message} {error.remedy}\n")
        return 2
    sys.stdout.write(json.dumps({"out": str(options.out)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
