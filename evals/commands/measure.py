"""``eval run`` and ``eval gate``: ask a question set, mark the answers, hold the figures against floors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import out, print_table, text, write_json
from evals.commands.options import (
    DocumentsOption,
    EngineOption,
    FloorsOption,
    GoldOption,
    OutOption,
    StoreOption,
    TableOption,
    progress,
)

if TYPE_CHECKING:
    from evals.campaign import Taken
    from evals.gate import Line
    from evals.records import Figures
    from evals.suites import Chosen


def run(
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    perturb: Annotated[
        list[str] | None,
        typer.Option(
            "--perturb", metavar="TÊN", help="Đổi cách viết câu hỏi rồi đo lại: all, hoặc các tên cách nhau dấu phẩy."
        ),
    ] = None,
    engine: EngineOption = "extractive",
    ablate: Annotated[
        list[str] | None,
        typer.Option("--ablate", metavar="PHẦN", help="Bỏ bớt một phần của trợ lý để xem phần đó đáng giá bao nhiêu."),
    ] = None,
    judge: Annotated[
        bool,
        typer.Option("--judge", help="Nhờ thêm mô hình chấm (xem eval judge); chỉ để tham khảo, không vào cổng."),
    ] = False,
    folder: OutOption = None,
    name: Annotated[str, typer.Option("--name", metavar="TÊN", help="Tên của lần đo trong báo cáo.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống của các phép biến đổi.")] = 7,
    as_json: JsonOption = False,
) -> None:
    """Hỏi cả bộ câu hỏi, chấm, ghi lần đo và báo cáo (HTML, Markdown, JUnit, JSON)."""
    from evals import campaign, suites
    from evals.judge.settings import JudgeSettings

    asked_of = JudgeSettings.read() if judge else None
    chosen = suites.choose(gold or [], store, documents or [])
    target = folder or campaign.default_folder()
    taken = take(chosen, engine, ablate or [], campaign.chosen(perturb or []), seed, name, as_json)
    view = campaign.store(taken, target)
    if asked_of is not None:
        from evals.judge.judging import judge_run

        judge_run(target, asked_of)
        view = campaign.rewrite(target)
    if as_json:
        write_json({"out": str(target), **json.loads((target / "report.json").read_text(encoding="utf-8"))})
        return
    show(taken.figures)
    out().print(text(f"{view.total - len(view.failures)}/{view.total} câu đạt. Báo cáo: {target / 'report.html'}"))


def take(
    chosen: Chosen,
    engine: str,
    ablate: Sequence[str],
    perturbations: Sequence[str],
    seed: int,
    name: str,
    quiet: bool,
) -> Taken:
    """Measure the assistant over what was chosen."""
    from evals import campaign
    from evals.perturb.apply import perturb as apply
    from evals.systems import describe, open_system

    questions = chosen.questions()
    total = len(questions) + len(apply(questions, perturbations, seed))
    with chosen.prepared() as folder:
        system = open_system(folder, engine, ablate)
        system.name = name or system.name
        taken_with = {"suite": chosen.name, "engine": engine, "ablate": list(ablate), **describe(system)}
        taken = campaign.take(
            questions, system, system.library, taken_with,
            perturbations=perturbations, seed=seed, notify=progress(total, quiet),
        )  # fmt: skip
        # The library reads documents lazily: everything that needs the store is done before it goes.
        system.store.close()
    return taken


def show(figures: Figures) -> None:
    """Print the figures that could be taken, each with its interval and n."""
    from evals.report.numbers import interval, value
    from evals.report.view import TITLES

    rows = [(TITLES[row.name], value(row), interval(row), row.n) for row in figures if row.value is not None]
    print_table(out(), ("Chỉ số", "Giá trị", "Khoảng 95 %", "n"), rows)


def gate(
    floors: FloorsOption = None,
    table: TableOption = None,
    taken: Annotated[
        Path | None, typer.Option("--run", metavar="THƯ_MỤC", help="Dùng lần đo đã có thay vì đo lại.")
    ] = None,
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    engine: EngineOption = "extractive",
    folder: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Giữ các chỉ số trên ngưỡng: mã thoát 1 và nêu đúng dòng không đạt khi có chỉ số dưới ngưỡng."""
    from evals import campaign, runs, suites
    from evals.errors import BadFloors
    from evals.gate import FLOORS, check_figures, read_floors

    if taken is not None:
        figures, name = runs.read(taken).figures, suites.BUNDLED
    else:
        chosen = suites.choose(gold or [], store, documents or [])
        name = chosen.name
    table = table or name
    limits = read_floors(floors or FLOORS).get(table)
    if not limits:
        raise BadFloors(f"Tệp ngưỡng không có bảng [{table}].", remedy="Chọn bảng khác bằng --table.")
    if taken is None:
        measured = take(chosen, engine, [], [], 7, table, as_json)
        figures = measured.figures
    lines = check_figures(table, limits, figures)
    if taken is None and folder is not None:
        campaign.store(measured, folder, lines)
    _tell_gate(lines, as_json)
    if any(not line.holds for line in lines):
        raise typer.Exit(1)


def _tell_gate(lines: Sequence[Line], as_json: bool) -> None:
    failed = [line for line in lines if not line.holds]
    if as_json:
        write_json({"passed": not failed, "lines": [{"line": str(line), "holds": line.holds} for line in lines]})
        return
    for line in lines:
        out().print(text(f"{'đạt      ' if line.holds else 'KHÔNG ĐẠT'} {line}", "" if line.holds else "bold red"))
    out().print(text(f"Cổng: {'ĐẠT' if not failed else 'KHÔNG ĐẠT'} ({len(lines) - len(failed)}/{len(lines)})"))
