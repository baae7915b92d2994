"""What a question wants listed, by its grammar: "những tiêu chí nào", "bốn giải pháp", "căn cứ … gồm gì"."""

from __future__ import annotations

import re

from assistant.retrieval.query import Concept, Query

NUMERALS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
# What is to be listed: "những tiêu chí nào", "bốn giải pháp", "huân chương có những loại nào", "căn cứ … gồm gì".
_STOPS = "nao|gi|ai|la|cua|trong|duoc|de|ve|ma|o|tai|cho|tu|theo|thi|va|khi|bi|co|gom|phai|can|chua|nam|giai doan"
_NOUN = rf"(?:(?!(?:{_STOPS})\b)[a-z]+ ?)"
_PLURAL = re.compile(
    rf"\b(?:nhung|cac|may|bao nhieu|cu the|neu|ke|{'|'.join(NUMERALS)}|\d{{1,2}}) "
    rf"(?!(?:nam|thang|ngay|lan|nguoi)\b)({_NOUN}{{1,3}})"
)
_WHOLE = re.compile(r"^(?:(?:theo|trong) [^,]+, )?([a-z]+ [a-z]+)\b.*\b(?:gom|bao gom)\b")
_PARTED = re.compile(rf"({_NOUN}{{1,3}})(?:co|gom|bao gom|chia)\b")
FIRST = re.compile(r"^(?:neu |ke )?([a-z]+ [a-z]+) (?:cua|trong|ve|do|khi|o)\b")
_SINGLE = re.compile(rf"({_NOUN}{{1,2}})(?:gi|nao)\b")
_GENERIC = frozenset(["loai", "dang", "muc", "bac", "thu", "dieu", "cai", "nhom", "viec"])
"""Words for kinds and parts of something: what they are kinds of is what is to be listed."""
TELLS = 0.35
"""Weight from which a word tells."""


def asked_noun(query: Query) -> list[Concept]:
    """Return the telling words of what is to be listed, none when the question does not say."""
    folded = query.understood.folded
    for pattern in (_PLURAL, _WHOLE, FIRST, _PARTED, _SINGLE):
        for match in pattern.finditer(folded):
            words = set(match.group(1).split()) - _GENERIC
            found = [one for one in query.concepts if one.text in words and one.weight > TELLS and not one.inherited]
            if found:
                return found
    return []
