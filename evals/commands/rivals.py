"""``eval baselines``: the assistant beside other ways to answer, and beside itself without its parts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import write_json
from evals.commands.options import DocumentsOption, GoldOption, OutOption, StoreOption


def baselines(
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="TÊN", help="Chỉ đo các phương án này (lặp lại được).")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            "--ablate",
            metavar="PHẦN",
            help="Đo thêm tdkt khi bỏ một phần (lặp lại được); all: lần lượt mọi phần.",
        ),
    ] = None,
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    folder: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """So với các cách làm khác trên cùng câu hỏi, cùng máy: độ đúng, thời gian, bộ nhớ trong một bảng Markdown."""
    from assistant.ablation import PARTS, parse
    from evals import campaign, suites
    from evals.baselines.contest import ENTRANTS, contest, row, table, without_part
    from evals.errors import EvalError
    from evals.gold import save

    unknown = [name for name in only or [] if name not in ENTRANTS]
    if unknown:
        raise EvalError(f"Không có phương án tên: {', '.join(unknown)}.", remedy=f"Dùng: {', '.join(ENTRANTS)}.")
    left_out = parse([part for part in without or [] if part != "all"])
    parts = [part for part in PARTS if part in left_out or "all" in (without or [])]
    chosen = suites.choose(gold or [], store, documents or [])
    target = folder or campaign.default_folder()
    target.mkdir(parents=True, exist_ok=True)
    save(chosen.questions(), target / "gold.jsonl")
    names = [*(only or ENTRANTS), *map(without_part, parts)]
    with chosen.prepared() as made:
        standings = contest(names, made, target / "gold.jsonl", target)
    printed = table(standings)
    (target / "baselines.md").write_text(printed, encoding="utf-8")
    if as_json:
        write_json({"out": str(target), "rows": [row(standing) for standing in standings]})
    else:
        sys.stdout.write(printed)
