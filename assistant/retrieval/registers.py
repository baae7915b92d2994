"""Rules and results: what a law, a decree or a guide lays down is asked for otherwise than what a report counts.

"Hồ sơ … gồm những gì", "mức thưởng …", "ai được tặng …" ask for a rule. A store that holds both kinds of papers answers
them from its rules; a report's count of the same award shares the words and is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.understand import Understood
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.profiles import Profile

_RESULTS = ("bao cao", "de cuong", "bien ban", "danh sach", "bang tong hop", "thong bao", "to trinh")
_RULES = ("luat", "nghi dinh", "thong tu", "phap lenh", "quy che", "quy dinh", "huong dan", "the le", "thu tuc")
_RULES_TITLED = re.compile(r" (?:luat|nghi dinh|thong tu|quy che|quy dinh|dieu kien|thu tuc|tien thuong) ")
_ASKS_RULE = re.compile(
    r"\b(?:dieu kien|tieu chuan|tham quyen|thu tuc|trinh tu|giay to|he so|muc thuong|tien thuong|toi da|toi thieu"
    r"|hieu luc|quy dinh|nghiem cam|bi cam|thoi han|cap (?:lai|doi))\b"
    r"|\bho so\b.*\b(?:gi|gom|nao|may|bao nhieu|dau|khi nao|can)\b"
    r"|\b(?:can|phai|muon|de) (?:\w+ ){0,8}(?:gi|sao|the nao|bao lau|may|bao nhieu|dau)\b"
    r"|\b(?:co )?(?:duoc|phai|bi)\b.{3,60}\b(?:khong|chua)\b|\bkhi nao (?:thi |moi |phai )?(?:duoc|bi|nop|xet)\b"
    r"|\b(?:ai|cap nao|co quan nao|nguoi nao)\b.{0,30}\b(?:quyet dinh|cong nhan|tang|ky|xet)\b|\bdo ai\b"
    r"|\b(?:tang|xet|danh) cho (?:nhung )?(?:ai|nguoi nao|doi tuong nao)\b|\bthuong bao nhieu\b|\btuoc\b|\bthu hoi\b"
)
_ASKS_RESULT = re.compile(
    r"\b(?:da|dat duoc|ket qua|thuc te|vua qua|hien co|giai doan|bao cao|dai hoi|nhiem ky|ke hoach|den nay|tong so)\b"
)
_YEAR = r"\b(?:19|20)\d\d\b"
_NAMED_YEAR = re.compile(rf"\b(?:luat|nghi dinh|nghi quyet|thong tu|chi thi)\b[^,.;?]{{0,40}}?{_YEAR}")
_CODE = re.compile(r"(?<!\w)[A-ZĐ]{1,4}-?\d+(?!\w)")
"""What one entry of a list is known by: "HS-015"."""
AGAINST = 0.15
"""What it says against a paper of results that a rule is asked for."""


def asks_rule(understood: Understood) -> bool:
    """Say whether a question asks what is laid down, for no year or province of its own."""
    limited = understood.places or understood.period or _ASKS_RESULT.search(understood.folded)
    limited = limited or _CODE.search(understood.read) or re.search(_YEAR, _NAMED_YEAR.sub(" ", understood.folded))
    return not limited and _ASKS_RULE.search(understood.folded) is not None


def of_results(profile: Profile) -> bool:
    """Say whether a paper tells what was done."""
    return " ".join(profile.kind).startswith(_RESULTS)


def of_rules(profile: Profile) -> bool:
    """Say whether a paper lays down what is to be done."""
    kind = " ".join(profile.kind)
    return kind.startswith(_RULES) or (
        not of_results(profile) and _RULES_TITLED.search(profile.title_joined) is not None
    )


def has_rules(library: Library) -> bool:
    """Say whether any paper of the store lays something down."""
    return library.kept("rules", "", lambda: any(map(of_rules, library.profiles.values())))


def fitting(understood: Understood, evidence: Sequence[Evidence], library: Library) -> Sequence[Evidence]:
    """Leave out passages of papers of results where a rule is asked for and others were found."""
    if not asks_rule(understood) or not has_rules(library):
        return evidence
    return [one for one in evidence if not of_results(library.profile(one.chunk.document_id))] or evidence
