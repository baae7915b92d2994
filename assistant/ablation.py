"""Parts that can be left out to measure what each is worth; nothing is left out unless settings say so.

A part is left out where it is applied, one line each: look for ``without``. What is fixed when documents are indexed
(vectors see headings and lead-ins) is not undone; only what a question does with it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.errors import BadSettings
from assistant.learned import Linear, Models

if TYPE_CHECKING:
    from vectorstore.records import Term

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "vectors": "tìm theo nghĩa (véc-tơ)",
        "synonyms": "từ điển cách nói",
        "abbreviations": "chữ viết tắt",
        "spelling": "thêm dấu và sửa chữ gõ sai",
        "routing": "đoán văn bản được hỏi",
        "headings": "đường đề mục",
        "lead_ins": "câu dẫn của danh sách",
        "row_sentences": "dòng bảng đọc thành câu",
        "word_pairs": "cặp tiếng đi liền",
        "best_sentence": "điểm của câu khớp nhất trong đoạn",
        "answer_type": "dạng câu trả lời",
        "sections": "điểm của cả mục, cả điều",
        "late_interaction": "tiếng gần nghĩa nhất trong đoạn",
        "learned_ranking": "trọng số học để xếp đoạn",
        "tables": "tính và tra trong bảng",
        "lists": "gom danh sách cả văn bản",
        "learned_choice": "trọng số học để chọn câu",
        "learned_refusal": "trọng số học để từ chối",
        "refusal": "từ chối khi thiếu căn cứ",
    }
)
"""Every part and its Vietnamese name."""

NOTHING: frozenset[str] = frozenset()
_FIELDS = {"headings": "path", "lead_ins": "context", "word_pairs": "bigrams"}
"""Fields of the word search that belong to a part."""
_CHOICE = {"covered": 10.0, "passage": 5.0, "pairs": 2.5, "fit": 1.5}
"""Units chosen by hand-set weights; they keep the order of what :mod:`assistant.retrieval.ranking` gives passages."""
_HALF = {"covered": 10.0}
"""Refused when the best unit holds less than half of the question's weight."""


def parse(value: object) -> frozenset[str]:
    """Read parts from a text with commas or from several texts. Raises :class:`BadSettings` for an unknown one."""
    texts = map(str, value) if isinstance(value, Iterable) and not isinstance(value, str) else [str(value)]
    parts = frozenset(part.strip() for text in texts for part in text.split(",") if part.strip())
    unknown = sorted(parts - PARTS.keys())
    if unknown:
        raise BadSettings(
            f"Trợ lý không có phần nào tên “{', '.join(unknown)}” để bỏ ra.",
            remedy=f"Các phần bỏ ra được: {', '.join(PARTS)}.",
            detail=f"unknown parts {unknown}",
        )
    return parts


def searched(terms: Iterable[Term], without: frozenset[str]) -> tuple[Term, ...]:
    """Return the terms to search for, without the fields of parts left out."""
    skipped = {_FIELDS[part] for part in without & _FIELDS.keys()}
    return tuple(term for term in terms if term.field not in skipped)


def models(shipped: Models, without: frozenset[str]) -> Models:
    """Return the models, those left out replaced by weights set by hand."""
    unit, answer = shipped.unit, shipped.answer
    if "learned_choice" in without:
        unit = _by_hand(unit, _CHOICE)
    if "learned_refusal" in without:
        answer = _by_hand(answer, _HALF, bias=-5.0)
    if "refusal" in without:
        answer = _by_hand(answer, {}, bias=30.0)
    return replace(shipped, unit=unit, answer=answer)


def _by_hand(model: Linear, weights: Mapping[str, float], bias: float = 0.0) -> Linear:
    return Linear(model.names, tuple(weights.get(name, 0.0) for name in model.names), bias)
