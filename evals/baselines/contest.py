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
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from assistant.errors import AssistantError
from evals import campaign, runs
from evals.comparison import paired
from evals.errors import BadRun
from evals.gold import load
from evals.paired import Paired, holm
from evals.records import System
from evals.report.numbers import points, probability, share
from evals.systems import AssistantSystem, describe, open_system

OURS = "tdkt"
_WITHOUT = f"{OURS}-without-"
_WARM_UP = "Có bao nhiêu thành viên?"


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
        OURS: Entrant("tdkt", lambda ours: ours),
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


def without_part(part: str) -> str:
    """Name the entrant that is the assistant without a part."""
    return f"{_WITHOUT}{part}"


def title(name: str) -> str:
    """Return the Vietnamese name of an entrant."""
    from assistant.ablation import PARTS

    if name in ENTRANTS:
        return ENTRANTS[name].title
    part = name.removeprefix(_WITHOUT)
    return f"tdkt, bỏ {PARTS.get(part, part)}"


def enter(name: str, store: Path, gold: Path, out: Path) -> None:
    """Measure one entrant in this process and write its run.

    Time to load runs until the first question is answered, since lazy loading is loading too; rivals make their index
    in it, from texts already read. Memory is the peak of the process before anything is marked.
    """
    ablated = [name.removeprefix(_WITHOUT)] if name.startswith(_WITHOUT) else []
    began = time.perf_counter()
    ours = open_system(store, ablate=ablated)
    system = ours if ablated else ENTRANTS[name].make(ours)
    system.answer(_WARM_UP, ())
    seconds = time.perf_counter() - began
    taken = campaign.take(load([gold]), system, ours.library, {"entrant": name, "load_seconds": round(seconds, 2)})
    campaign.store(replace(taken, manifest={**taken.manifest, **describe(ours)}), out)


def contest(names: Sequence[str], store: Path, gold: Path, out: Path) -> list[Standing]:
    """Measure entrants one after the other; one that cannot run stays in the table with its reason."""
    standings = []
    for name in names:
        command = [sys.executable, "-m", "evals.baselines.contest", name, str(store), str(gold), str(out / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
        try:
            run = runs.read(out / name) if done.returncode == 0 else None
            standings.append(Standing(name, title(name), run, _why(done)))
        except BadRun as error:
            standings.append(Standing(name, title(name), None, error.message))
    return standings


def _why(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == 0:
        return ""
    if done.returncode < 0:
        return f"tiến trình bị dừng (tín hiệu {-done.returncode})"
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"mã thoát {done.returncode}"


_SHARES = ("strict", "right_answerable", "right_unanswerable", "citation_recall", "recall@8")


def row(standing: Standing) -> dict[str, object]:
    """Return one row of the table as data."""
    if standing.run is None:
        return {"name": standing.name, "title": standing.title, "problem": standing.problem}
    figures = {figure.name: figure for figure in standing.run.figures}
    return {
        "name": standing.name,
        "title": standing.title,
        **{name: figures[name].value for name in (*_SHARES, "p50_ms", "p95_ms")},
        "n": figures["strict"].n,
        "load_seconds": standing.run.manifest.get("load_seconds"),
        "peak_mib": standing.run.manifest.get("peak_mib"),
    }


def differences(standings: Sequence[Standing]) -> dict[str, tuple[Paired, float]]:
    """Compare "strict" of every entrant with ours, question by question; p-values corrected by Holm over all."""
    ours = next((standing.run for standing in standings if standing.name == OURS), None)
    if ours is None:
        return {}
    others = [(s.name, s.run) for s in standings if s.run is not None and s.name != OURS]
    found = [(name, result) for name, run in others if (result := paired("strict", ours.marked, run.marked))]
    corrected = holm([result.p for _, result in found])
    return {name: (result, p) for (name, result), p in zip(found, corrected, strict=True)}


def table(standings: Sequence[Standing]) -> str:
    """Return the table as Markdown: same questions, same machine, one process each."""
    header = ("Cách trả lời", "đúng, có dẫn chứng", "so với tdkt (p)", "đúng, có đáp án", "đúng, không có đáp án",
              "có căn cứ", "thấy trong 8", "p50, ms", "p95, ms", "nạp, s", "bộ nhớ, MiB", "n")  # fmt: skip
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    against = differences(standings)
    for standing in standings:
        if standing.run is None:
            lines.append(f"| {standing.title} | không đo được: {standing.problem} |" + " |" * (len(header) - 2))
            continue
        data = row(standing)
        shares = [share(_number(data[name])) for name in _SHARES]
        cells = [standing.title, shares[0], _against(against.get(standing.name)), *shares[1:]]
        cells += [_decimal(data["p50_ms"]), _decimal(data["p95_ms"]), _decimal(data["load_seconds"], 1)]
        lines.append("| " + " | ".join([*cells, _decimal(data["peak_mib"]), str(data["n"])]) + " |")
    return "\n".join(lines) + "\n"


def _against(found: tuple[Paired, float] | None) -> str:
    return "" if found is None else f"{points(found[0].difference)} ({probability(found[1])})"


def _decimal(value: object, digits: int = 0) -> str:
    number = _number(value)
    return "" if number is None else f"{number:.{digits}f}".replace(".", ",")


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
    except AssistantError as error:
        sys.stderr.write(f"{error.message} {error.remedy}\n")
        return 2
    sys.stdout.write(json.dumps({"out": str(options.out)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
