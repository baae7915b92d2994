"""``tdkt doctor``: whether the indexes agree with the catalog."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.commands.options import JsonOption, StoreOption
from assistant.commands.screen import err, number, out, text, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.settings import Settings
    from vectorstore.doctor import Report


def doctor(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Dựng lại toàn bộ chỉ mục từ danh mục.")] = False,
    canary: Annotated[
        list[str] | None,
        typer.Option(
            "--canary",
            metavar="CÂU_HỎI",
            help="Ghi câu hỏi canh chừng cùng đoạn đang tìm thấy; đổi mô hình nhúng mà không còn tìm thấy thì giữ chỉ"
            " mục cũ. Dùng được nhiều lần.",
        ),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra kho: đối chiếu chỉ mục với danh mục, dựng lại khi cần (thoát với mã 0: tốt, 1: có hỏng hóc)."""
    from assistant.canaries import acceptance
    from assistant.wiring import embedder_of, load_settings
    from vectorstore.doctor import examine, repair

    settings = load_settings(store)
    if canary:
        watch(settings, canary, as_json=as_json)
        return
    console = err()
    with console.status("Đang kiểm tra kho…") if console.is_terminal else nullcontext():
        report = (
            repair(settings.store, embedder_of(settings), accept=acceptance(settings))
            if rebuild
            else examine(settings.store)
        )
    if as_json:
        write_json(asdict(report) | {"healthy": report.healthy, "store": str(settings.store)})
    else:
        show(out(), report, settings.store)
    raise typer.Exit(0 if report.healthy else 1)


def watch(settings: Settings, questions: Sequence[str], *, as_json: bool) -> None:
    """Write canary questions down and show the passage each stands for."""
    from assistant.canaries import remember
    from assistant.wiring import open_assistant

    assistant = open_assistant(settings=settings)
    made = [remember(assistant, settings.store, question) for question in questions]
    assistant.store.close()
    if as_json:
        write_json({"canaries": [asdict(one) for one in made]})
        return
    for one in made:
        out().print(text(f"Đã ghi câu hỏi canh chừng “{one.question}” → {one.file}: “{one.text} …”"))


def show(console: Console, report: Report, folder: Path) -> None:
    """Print what was found and what to do about it."""
    console.print(text(f"Kho {folder}: {number(report.documents)} tài liệu, {number(report.chunks)} đoạn."))
    if report.embedder:
        console.print(text(f"Chỉ mục lần {report.generation}, mô hình véc-tơ {report.embedder}.", "dim"))
    for finding in report.findings:
        console.print(text(f"✗ {finding.message}", "red"))
    if report.rebuilt:
        console.print(text("Đã dựng lại các chỉ mục từ danh mục."))
    if report.healthy:
        console.print(text("✓ Danh mục, tệp gốc và các chỉ mục khớp nhau.", "green"))
    elif any(finding.repairable for finding in report.findings) and not report.rebuilt:
        console.print(text(f'→ Dựng lại bằng: tdkt doctor --rebuild --store "{folder}"'))
    if any(not finding.repairable for finding in report.findings):
        console.print(text("→ Chỗ hỏng trong danh mục không tự dựng lại được: nạp lại các tệp gốc bằng tdkt ingest."))
