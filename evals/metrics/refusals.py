"""Refusing what the documents do not answer, and only that. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.answers import verdict
from evals.records import Case, Marked, Score, not_scored


def refusal_precision(case: Case) -> Score:
    """Of what was refused: 1 when it is not answerable indeed."""
    if case.answer is None or not verdict(case).declined:
        return not_scored("không từ chối")
    value = float(not case.question.answerable)
    return Score(value, "từ chối đúng" if value else "từ chối câu trả lời được")


def refusal_recall(case: Case) -> Score:
    """Of what is not answerable: 1 when it was refused."""
    if case.question.answerable:
        return not_scored("câu trả lời được")
    value = float(verdict(case).declined)
    return Score(value, "từ chối đúng" if value else "trả lời câu mà tài liệu không có")


def false_refusal(case: Case) -> Score:
    """Of what is answerable: 1 when it was refused (a high figure is bad)."""
    if not case.question.answerable:
        return not_scored("câu không trả lời được")
    return Score(float(verdict(case).refused), "từ chối nhầm" if verdict(case).refused else "không từ chối")


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """If only answers at least this sure were given: share of questions answered, share of those wrong."""

    confidence: float
    coverage: float
    risk: float
    answered: int


def confidence(case: Case) -> float:
    """How sure the system said it was; a cautious answer is less sure than a plain one where it gives no number."""
    row = case.answer or {}
    given = row.get("confidence")
    return float(given) if given is not None else (0.0 if row.get("caution") else 1.0)


def risk_coverage(marked: Sequence[Marked]) -> list[RiskPoint]:
    """Return the risk-coverage curve, surest answers first; refusals and failed rows are never answered."""
    given = sorted(
        ((confidence(row.case), row.outcome == "right") for row in marked if _answered(row)), key=lambda pair: -pair[0]
    )
    points: list[RiskPoint] = []
    wrong = 0
    for count, (sure, good) in enumerate(given, 1):
        wrong += not good
        if count == len(given) or given[count][0] < sure:
            points.append(RiskPoint(sure, count / len(marked), wrong / count, count))
    return points


def _answered(row: Marked) -> bool:
    return row.outcome in ("right", "wrong") and not verdict(row.case).declined


def area_under_risk(points: Sequence[RiskPoint]) -> float | None:
    """Mean risk over the answered part of the curve (each step weighs by the questions it adds); lower is better."""
    if not points:
        return None
    steps = zip([0, *(point.answered for point in points)], points, strict=False)
    total = sum((point.answered - before) * point.risk for before, point in steps)
    return total / points[-1].answered
