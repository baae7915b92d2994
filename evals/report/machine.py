"""The report as JSON for other programs. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from evals.report.view import View
from evals.summary import Group


def _group(item: Group) -> dict[str, Any]:
    return {"name": item.name, "n": item.n, "outcomes": dict(item.outcomes), "strict": item.strict.value}


def render(view: View) -> str:
    """Return figures with n and interval, groups, stages, drops, gate and the questions that failed."""
    document = {
        "manifest": dict(view.manifest),
        "questions": view.total,
        "outcomes": dict(view.outcomes),
        "figures": {figure.name: asdict(figure) for figure in view.figures},
        "by_kind": [_group(item) for item in view.kinds],
        "by_style": [_group(item) for item in view.styles],
        "by_document": [_group(item) for item in view.documents],
        "perturbations": [
            {"name": drop.variant, **asdict(drop.strict), "p_corrected": drop.corrected} for drop in view.drops
        ],
        "lost_at": {stage: count for stage, _, count in view.stages},
        "risk_coverage": [asdict(point) for point in view.risk],
        "gate": [
            {"table": line.table, "name": line.name, "limit": line.limit, "value": line.value, "holds": line.holds}
            for line in view.gate
        ],
        "judge": None
        if view.judge is None
        else {
            "model": view.judge.model,
            "figures": {figure.name: asdict(figure) for figure in view.judge.figures},
            "differing": [row.question.id for row, _ in view.judge.differing],
        },
        "failures": [
            {
                "id": failure.row.question.id,
                "question": failure.row.question.question,
                "outcome": failure.row.outcome,
                "lost_at": failure.stage,
                "reasons": list(failure.reasons),
            }
            for failure in view.failures
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
