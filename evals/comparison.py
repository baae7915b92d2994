"""Two runs over the same questions, and perturbed questions against their originals. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.errors import BadRun
from evals.marking import METRICS
from evals.paired import Paired, compare, holm
from evals.perturb.apply import PERTURBATIONS
from evals.records import Marked

HEADLINES = (
    "strict", "right", "right_answerable", "right_unanswerable", "false_refusal", "cited_answerable", "citation_recall",
    "citation_precision", "figures_quoted", "verbatim", "page", "provision", "figures", "list_f1", "recall@8", "mrr",
    "ndcg@10",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One metric in both runs; ``corrected`` is ``p`` after Holm over all metrics compared at once."""

    result: Paired
    corrected: float

    @property
    def verdict(self) -> str:
        """Return "better", "worse" or "same" at 5 %, seen from the reader's side."""
        if self.corrected >= 0.05 or not self.result.difference:
            return "same"
        rose = self.result.difference > 0
        return "better" if rose != METRICS[self.result.metric].lower_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Drop:
    """What one perturbation costs over the ``n`` questions it changes."""

    variant: str
    title: str
    strict: Paired
    recall: Paired | None
    corrected: float


def paired(metric: str, before: Sequence[Marked], after: Sequence[Marked]) -> Paired | None:
    """Compare one metric over the questions both runs scored, ``None`` when there are none."""
    later = {row.question.id: row for row in after}
    values = [
        (first, second)
        for row in before
        if (other := later.get(row.question.id)) is not None
        and (first := row.value(metric)) is not None
        and (second := other.value(metric)) is not None
    ]
    return compare(metric, [pair[0] for pair in values], [pair[1] for pair in values])


def compare_runs(before: Sequence[Marked], after: Sequence[Marked]) -> list[Compared]:
    """Compare every headline metric over the questions both runs were asked.

    Raises ``BadRun`` when they share none, or the same id stands for different questions.
    """
    asked = {row.question.id: row.question for row in before}
    shared = [row.question for row in after if row.question.id in asked]
    changed = [question.id for question in shared if asked[question.id] != question]
    if not shared or changed:
        raise BadRun(
            "Hai lần đo không cùng bộ câu hỏi." + (f" Câu đã đổi: {', '.join(changed[:5])}." if changed else ""),
            remedy="Chạy lại cả hai lần với cùng tệp --gold.",
        )
    results = [result for name in HEADLINES if (result := paired(name, before, after)) is not None]
    return [Compared(result, p) for result, p in zip(results, holm([r.p for r in results]), strict=True)]


def drops(marked: Sequence[Marked]) -> list[Drop]:
    """Compare perturbed questions with their own originals, worst first."""
    first = {row.question.id: row for row in marked if not row.question.variant}
    found: list[tuple[str, Paired, Paired | None]] = []
    for name in PERTURBATIONS:
        pairs = [
            (first[row.question.origin], row)
            for row in marked
            if row.question.variant == name and row.question.origin in first
        ]
        strict = _between("strict", pairs)
        if strict is not None:
            found.append((name, strict, _between("recall@8", pairs)))
    corrected = holm([strict.p for _, strict, _ in found])
    rows = [
        Drop(name, PERTURBATIONS[name].title, strict, recall, p)
        for (name, strict, recall), p in zip(found, corrected, strict=True)
    ]
    return sorted(rows, key=lambda drop: drop.strict.difference)


def _between(metric: str, pairs: Sequence[tuple[Marked, Marked]]) -> Paired | None:
    values = [
        (first, second)
        for before, after in pairs
        if (first := before.value(metric)) is not None and (second := after.value(metric)) is not None
    ]
    return compare(metric, [pair[0] for pair in values], [pair[1] for pair in values])


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that ended differently in the second run."""

    before: Marked
    after: Marked


def moved(before: Sequence[Marked], after: Sequence[Marked]) -> list[Moved]:
    """Return the questions whose strict score changed, losses first."""
    later = {row.question.id: row for row in after}
    found = [
        Moved(row, later[row.question.id])
        for row in before
        if row.question.id in later and row.value("strict") != later[row.question.id].value("strict")
    ]
    return sorted(found, key=lambda pair: (pair.after.value("strict") or 0, pair.before.question.id))
