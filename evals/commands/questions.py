"""``eval import`` and ``eval check``: questions from an officer's spreadsheet, and whether questions are sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import out, text, write_json
from evals.commands.options import DocumentsOption, GoldOption, StoreOption

if TYPE_CHECKING:
    from evals.records import GoldQuestion
    from evals.suites import Chosen


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


def check(
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    complete: Annotated[bool, typer.Option("--complete", help="Đòi có đủ mọi loại và mọi kiểu câu hỏi.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Không đối chiếu bằng chứng với tài liệu.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Kiểm bộ câu hỏi: bằng chứng nguyên văn, đáp án mẫu qua được tiêu chí của mình, không có câu trùng.

    Không nêu --gold: kiểm mọi bộ của dự án, mỗi bộ với tài liệu của nó.
    """
    from evals import checking, suites
    from evals.records import KINDS, STYLES

    sets = [gold] if gold else [[name] for name in suites.names()]
    asked: list[GoldQuestion] = []
    problems: list[str] = []
    for one in sets:
        chosen = suites.choose(one, store, documents or [])
        questions = chosen.questions()
        # Of all sets at once those without documents here are checked as far as that goes.
        problems += _sound(chosen, questions, quick or (not gold and not chosen.provable))
        asked += questions
    problems += checking.twice(asked)
    if complete:
        problems += checking.absent(asked, [*(kind for kind in KINDS if kind != "officer"), *STYLES])
    problems = list(dict.fromkeys(problems))
    if as_json:
        write_json({"questions": len(asked), "problems": problems})
    else:
        for problem in problems:
            out().print(text(problem))
        out().print(text(f"{len(asked)} câu, {len(problems)} chỗ phải sửa."))
    if problems:
        raise typer.Exit(1)


def _sound(chosen: Chosen, questions: list[GoldQuestion], quick: bool) -> list[str]:
    from evals import checking
    from evals.systems import open_system

    if quick:
        return checking.check(questions)
    with chosen.prepared() as folder:
        system = open_system(folder)
        try:
            return checking.check(questions, system.library)
        finally:
            system.store.close()
