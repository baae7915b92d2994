"""The report as Markdown, short enough for a pull request. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.comparison import Compared, Moved
from evals.paired import Paired
from evals.report import numbers
from evals.report.view import TITLES, View
from evals.stages import STAGES, lost_at

LONGEST = 30
"""Failures listed before the rest is counted."""


def _cell(text: str) -> str:
    """Text that cannot break a table or smuggle in markup."""
    flat = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return flat if len(flat) <= 160 else flat[:157] + "…"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows])


def render(view: View) -> str:
    """Return gate, figures, groups and failures."""
    parts = [f"## Kết quả đo: {_cell(view.name)} ({view.total} câu)"]
    if view.gate:
        failed = [line for line in view.gate if not line.holds]
        parts.append(
            "**Cổng: ĐẠT**" if not failed else "**Cổng: KHÔNG ĐẠT**\n\n" + "\n".join(f"- {line}" for line in failed)
        )
    rows = [
        (TITLES[figure.name], numbers.value(figure), numbers.interval(figure), str(figure.n))
        for _, figures in view.tables
        for figure in figures
        if figure.value is not None
    ]
    parts.append(_table(("Chỉ số", "Giá trị", "95 %", "n"), rows))
    if view.judge is not None:
        said = [(TITLES[f.name], numbers.value(f), numbers.interval(f), str(f.n)) for f in view.judge.figures]
        table = _table(("Mô hình chấm", "Giá trị", "95 %", "n"), said)
        parts.append(f"### Mô hình {_cell(view.judge.model)} chấm thêm (không vào cổng)\n\n{table}")
    if view.stages:
        stages = [(title, str(count)) for _, title, count in view.stages]
        parts.append("### Câu hỏng ở khâu nào\n\n" + _table(("Khâu", "Số câu"), stages))
    if view.drops:
        drops = [
            (d.title, str(d.strict.n), numbers.share(d.strict.before), numbers.share(d.strict.after),
             numbers.points(d.strict.difference), numbers.probability(d.corrected))
            for d in view.drops
        ]  # fmt: skip
        header = ("Biến đổi", "n", "gốc", "biến đổi", "chênh (điểm %)", "p (Holm)")
        parts.append("### Đổi cách viết câu hỏi\n\n" + _table(header, drops))
    if view.failures:
        listed = [
            (f.row.question.id, f.stage_title, f.row.question.question, "; ".join(f.reasons))
            for f in view.failures[:LONGEST]
        ]
        rest = len(view.failures) - len(listed)
        more = f"\n\n… và {rest} câu nữa trong báo cáo HTML." if rest > 0 else ""
        table = _table(("Mã", "Khâu", "Câu hỏi", "Lý do"), listed)
        parts.append(f"<details><summary>{len(view.failures)} câu chưa đạt</summary>\n\n{table}{more}\n\n</details>")
    return "\n\n".join(parts) + "\n"


def _span(result: Paired) -> str:
    return f"{numbers.points(result.low)}…{numbers.points(result.high)}"


_VERDICTS = {"better": "tốt hơn", "worse": "KÉM HƠN", "same": "chưa thấy khác"}


def render_comparison(before: str, after: str, compared: Sequence[Compared], moved: Sequence[Moved]) -> str:
    """Return the comparison of two runs: metrics with p-values, then the questions that changed sides."""
    rows = [
        (
            TITLES[row.result.metric],
            str(row.result.n),
            numbers.share(row.result.before),
            numbers.share(row.result.after),
            f"{numbers.points(row.result.difference)} ({_span(row.result)})",
            f"+{row.result.better} −{row.result.worse}",
            f"{numbers.probability(row.result.p)} ({row.result.test})",
            numbers.probability(row.corrected),
            _VERDICTS[row.verdict],
        )
        for row in compared
    ]
    header = ("Chỉ số", "n", "trước", "sau", "chênh, 95 %", "câu lên/xuống", "p", "p (Holm)", "kết luận")
    parts = [f"## So sánh: {_cell(before)} → {_cell(after)}", _table(header, rows)]
    if moved:
        changed = [
            (
                pair.before.question.id,
                "hỏng" if pair.after.value("strict") == 0 else "được",
                STAGES.get(lost_at(pair.after), ""),
                pair.before.question.question,
            )
            for pair in moved
        ]
        parts.append("### Câu đổi kết quả\n\n" + _table(("Mã", "nay", "khâu", "Câu hỏi"), changed))
    return "\n\n".join(parts) + "\n"
