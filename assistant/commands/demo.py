"""``tdkt demo``: the bundled documents, a few questions, their cited answers."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.ask import closing
from assistant.commands.options import JsonOption
from assistant.commands.screen import err, number, out, text, write_json
from assistant.errors import BadInput

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="THƯ_MỤC", help="Kho dùng cho bản trình diễn, không bao giờ là kho của bạn."),
]


def demo(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Chạy thử: nạp tài liệu kèm theo vào một kho riêng và trả lời vài câu hỏi."""
    from assistant.commands.answers import show_answer
    from assistant.commands.ingest import progress_bar, show_report
    from assistant.intake import Incoming, add_files
    from assistant.wiring import open_assistant, store_of
    from ingest.samples import demo_questions, documents

    folder = store or demo_store()
    _not_the_users(folder)
    console = out()
    rows = []
    with closing(open_assistant(folder)) as assistant:
        with progress_bar(err()) as notify:
            report = add_files(store_of(assistant), [Incoming.at(path) for path in documents()], notify=notify)
        if not as_json:
            console.print(text(f"Kho trình diễn: {folder} ({number(len(report.files))} tài liệu kèm theo)", "dim"))
            if report.refused:
                show_report(console, report)
        for question in demo_questions():
            answer = assistant.ask(question)
            rows.append({"question": question} | answer.to_json())
            if not as_json:
                console.print()
                console.print(text(f"Hỏi: {question}", "bold green"))
                show_answer(console, answer)
    if as_json:
        write_json({"store": str(folder), "ingest": report.to_json(), "answers": rows})
        return
    command = command_name()
    near = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    place = f'"{near}"' if " " in str(near) else str(near)
    console.print()
    console.print(text("Hỏi tiếp trong trình duyệt:", "bold"))
    console.print(text(f"  {command} ui --store {place}"))
    console.print(text("hoặc ngay tại đây:", "bold"))
    console.print(text(f"  {command} chat --store {place}"))


def demo_store() -> Path:
    """Return the demo's own folder: inside the clone when run from one, else in the user's cache."""
    import ingest

    root = Path(ingest.__file__).parent.parent
    if (root / "pyproject.toml").is_file():
        return root / ".demo-store"
    from platformdirs import user_cache_path

    return user_cache_path("tdkt", appauthor=False) / "demo-store"


def command_name() -> str:
    """Return what the user types to run this program: its path when it is not the one found by name."""
    called = Path(sys.argv[0])
    if called.stem != "tdkt" or not called.is_file():
        return "tdkt"
    found = shutil.which("tdkt")
    if found and Path(found).resolve() == called.resolve():
        return "tdkt"
    try:
        return str(called.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(called)


def _not_the_users(folder: Path) -> None:
    from assistant.wiring import load_settings

    if folder.resolve() == load_settings().store.resolve():
        raise BadInput(
            f"“{folder}” là kho tài liệu của bạn; bản trình diễn không ghi vào đó.",
            remedy="Bỏ --store hoặc chọn một thư mục khác.",
        )
