"""Who decides: of the sentences that give a power, the one whose object is what the question asks about.

"Bộ trưởng … quyết định tặng cờ thi đua, danh hiệu …": the award stands behind the verb, and who decides before it. A
sentence that only names the award as a condition for another one says nothing of who decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.selection import Choice, in_order, rescored
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage
from assistant.retrieval.units import Unit
from assistant.words import joined
from ingest.clean import fold
from vectorstore.lexical import accented_tokens, tokens

GAIN = 3.0
"""Log odds a sentence gains whose object holds all of the question; less when it holds a part."""
_POWER = (
    r"quyet dinh|xet tang|phong tang|trao tang|ky tang|cong nhan|phat dong|thanh lap|bo nhiem|mien nhiem|phe duyet|"
    r"ban hanh|cap phep|thu hoi|huy bo|tuoc"
)
_DECIDES = re.compile(rf"\b(?:{_POWER})\b")
_WHO = re.compile(
    r"\b(?:ai|nguoi nao|(?:co quan|cap|chuc danh|chuc vu) nao|tham quyen)\b.*"
    rf"\b(?:{_POWER}|tang|trao|ky (?:bang|giay|tang)|tham quyen)\b|\b(?:do|thuoc tham quyen)\b.*\b(?:{_POWER}|tang)\b"
)


def prefer(query: Query, choices: Sequence[Choice]) -> list[Choice]:
    """Put a sentence that gives the power asked about before those that only name its object."""
    understood = query.understood
    if not understood.asks("who", "body", "yes_no", "which") or not _WHO.search(understood.folded):
        return list(choices)
    found = [replace(one, odds=one.odds + GAIN * _object(query, one.unit)) for one in choices]
    return in_order(rescored(found))


def _object(query: Query, unit: Unit) -> float:
    """Share of the question that stands behind the verb that gives a power, or before "do … quyết định"."""
    text = unit.text
    folded = fold(text)
    verb = _DECIDES.search(folded) if len(folded) == len(text) and unit.chunk.kind != "row" else None
    if verb is None or verb.start() == 0:
        return 0.0
    by = re.search(r"\bdo\b", folded[: verb.start()])
    stretch = text[: by.start()] if by else text[verb.start() :]
    return coverage(query, frozenset(tokens(stretch)), joined(stretch), frozenset(accented_tokens(stretch)))
