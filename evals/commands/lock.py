"""``eval lock``: which answers drifted since they were locked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import JsonOption
from assistant.commands.screen import out, text, write_json
from evals.commands.options import DocumentsOption, EngineOption, GoldOption, StoreOption, progress

if TYPE_CHECKING:
    from evals.lock import Change, Locked
    from evals.suites import Chosen


def lock(
    update: Annotated[
        bool, typer.Option("--update/--check", help="Ghi lại khoá theo câu trả lời hiện nay, hay chỉ đối chiếu.")
    ] = False,
    path: Annotated[Path | None, typer.Option("--lock", metavar="TỆP", help="Tệp khoá.")] = None,
    taken: Annotated[
        Path | None, typer.Option("--run", metavar="THƯ_MỤC", help="Dùng lần đo đã có thay vì hỏi lại.")
    ] = None,
    gold: GoldOption = None,
    store: StoreOption = None,
    documents: DocumentsOption = None,
    engine: EngineOption = "extractive",
    as_json: JsonOption = False,
) -> None:
    """Phát hiện câu trả lời bị trôi: liệt kê câu đổi lời đáp, nơi trích, lời trích; mã thoát 1 nếu có."""
    from evals import lock as locking
    from evals import runs, suites
    from evals.records import AnswerRow

    target = path or locking.LOCK
    before = {} if update else locking.read(target)
    if taken is not None:
        rows = [row for row in runs.read(taken).rows if not row.question.variant]
        entries = [locking.locked(row.question, row.answer or AnswerRow()) for row in rows]
    else:
        entries = _ask(suites.choose(gold or [], store, documents or []), engine, as_json)
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


def _ask(chosen: Chosen, engine: str, quiet: bool) -> list[Locked]:
    from evals.lock import locked
    from evals.systems import open_system

    questions = chosen.questions()
    tell = progress(len(questions), quiet)
    entries = []
    with chosen.prepared() as folder:
        system = open_system(folder, engine)
        for question in questions:
            tell(question)
            entries.append(locked(question, system.answer(question.question, question.history)))
        system.store.close()
    return entries


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
