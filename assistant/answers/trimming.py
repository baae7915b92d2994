"""A long sentence cut to what answers a question for one value or name: clauses that only add to it are left out."""

from __future__ import annotations

import re

from assistant.question.answer_types import fits
from assistant.retrieval.query import Query
from ingest.clean import fold

LONG = 150
"""Characters from which a statement is cut."""
LEAST = 40
"""Characters that must be left."""
_TAIL = re.compile(
    r"[,;]\s+(?=(?:góp phần|nhằm|từ đó|qua đó|đồng thời|trong đó|đặc biệt|tạo|coi đây|theo đó|do vậy|vì vậy|nhờ đó|"
    r"đáp ứng|phù hợp|trên cơ sở|bên cạnh đó|ngoài ra|thúc đẩy|làm|kể cả|nhất là|vượt|bảo đảm|đảm bảo|tập trung|"
    r"phấn đấu|thay thế|được tính|để)(?!\w))"
)
_HEAD = re.compile(
    r"^(?:Do vậy|Do đó|Vì vậy|Theo đó|Bên cạnh đó|Ngoài ra|Đồng thời|Đặc biệt|Cùng với đó|Qua đó|Nhìn chung|Trong đó|"
    r"Chính vì thế|Tuy nhiên),\s+"
)


def trimmed(query: Query, text: str) -> str:
    """Return a statement without its opening connective and the tails that hold nothing of what is asked."""
    if len(text) <= LONG:
        return text
    fit = fits(query.typed, text)
    if head := _HEAD.match(text):
        text = text[head.end()].upper() + text[head.end() + 1 :]
    whole = text
    for tail in reversed(list(_TAIL.finditer(whole))):
        if len(text) <= LONG or tail.start() < LEAST or _loses(query, whole, whole[: tail.start()], fit):
            break
        text = whole[: tail.start()]
    return text if text == whole else f"{text}…"


def _loses(query: Query, text: str, kept: str, fit: float) -> bool:
    """Say whether a word of the question, or the form of its answer, stands only in what would be left out."""
    if len(kept) < LEAST or fits(query.typed, kept) < fit or kept.count("“") != kept.count("”"):
        return True
    before, after = (f" {' '.join(re.findall(r'[a-z0-9]+', fold(one)))} " for one in (text, kept))
    return any(
        concept.weight > 0 and f" {concept.text} " in before and f" {concept.text} " not in after
        for concept in query.concepts
    )
