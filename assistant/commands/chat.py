"""``tdkt chat``: a conversation in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console

from assistant.commands.ask import check_engine, closing, parse_day
from assistant.commands.options import AsOfOption, EngineOption, JsonOption, StoreOption
from assistant.commands.screen import err, out, text, write_json
from assistant.records import Answer, Turn

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

GREETING = "Gõ câu hỏi rồi Enter. /xem 1: mở trích dẫn [1], /moi: bắt đầu lại, /thoat: thoát."


def chat(
    as_of: AsOfOption = None, engine: EngineOption = None, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """Trò chuyện nhiều lượt; câu sau hiểu theo câu trước. Gõ /thoat để thoát."""
    from assistant.wiring import open_assistant

    check_engine(engine)
    day = parse_day(as_of)
    history: list[Turn] = []
    last: Answer | None = None
    console = out()
    with closing(open_assistant(store)) as assistant:
        if not as_json:
            console.print(text(GREETING, "dim"))
        for line in _lines(console, as_json):
            if line in ("/thoat", "/thoát"):
                break
            if line in ("/moi", "/mới"):
                history, last = [], None
                _say(console, as_json, "Bắt đầu cuộc trò chuyện mới.")
            elif line.startswith("/xem"):
                _open_citation(console, assistant, last, line.removeprefix("/xem").strip())
            elif line.startswith("/"):
                _say(console, as_json, f"Không có lệnh {line}. {GREETING}")
            else:
                last = assistant.ask(line, history=tuple(history), as_of=day)
                history += [Turn("user", line), Turn("assistant", last.answer)]
                _show(console, last, as_json)


def _lines(console: Console, as_json: bool) -> Iterator[str]:
    """Yield what the user types, until end of input; prompts only on a terminal."""
    interactive = sys.stdin.isatty() and not as_json
    while True:
        if interactive:
            console.print()
            console.print(text("Hỏi: ", "bold green"), end="")
        line = sys.stdin.readline()
        if not line:
            return
        if line.strip():
            yield line.strip()


def _show(console: Console, answer: Answer, as_json: bool) -> None:
    if as_json:
        write_json(answer.to_json())
        return
    from assistant.commands.answers import show_answer

    show_answer(console, answer)


def _say(console: Console, as_json: bool, words: str) -> None:
    (err() if as_json else console).print(text(words, "dim"))


def _open_citation(console: Console, assistant: Assistant, answer: Answer | None, marker: str) -> None:
    """Print the words of a citation where they stand in their document."""
    from assistant.commands.answers import show_passage
    from assistant.passages import passage
    from assistant.wiring import store_of

    found = [c for c in (answer.citations if answer else ()) if str(c.marker) == marker.strip("[]")]
    if not found:
        console.print(text("Chưa có trích dẫn đó. Ví dụ: /xem 1 sau khi có câu trả lời.", "yellow"))
        return
    show_passage(console, passage(store_of(assistant), found[0]))
