"""``eval lock``: which answers drifted since they were locked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import out, text, write_json
from evals.commands.options import DocumentsOption, EngineOption, GoldOption, StoreOption, progress

if TYPE_CHECKING:
    from evals.lock import Change


def lock(
    update: Annotated[
        bool, typer.Option("--update/--check", help="Ghi lại khoá theo câu trả lời hiện nay, hay chỉ đối chiếu.")
    ] = False,
    path: Annotated[Path | None, typer.Option("--lock", metavar="TỆP", help="Tệp khoá.")] = None,
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    engine: EngineOption = "extractive",
    as_json: JsonOption = False,
) -> None:
    """Phát hiện câu trả lời bị trôi: liệt kê câu đổi lời đáp, nơi trích, lời trích; mã thoát 1 nếu có."""
    from evals import lock as locking
    from evals import suites
    from evals.systems import open_system

    chosen = suites.choose(gold or [], store, documents or [])
    target, questions = path or locking.LOCK, chosen.questions()
    before = {} if update else locking.read(target)
    with chosen.prepared() as folder:
        system = open_system(folder, engine)
        tell = progress(len(questions), as_json)
        entries = []
        for question in questions:
            tell(question)
            entries.append(locking.locked(question, system.answer(question.question, question.history)))
        system.store.close()
    if update:
        locking.write(entries, target)
        if as_json:
            write_json({"out": str(target), "questions": len(entries)})
        else:
            out().print(text(f"Đã khoá {len(entries)} câu trả lời vào {target}."))
        return
    changes = locking.changes(before, entries)
    _tell(changes, len(entries), target, as_json)
    if changes:
        raise typer.Exit(1)


def _tell(changes: list[Change], asked: int, target: Path, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        write_json({"changed": [asdict(change) for change in changes], "questions": asked})
        return
    colours = {"+": "green", "-": "red"}
    for change in changes:
        out().print(text(f"{change.id} ({', '.join(change.kinds)}): {change.question}", "bold"))
        for line in change.diff:
            out().print(text(f"  {line}", colours.get(line[:1], "dim")))
    out().print(text(f"{len(changes)}/{asked} câu khác với khoá {target}."))
