"""Options that several evaluation commands share, and the counter they show while they work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from evals.records import GoldQuestion

GoldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--gold",
        "--suite",
        metavar="BỘ|TỆP",
        help="Bộ câu hỏi của dự án (bundled, office, injections, contradictions, law, reports, near, các bộ …_heldout) "
        "hoặc tệp JSONL. Mặc định: bundled.",
    ),
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
OutOption = Annotated[Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi lần đo và báo cáo.")]


def progress(total: int, quiet: bool) -> Callable[[GoldQuestion], None]:
    """Return what is called before each question: a counter on the terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return lambda question: None
    done = iter(range(1, total + 1))

    def tell(question: GoldQuestion) -> None:
        now = next(done, total)
        sys.stderr.write(f"\r{now}/{total}" + ("\n" if now == total else ""))
        sys.stderr.flush()

    return tell
