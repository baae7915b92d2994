"""``tdkt ingest``: files and folders into the store."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.commands.options import JsonOption, StoreOption
from assistant.commands.screen import err, number, out, print_table, text, write_json
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.intake import FileReport, IntakeReport, Progress, Store

STATES = {
    "added": "mới",
    "replaced": "thay bản cũ",
    "updated": "đọc lại",
    "known": "đã có",
    "named": "đã có, thêm tên",
    "refused": "từ chối",
}


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="ĐƯỜNG_DẪN...", help="Tệp hoặc thư mục cần nạp.")],
    password: Annotated[
        str | None, typer.Option("--password", metavar="MẬT_KHẨU", help="Mật khẩu của tệp được bảo vệ.")
    ] = None,
    on_reissue: Annotated[
        str,
        typer.Option(
            "--on-reissue",
            metavar="ask|replace|beside",
            help="Gặp bản ban hành lại của văn bản đã có: hỏi (không có người trả lời thì dùng cả hai), thay bản cũ,"
            " hay dùng cả hai.",
        ),
    ] = "ask",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nạp tài liệu vào kho; tệp đã nạp thì bỏ qua (thoát với mã 0: đọc được hết, 3: có tệp bị từ chối)."""
    from assistant.intake import IntakeReport, add_files, gather
    from assistant.wiring import open_store

    if on_reissue not in ("ask", "replace", "beside"):
        raise BadInput(f"--on-reissue không có cách “{on_reissue}”.", remedy="Chọn ask, replace hoặc beside.")
    files, missing = gather(paths)
    if not files and not missing:
        raise BadInput(
            f"Không có tệp nào để nạp trong: {', '.join(map(str, paths))}.",
            remedy="Đưa vào tệp .pdf, .docx, .xlsx, .csv, .eml, .html, .md, .txt hoặc thư mục chứa chúng.",
        )
    report = IntakeReport()
    decided: tuple[str, ...] = ()
    if files:
        opened = open_store(store)
        try:
            with stoppable() as stop, progress_bar(err()) as notify:
                report = add_files(
                    opened,
                    files,
                    password=password,
                    on_reissue="replace" if on_reissue == "replace" else "beside",
                    notify=notify,
                    stop=stop,
                )
            decided = ask_about_versions(opened, report) if on_reissue == "ask" and not as_json else ()
        finally:
            opened.close()
    report = IntakeReport((*missing, *report.files), report.stopped, report.left)
    if as_json:
        write_json(report.to_json())
    else:
        show_report(out(), report)
        for words in decided:
            out().print(text(words))
    if report.stopped:
        raise typer.Exit(130)
    if report.refused:
        raise typer.Exit(3)


def ask_about_versions(store: Store, report: IntakeReport) -> tuple[str, ...]:
    """Ask which corrected versions replace the old ones; nobody is asked where nobody can answer.

    Until then both versions are searched, so that whatever happens while waiting nothing is hidden.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ()
    chosen = [
        (file, one)
        for file in report.files
        for one in file.reissued
        if typer.confirm(
            text(f"“{file.file}” có vẻ là bản ban hành lại của “{one.file}”. Thay bản cũ?").plain, err=True
        )
    ]
    if not chosen:
        return ()
    with store.writer() as writer:
        for file, one in chosen:
            writer.decide(file.document_id, one.document_id, "replace")
    return tuple(f"“{file.file}” đã thay “{one.file}”; bản cũ được giữ trong kho." for file, one in chosen)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C finish the file at hand and then stop; a second Ctrl-C stops at once."""
    asked = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        err().print(text("Đang dừng sau tệp này… (Ctrl-C lần nữa để dừng ngay)", "yellow"))

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:
        # Signals are set in the main thread only; elsewhere Ctrl-C is somebody else's business.
        yield lambda: False
        return
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Show a bar with the file being read; nothing when not on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def notify(progress: Progress) -> None:
            words = progress.file or "Đang lập chỉ mục"
            bar.update(task, total=progress.total, completed=progress.done, description=text(words).plain)

        yield notify


def show_report(console: Console, report: IntakeReport) -> None:
    """Print the health report: one line per file, then the refused files with reason and remedy."""
    read = [file for file in report.files if file.state != "refused"]
    if read:
        header = ("Tệp", "Kết quả", "Trang", "Ký tự", "Đoạn", "Chữ rõ", "Đánh giá")
        print_table(console, header, map(_row, read))
    copies = sum(file.standing == "copy" or any(one.kind == "chosen" for one in file.kin) for file in report.taken)
    warned = [(file, warning) for file in read for warning in file.warnings]
    for file, warning in warned:
        console.print(text(f"Lưu ý – {file.file}: {warning}", "yellow"))
    for file in report.refused:
        console.print(text(f"Từ chối – {file.file}: {file.reason}", "bold red"))
        if file.remedy:
            console.print(text(f"  → {file.remedy}"))
    known = len(report.of("known", "named"))
    console.print(
        text(
            f"Đã nạp {number(len(report.taken))} tài liệu, {number(known)} đã có sẵn, "
            f"{number(len(report.refused))} bị từ chối."
        )
    )
    if copies:
        console.print(text(f"Trong đó {number(copies)} tệp trùng với văn bản khác, không tính là căn cứ thứ hai."))
    if report.stopped:
        console.print(text(f"Đã dừng: còn {number(report.left)} tệp chưa đọc; chạy lại lệnh để nạp tiếp.", "yellow"))


def _row(file: FileReport) -> tuple[str, ...]:
    fresh = file.characters > 0
    return (
        file.file,
        STATES[file.state],
        number(file.pages) if file.pages else "–",
        number(file.characters) if fresh else "–",
        number(file.chunks) if fresh else "–",
        f"{file.quality:.0%}" if file.quality is not None else "–",
        file.verdict or "–",
    )
