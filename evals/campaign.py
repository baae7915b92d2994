"""One evaluation from questions to a stored run with its reports: what the commands do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals import runs, summary
from evals.execution import Rows, execute, mark_all, originals
from evals.gate import Line
from evals.judge import judging
from evals.perturb.apply import PERTURBATIONS, SEED, perturb
from evals.records import Figures, GoldQuestion, Library, Marked, System
from evals.report import html, junit, machine, markdown
from evals.report.view import View, build
from evals.stages import lost_at

REPORTS = ("report.html", "report.md", "report.json", "junit.xml")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one evaluation found."""

    manifest: Mapping[str, Any]
    rows: Sequence[Rows]
    marked: Sequence[Marked]
    figures: Figures


def take(
    questions: Sequence[GoldQuestion],
    system: System,
    library: Library | None,
    taken_with: Mapping[str, Any],
    *,
    perturbations: Sequence[str] = (),
    seed: int = SEED,
    notify: Callable[[GoldQuestion], None] = lambda question: None,
) -> Taken:
    """Ask every question and its perturbed variants, mark the answers, take the figures (of the originals)."""
    asked = [*questions, *perturb(questions, perturbations, seed)]
    began = time.perf_counter()
    rows = execute(asked, system, notify)
    # Before marking: what it takes to judge is not what it takes to answer.
    seconds, peak = time.perf_counter() - began, peak_mebibytes()
    marked = mark_all(rows, library)
    for row in marked:
        lost_at(row)  # reads documents that no mark read, while the store is still there; the library keeps them
    described = runs.manifest(
        system.name,
        [row for row in rows if not row.question.variant],
        {**taken_with, "perturbations": list(perturbations), "seed": seed, "peak_mib": peak},
        seconds,
    )
    return Taken(described, rows, marked, summary.figures(originals(marked)))


def store(taken: Taken, folder: Path, gate: Sequence[Line] = ()) -> View:
    """Write the run and its four reports into ``folder``."""
    runs.write(folder, taken.manifest, taken.rows, taken.marked, taken.figures)
    return report(folder, taken.manifest, taken.marked, taken.figures, gate)


def report(
    folder: Path, manifest: Mapping[str, Any], marked: Sequence[Marked], figures: Figures, gate: Sequence[Line] = ()
) -> View:
    """Write the four reports of a run."""
    view = build(manifest, marked, figures, gate, judging.read(folder))
    texts = (html.render(view), markdown.render(view), machine.render(view), junit.render(view, originals(marked)))
    for name, text in zip(REPORTS, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return view


def rewrite(folder: Path, gate: Sequence[Line] = ()) -> View:
    """Write the reports of a stored run again. Raises ``BadRun``."""
    stored = runs.read(folder)
    return report(folder, stored.manifest, stored.marked, stored.figures, gate)


def chosen(names: Sequence[str]) -> list[str]:
    """Turn what a user gave for ``--perturb`` ("all", "nfd,telex") into names."""
    given = [name.strip() for text in names for name in text.split(",") if name.strip()]
    return list(PERTURBATIONS) if "all" in given else list(dict.fromkeys(given))


def default_folder() -> Path:
    """Name a new folder for a run after the time."""
    return Path("eval-runs") / f"{datetime.now():%Y%m%d-%H%M%S}"


def peak_mebibytes() -> float | None:
    """Return the peak resident memory of this process, ``None`` where the system does not tell.

    Linux is asked by ``/proc``: what ``getrusage`` gives there begins with the size of the process that started us.
    """
    with suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return round(int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024, 1)
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 if sys.platform == "linux" else 1024 * 1024), 1)
