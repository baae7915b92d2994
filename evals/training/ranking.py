"""``python -m evals.training.ranking --shared DIR``: learn the weights that order passages.

Fitted on the project's own questions (over the bundled documents, the laws of ``DIR``, and further gold files over the
reports of ``DIR`` given by ``--reports``), and on articles of the legal code asked for by their titles and by the
project's questions on them. Every figure is cross-fitted: a question is ranked with weights that were learned without
it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import open_assistant
from assistant.hits import reading_text
from assistant.learned import Linear
from assistant.pipeline import Assistant
from assistant.retrieval.ranking import BY_HAND, FIXED, NAMES, WEIGHTS, model
from assistant.retrieval.retrieve import CLOSE
from evals import gold
from evals.metrics.retrieval import KS, ranks
from evals.records import GoldQuestion, HitRow
from evals.stores import BUNDLED, ingest
from evals.training.articles import article_groups, load, store_of
from evals.training.fit import Group, fit_choice, fold_of

FOLDS = 5
L2 = 0.5
"""How strongly the weights are held to those in use: each set of questions is small, and they are of many kinds."""
NOTHING = 1e-6


def groups(assistant: Assistant, questions: Iterable[GoldQuestion]) -> list[Group]:
    """Return the passages looked at for each answerable question that stands alone; right: the first evidence line."""
    found = []
    for question in questions:
        if question.history or not question.answerable or not question.evidence:
            continue
        evidence = assistant.search(question.question, CLOSE)
        values = np.array([[one.parts[name] for name in NAMES] for one in evidence], dtype=np.float64)
        right = np.array([_holds(question, assistant, one.chunk) for one in evidence], dtype=np.float64)
        found.append(Group(question.id, values.reshape(-1, len(NAMES)), right))
    return found


def _holds(question: GoldQuestion, assistant: Assistant, chunk: Any) -> bool:  # noqa: ANN401 - a record of ingest
    file = assistant.library.profile(chunk.document_id).file
    row = HitRow(rank=1, score=0.0, file=file, page=None, section="", text=reading_text([chunk], chunk.context))
    return ranks(question, [row])[0] == 1


def fit(found: Sequence[Group]) -> Linear:
    """Fit the weights, pulled towards those in use."""
    free = [name for name in NAMES if name not in FIXED]
    places = [NAMES.index(name) for name in free]
    kept = [Group(group.id, group.values[:, places], group.right) for group in found]
    used = model()
    start = dict(zip(used.names, used.weights, strict=True))
    # A weight that fell to nothing keeps the sign it was meant to have.
    start |= {name: start[name] or NOTHING * BY_HAND[name] for name in BY_HAND}
    fitted = fit_choice(free, kept, start, L2, signed=True)
    weights = dict(zip(free, fitted.weights, strict=True)) | {name: BY_HAND[name] for name in FIXED}
    return Linear(NAMES, tuple(weights[name] for name in NAMES))


def figures(found: Sequence[Group], models: Sequence[Linear]) -> dict[str, float]:
    """Return recall at each k; ``models`` one for all, or one for each fold."""
    places: list[int | None] = []
    for group in found:
        model = models[fold_of(group.id, FOLDS) if len(models) > 1 else 0]
        order = np.argsort(-(group.values @ np.array(model.weights)), kind="stable")
        hits = np.flatnonzero(group.right[order])
        places.append(int(hits[0]) + 1 if len(hits) else None)
    share = {f"R@{k}": sum(place is not None and place <= k for place in places) / len(places) for k in KS}
    return {"questions": len(found)} | {name: round(value, 3) for name, value in share.items()}


def main() -> int:
    """Learn, measure, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="further gold files over the reports")
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="gold files over the reports, never fitted")
    parser.add_argument("--office", type=Path, nargs="*", default=[], help="gold files over the office documents")
    parser.add_argument("--stores", type=Path, help="folder to keep the ingested stores in")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--date", required=True, help="day to write into the file")
    arguments = parser.parse_args()
    corpus = arguments.shared / "corpus"
    sets = {
        "bundled": ([gold.FOLDER / "bundled.jsonl"], [BUNDLED]),
        "law": ([gold.FOLDER / "law.jsonl"], [corpus / "regulations"]),
        "reports": (arguments.reports, [corpus / "reports"]),
        "office": (arguments.office, [gold.FOLDER / "documents" / "office"]),
        "measured": (arguments.measure, [corpus / "reports"]),
    }
    with tempfile.TemporaryDirectory() as work:
        found: dict[str, list[Group]] = {}
        for name, (files, documents) in sets.items():
            if files:
                store = (arguments.stores or Path(work)) / ("reports" if name == "measured" else name)
                if not store.exists():
                    ingest(documents, store)
                questions = gold.load(files)
                found[name] = groups(open_assistant(store), questions)
        for articles in load(arguments.shared / "train"):
            store = store_of(articles, arguments.stores or Path(work))
            found[articles.name] = article_groups(open_assistant(store), articles)
    measured = found.pop("measured", None)
    every = [one for each in found.values() for one in each]
    crossed = [fit([one for one in every if fold_of(one.id, FOLDS) != fold]) for fold in range(FOLDS)]
    whole = fit(every)
    by_hand = [Linear(NAMES, tuple(BY_HAND.get(name, 0.0) for name in NAMES))]
    marks = {
        name: {"by_hand": figures(each, by_hand), "used": figures(each, [model()]), "learned": figures(each, crossed)}
        for name, each in found.items()
    }
    if measured:
        marks["measured"] = {
            "by_hand": figures(measured, by_hand),
            "used": figures(measured, [model()]),
            "learned": figures(measured, [whole]),
        }
    data = {
        "card": "Linear ranking of the first passages: softmax over the passages of a question, L2 towards the "
        "weights used before, the first of them set by hand; fitted on the project's own questions and on articles of "
        "the legal code asked for by title, figures cross-fitted over five folds.",
        "date": arguments.date,
        "cross_fitted": {name: each["learned"] for name, each in marks.items() if name != "measured"},
        "passage": whole.to_json() | {"bias": 0.0},
    }
    arguments.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(
        "".join(f"{name} {way} {json.dumps(row)}\n" for name, each in marks.items() for way, row in each.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
