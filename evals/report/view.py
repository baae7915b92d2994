"""What a report shows, worked out once for every format. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.comparison import Drop, drops
from evals.execution import originals
from evals.folding import document_key, says
from evals.gate import Line
from evals.judge import judging
from evals.judge.judging import Judged, Judgement
from evals.marking import METRICS
from evals.metrics.answers import marked_text
from evals.metrics.citations import proof
from evals.metrics.refusals import RiskPoint, risk_coverage
from evals.metrics.retrieval import ranks
from evals.perturb.apply import PERTURBATIONS
from evals.records import KINDS, STYLES, CitationRow, Figure, Figures, HitRow, Marked
from evals.stages import STAGES, lost_at
from evals.summary import Group, by_document, by_kind, by_style, group, outcomes
from prompts import say

SHOWN_HITS = 3
TITLES = {
    **{name: info.title for name, info in METRICS.items()},
    "reading": "Đọc: đúng có dẫn chứng ÷ thấy trong 8",
    "aurc": "Diện tích rủi ro–độ phủ",
    "p50_ms": "Thời gian trả lời, trung vị",
    "p95_ms": "Thời gian trả lời, 95 %",
    "not_scored": "Không chấm được",
    "judge_right": "Mô hình chấm: đúng",
    "judge_supported": "Mô hình chấm: lời trích đủ căn cứ",
    "judge_agreement": "Mô hình và bộ chấm đồng ý",
    "judge_missing": "Mô hình không chấm được",
}
MEANINGS = {
    **{name: info.meaning for name, info in METRICS.items()},
    "reading": "phần còn lại sau khi tìm kiếm đã đưa bằng chứng lên: khâu đọc tách khỏi khâu tìm",
    "aurc": "tỷ lệ sai trung bình khi chỉ giữ các câu chắc nhất; càng thấp càng tốt",
    "p50_ms": "một nửa số câu nhanh hơn mức này",
    "p95_ms": "95 % số câu nhanh hơn mức này",
    "not_scored": "câu bị lỗi hoặc không có dòng kết quả",
    "judge_right": "mô hình cho là đủ ý và không sai",
    "judge_supported": "mô hình cho là mọi điều nói ra có trong lời trích",
    "judge_agreement": "mô hình và bộ chấm tất định cùng cho là đúng, hoặc cùng cho là chưa đúng",
    "judge_missing": "máy chủ lỗi hoặc lời chấm không đúng mẫu; không tính vào các dòng trên",
}
_REASON_TITLES = {"right": "Lời trả lời", "cited_answerable": "Dẫn chứng"}
HEADLINE = ("strict", "right_answerable", "right_unanswerable", "citation_recall", "verbatim", "recall@8")


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A retrieved passage of a failure; ``holds`` when it brings up an evidence line."""

    row: HitRow
    holds: bool


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation of a failure; ``proves`` when it is the expected proof."""

    row: CitationRow
    proves: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not strictly right, with everything needed to see why.

    ``read_as`` are the notices that say which question was answered where it is not the one typed.
    """

    row: Marked
    stage: str
    stage_title: str
    kind: str
    style: str
    reasons: tuple[str, ...]
    read_as: tuple[str, ...]
    required: tuple[tuple[str, bool], ...]
    citations: tuple[ShownCitation, ...]
    hits: tuple[ShownHit, ...]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a chat model said of the run: its figures, and the questions where it and the marks differ."""

    model: str
    host: str
    figures: tuple[Figure, ...]
    differing: tuple[tuple[Marked, Judged], ...]


@dataclass(frozen=True, slots=True)
class View:
    """One report. ``tables`` are the figures by metric group; groups carry Vietnamese names."""

    name: str
    manifest: Mapping[str, Any]
    figures: Figures
    headline: tuple[Figure, ...]
    tables: tuple[tuple[str, tuple[Figure, ...]], ...]
    total: int
    outcomes: Mapping[str, int]
    kinds: tuple[Group, ...]
    styles: tuple[Group, ...]
    documents: tuple[Group, ...]
    variants: tuple[Group, ...]
    drops: tuple[Drop, ...]
    stages: tuple[tuple[str, str, int], ...]
    risk: tuple[RiskPoint, ...]
    failures: tuple[Failure, ...]
    gate: tuple[Line, ...] = ()
    judge: SecondOpinion | None = None


def build(
    manifest: Mapping[str, Any],
    marked: Sequence[Marked],
    figures: Figures,
    gate: Sequence[Line] = (),
    judgement: Judgement | None = None,
) -> View:
    """Work out a report. Figures, groups and failures are of the questions as gold words them."""
    own = originals(marked)
    stages: Counter[str] = Counter(lost_at(row) for row in own)
    variants = [name for name in PERTURBATIONS if any(row.question.variant == name for row in marked)]
    return View(
        name=str(manifest.get("name") or ""),
        manifest=manifest,
        figures=figures,
        headline=tuple(figure for name in HEADLINE if (figure := figures.get(name)) is not None),
        tables=_tables(figures),
        total=len(own),
        outcomes=outcomes(own),
        kinds=_named(by_kind(own), KINDS),
        styles=_named(by_style(own), STYLES),
        documents=_named(by_document(own), {**_file_names(own), "": "(không gắn văn bản nào)"}),
        variants=tuple(
            group(PERTURBATIONS[name].title, [row for row in marked if row.question.variant == name])
            for name in variants
        ),
        drops=tuple(drops(marked)),
        stages=tuple((stage, title, stages[stage]) for stage, title in STAGES.items() if stages[stage]),
        risk=tuple(risk_coverage(own)),
        failures=tuple(_failure(row) for row in own if lost_at(row)),
        gate=tuple(gate),
        judge=None if judgement is None else _second_opinion(judgement, own),
    )


def _second_opinion(judgement: Judgement, own: Sequence[Marked]) -> SecondOpinion:
    found, differing = judging.figures(judgement, own), judging.disagreements(judgement, own)
    return SecondOpinion(judgement.model, judgement.host, found, tuple(differing))


def _file_names(marked: Sequence[Marked]) -> dict[str, str]:
    """Map what tells documents apart to the file name gold uses."""
    return {document_key(name): name for row in marked for name in row.question.source}


def _tables(figures: Figures) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        info = METRICS.get(figure.name)
        groups.setdefault(info.group if info is not None else "Khác", []).append(figure)
    return tuple((title, tuple(rows)) for title, rows in groups.items())


def _named(groups: Sequence[Group], titles: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(
        Group(titles.get(item.name, item.name), item.n, item.outcomes, item.strict, item.right) for item in groups
    )


def _read_as(row: Marked) -> tuple[str, ...]:
    opening = say("notices", "understood", text="")
    notices = row.case.answer.get("notices", ()) if row.case.answer else ()
    return tuple(notice for notice in notices if notice.startswith(opening))


def _failure(row: Marked) -> Failure:
    stage, question = lost_at(row), row.question
    text = marked_text(row.case)
    judged = ("right", "cited_answerable", "citation_recall", "figures_quoted", "verbatim", "page", "provision")
    reasons = [
        f"{_REASON_TITLES.get(name, TITLES[name])}: {score.reason}"
        for name in judged
        if (score := row.scores.get(name)) is not None and score.value is not None and score.value < 1
    ]
    proven = proof(row.case)
    found = row.case.hits or ()
    held = set(ranks(question, found)) if question.evidence else set()
    return Failure(
        row=row,
        stage=stage,
        stage_title=STAGES[stage],
        kind=KINDS.get(question.kind, question.kind),
        style=STYLES.get(question.style, question.style),
        reasons=tuple(reasons),
        read_as=_read_as(row),
        required=tuple(
            (" / ".join(group[:3]), any(says(text, way) for way in group)) for group in question.must_contain
        ),
        citations=tuple(
            ShownCitation(citation, citation in proven) for citation in (row.case.answer or {}).get("citations") or []
        ),
        hits=tuple(
            ShownHit(hit, rank in held) for rank, hit in enumerate(found, 1) if rank <= SHOWN_HITS or rank in held
        ),
    )
