"""A stored run judged: its verdicts in ``judge.json`` beside it, and the figures taken from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from evals import runs
from evals.errors import BadRun
from evals.execution import originals
from evals.intervals import mean_interval
from evals.records import Case, Figure, GoldQuestion, Marked
from prompts import FOLDER, say

if TYPE_CHECKING:
    from evals.judge.client import Verdict
    from evals.judge.settings import JudgeSettings

JUDGED = "judge.json"


class Asks(Protocol):
    """Whoever gives verdicts."""

    def ask(self, system: str, case: str) -> Verdict:
        """Return the verdict on one case."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge said of one question; ``verdict`` "" and ``supported`` ``None``: it said nothing usable."""

    id: str
    verdict: Literal["right", "partly", "wrong", ""]
    supported: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """All verdicts on a run, with who gave them and on which prompt."""

    model: str
    host: str
    prompt: str
    taken: str
    rows: tuple[Judged, ...]


def judge_run(
    folder: Path, settings: JudgeSettings, notify: Callable[[GoldQuestion], None] = lambda question: None
) -> Judgement:
    """Judge every question of a stored run, perturbed ones left out, and write ``judge.json`` beside it.

    Raises ``BadRun``, and ``JudgeRefuses`` when the server judges nothing; a single failure becomes a row without
    verdict.
    """
    from evals.judge.client import Judge

    marked = originals(runs.read(folder).marked)
    with Judge(settings) as judge:
        rows = tuple(_one(judge, row.case, notify) for row in marked)
    found = Judgement(
        settings.model,
        settings.host,
        sha256((FOLDER / "judge.md").read_bytes()).hexdigest(),
        datetime.now(UTC).isoformat(timespec="seconds"),
        rows,
    )
    text = json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"
    (folder / JUDGED).write_text(text, encoding="utf-8")
    return found


def _one(judge: Asks, case: Case, notify: Callable[[GoldQuestion], None]) -> Judged:
    from evals.judge.client import NoVerdict

    notify(case.question)
    try:
        found = judge.ask(say("judge", "system"), describe(case))
    except NoVerdict as error:
        return Judged(case.question.id, "", None, error.message)
    return Judged(case.question.id, found.verdict, found.supported, found.reason)


def describe(case: Case) -> str:
    """Return what the judge reads of a case."""
    answer = case.answer or {}
    quotes = " ".join(f"[{one.get('marker', '')}] {one.get('quote', '')}" for one in answer.get("citations") or [])
    turns = " ".join(
        f"{'Hỏi' if turn['role'] == 'user' else 'Đáp'}: {turn['content']}" for turn in case.question.history
    )
    parts = {
        "question": case.question.question,
        "history": turns or "(không có)",
        "reference": case.question.answer,
        "answer": answer.get("answer") or "(không có câu trả lời)",
        "quotes": quotes or "(không trích dẫn)",
    }
    return say("judge", "case", **{name: _inert(text) for name, text in parts.items()})


def _inert(text: str) -> str:
    """Text that cannot close the tag it stands in."""
    return text.replace("<", "«").replace(">", "»")


def read(folder: Path) -> Judgement | None:
    """Read the verdicts on a run, ``None`` when it was not judged. Raises ``BadRun``."""
    path = folder / JUDGED
    if not path.exists():
        return None
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Judgement(**{**data, "rows": tuple(Judged(**row) for row in data["rows"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRun(
            f"Không đọc được “{path}”.", remedy="Xoá tệp ấy rồi chạy lại `tdkt eval judge`.", detail=repr(error)
        ) from error


def figures(judgement: Judgement, marked: Sequence[Marked]) -> tuple[Figure, ...]:
    """Take the judge's own figures and how often it agrees with the marks; what was not judged is in none of them."""
    own = {row.question.id: row.value("right") for row in marked}
    said = [row for row in judgement.rows if row.verdict]
    agreed = [float((row.verdict == "right") == (own[row.id] == 1.0)) for row in said if own.get(row.id) is not None]
    asked = len(judgement.rows)
    missing = asked - len(said)
    return (
        _share("judge_right", [float(row.verdict == "right") for row in said]),
        _share("judge_supported", [float(bool(row.supported)) for row in said]),
        _share("judge_agreement", agreed),
        Figure("judge_missing", missing / asked if asked else None, asked, missing),
    )


def _share(name: str, values: Sequence[float]) -> Figure:
    if not values:
        return Figure(name, None, 0, 0)
    low, high = mean_interval(values, [1.0] * len(values)) or (None, None)
    return Figure(name, sum(values) / len(values), len(values), len(values), low, high)


def disagreements(judgement: Judgement, marked: Sequence[Marked]) -> list[tuple[Marked, Judged]]:
    """Return the questions on which judge and marks differ: the ones worth a person's reading."""
    rows: Mapping[str, Judged] = {row.id: row for row in judgement.rows if row.verdict}
    return [
        (row, rows[row.question.id])
        for row in marked
        if row.question.id in rows
        and row.value("right") is not None
        and (rows[row.question.id].verdict == "right") != (row.value("right") == 1.0)
    ]
