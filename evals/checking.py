"""Is a gold set fit to measure with? Evidence verbatim, own marks passed, nothing twice. Pure over a library."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evals.folding import bare_words, compared, folded
from evals.metrics.answers import verdict
from evals.records import KINDS, STYLES, AnswerRow, Case, GoldQuestion, Library

_NEAR = 8
"""Words of an evidence line that are looked for when the line as a whole is not there, to say where it breaks."""


def check(
    questions: Sequence[GoldQuestion], library: Library | None = None, *, complete: Sequence[str] = ()
) -> list[str]:
    """Return every problem in Vietnamese, one line each; an empty list says that the set is sound.

    With a ``library`` evidence is looked up in the documents as they were read. ``complete`` names kinds and styles
    that must occur.
    """
    problems = [*twice(questions)]
    for question in questions:
        problems.extend(f"{question.id}: {problem}" for problem in _one(question, library))
    return [*problems, *absent(questions, complete)]


def twice(questions: Sequence[GoldQuestion]) -> Iterable[str]:
    """Name every id and every question that is there more than once."""
    for key, count in Counter(question.id for question in questions).items():
        if count > 1:
            yield f"{key}: mã dùng {count} lần"
    seen: dict[tuple[str, ...], str] = {}
    for question in questions:
        # A follow-up asks something else after other turns, so the turns belong to the key.
        words = (" ".join(bare_words(question.question)), *(folded(turn["content"]) for turn in question.history))
        if words in seen:
            yield f"{question.id}: cùng câu hỏi với {seen[words]}"
        seen.setdefault(words, question.id)


def _one(question: GoldQuestion, library: Library | None) -> Iterable[str]:
    if question.kind not in KINDS:
        yield f"không có loại câu hỏi “{question.kind}”"
    if question.style not in STYLES:
        yield f"không có kiểu câu hỏi “{question.style}”"
    if not question.question.strip():
        yield "câu hỏi trống"
    if question.difficulty not in (1, 2, 3):
        yield f"độ khó {question.difficulty} ngoài 1–3"
    if question.kind == "follow_up" and not question.history:
        yield "câu hỏi tiếp mà không có lượt hỏi trước"
    yield from _marks(question)
    yield from _proof(question, library)


def _marks(question: GoldQuestion) -> Iterable[str]:
    """Hold the reference answer against its own marks, and see that the marks can fail something."""
    if not question.must_contain or any(not group for group in question.must_contain):
        yield "must_contain trống hoặc có nhóm trống"
        return
    if any(not folded(wording) for group in question.must_contain for wording in group):
        yield "must_contain có cách viết trống"
    if any(not folded(wording) for wording in question.must_not_contain):
        yield "must_not_contain có cách viết trống"
    row = AnswerRow(status="answered", answer=question.answer)
    judged = verdict(Case(question, row))
    if judged.outcome != "right":
        lacking = "; ".join(group[0] for group in judged.missing)
        yield "đáp án mẫu không qua được chính tiêu chí của nó" + (f", thiếu: {lacking}" if lacking else "")
    parrot = replace(question, answer="") if question.answerable else None
    if (
        parrot is not None
        and verdict(Case(parrot, AnswerRow(status="answered", answer=question.question))).outcome == "right"
    ):
        yield "chỉ nhắc lại câu hỏi cũng được tính là đúng"


def _proof(question: GoldQuestion, library: Library | None) -> Iterable[str]:
    if question.answerable and not question.evidence and not question.places:
        yield "câu trả lời được mà không có bằng chứng"
    if question.evidence and not question.source:
        yield "có bằng chứng mà không nêu văn bản"
    if library is None:
        return
    texts = {name: library.text(name) for name in question.source}
    yield from (f"kho không có văn bản “{name}”" for name, text in texts.items() if text is None)
    known = [_printed(text) for text in texts.values() if text is not None]
    for line in question.evidence:
        wanted = _printed(line)
        if known and not any(wanted in text for text in known):
            yield f"bằng chứng không có nguyên văn trong văn bản: “{line[:80]}”" + _hint(wanted, known)


def _printed(text: str) -> str:
    """Text as printed: a note mark is a digit whether the reader raised it or not, white space is one blank."""
    return compared(unicodedata.normalize("NFKC", text))


def _hint(line: str, texts: Sequence[str]) -> str:
    """Say up to where the line agrees with a document."""
    words = line.split(" ")
    best = 0
    for text in texts:
        count = best
        while count < len(words) and " ".join(words[: count + 1]) in text:
            count += 1
        best = max(best, count)
    return f" (khớp đến: “{' '.join(words[max(0, best - _NEAR) : best])}”)" if best else ""


def absent(questions: Sequence[GoldQuestion], names: Sequence[str]) -> Iterable[str]:
    """Name the kinds and styles of which there is no question."""
    present = {question.kind for question in questions} | {question.style for question in questions}
    yield from (f"bộ câu hỏi chưa có loại hoặc kiểu “{name}”" for name in names if name not in present)
