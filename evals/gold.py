"""Gold questions: reading and writing them as JSONL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.errors import BadGold
from evals.records import GoldQuestion, Message

FOLDER = Path(__file__).with_name("gold")
"""The project's own questions: several sets, each about a store of its own (see :mod:`evals.suites`)."""

_OPTIONAL = ("places", "origin", "variant")
_REQUIRED = ("id", "question", "kind", "style", "answerable", "answer", "must_contain")
_SHAPE = "Xem các trường trong phần gold của tài liệu, hoặc tạo tệp bằng `tdkt eval import`."


def load(paths: Sequence[Path]) -> list[GoldQuestion]:
    """Read questions from files and folders of ``*.jsonl``, in order.

    Raises ``BadGold`` naming every file and line that is no question, and every id that is used twice.
    """
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for path in _files(paths):
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            place = f"{path.name}, dòng {number}"
            try:
                question = from_row(json.loads(line))
            except (ValueError, TypeError, KeyError) as error:
                problems.append(f"{place}: {_explain(error)}")
                continue
            if question.id in seen:
                problems.append(f"{place}: mã “{question.id}” đã dùng ở {seen[question.id]}")
            seen[question.id] = place
            questions.append(question)
    if problems:
        raise BadGold("Bộ câu hỏi có chỗ không đọc được:", remedy=_SHAPE, problems=problems)
    if not questions:
        raise BadGold("Bộ câu hỏi không có câu nào.", remedy=_SHAPE)
    return questions


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise BadGold(f"Không có tệp câu hỏi “{path}”.", remedy="Kiểm tra đường dẫn đưa cho --gold.")
        found.extend(sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BadGold(f"Tệp “{path}” không phải UTF-8.", remedy="Lưu lại tệp với mã hoá UTF-8.") from error


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "không phải JSON"
    if isinstance(error, KeyError):
        return f"thiếu trường “{error.args[0]}”"
    return str(error)


def from_row(row: Mapping[str, Any]) -> GoldQuestion:
    """Check and convert one JSON object. Raises ``KeyError`` or ``ValueError`` (Vietnamese)."""
    if not isinstance(row, Mapping):
        raise ValueError("mỗi dòng phải là một đối tượng JSON")
    for name in _REQUIRED:
        if name not in row:
            raise KeyError(name)
    if not isinstance(row["answerable"], bool):
        raise ValueError("“answerable” phải là true hoặc false")
    return GoldQuestion(
        id=_text(row, "id"),
        question=_text(row, "question"),
        kind=_text(row, "kind"),
        style=_text(row, "style"),
        answerable=row["answerable"],
        answer=_text(row, "answer"),
        must_contain=tuple(_texts(group, "must_contain") for group in row["must_contain"]),
        must_not_contain=_texts(row.get("must_not_contain") or (), "must_not_contain"),
        source=_texts(row.get("source") or (), "source"),
        evidence=_texts(row.get("evidence") or (), "evidence"),
        section=str(row.get("section") or ""),
        difficulty=int(row.get("difficulty") or 2),
        history=tuple(_message(turn) for turn in row.get("history") or ()),
        places=_texts(row.get("places") or (), "places"),
        origin=str(row.get("origin") or ""),
        variant=str(row.get("variant") or ""),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise ValueError(f"“{name}” phải là một chuỗi")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"“{name}” phải là danh sách chuỗi")
    return tuple(value)


def _message(turn: object) -> Message:
    if not isinstance(turn, Mapping) or turn.get("role") not in ("user", "assistant"):
        raise ValueError("mỗi lượt trong “history” cần “role” (user hoặc assistant) và “content”")
    return Message(role=turn["role"], content=str(turn.get("content") or ""))


def to_row(question: GoldQuestion) -> dict[str, Any]:
    """Return the JSON object of a question; fields that only some questions have are left out when empty."""
    row = asdict(question)
    return {name: value for name, value in row.items() if value or name not in _OPTIONAL}


def save(questions: Iterable[GoldQuestion], path: Path) -> None:
    """Write questions as JSONL."""
    rows = (json.dumps(to_row(question), ensure_ascii=False) for question in questions)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def fingerprint(questions: Iterable[GoldQuestion]) -> str:
    """Return a hash of a set of questions: two runs are paired only when they asked the same."""
    rows = sorted(json.dumps(to_row(question), ensure_ascii=False, sort_keys=True) for question in questions)
    return sha256("\n".join(rows).encode()).hexdigest()
