"""``eval compare`` and ``eval report``: what stored runs say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import err, text, write_json
from evals.commands.options import FloorsOption, TableOption


def compare(
    before: Annotated[Path, typer.Argument(metavar="TRƯỚC", help="Thư mục của lần đo thứ nhất.")],
    after: Annotated[Path, typer.Argument(metavar="SAU", help="Thư mục của lần đo thứ hai.")],
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="TỆP", help="Ghi bản so sánh Markdown.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """So sánh hai lần đo cùng bộ câu hỏi: chênh lệch, khoảng 95 %, giá trị p, các câu đổi kết quả."""
    from dataclasses import asdict

    from evals import runs
    from evals.comparison import compare_runs, moved
    from evals.report.markdown import render_comparison

    first, second = runs.read(before), runs.read(after)
    compared, changed = compare_runs(first.marked, second.marked), moved(first.marked, second.marked)
    document = render_comparison(first.name, second.name, compared, changed)
    if markdown is not None:
        markdown.write_text(document, encoding="utf-8")
    if as_json:
        rows = [{**asdict(row.result), "p_corrected": row.corrected, "verdict": row.verdict} for row in compared]
        lost = [pair.after.question.id for pair in changed if pair.after.value("strict") == 0]
        gained = [pair.after.question.id for pair in changed if pair.after.value("strict") != 0]
        write_json({"before": first.name, "after": second.name, "metrics": rows, "lost": lost, "gained": gained})
    else:
        sys.stdout.write(document)


def report(
    folder: Annotated[Path, typer.Argument(metavar="LẦN_ĐO", help="Thư mục của một lần đo.")],
    floors: FloorsOption = None,
    table: TableOption = None,
    as_json: JsonOption = False,
) -> None:
    """Viết lại các báo cáo của một lần đo đã có."""
    from evals import campaign, runs
    from evals.gate import check_figures, read_floors
    from evals.suites import BUNDLED

    limits = read_floors(floors).get(table or BUNDLED, {}) if floors is not None else {}
    lines = check_figures(table or BUNDLED, limits, runs.read(folder).figures)
    campaign.rewrite(folder, lines)
    paths = [str(folder / name) for name in campaign.REPORTS]
    if as_json:
        write_json({"reports": paths})
    else:
        err().print(text("Đã ghi: " + ", ".join(paths)))
