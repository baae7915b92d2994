"""The golden-answer lock: what every gold question was answered, kept under version control.

Any change of reader, chunker, model or index that alters an answer, the provision it cites or the words it quotes
shows as a difference, right or wrong: it is for a person to say whether it was meant.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from evals.errors import EvalError
from evals.folding import compared
from evals.records import AnswerRow, CitationRow, GoldQuestion

LOCK = Path(__file__).with_name("answers.lock.jsonl")


@dataclass(frozen=True, slots=True)
class Locked:
    """One question's answer: its words, and per citation ``file | provision | page | hash of the quote``."""

    id: str
    question: str
    status: str
    answer: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is not the locked one; ``kinds`` says in Vietnamese what changed."""

    id: str
    question: str
    kinds: tuple[str, ...]
    diff: tuple[str, ...]


def locked(question: GoldQuestion, row: AnswerRow) -> Locked:
    """Take down one answer."""
    citations = tuple(_citation(citation) for citation in row.get("citations") or [])
    answer = compared(row.get("answer") or "")
    return Locked(question.id, question.question, row.get("status") or "", answer, citations)


def _citation(row: CitationRow) -> str:
    digest = sha256(compared(row.get("quote") or "").encode()).hexdigest()[:16]
    page = "" if row.get("page") is None else f"trang {row['page']}"
    return " | ".join([row.get("file") or "", row.get("section") or "", page, digest])


def write(entries: Iterable[Locked], path: Path) -> None:
    """Write the lock, one line per question, sorted by id so that version control shows small differences."""
    rows = (json.dumps(asdict(entry), ensure_ascii=False) for entry in sorted(entries, key=lambda entry: entry.id))
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def read(path: Path) -> dict[str, Locked]:
    """Read the lock by question id. Raises ``EvalError`` when there is none."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return {row["id"]: Locked(**{**row, "citations": tuple(row["citations"])}) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvalError(
            f"Không đọc được khoá câu trả lời “{path}”.",
            remedy="Ghi khoá lần đầu bằng `tdkt eval lock --update`.",
            detail=f"{type(error).__name__}: {error}",
        ) from error


def changes(before: Mapping[str, Locked], after: Sequence[Locked]) -> list[Change]:
    """Return every question that is new, gone or answered differently, in the order asked."""
    found = [change for entry in after if (change := _change(before.get(entry.id), entry)) is not None]
    asked = {entry.id for entry in after}
    gone = [Change(old.id, old.question, ("câu hỏi không còn",), ()) for key, old in before.items() if key not in asked]
    return found + gone


def _change(old: Locked | None, new: Locked) -> Change | None:
    if old is None:
        return Change(new.id, new.question, ("câu hỏi mới",), tuple(f"+ {line}" for line in _lines(new)))
    kinds = []
    if old.question != new.question:
        kinds.append("câu hỏi")
    if old.status != new.status:
        kinds.append("trạng thái")
    if old.answer != new.answer:
        kinds.append("câu trả lời")
    places, quotes = _split(old.citations), _split(new.citations)
    if places[0] != quotes[0]:
        kinds.append("nơi trích dẫn")
    if places[1] != quotes[1]:
        kinds.append("lời trích")
    if not kinds:
        return None
    diff = difflib.unified_diff(_lines(old), _lines(new), lineterm="", n=1)
    return Change(new.id, new.question, tuple(kinds), tuple(line for line in diff if line[:3] not in ("---", "+++")))


def _split(citations: Sequence[str]) -> tuple[list[str], list[str]]:
    pairs = [citation.rsplit(" | ", 1) for citation in citations]
    return [pair[0] for pair in pairs], [pair[-1] for pair in pairs]


def _lines(entry: Locked) -> list[str]:
    citations = [f"[{number}] {citation}" for number, citation in enumerate(entry.citations, 1)]
    return [f"trạng thái: {entry.status}", f"trả lời: {entry.answer}", *citations]
