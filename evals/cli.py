"""``tdkt eval``: measure, compare, gate, lock, import and check questions, report.

Reached through the entry-point group ``tdkt.commands``; ``python -m evals.cli`` is the same.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.group import Command, Group
from assistant.commands.options import JsonOption
from assistant.commands.screen import err, out, print_table, text, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from evals.gate import Line
    from evals.records import Figures, GoldQuestion

app = typer.Typer(
    cls=Group,
    help="Đo chất lượng trả lời bằng bộ câu hỏi có đáp án; không cần mạng, không cần mô hình.",
    no_args_is_help=True,
    options_metavar="[TUỲ CHỌN]",
    subcommand_metavar="LỆNH …",
)

GoldOption = Annotated[
    list[Path] | None,
    typer.Option("--gold", metavar="TỆP", help="Tệp hoặc thư mục câu hỏi JSONL, thay cho bộ câu hỏi của dự án."),
]
SuiteOption = Annotated[
    str,
    typer.Option("--suite", metavar="BỘ", help="Bộ câu hỏi của dự án, kèm tài liệu của nó: bundled, injections…"),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="THƯ_MỤC", help="Kho đã nạp để đo. Không nêu: dựng kho tạm rồi xoá."),
]
DocumentsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--documents", metavar="TỆP", help="Tài liệu để nạp vào kho tạm rồi đo. Mặc định: tài liệu của bộ câu hỏi."
    ),
]
EngineOption = Annotated[
    str, typer.Option("--engine", metavar="CÁCH", help="Cách soạn câu trả lời: extractive hoặc model.")
]
FloorsOption = Annotated[Path | None, typer.Option("--floors", metavar="TỆP", help="Tệp ngưỡng (TOML).")]
TableOption = Annotated[
    str | None, typer.Option("--table", metavar="BẢNG", help="Bảng của tệp ngưỡng. Mặc định: tên bộ câu hỏi.")
]


def _questions(gold: list[Path] | None, suite: str) -> list[GoldQuestion]:
    from evals import suites
    from evals.gold import load

    return load(gold or [suites.gold(suite)])


def _prepared(store: Path | None, documents: list[Path] | None, suite: str) -> AbstractContextManager[Path]:
    """Return the store to measure: the one named, else one made of the documents named, else of the suite's."""
    from evals import stores, suites

    wanted = documents or ([] if store is not None else [suites.documents(suite)])
    return stores.prepared(store, wanted)


def _progress(total: int, quiet: bool) -> Callable[[GoldQuestion], None]:
    """Return what is called before each question: a counter on the terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return lambda question: None
    done = iter(range(1, total + 1))

    def tell(question: GoldQuestion) -> None:
        sys.stderr.write(f"\r{next(done, total)}/{total}")
        sys.stderr.flush()

    return tell


def _show(figures: Figures) -> None:
    from evals.report.numbers import interval, value
    from evals.report.view import TITLES

    rows = [(TITLES[row.name], value(row), interval(row), row.n) for row in figures if row.value is not None]
    print_table(out(), ("Chỉ số", "Giá trị", "Khoảng 95 %", "n"), rows)


@app.command(cls=Command)
def run(
    suite: SuiteOption = "bundled",
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
    folder: Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi lần đo và báo cáo.")] = None,
    name: Annotated[str, typer.Option("--name", metavar="TÊN", help="Tên của lần đo trong báo cáo.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống của các phép biến đổi.")] = 7,
    as_json: JsonOption = False,
) -> None:
    """Hỏi cả bộ câu hỏi, chấm, ghi lần đo và báo cáo (HTML, Markdown, JUnit, JSON)."""
    from evals import campaign

    target = folder or campaign.default_folder()
    taken = _take(
        suite, gold, store, documents, engine, ablate or [], campaign.chosen(perturb or []), seed, name, as_json
    )
    view = campaign.store(taken, target)
    if as_json:
        write_json({"out": str(target), **json.loads((target / "report.json").read_text(encoding="utf-8"))})
        return
    _show(taken.figures)
    out().print(text(f"{view.total - len(view.failures)}/{view.total} câu đạt. Báo cáo: {target / 'report.html'}"))


def _take(
    suite: str,
    gold: list[Path] | None,
    store: Path | None,
    documents: list[Path] | None,
    engine: str,
    ablate: list[str],
    perturbations: list[str],
    seed: int,
    name: str,
    quiet: bool,
) -> Any:  # noqa: ANN401 - evals.campaign.Taken, which is imported when a command runs
    from evals import campaign
    from evals.perturb.apply import perturb as apply
    from evals.systems import describe, open_system

    questions = _questions(gold, suite)
    total = len(questions) + len(apply(questions, perturbations, seed))
    with _prepared(store, documents, suite) as folder:
        system = open_system(folder, engine, ablate)
        system.name = name or system.name
        taken_with = {"engine": engine, "ablate": ablate, **describe(system)}
        taken = campaign.take(
            questions, system, system.library, taken_with,
            perturbations=perturbations, seed=seed, notify=_progress(total, quiet),
        )  # fmt: skip
        # The library reads documents lazily: everything that needs the store is done before it goes.
        system.store.close()
    if not quiet and sys.stderr.isatty():
        sys.stderr.write("\r")
    return taken


@app.command(cls=Command)
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


@app.command(cls=Command)
def gate(
    floors: FloorsOption = None,
    table: TableOption = None,
    taken: Annotated[
        Path | None, typer.Option("--run", metavar="THƯ_MỤC", help="Dùng lần đo đã có thay vì đo lại.")
    ] = None,
    suite: SuiteOption = "bundled",
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    engine: EngineOption = "extractive",
    folder: Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi lần đo và báo cáo.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Giữ các chỉ số trên ngưỡng: mã thoát 1 và nêu đúng dòng không đạt khi có chỉ số dưới ngưỡng."""
    from evals import campaign, runs
    from evals.gate import FLOORS, check_figures, read_floors

    table = table or suite
    limits = read_floors(floors or FLOORS).get(table)
    if not limits:
        from evals.errors import BadFloors

        raise BadFloors(f"Tệp ngưỡng không có bảng [{table}].", remedy="Chọn bảng khác bằng --table.")
    if taken is not None:
        lines = check_figures(table, limits, runs.read(taken).figures)
    else:
        measured = _take(suite, gold, store, documents, engine, [], [], 7, table, as_json)
        lines = check_figures(table, limits, measured.figures)
        if folder is not None:
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


@app.command(cls=Command)
def lock(
    update: Annotated[bool, typer.Option("--update", help="Ghi lại khoá theo câu trả lời hiện nay.")] = False,
    path: Annotated[Path | None, typer.Option("--lock", metavar="TỆP", help="Tệp khoá.")] = None,
    suite: SuiteOption = "bundled",
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    engine: EngineOption = "extractive",
    as_json: JsonOption = False,
) -> None:
    """Phát hiện câu trả lời bị trôi: liệt kê câu đổi lời đáp, nơi trích, lời trích; mã thoát 1 nếu có."""
    from dataclasses import asdict

    from evals import lock as locking
    from evals.systems import open_system

    target, questions = path or locking.LOCK, _questions(gold, suite)
    before = {} if update else locking.read(target)
    with _prepared(store, documents, suite) as folder:
        system = open_system(folder, engine)
        tell = _progress(len(questions), as_json)
        entries = []
        for question in questions:
            tell(question)
            entries.append(locking.locked(question, system.answer(question.question, question.history)))
        system.store.close()
    if update:
        locking.write(entries, target)
        out().print(text(f"Đã khoá {len(entries)} câu trả lời vào {target}."))
        return
    changes = locking.changes(before, entries)
    if as_json:
        write_json({"changed": [asdict(change) for change in changes], "questions": len(entries)})
    else:
        for change in changes:
            out().print(text(f"{change.id} ({', '.join(change.kinds)}): {change.question}", "bold"))
            for line in change.diff:
                out().print(
                    text(f"  {line}", "green" if line.startswith("+") else "red" if line.startswith("-") else "dim")
                )
        out().print(text(f"{len(changes)}/{len(entries)} câu khác với khoá {target}."))
    if changes:
        raise typer.Exit(1)


@app.command("import", cls=Command)
def import_table(
    source: Annotated[Path | None, typer.Argument(metavar="BẢNG", help="Bảng câu hỏi .xlsx hoặc .csv.")] = None,
    target: Annotated[
        Path | None, typer.Option("--out", metavar="TỆP", help="Tệp JSONL để ghi. Mặc định: cùng tên, đuôi .jsonl.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="TỆP", help="Ghi bảng mẫu (.xlsx hoặc .csv) rồi thôi.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập câu hỏi cán bộ soạn trong bảng tính; lỗi nêu rõ trang tính, dòng, cột."""
    from evals.errors import BadGold
    from evals.gold import save
    from evals.officer import read_table
    from evals.template import write_template

    if template is not None:
        write_template(template)
        out().print(text(f"Đã ghi bảng mẫu {template}. Điền xong chạy: tdkt eval import {template}"))
        return
    if source is None:
        raise BadGold(
            "Chưa nêu bảng câu hỏi để nhập.",
            remedy="Ví dụ: tdkt eval import cau-hoi.xlsx; lấy mẫu: --template mau.xlsx",
        )
    questions = read_table(source)
    written = target or source.with_suffix(".jsonl")
    save(questions, written)
    if as_json:
        write_json({"out": str(written), "questions": len(questions)})
        return
    out().print(text(f"Đã nhập {len(questions)} câu vào {written}. Đo: tdkt eval run --gold {written} --store KHO"))


@app.command(cls=Command)
def check(
    suite: SuiteOption = "bundled",
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    complete: Annotated[bool, typer.Option("--complete", help="Đòi có đủ mọi loại và mọi kiểu câu hỏi.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Không đối chiếu bằng chứng với tài liệu.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Kiểm bộ câu hỏi: bằng chứng nguyên văn, đáp án mẫu qua được tiêu chí của mình, không có câu trùng."""
    from evals import checking
    from evals.records import KINDS, STYLES
    from evals.systems import open_system

    questions = _questions(gold, suite)
    wanted = [*(kind for kind in KINDS if kind != "officer"), *STYLES] if complete else []
    if quick:
        problems = checking.check(questions, complete=wanted)
    else:
        with _prepared(store, documents, suite) as folder:
            system = open_system(folder)
            problems = checking.check(questions, system.library, complete=wanted)
            system.store.close()
    if as_json:
        write_json({"questions": len(questions), "problems": problems})
    else:
        for problem in problems:
            out().print(text(problem))
        out().print(text(f"{len(questions)} câu, {len(problems)} chỗ phải sửa."))
    if problems:
        raise typer.Exit(1)


@app.command(cls=Command)
def report(
    folder: Annotated[Path, typer.Argument(metavar="LẦN_ĐO", help="Thư mục của một lần đo.")],
    floors: FloorsOption = None,
    table: TableOption = None,
    as_json: JsonOption = False,
) -> None:
    """Viết lại các báo cáo của một lần đo đã có."""
    from evals import campaign, runs
    from evals.gate import check_figures, read_floors

    stored = runs.read(folder)
    limits = read_floors(floors).get(table or "bundled", {}) if floors is not None else {}
    lines = check_figures(table or "bundled", limits, stored.figures)
    campaign.report(folder, stored.manifest, stored.marked, stored.figures, lines)
    paths = [str(folder / name) for name in campaign.REPORTS]
    if as_json:
        write_json({"reports": paths})
    else:
        err().print(text("Đã ghi: " + ", ".join(paths)))


@app.command(cls=Command)
def baselines(
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="TÊN", help="Chỉ đo các phương án này (lặp lại được).")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="PHẦN", help="Đo thêm tdkt khi bỏ một phần (lặp lại được).")
    ] = None,
    suite: SuiteOption = "bundled",
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    folder: Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các lần đo.")] = None,
    as_json: JsonOption = False,
) -> None:
    """So với các cách làm khác trên cùng câu hỏi, cùng máy: độ đúng, thời gian, bộ nhớ trong một bảng."""
    from evals import campaign
    from evals.baselines.contest import ENTRANTS, contest, row, table
    from evals.errors import EvalError
    from evals.gold import save

    unknown = [name for name in only or [] if name not in ENTRANTS]
    if unknown:
        raise EvalError(f"Không có phương án tên: {', '.join(unknown)}.", remedy=f"Dùng: {', '.join(ENTRANTS)}.")
    target = folder or campaign.default_folder()
    target.mkdir(parents=True, exist_ok=True)
    questions = target / "gold.jsonl"
    save(_questions(gold, suite), questions)
    names = [*(only or ENTRANTS), *(f"tdkt-without-{part}" for part in without or [])]
    with _prepared(store, documents, suite) as made:
        standings = contest(names, made, questions, target)
    (target / "baselines.md").write_text(table(standings), encoding="utf-8")
    if as_json:
        write_json({"out": str(target), "rows": [row(standing) for standing in standings]})
    else:
        sys.stdout.write(table(standings))


def main() -> None:
    """Run the evaluation commands on their own."""
    from assistant.commands.group import Tdkt
    from assistant.commands.screen import use_utf8

    use_utf8()
    alone = typer.Typer(cls=Tdkt, add_completion=False, pretty_exceptions_enable=False)
    alone.callback()(lambda: None)
    alone.add_typer(app, name="eval")
    alone(["eval", *sys.argv[1:]])


if __name__ == "__main__":
    main()
