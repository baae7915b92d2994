"""The report as one HTML file that needs nothing else: no network, no fonts, no scripts from elsewhere."""

from __future__ import annotations

from pathlib import Path

from evals.report import charts, facts, numbers
from evals.report.view import MEANINGS, TITLES, View

TEMPLATES = Path(__file__).with_name("templates")
STATUSES = {"answered": "đã trả lời", "refused": "từ chối", "error": "lỗi"}
VERDICTS = {"right": "đúng", "partly": "đúng một phần", "wrong": "sai"}
OUTCOMES = {"right": "đúng", "wrong": "sai", "refused": "từ chối nhầm", "not_scored": "không chấm được"}


def render(view: View) -> str:
    """Return the page. Everything that comes from questions, answers or documents is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "share": numbers.share,
        "value": numbers.value,
        "interval": numbers.interval,
        "points": numbers.points,
        "p": numbers.probability,
        "moment": facts.moment,
    }
    return environment.get_template("report.html.j2").render(
        view=view,
        titles=TITLES,
        meanings=MEANINGS,
        statuses=STATUSES,
        outcomes=OUTCOMES,
        verdicts=VERDICTS,
        charts=charts,
        kinds=charts.bars(view.kinds),
        styles=charts.bars(view.styles),
        documents=charts.bars(view.documents),
        variants=charts.bars(view.variants),
        drops=charts.drop_bars(view.drops),
        outcome_parts=charts.stack([(name, OUTCOMES[name], count) for name, count in view.outcomes.items()]),
        stage_parts=charts.stack(view.stages),
        facts=facts.told(view.manifest),
        curve=charts.curve(view.risk),
    )
