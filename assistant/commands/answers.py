"""How an answer looks in the terminal."""

from __future__ import annotations

import json

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from assistant.commands.screen import text
from assistant.passages import CAUTION, RESTATED, Passage, page_words, place_words
from assistant.records import Answer, Citation


def show_answer(console: Console, answer: Answer, *, explain: bool = False) -> None:
    """Print how the question was read, the answer, each citation with its exact words, then the other notices."""
    for notice in answer.question_notices:
        console.print(text(notice, "cyan"))
    if answer.caution:
        console.print(Panel(text(CAUTION, "bold yellow"), border_style="yellow", expand=False))
    console.print(text(answer.answer, "bold" if answer.status == "answered" else "yellow"))
    if answer.citations:
        console.print()
        console.print(text("Căn cứ" if answer.status == "answered" else "Phần gần nhất", "underline"))
        for citation in answer.citations:
            console.print(citation_line(citation))
            console.print(
                Padding(quote_line(citation), (0, 0, 0, 4)) if console.is_terminal else quote_line(citation, 4)
            )
    if answer.answer_notices:
        console.print()
        console.print(text("Lưu ý", "underline"))
        for notice in answer.answer_notices:
            console.print(text(f"- {notice}"))
    if explain:
        show_explanation(console, answer)


def citation_line(citation: Citation) -> Text:
    """Name the place of a citation: marker, document, number, page, section, file."""
    line = text(f"[{citation.marker}] ", "bold cyan")
    line.append_text(text(place_words(citation)))
    if citation.document and citation.file not in ("", citation.document):
        line.append_text(text(f" (tệp {citation.file})", "dim"))
    return line


def quote_line(citation: Citation, indent: int = 0) -> Text:
    """Show the cited words: in quotation marks only when they are the document's own."""
    words = " ".join(citation.quote.split())
    margin = " " * indent
    if citation.verbatim:
        return text(f"{margin}“{words}”", "italic")
    return text(f"{margin}({RESTATED}) {words}")


def show_explanation(console: Console, answer: Answer) -> None:
    """Print how the answer came about, as the chain recorded it."""
    console.print()
    console.print(text(f"Cách tìm ({answer.engine}, {answer.elapsed_ms:.0f} ms)", "underline"))
    for name, value in answer.explanation.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2, default=str)
        console.print(text(f"{name}: {shown}", "dim"))


def show_passage(console: Console, passage: Passage) -> None:
    """Print a quote among the text around it."""
    place = [passage.title, page_words(passage.page, passage.page_label), passage.section]
    console.print(text(", ".join(part for part in place if part), "bold cyan"))
    body = text("…" + passage.before, "dim")
    body.append_text(text(passage.quote, "bold"))
    body.append_text(text(passage.after + "…", "dim"))
    console.print(body)
