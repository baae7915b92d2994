"""``eval judge``: a chat model's second opinion on a stored run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import out, print_table, text, write_json
from evals.commands.options import progress


def judge(
    folder: Annotated[Path, typer.Argument(metavar="LẦN_ĐO", help="Thư mục của một lần đo.")],
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="Máy chủ kiểu OpenAI. Mặc định: biến TDKT_JUDGE_BASE_URL."),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="TÊN", help="Tên mô hình. Mặc định: biến TDKT_JUDGE_MODEL.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Nhờ một mô hình chấm thêm một lần đo; kết quả đứng cạnh báo cáo, không vào cổng.

    Câu hỏi, đáp án, câu trả lời và lời trích được gửi tới máy chủ ấy. Khoá đặt trong biến TDKT_JUDGE_API_KEY.
    """
    from dataclasses import asdict

    from evals import campaign, runs
    from evals.execution import originals
    from evals.judge.judging import figures, judge_run
    from evals.judge.settings import JudgeSettings
    from evals.report.numbers import interval, value
    from evals.report.view import TITLES

    settings = JudgeSettings.read(base_url, model)
    marked = originals(runs.read(folder).marked)
    found = figures(judge_run(folder, settings, progress(len(marked), as_json)), marked)
    campaign.rewrite(folder)
    if as_json:
        write_json({"model": settings.model, "figures": [asdict(figure) for figure in found]})
        return
    rows = [(TITLES[row.name], value(row), interval(row), row.n) for row in found]
    print_table(out(), ("Mô hình chấm", "Giá trị", "Khoảng 95 %", "n"), rows)
    out().print(text(f"Chỉ để tham khảo, không vào cổng. Báo cáo: {folder / 'report.html'}"))
