"""What can be measured: the assistant over a store, and the rows of an earlier run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from evals.documents import StoreLibrary
from evals.errors import EvalError
from evals.records import AnswerRow, HitRow, Message

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.records import Answer, Turn
    from assistant.settings import Settings
    from vectorstore.store import Store


class AssistantSystem:
    """The assistant as a user meets it."""

    def __init__(self, assistant: Assistant, name: str = "tdkt", settings: Settings | None = None) -> None:
        """Take an open assistant and, for the record, the settings it was opened with."""
        self.assistant = assistant
        self.name = name
        self.settings = settings
        self.store: Store = assistant.store
        self.library = StoreLibrary(self.store)

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Answer; a failure becomes a row of status "error", as in a batch."""
        try:
            answer = self.assistant.ask(question, _turns(history))
        except Exception as error:  # noqa: BLE001 - one question that fails must not hide the others
            return AnswerRow(status="error", answer="", citations=[], notices=[f"{type(error).__name__}: {error}"])
        row = cast(AnswerRow, answer.to_json())
        sure = _confidence(answer)
        if sure is not None:
            row["confidence"] = sure
        return row

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Search; rows as ``tdkt search --batch`` writes them."""
        from assistant.hits import hit_rows

        return cast("list[HitRow]", hit_rows(self.assistant, question, k, _turns(history)))


def _turns(history: Sequence[Message]) -> tuple[Turn, ...]:
    from assistant.records import Turn

    return tuple(Turn(turn["role"], turn["content"]) for turn in history)


def _confidence(answer: Answer) -> float | None:
    """Return how well the documents support the answer, as the chain says when asked to explain itself."""
    value = answer.explanation.get("support", {}).get("score")
    return float(value) if isinstance(value, (int, float)) else None


def asked(question: str, history: Sequence[Message]) -> tuple[str, ...]:
    """Return what tells one question from another: its words and those of the turns before it."""
    return (question, *(turn["content"] for turn in history))


class RecordedSystem:
    """Rows of an earlier run, or of ``tdkt ask --batch`` and ``tdkt search --batch``, by :func:`asked`."""

    def __init__(
        self,
        answers: Mapping[tuple[str, ...], AnswerRow],
        hits: Mapping[tuple[str, ...], Sequence[HitRow]],
        name: str = "recorded",
    ) -> None:
        """Take rows."""
        self.name = name
        self._answers = answers
        self._hits = hits

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Return the recorded row, an error for an unknown question."""
        row = self._answers.get(asked(question, history))
        return AnswerRow(status="error", answer="", citations=[]) if row is None else row.copy()

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Return the recorded passages."""
        return list(self._hits.get(asked(question, history), ()))[:k]


def open_system(store: Path | None, engine: str = "extractive", ablate: Sequence[str] = ()) -> AssistantSystem:
    """Open the assistant over a store, without the parts named in ``ablate``.

    Raises ``BadSettings`` for an unknown part and ``EvalError`` for an engine that this version has not: a run never
    silently measures something else.
    """
    from dataclasses import fields

    from assistant.settings import Settings
    from assistant.wiring import open_assistant

    values: dict[str, Any] = {"store": store} if store is not None else {}
    if engine != "extractive":
        values["engine"] = engine
    if ablate:
        values["ablate"] = tuple(ablate)
    if not values.keys() <= {field.name for field in fields(Settings)}:
        raise EvalError(
            f"Bản này của trợ lý không có cách soạn “{engine}”.",
            remedy="Bỏ --engine, hoặc cập nhật chương trình.",
            detail="Settings has no field 'engine'",
        )
    settings = Settings.load(values)
    name = "tdkt" + "".join(f" − {part}" for part in sorted(settings.ablate))
    return AssistantSystem(open_assistant(settings=settings), name, settings)


def describe(system: AssistantSystem) -> dict[str, Any]:
    """Return what a run must remember of the system: corpus hash, index and settings (never secrets)."""
    from dataclasses import asdict

    store = system.store
    documents = sorted(document.id for document in store.documents())
    stats = asdict(store.stats())
    stats.pop("size", None)
    return {
        "corpus": hashlib.sha256("\n".join(documents).encode()).hexdigest(),
        "documents": system.library.files(),
        "index": stats,
        "settings": _settings(system.settings),
    }


def _settings(settings: Settings | None) -> dict[str, str]:
    from dataclasses import asdict

    if settings is None:
        return {}
    hidden = ("key", "secret", "password", "token", "store")
    kept = {name: value for name, value in asdict(settings).items() if not any(part in name for part in hidden)}
    return {name: ", ".join(sorted(v)) if isinstance(v, frozenset) else str(v) for name, v in kept.items()}
