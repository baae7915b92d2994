"""Where a question was lost on its way from the file to the answer. Pure."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from evals.folding import bare_words, document_key
from evals.metrics.answers import verdict
from evals.metrics.retrieval import ranks
from evals.records import Case, Marked

Stage = Literal[
    "", "not_read", "not_retrieved", "not_chosen", "badly_worded", "wrongly_refused", "over_answered", "failed"
]

STAGES = MappingProxyType(
    {
        "not_read": "không đọc được",
        "not_retrieved": "không tìm thấy",
        "not_chosen": "tìm thấy nhưng không chọn",
        "badly_worded": "chọn đúng nhưng viết chưa đạt",
        "wrongly_refused": "từ chối nhầm",
        "over_answered": "lẽ ra phải từ chối",
        "failed": "lỗi, không có câu trả lời",
    }
)
"""Every stage that can lose a question and its Vietnamese name."""

READ = 8
"""Passages that an answer is made from: evidence below them is as good as not found."""


def lost_at(row: Marked) -> Stage:
    """Return the first stage at which a question that is not strictly right was lost, "" for one that is."""
    if row.value("strict") == 1.0:
        return ""
    if row.outcome == "not_scored":
        return "failed"
    if not row.question.answerable:
        return "over_answered"
    if _unread(row.case):
        return "not_read"
    if _unfound(row.case):
        return "not_retrieved"
    if verdict(row.case).refused:
        return "wrongly_refused"
    return "badly_worded" if row.value("cited_answerable") == 1.0 else "not_chosen"


def _unread(case: Case) -> bool:
    """Whether the first evidence line is in none of its documents as the system read them."""
    if case.library is None or not case.question.evidence or not case.question.source:
        return False
    texts = [case.library.text(name) for name in case.question.source]
    line = " ".join(bare_words(case.question.evidence[0])[:8])
    return not any(text is not None and line in _bare(text) for text in texts)


@lru_cache(maxsize=64)
def _bare(text: str) -> str:
    return " ".join(bare_words(text))


def _unfound(case: Case) -> bool:
    """Whether no passage that an answer is made from holds evidence (without evidence: comes from the document)."""
    if case.hits is None:
        return False
    if case.question.evidence:
        return all(rank is None or rank > READ for rank in ranks(case.question, case.hits))
    documents = {document_key(name) for name in case.question.source}
    return bool(documents) and not any(document_key(hit.get("file") or "") in documents for hit in case.hits[:READ])
