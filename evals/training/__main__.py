"""``python -m evals.training --shared DIR``: learn the answerer's weights; measure them on questions left out.

Fitted on the project's own gold sets over the bundled documents, the laws and, where it is there, the reports; never
on ``dev.jsonl``, which measures. Every figure is cross-fitted: a question is answered with weights that were learned
without it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from assistant import open_assistant
from assistant.batches import turns
from assistant.learned import WEIGHTS, Linear, Models
from assistant.pipeline import Assistant
from assistant.reading import refusal, unit_features
from assistant.reading.constraints import settle
from assistant.reading.refusal import judge
from assistant.reading.selection import choose
from evals.training.examples import Example, example, group, load_marker, made_unanswerable, read_gold
from evals.training.fit import Array, Group, fit_chance, fit_choice, fold_of

ROOT = Path(__file__).parents[2]
FOLDS = 5
UNIT_L2 = 0.2
ANSWER_L2 = 0.005
UNIT_START = {
    "covered": 6.0,
    "own": 4.0,
    "pairs": 3.0,
    "fit": 1.5,
    "leading": 2.0,
    "typed_leading": 2.0,
    "why_leading": 2.0,
    "barren": -3.5,
    "passage": 5.0,
    "long": -1.2,
    "roomy_long": 1.2,
    "short": -1.2,
    "opening": -2.0,
    "colon": -2.0,
    "list_colon": 2.0,
    "row": -1.5,
    "edge": -2.0,
}
"""Weights as a person would set them, from which the fit departs where the questions say so."""
ANSWER_START = {
    "covered": 5.0,
    "own": 1.0,
    "pairs": 1.0,
    "odds": 0.5,
    "typed_leading": 3.0,
    "typed": -2.5,
    "lost": -1.2,
    "place": -5.0,
    "name": -1.6,
    "body": -3.0,
    "year": -2.5,
    "whole": 1.0,
    "fused": 1.0,
    "meaning": 1.0,
    "unknown": -1.0,
    "apart": 0.3,
    "award": -1.0,
    "rank_other": -1.0,
    "group": -0.6,
    "time": -1.0,
    "uncounted": -0.6,
    "detail": -1.5,
    "member": -1.5,
    "paper": -0.6,
    "foreign": -2.0,
    "pairs_lost": -0.6,
    "local": 1.0,
    "bare_pairs": -2.0,
    "typed_local": 1.0,
}
LACKING = {"": 3.0, "hidden": 0.7, "changed": 0.15}
"""What an unanswerable question counts beside an answerable one: written, made by hiding the answer, by a changed word.

A hidden answer leaves the near misses that a reader meets; with them more are found on questions left out.
"""
REFUSED = 0.07
"""Share of answerable questions that models without them may refuse: it sets where refusing begins."""


@dataclass(frozen=True, slots=True)
class Learner:
    """One store with its questions, made examples included."""

    name: str
    assistant: Assistant
    examples: list[Example]
    groups: dict[str, Group]


def learner(name: str, gold: Path, documents: list[Path], stores: Path, marker: ModuleType) -> Learner:
    """Ingest once, retrieve for every question, make unanswerable ones."""
    store = stores / name
    if not store.exists():
        command = [sys.executable, "-m", "assistant.cli", "ingest", *map(str, documents), "--store", str(store)]
        subprocess.run(command, check=True, capture_output=True)
    assistant = open_assistant(store)
    assistant.library.refresh()
    own = [example(assistant, row) for row in read_gold(gold)]
    groups = {one.gold["id"]: group(assistant, one, marker) for one in own if one.answerable}
    made = [other for one in own if one.answerable for other in made_unanswerable(assistant, one, marker)]
    return Learner(name, assistant, own + made, groups)


def support_rows(learners: list[Learner], units: list[Linear]) -> tuple[Array, Array, Array, Array]:
    """Return features, answerable or not, importance and fold of every example; units chosen by models without it."""
    values, yes, importance, folds = [], [], [], []
    for one in learners:
        for shown in one.examples:
            fold = fold_of(shown.gold["id"], FOLDS)
            one.assistant.library.models = Models(units[fold], NOTHING)
            library = one.assistant.library
            choices = settle(shown.query, choose(shown.query, shown.evidence, library), library)
            if not choices:
                continue
            values.append(judge(shown.query, choices, library, shown.evidence).values)
            yes.append(float(shown.answerable))
            importance.append(1.0 if shown.answerable else LACKING[shown.made])
            folds.append(fold)
    return np.array(values), np.array(yes), np.array(importance), np.array(folds)


NOTHING = Linear(refusal.NAMES, (0.0,) * len(refusal.NAMES))


def learn(learners: list[Learner]) -> tuple[Models, list[Models]]:
    """Return the models of all questions, and of each fold's rest."""
    groups = [one for each in learners for one in each.groups.values()]
    names = unit_features.NAMES
    rests = [[one for one in groups if fold_of(one.id, FOLDS) != fold] for fold in range(FOLDS)]
    units = [fit_choice(names, rest, UNIT_START, UNIT_L2) for rest in rests]
    values, yes, importance, folds = support_rows(learners, units)
    fitted = [
        fit_chance(refusal.NAMES, values[keep], yes[keep], importance[keep], ANSWER_START, ANSWER_L2)
        for fold in range(FOLDS)
        for keep in (folds != fold,)
    ]
    shift = _shift(fitted, values, yes, folds)
    crossed = [
        Models(unit, replace(answer, bias=answer.bias + shift)) for unit, answer in zip(units, fitted, strict=True)
    ]
    answer = fit_chance(refusal.NAMES, values, yes, importance, ANSWER_START, ANSWER_L2)
    return Models(fit_choice(names, groups, UNIT_START, UNIT_L2), replace(answer, bias=answer.bias + shift)), crossed


def _shift(fitted: list[Linear], values: Array, yes: Array, folds: Array) -> float:
    """Return what to add to the log odds so that the wanted share of answerable questions is refused."""
    odds = [fitted[int(fold)].score(tuple(row)) for row, fold in zip(values[yes > 0], folds[yes > 0], strict=True)]
    return -float(np.quantile(odds, REFUSED))


def crossed_marks(one: Learner, crossed: list[Models], marker: ModuleType) -> list[dict[str, Any]]:
    """Answer every written question with the models that did not see it; return the marker's rows."""
    rows = []
    for shown in one.examples:
        if shown.made:
            continue
        gold = shown.gold
        one.assistant.library.models = crossed[fold_of(gold["id"], FOLDS)]
        answer = one.assistant.ask(gold["question"], turns(gold["history"])).to_json()
        rows.append(marker.mark(gold, answer, {}))
    return rows


def summary(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return shares of the marker's rows."""

    def share(chosen: list[dict[str, Any]], key: str) -> float:
        return round(sum(bool(row[key]) for row in chosen) / max(1, len(chosen)), 3)

    yes, no = [row for row in rows if row["answerable"]], [row for row in rows if not row["answerable"]]
    return {
        "questions": len(rows),
        "strict": share(rows, "strict"),
        "right_unanswerable": share(no, "right"),
        "false_refusal": share(yes, "refused"),
        "cited": share(yes, "cited"),
    }


def main() -> int:
    """Learn, measure, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--reports", type=Path, default=ROOT / "evals/gold/reports.jsonl", help="left out when absent")
    parser.add_argument("--stores", type=Path, help="folder to keep the ingested stores in")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--date", required=True, help="day to write into the file")
    arguments = parser.parse_args()
    marker = load_marker(arguments.shared / "gold/score.py")
    laws = sorted((arguments.shared / "corpus/regulations").glob("*.txt"))
    reports = arguments.shared / "corpus/reports"
    sets = [
        ("bundled", ROOT / "evals/gold/bundled.jsonl", [ROOT / "ingest/samples/documents"]),
        ("law", ROOT / "evals/gold/law.jsonl", laws),
        ("reports", arguments.reports, [reports]),
        ("near", ROOT / "evals/gold/near.jsonl", [reports]),
        ("office", ROOT / "evals/gold/office.jsonl", [ROOT / "evals/gold/documents/office"]),
    ]
    sets = [one for one in sets if one[1].exists()]
    with tempfile.TemporaryDirectory() as work:
        stores = arguments.stores or Path(work)
        learners = [learner(name, gold, documents, stores, marker) for name, gold, documents in sets]
        whole, crossed = learn(learners)
        figures = {one.name: summary(crossed_marks(one, crossed, marker)) for one in learners}
    data = {
        "fitted_on": ", ".join(f"evals/gold/{name}.jsonl" for name, _, _ in sets),
        "date": arguments.date,
        "cross_fitted": figures,
        "unit": whole.unit.to_json(),
        "answer": whole.answer.to_json(),
    }
    arguments.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
