"""What the answering stages hand to each other, and what the caller gets.

Units: offsets are characters of the cleaned document, end not included; pages count from 1 in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ingest.records import Chunk

Status = Literal["answered", "refused", "error"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where one statement of the answer stands, in exact words.

    ``verbatim`` is false for a restatement (a summary of the document it names): it is shown as "tóm lược, chưa đối
    chiếu" and never in quotation marks. ``start``/``end`` locate ``quote`` in the cleaned document. ``confidence``,
    0 to 1, is that of a page recognised from a picture, ``None`` where the file itself holds the words.
    """

    marker: int
    file: str
    document: str
    number: str
    page: int | None
    page_label: str | None
    section: str
    quote: str
    start: int
    end: int
    verbatim: bool = True
    document_id: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person reads (``answer``, with markers ``[1]``) and the proof (``citations``, counted from 1).

    ``question_notices`` are those of ``notices`` that say which question is answered: they stand above the answer.
    """

    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    caution: bool = False
    engine: str = "extractive"
    notices: tuple[str, ...] = ()
    question_notices: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    id: str = ""
    explanation: dict[str, Any] = field(default_factory=dict)

    @property
    def answer_notices(self) -> tuple[str, ...]:
        """The notices on the answer and its sources: they stand below it."""
        return tuple(notice for notice in self.notices if notice not in self.question_notices)

    def to_json(self) -> dict[str, Any]:
        """Return the row of the batch output, keys as promised to callers."""
        row = asdict(self)
        row.pop("explanation")
        row.pop("question_notices")  # the list of notices holds them
        for citation in row["citations"]:
            citation.pop("document_id")
            citation.pop("confidence")  # told in the notices: the keys of a citation are a contract
        row["citations"] = list(row["citations"])
        row["notices"] = list(row["notices"])
        return row


@dataclass(frozen=True, slots=True)
class Evidence:
    """A retrieved chunk with its score and the parts that made it (for ``--explain``)."""

    chunk: Chunk
    score: float
    rank: int
    parts: dict[str, float] = field(default_factory=dict)


History = Sequence[Turn]
