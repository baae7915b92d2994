"""Figures over many marked questions, whole and by group. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.folding import document_key
from evals.intervals import mean_interval, quantile_interval, ratio_interval
from evals.marking import METRICS
from evals.metrics.refusals import area_under_risk, risk_coverage
from evals.metrics.speed import percentile
from evals.records import Figure, Figures, Marked, Outcome

OUTCOMES: tuple[Outcome, ...] = ("right", "wrong", "refused", "not_scored")


@dataclass(frozen=True, slots=True)
class Group:
    """One slice of the questions: its name, how they ended, and the figures worth showing."""

    name: str
    n: int
    outcomes: Mapping[str, int]
    strict: Figure
    right: Figure


def figure(name: str, marked: Sequence[Marked]) -> Figure:
    """Take one metric over all questions it applies to."""
    scores = [row.scores[name] for row in marked]
    applied = [(score.value, score.weight) for score in scores if score.value is not None]
    values, weights = [value for value, _ in applied], [weight for _, weight in applied]
    total = sum(weights)
    if not applied or not total:
        return Figure(name, None, 0, 0)
    value = sum(value * weight for value, weight in applied) / total
    low, high = mean_interval(values, weights) or (None, None)
    return Figure(name, value, len(applied), total, low, high)


def figures(marked: Sequence[Marked]) -> Figures:
    """Take every metric, the reading ratio, the area under the risk curve and the answer times."""
    rows = [figure(name, marked) for name in METRICS]
    return Figures((*rows, reading(marked), risk(marked), *times(marked), unscored(marked)))


def reading(marked: Sequence[Marked]) -> Figure:
    """Strict over recall@8: what is left of the evidence that was brought up. Reading apart from retrieval."""
    values = [(row.value("strict"), row.value("recall@8")) for row in marked]
    pairs = [(above, below) for above, below in values if above is not None and below is not None]
    strict, recall = [above for above, _ in pairs], [below for _, below in pairs]
    if not sum(recall):
        return Figure("reading", None, 0, 0, unit="ratio")
    low, high = ratio_interval(strict, recall) or (None, None)
    return Figure("reading", sum(strict) / sum(recall), len(pairs), sum(recall), low, high, "ratio")


def risk(marked: Sequence[Marked]) -> Figure:
    """Area under the risk-coverage curve, lower is better."""
    points = risk_coverage(marked)
    answered = points[-1].answered if points else 0
    return Figure("aurc", area_under_risk(points), answered, answered, unit="ratio")


def times(marked: Sequence[Marked]) -> list[Figure]:
    """Median and 95th percentile of the answer times that the system reports."""
    given = [row.case.answer.get("elapsed_ms") for row in marked if row.case.answer is not None]
    known = [float(value) for value in given if value is not None]
    found = []
    for name, share in (("p50_ms", 0.5), ("p95_ms", 0.95)):
        low, high = quantile_interval(known, share) or (None, None)
        found.append(Figure(name, percentile(known, share), len(known), len(known), low, high, "ms"))
    return found


def unscored(marked: Sequence[Marked]) -> Figure:
    """Share of questions without a usable row: the gate's guard against errors that drop out of every mean."""
    missing = sum(row.outcome == "not_scored" for row in marked)
    return Figure("not_scored", missing / len(marked) if marked else None, len(marked), len(marked))


def outcomes(marked: Sequence[Marked]) -> dict[str, int]:
    """Count how the questions ended; every outcome is named, also when it did not occur."""
    counted = Counter(row.outcome for row in marked)
    return {name: counted[name] for name in OUTCOMES}


def group(name: str, marked: Sequence[Marked]) -> Group:
    """Summarise one slice."""
    return Group(name, len(marked), outcomes(marked), figure("strict", marked), figure("right", marked))


def groups(marked: Sequence[Marked], keys: Callable[[Marked], Sequence[str]]) -> list[Group]:
    """Summarise the questions by key, largest group first; a question may have several keys."""
    slices: dict[str, list[Marked]] = defaultdict(list)
    for row in marked:
        for key in keys(row):
            slices[key].append(row)
    return [group(name, rows) for name, rows in sorted(slices.items(), key=lambda item: (-len(item[1]), item[0]))]


def by_kind(marked: Sequence[Marked]) -> list[Group]:
    """Summarise by kind of question."""
    return groups(marked, lambda row: (row.question.kind,))


def by_style(marked: Sequence[Marked]) -> list[Group]:
    """Summarise by style of wording."""
    return groups(marked, lambda row: (row.question.style,))


def by_document(marked: Sequence[Marked]) -> list[Group]:
    """Summarise by document that gold names; questions without one stand under ""."""
    return groups(marked, lambda row: tuple(dict.fromkeys(map(document_key, row.question.source))) or ("",))
