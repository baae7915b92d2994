"""``tdkt ask`` and ``tdkt search``: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from assistant.commands import failures
from assistant.commands.options import (
    AsOfOption,
    BatchOption,
    EngineOption,
    HistoryOption,
    JsonOption,
    OutOption,
    StoreOption,
)
from assistant.commands.screen import err, number, out, text, write_json
from assistant.errors import BadInput, BadSettings

if TYPE_CHECKING:
    from assistant.batches import Row
    from assistant.pipeline import Assistant

QuestionArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CÂU_HỎI]", help="Câu hỏi, nên đặt trong ngoặc kép; dấu - để đọc từ đầu vào chuẩn."),
]


def ask(
    question: QuestionArgument = None,
    as_of: AsOfOption = None,
    history: HistoryOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Kèm cách tìm ra câu trả lời.")] = False,
    engine: EngineOption = None,
    batch: BatchOption = None,
    output: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hỏi một câu và nhận câu trả lời có trích dẫn (thoát với mã 0: trả lời được, 1: không có căn cứ, 2: lỗi)."""
    from assistant.batches import read_history
    from assistant.wiring import open_assistant

    check_engine(engine)
    day = parse_day(as_of)
    turns = read_history(history) if history else ()
    if batch is not None:
        _run_batch(batch, output, as_json, store, lambda assistant, row: _ask_row(assistant, row, day, explain))
        return
    words = question_text(question)
    with closing(open_assistant(store)) as assistant:
        answer = assistant.ask(words, history=turns, as_of=day)
    if as_json:
        write_json(answer.to_json() | ({"explanation": answer.explanation} if explain else {}))
    else:
        from assistant.commands.answers import show_answer

        show_answer(out(), answer, explain=explain)
    raise typer.Exit({"answered": 0, "refused": 1}.get(answer.status, 2))


def search(
    question: QuestionArgument = None,
    k: Annotated[int, typer.Option("--k", min=1, metavar="SỐ", help="Số đoạn lấy ra.")] = 50,
    history: HistoryOption = None,
    batch: BatchOption = None,
    output: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Chỉ tìm đoạn văn, xếp theo độ phù hợp, không soạn câu trả lời."""
    from assistant.batches import read_history
    from assistant.hits import hit_rows
    from assistant.wiring import open_assistant

    turns = read_history(history) if history else ()
    if batch is not None:
        _run_batch(batch, output, as_json, store, lambda assistant, row: _search_row(assistant, row, k))
        return
    words = question_text(question)
    with closing(open_assistant(store)) as assistant:
        hits = hit_rows(assistant, words, k, turns)
        empty = not hits and not assistant.library.profiles
    if as_json:
        write_json({"id": "", "hits": hits})
        return
    console = out()
    if not hits:
        nothing = "Kho chưa có tài liệu. Nạp bằng: tdkt ingest THƯ_MỤC" if empty else "Không tìm thấy đoạn nào phù hợp."
        console.print(text(nothing, "yellow"))
    for hit in hits:
        page = f", trang {hit['page']}" if hit["page"] else ""
        console.print(text(f"{hit['rank']}. {hit['file']}{page}  ({hit['score']:.3f})", "bold cyan"))
        if hit["section"]:
            console.print(text(f"   {hit['section']}", "dim"))
        console.print(text(f"   {' '.join(hit['text'].split())}"))


def question_text(words: list[str] | None) -> str:
    """Join the words of a question; ``-`` reads standard input."""
    question = " ".join(words or [])
    if question == "-":
        question = sys.stdin.read()
    if not question.strip():
        raise BadInput("Chưa có câu hỏi.", remedy='Ví dụ: tdkt ask "Danh hiệu nào dành cho tập thể?"')
    return question


def check_engine(engine: str | None) -> None:
    """Refuse an engine that is unknown or not configured."""
    if engine == "model":
        raise BadSettings(
            "Chưa cấu hình mô hình ngôn ngữ nào, nên không dùng được --engine model.",
            remedy="Bỏ --engine để trả lời bằng trích dẫn nguyên văn (extractive).",
        )
    if engine not in (None, "extractive"):
        raise BadInput(
            f"Không có cách soạn câu trả lời “{engine}”.", remedy="Dùng --engine extractive hoặc --engine model."
        )


def parse_day(value: str | None) -> date | None:
    """Read a day written ``2026-10-01`` or ``01/10/2026``."""
    if value is None:
        return None
    iso = "-".join(reversed(value.split("/"))) if "/" in value else value
    try:
        return date.fromisoformat(iso)
    except ValueError as error:
        raise BadInput(
            f"“{value}” không phải một ngày.", remedy="Viết NĂM-THÁNG-NGÀY, ví dụ --as-of 2026-10-01."
        ) from error


@contextmanager
def closing(assistant: Assistant) -> Iterator[Assistant]:
    """Close the store behind an assistant when done."""
    from assistant.wiring import store_of

    try:
        yield assistant
    finally:
        store_of(assistant).close()


def _ask_row(assistant: Assistant, row: Row, day: date | None, explain: bool) -> dict[str, Any]:
    answer = assistant.ask(row.question, history=row.history, as_of=day)
    return answer.to_json() | ({"explanation": answer.explanation} if explain else {})


def _search_row(assistant: Assistant, row: Row, k: int) -> dict[str, Any]:
    from assistant.hits import hit_rows

    return {"hits": hit_rows(assistant, row.question, k, row.history)}


def _run_batch(
    batch: Path,
    output: Path | None,
    as_json: bool,
    store: Path | None,
    answer: Callable[[Assistant, Row], dict[str, Any]],
) -> None:
    """Answer every row over one opening of the store; rows are written as they come, a failing one as an error."""
    from rich.progress import track

    from assistant.batches import read_rows
    from assistant.wiring import open_assistant

    if output is None:
        raise BadInput(
            "Thiếu --out: nơi ghi kết quả của --batch.", remedy="Ví dụ: --batch cau-hoi.jsonl --out tra-loi.jsonl"
        )
    if output.exists() and output.resolve() == batch.resolve():
        raise BadInput("--out trùng với --batch; tệp câu hỏi sẽ bị ghi đè.", remedy="Chọn tên khác cho --out.")
    rows = read_rows(batch)
    failed = written = 0
    bugs: dict[str, str] = {}
    console = err()
    try:
        with closing(open_assistant(store)) as assistant, _writing(output) as sink:
            shown = track(rows, "Đang trả lời", console=console, disable=not console.is_terminal, transient=True)
            for row in shown:
                result, ok = _safely(assistant, row, answer, bugs)
                failed += not ok
                sink.write(json.dumps({"id": row.id} | result | {"id": row.id}, ensure_ascii=False, default=str) + "\n")
                sink.flush()
                written += 1
    except KeyboardInterrupt:
        console.print(text(f"Đã dừng: {number(written)}/{number(len(rows))} dòng đã ghi vào {output} được giữ lại."))
        raise typer.Exit(130) from None
    if as_json:
        write_json({"rows": len(rows), "failed": failed, "out": str(output)})
    else:
        failures_note = f", {number(failed)} dòng lỗi (status “error”)" if failed else ""
        console.print(text(f"Đã xử lý {number(len(rows))} dòng, ghi vào {output}{failures_note}."))


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    try:
        sink = path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise BadInput(
            f"Không ghi được vào “{path}”.", remedy="Kiểm tra thư mục và quyền ghi.", detail=repr(error)
        ) from error
    with sink:
        yield sink


def _safely(
    assistant: Assistant, row: Row, answer: Callable[[Assistant, Row], dict[str, Any]], bugs: dict[str, str]
) -> tuple[dict[str, Any], bool]:
    """Answer a row; ``bugs`` holds what was already logged, so that one bug in every row makes one log."""
    if row.problem:
        return _error_row(row.problem), False
    try:
        return answer(assistant, row), True
    except failures.OURS as error:
        return _error_row(" ".join(part for part in (error.message, error.remedy) if part)), False
    except Exception as bug:  # noqa: BLE001 - one row that trips a bug must not cost the others; the log has the trace
        log = bugs.setdefault(repr(bug), "") or str(failures.write_log(bug))
        bugs[repr(bug)] = log
        return _error_row(f"Lỗi chương trình ({type(bug).__name__}); chi tiết ghi ở {log}."), False


def _error_row(message: str) -> dict[str, Any]:
    from assistant.records import Answer

    return Answer("error", message).to_json() | {"hits": []}
