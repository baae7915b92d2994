"""Questions that a store must go on finding: ``canaries.jsonl`` in its folder, each with the passage it belongs to.

An officer writes one down while the search finds it (``tdkt doctor --canary``). Before an index made with another
embedder is used, every one of them is searched in it as it would be for a reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInput
from assistant.hits import hit_rows
from assistant.words import joined

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.settings import Settings

FILE = "canaries.jsonl"
DEPTH = 8
"""Hits among which the passage must stand."""
_WORDS = 20


@dataclass(frozen=True, slots=True)
class Canary:
    """A question, the file that answers it and the first words of the passage there."""

    question: str
    file: str
    text: str


def read(folder: Path) -> list[Canary]:
    """Return the questions of a store, none when it has no such file. Raises :class:`BadInput`."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [Canary(str(row["question"]), str(row["file"]), str(row.get("text", ""))) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"Không đọc được tệp câu hỏi canh chừng {path}.",
            remedy='Mỗi dòng là một JSON {"question", "file", "text"}; sửa dòng sai hoặc xóa tệp rồi ghi lại bằng'
            " `tdkt doctor --canary CÂU_HỎI`.",
            detail=f"{type(error).__name__}: {error}",
        ) from error


def remember(assistant: Assistant, folder: Path, question: str) -> Canary:
    """Write a question down with the passage that the search finds first for it. Raises :class:`BadInput`."""
    found = assistant.search(question, 1)
    if not found:
        raise BadInput(
            f"Không tìm thấy đoạn nào cho câu “{question}”.", remedy="Hỏi rõ hơn, hoặc nạp tài liệu có câu trả lời."
        )
    chunk = found[0].chunk
    words = " ".join(chunk.text.split()[:_WORDS])
    made = Canary(question, assistant.library.profile(chunk.document_id).file, words)
    kept = [one for one in read(folder) if one.question != question]
    rows = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in (*kept, made))
    (folder / FILE).write_text("".join(rows), encoding="utf-8")
    return made


def lost(assistant: Assistant, canaries: Sequence[Canary]) -> list[str]:
    """Return the questions whose passage is not found; those of documents no longer searched do not count."""
    files = {document.file for document in assistant.store.documents()}
    return [one.question for one in canaries if one.file in files and not _found(assistant, one)]


def acceptance(settings: Settings) -> Callable[[int], None]:
    """Return what tries the stored questions on a new index generation; it raises ``CanariesLost``."""

    def accept(generation: int) -> None:
        from assistant.wiring import open_assistant
        from vectorstore.canaries import lost_questions

        canaries = read(settings.store)
        if not canaries:
            return
        assistant = open_assistant(settings=settings, generation=generation)
        try:
            missing = lost(assistant, canaries)
        finally:
            assistant.store.close()
        if missing:
            raise lost_questions(missing)

    return accept


def _found(assistant: Assistant, canary: Canary) -> bool:
    words = joined(canary.text)
    rows = hit_rows(assistant, canary.question, DEPTH)
    return any(row["file"] == canary.file and words in joined(row["text"]) for row in rows)
