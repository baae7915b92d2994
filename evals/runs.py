"""Stored runs: one folder with the questions, the rows, the figures and what they were taken with.

::

    manifest.json  when, code version, corpus hash, index, settings, gold hash, machine
    gold.jsonl     the questions, perturbed ones included
    answers.jsonl  rows as ``tdkt ask --batch`` writes them
    hits.jsonl     rows as ``tdkt search --batch`` writes them
    scores.jsonl   per question: outcome, stage that lost it, every score with its reason
    figures.json   the figures, with n and interval
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

from evals.errors import BadRun
from evals.execution import Rows
from evals.gold import fingerprint, load, save
from evals.records import AnswerRow, Figure, Figures, HitRow, Marked, Score
from evals.stages import lost_at

ROOT = Path(__file__).resolve().parents[1]
MANIFEST, GOLD, ANSWERS, HITS, SCORES, FIGURES = (
    "manifest.json", "gold.jsonl", "answers.jsonl", "hits.jsonl", "scores.jsonl", "figures.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back: what it was taken with, its rows and its marks (scores without their parts)."""

    folder: Path
    manifest: Mapping[str, Any]
    rows: tuple[Rows, ...]
    figures: Figures
    marked: tuple[Marked, ...]

    @property
    def name(self) -> str:
        """What to call it."""
        return str(self.manifest.get("name") or self.folder.name)


def code_version() -> dict[str, str]:
    """Return the installed version and, in a checkout, the commit and whether files differ from it."""
    try:
        number = version("tdkt")
    except PackageNotFoundError:
        number = ""
    return {
        "version": number,
        "commit": _git("rev-parse", "HEAD"),
        "changed": "yes" if _git("status", "--porcelain") else "",
    }


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def manifest(name: str, rows: Sequence[Rows], taken_with: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """Describe a run."""
    return {
        "name": name,
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": code_version(),
        "gold": fingerprint(row.question for row in rows),
        "questions": len(rows),
        "seconds": round(seconds, 1),
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        **taken_with,
    }


def write(
    folder: Path, described: Mapping[str, Any], rows: Sequence[Rows], marked: Sequence[Marked], taken: Figures
) -> None:
    """Write a run; the manifest comes last, so that a folder with one is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    save((row.question for row in rows), folder / GOLD)
    _write_lines(folder / ANSWERS, (row.answer for row in rows if row.answer is not None))
    _write_lines(folder / HITS, ({"id": row.question.id, "hits": row.hits} for row in rows if row.hits is not None))
    _write_lines(folder / SCORES, (_score_row(row) for row in marked))
    _write_json(folder / FIGURES, [asdict(figure) for figure in taken])
    _write_json(folder / MANIFEST, described)


def _score_row(row: Marked) -> dict[str, Any]:
    scores = {
        name: {"value": score.value, "weight": score.weight, "reason": score.reason}
        for name, score in row.scores.items()
    }
    return {"id": row.question.id, "outcome": row.outcome, "lost_at": lost_at(row), "scores": scores}


def _write_lines(path: Path, rows: Iterable[Any]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Run:
    """Read a run back. Raises ``BadRun`` when the folder holds none or only part of one."""
    from evals.records import Case

    try:
        described = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        answers = {row["id"]: cast(AnswerRow, row) for row in _lines(folder / ANSWERS)}
        hits = {row["id"]: tuple(cast("list[HitRow]", row["hits"])) for row in _lines(folder / HITS)}
        scores = {row["id"]: row for row in _lines(folder / SCORES)}
        figures = Figures(tuple(Figure(**row) for row in json.loads((folder / FIGURES).read_text(encoding="utf-8"))))
        questions = load([folder / GOLD])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRun(
            f"Thư mục “{folder}” không chứa một lần đo đầy đủ.",
            remedy="Chạy lại `tdkt eval run --out THƯ_MỤC` rồi dùng thư mục đó.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    rows = tuple(Rows(question, answers.get(question.id), hits.get(question.id)) for question in questions)
    marked = tuple(
        Marked(
            Case(row.question, row.answer, row.hits),
            scores[row.question.id]["outcome"],
            _scores(scores[row.question.id]),
        )
        for row in rows
        if row.question.id in scores
    )
    return Run(folder, described, rows, figures, marked)


def _scores(row: Mapping[str, Any]) -> dict[str, Score]:
    return {
        name: Score(score["value"], score["reason"], weight=score["weight"]) for name, score in row["scores"].items()
    }


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
