"""A question may presuppose something the documents contradict: "vì sao có 25 thành viên" where there are 20.

START WITH :func:`answer`. What a question claims is read here; each kind of mistake has a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.premises import dates, figures, opposites, pairings
from assistant.drafts import Draft
from assistant.question.understand import Understood
from assistant.reading.selection import Choice
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest.clean import fold

# A question of another kind claims something only where it asks to be told that it is so, or before its last comma.
_CONFIRMS = re.compile(r"\b(?:a|ha|nhi|the|vay|chu)\W*$")
_TAKES = re.compile(
    r"\b(?:phai khong|co phai|dung khong|co dung|dung chu|nghe noi|dung vay|vi sao|tai sao|sao (?:lai|chi|moi))\b|"
    r"^sao\b"
)
# "Trong 12 người được khen, …" limits what is asked; it claims nothing.
_LIMITS = re.compile(r"\W*(?:trong|tu|voi|theo|neu|khi|muon|de|o|tai|den|sau|truoc)\b")
_ASKS = re.compile(r"\b(?:bao nhieu|may|nao|gi|ai|dau|bn)\b|\b(?:khong|chua)\W*$")


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Correct the premise with the stating sentence, ``None`` when there is no clear conflict."""
    claim = claimed(query.understood)
    draft = None
    if claim:
        draft = opposites.answer(query, claim, choices) or dates.answer(query, claim, choices)
    draft = draft or pairings.answer(query, evidence, library)
    # "Đã đủ 100% chưa?" leaves open what "đủ 100% đúng không?" takes for so.
    open_ = query.understood.asks("yes_no") and not _TAKES.search(query.understood.folded)
    return draft or (figures.answer(query, claim, evidence, library) if claim and not open_ else None)


def claimed(understood: Understood) -> str:
    """Return the accent-free part of a question that says something is so, empty where it only asks."""
    if understood.inherited:
        return ""
    confirms = _CONFIRMS.search(fold(understood.question)) and not _ASKS.search(understood.folded)
    if confirms or understood.asks("why", "yes_no"):
        return understood.folded
    head, comma, _ = understood.folded.rpartition(",")
    asks = _ASKS.search(head) or _LIMITS.match(head) or understood.asks("compare", "permit")
    return head if comma and not asks else ""
