"""Many questions in one go: reading the questions, writing one row per question, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.records import Turn


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a batch. ``id`` is given back as it came; ``problem`` says why the line is no question."""

    id: Any
    question: str = ""
    history: tuple[Turn, ...] = ()
    problem: str = ""


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file of questions; a line that is not one becomes a row with a ``problem``."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise BadInput(f"Không có tệp câu hỏi “{path}”.", remedy="Kiểm tra đường dẫn đưa cho --batch.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"Không đọc được tệp câu hỏi “{path}”.", remedy="Tệp phải là JSONL mã hoá UTF-8.", detail=repr(error)
        ) from error
    return list(_rows(lines))


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            yield Row(str(number), problem=f"Dòng {number} không phải JSON.")
            continue
        if not isinstance(record, dict) or not isinstance(record.get("question"), str):
            named = record.get("id", str(number)) if isinstance(record, dict) else str(number)
            yield Row(named, problem=f"Dòng {number} thiếu “question” (câu hỏi là một chuỗi).")
            continue
        row_id = record.get("id", str(number))
        try:
            yield Row(row_id, record["question"], turns(record.get("history") or []))
        except BadInput as error:
            yield Row(row_id, record["question"], problem=f"Dòng {number}: {error.message}")


def turns(value: object) -> tuple[Turn, ...]:
    """Check and convert ``[{"role", "content"}]``."""
    if isinstance(value, dict):
        value = value.get("history")
    if not isinstance(value, list):
        raise BadInput("Các lượt hỏi trước phải là một danh sách.", remedy=_SHAPE)
    found = []
    for turn in value:
        role = turn.get("role") if isinstance(turn, dict) else None
        content = turn.get("content") if isinstance(turn, dict) else None
        if role not in ("user", "assistant") or not isinstance(content, str):
            raise BadInput("Một lượt hỏi trước thiếu “role” (user, assistant) hoặc “content”.", remedy=_SHAPE)
        found.append(Turn(role, content))
    return tuple(found)


_SHAPE = 'Dạng đúng: [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}].'


def read_history(path: Path) -> tuple[Turn, ...]:
    """Read the earlier turns of a conversation from a JSON or JSONL file."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"Không có tệp “{path}”.", remedy="Kiểm tra đường dẫn đưa cho --history.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp “{path}”.", remedy=_SHAPE, detail=repr(error)) from error
    try:
        value = json.loads(content)
        if isinstance(value, dict) and "role" in value:
            value = [value]
    except ValueError:
        try:
            value = [json.loads(line) for line in content.split("\n") if line.strip()]
        except ValueError as error:
            raise BadInput(f"Tệp “{path}” không phải JSON.", remedy=_SHAPE) from error
    return turns(value)
