"""Does the answer say what it must, and nothing it must not? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.folding import bare_words, folded, says
from evals.metrics.figures import figures
from evals.records import Case, GoldQuestion, Outcome, Score, not_scored

SHORT, LONG = 600, 1500
"""Characters of an answer that are marked: quoting half a page must not help."""

OPENING, DECLARATION = 120, 300
"""A hedge counts in the opening; an unanswerable question may be turned down within the declaration."""

LACKING = (
    "không tìm thấy", "chưa tìm thấy", "không có thông tin", "chưa có thông tin", "không có số liệu",
    "chưa có số liệu", "không có dữ liệu", "không nêu", "chưa nêu", "không đề cập", "không ghi", "không cung cấp",
    "không có nội dung", "không có trong", "không đủ căn cứ", "chưa đủ căn cứ", "không đủ thông tin",
    "không thể trả lời", "không xác định được", "ngoài phạm vi",
)  # fmt: skip
"""Ways to say that the documents lack it."""

NO_ROW = "không có câu trả lời trong tệp kết quả"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the wording of one answer was judged."""

    outcome: Outcome
    refused: bool
    declined: bool
    hedged: bool
    missing: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]


def marked_text(case: Case) -> str:
    """Return the part of the answer that is marked, folded."""
    answer = (case.answer or {}).get("answer") or ""
    return folded(answer)[: LONG if case.question.roomy else SHORT]


def verdict(case: Case) -> Verdict:
    """Judge the wording: required groups met, forbidden strings absent, refused or hedged.

    ``declined`` is what a reader takes for a refusal: the status, a hedged opening, or, where there is no answer to
    give, a statement to that effect near the beginning.
    """
    question, text = case.question, marked_text(case)
    status = (case.answer or {}).get("status")
    missing = tuple(group for group in question.must_contain if not any(says(text, wording) for wording in group))
    forbidden = tuple(wording for wording in question.must_not_contain if says(text, wording))
    hedged = question.answerable and not _lack_is_the_answer(question) and _hedges(text[:OPENING])
    refused = status == "refused" or hedged
    said = any(says(text[:DECLARATION], wording) for group in question.must_contain for wording in group)
    declined = refused or (not question.answerable and said)
    if status not in ("answered", "refused"):
        outcome: Outcome = "not_scored"
    elif question.answerable:
        outcome = "refused" if refused else "wrong" if missing or forbidden else "right"
    else:
        outcome = "right" if declined and not forbidden else "wrong"
    return Verdict(outcome, refused, declined, hedged, missing, forbidden)


def _hedges(opening: str) -> bool:
    return any(phrase in opening for phrase in LACKING)


def _lack_is_the_answer(question: GoldQuestion) -> bool:
    """Whether the gold answer itself says that the documents lack something."""
    wordings = [question.answer, *(wording for group in question.must_contain for wording in group)]
    return any(_hedges(folded(wording)) for wording in wordings)


def right(case: Case) -> Score:
    """1 when the answer is right; a missing or failed row counts as 0 and says so."""
    judged = verdict(case)
    parts = {"missing": judged.missing, "forbidden": judged.forbidden, "hedged": judged.hedged}
    return Score(float(judged.outcome == "right"), _reason(case, judged), parts)


def _reason(case: Case, judged: Verdict) -> str:
    match judged.outcome:
        case "right":
            return "đúng"
        case "not_scored":
            return NO_ROW if case.answer is None else f"trạng thái “{case.answer.get('status') or 'trống'}”"
        case "refused":
            status = (case.answer or {}).get("status")
            return "từ chối câu trả lời được" if status == "refused" else "mở đầu bằng lời nói tài liệu không có"
    if judged.forbidden:
        return "có điều không được có: " + "; ".join(judged.forbidden)
    if not case.question.answerable:
        return "trả lời câu mà tài liệu không có"
    return "thiếu: " + "; ".join(" / ".join(group[:2]) for group in judged.missing)


def answerable_right(case: Case) -> Score:
    """``right`` over answerable questions."""
    return right(case) if case.question.answerable else not_scored("câu không trả lời được")


def unanswerable_right(case: Case) -> Score:
    """``right`` over questions that the documents do not answer."""
    return not_scored("câu trả lời được") if case.question.answerable else right(case)


def figure_exactness(case: Case) -> Score:
    """Share of the required numbers and dates that stand in the answer, however they are written.

    A group of alternatives counts when it holds a figure; it is met when the answer has all figures of one
    alternative, or the alternative itself in words ("hai mươi thành viên").
    """
    if not case.question.answerable or verdict(case).outcome in ("refused", "not_scored"):
        return not_scored("không có câu trả lời để đối chiếu con số")
    groups = [group for group in case.question.must_contain if any(figures(wording) for wording in group)]
    if not groups:
        return not_scored("câu hỏi không đòi con số")
    text = marked_text(case)
    said = figures((case.answer or {}).get("answer") or "")
    wrong = [group for group in groups if not any(_holds(text, said, wording) for wording in group)]
    reason = "đủ con số" if not wrong else "thiếu hoặc sai: " + "; ".join(group[0] for group in wrong)
    return Score(1 - len(wrong) / len(groups), reason, {"required": len(groups), "wrong": tuple(wrong)})


def _holds(text: str, said: frozenset[str], wording: str) -> bool:
    needed = figures(wording)
    return says(text, wording) or (bool(needed) and needed <= said)


_LEAD_IN = re.compile(r"^[^:\n]{3,160}:(?:\s+|$)")
_MARKER = re.compile(r"\[\d+\]")


def items(answer: str) -> list[str]:
    """Cut an answer into the items of its list: at line ends and semicolons, else at commas and "và".

    >>> items("Hội đồng gồm: Sở Nội vụ; Công an tỉnh; Tỉnh đoàn [1].")
    ['Sở Nội vụ', 'Công an tỉnh', 'Tỉnh đoàn']
    """
    text = _MARKER.sub(" ", answer).strip()
    pieces = [piece for line in text.split("\n") for piece in _LEAD_IN.sub("", line.strip()).split(";")]
    if len([piece for piece in pieces if bare_words(piece)]) < 2:
        pieces = re.split(r",\s+|\s+và\s+", _LEAD_IN.sub("", text))
    cleaned = (piece.strip(" \t.;,-–+*•") for piece in pieces)
    return [piece for piece in cleaned if bare_words(piece)]


ITEM_SUPPORT = 0.6
"""Share of an item's words that must stand in the gold answer or evidence for the item to count as right."""


def list_f1(case: Case) -> Score:
    """F1 of a list: required groups found, against the items given that gold knows of."""
    if case.question.kind != "list" or not case.question.answerable:
        return not_scored("không phải câu liệt kê")
    judged = verdict(case)
    if judged.outcome in ("refused", "not_scored"):
        return not_scored("không có danh sách để đối chiếu")
    given = items((case.answer or {}).get("answer") or "")
    known = set(bare_words(" ".join([case.question.answer, *case.question.evidence])))
    good = [item for item in given if _known_item(item, case.question, known)]
    groups = len(case.question.must_contain)
    recall = 1 - len(judged.missing) / groups if groups else 0.0
    precision = len(good) / len(given) if given else 0.0
    value = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    reason = f"có {groups - len(judged.missing)}/{groups} mục, {len(good)}/{len(given)} mục đưa ra là đúng"
    return Score(value, reason, {"recall": recall, "precision": precision, "items": tuple(given)})


def _known_item(item: str, question: GoldQuestion, known: set[str]) -> bool:
    text, words = folded(item), set(bare_words(item))
    if any(says(text, wording) for group in question.must_contain for wording in group):
        return True
    return len(words & known) / len(words) >= ITEM_SUPPORT
