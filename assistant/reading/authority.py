"""Who decides: of the sentences that give a power, the one whose object is what the question asks about.

"Bộ trưởng … quyết định tặng cờ thi đua, danh hiệu …": what is awarded stands behind the verb, and who awards it before.
A sentence that only names the award as a condition for another one says nothing of who decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.selection import Choice, in_order, rescored
from assistant.retrieval.query import Concept, Query
from assistant.retrieval.units import Unit
from assistant.words import joined
from ingest.clean import fold

GAIN = 4.0
"""Log odds a sentence gains whose object is all that is asked about; less when it is a part,"""
LEAST = 0.6
"""and nothing below this share."""
_POWER = r"quyet dinh|phat dong|thanh lap|bo nhiem|mien nhiem|phe duyet|ban hanh|co tham quyen"
_DECIDES = re.compile(rf"\b(?:{_POWER})\b(?! (?:tai|cua|nay|ve)\b)")
_VERB = rf"(?:{_POWER}|tang|trao tang|trao|ky tang|ky|cong nhan|phong tang|xet tang)(?: (?:tang|cong nhan|cho|thuong))*"
_OBJECT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:ai|nguoi nao|(?:co quan|cap|chuc danh|chuc vu) nao)\b.*?\b{_VERB} (?P<object>.+)",
        rf"\btham quyen {_VERB} (?P<object>.+?)(?: thuoc| la cua| cua|$)",
        rf"(?P<object>.+?) (?:la )?(?:do|thuoc tham quyen(?: cua)?) .*?\b{_VERB}\b",
    )
)


def prefer(query: Query, choices: Sequence[Choice]) -> list[Choice]:
    """Put a sentence that gives the power asked about before those that only name its object."""
    asked = _asked(query)
    if not asked:
        return list(choices)
    found = [replace(one, odds=one.odds + GAIN * _share(asked, one.unit)) for one in choices]
    return in_order(rescored(found))


def _asked(query: Query) -> list[Concept]:
    """Return the words of what is decided about, none where the question asks for no power."""
    if not query.understood.asks("who", "body", "yes_no", "which"):
        return []
    match = next((match for pattern in _OBJECT if (match := pattern.search(query.understood.folded))), None)
    words = frozenset(match["object"].split()) if match else frozenset()
    return [one for one in query.concepts if one.weight and one.text in words and one.text.isalpha()]


def _share(asked: Sequence[Concept], unit: Unit) -> float:
    """Share of what is decided about that stands behind the verb, or before "do … quyết định"."""
    folded = fold(unit.text)
    verb = _DECIDES.search(folded) if unit.chunk.kind != "row" else None
    if verb is None or not folded[: verb.start()].strip():
        return 0.0
    by = re.search(r"\bdo\b", folded[: verb.start()])
    stretch = joined(folded[: by.start()] if by else folded[verb.end() :])
    share = sum(one.weight for one in asked if one.said_in(stretch)) / sum(one.weight for one in asked)
    return share if share >= LEAST else 0.0
