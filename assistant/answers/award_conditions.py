"""What an award is given for: the whole provision about it, when its conditions or those who may have it are asked for.

A provision names its award in its own first words, in the line that announces it or in its heading; other awards in it
are only what somebody must have before. A count or a sum of money for the award is no condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answers import lists
from assistant.answers.listings import around, introduced
from assistant.answers.statements import leads, states
from assistant.drafts import Draft, Statement
from assistant.question.awards import aimed_at, awards, given_to, granted, ranks, told
from assistant.question.question_types import NUMERIC
from assistant.reading.constraints import Place
from assistant.reading.spans import span_of
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit

_ASKED = re.compile(
    r"\b(?:dieu kien|tieu chuan|tieu chi|truong hop nao|khi nao|bao gio moi|the nao moi|lam gi de)\b"
    r"|\b(?:can|phai|doi hoi|yeu cau|doi|dat)\b.{0,30}\b(?:gi|nao|sao)\b"
    r"|\b(?:cho|danh cho|tang|nhung|la) (?:nhung )?(?:ai|nguoi nao|doi tuong nao|tap the nao|ca nhan nao)\b"
    r"|\bai (?:thi )?(?:duoc|co the)\b(?! (?:quyet|ky|trao|uy))|\bdoi tuong nao\b"
    r"|\bco (?:duoc|du|the)\b.*\b(?:khong|chua)\b|\b(?:xet|tang|quy dinh).{0,40}(?:the nao|ra sao)\b"
)
_ELSE = re.compile(
    r"\b(?:ho so|giay to|thu tuc|trinh tu|quy trinh|tham quyen|quyet dinh|ky|muc thuong|tien|he so|thoi han|nop|"
    r"so sanh|khac|quyen loi|bao nhieu|may|bn|thuc te|da co|toi da|ty le|moc|hieu luc|bo phieu|phieu|thanh phan|gui|"
    r"trinh|trao|thay doi|sua doi)\b"
)
_REQUIRED = re.compile(r" (?:tieu chuan|dieu kien|dat|phai|khi|lien tuc|hoan thanh|thanh tich|cong lao) ")
NONE: frozenset[str] = frozenset()
READ = 24
"""Passages in which the provision is looked for."""
DIRECT = 0.5
"""What it adds that a provision opens with the award and whom it is given to, beside standing under its heading,"""
REQUIRES = 0.3
"""that it says what is required,"""
RANKED = 0.2
"""or that it names the rank asked about."""
ROOM = 700


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer with the provision about the award asked about; ``None`` when none is asked about or found."""
    folded = query.understood.folded
    wanted = told(aimed_at(query.written_out))
    if not wanted or query.understood.kind in NUMERIC or not _ASKED.search(folded) or _ELSE.search(folded):
        return None
    best = max(_about(query, wanted, evidence, library), key=lambda found: found[0], default=None)
    if best is None:
        return None
    unit = best[1]
    # An item that names its award itself is whole without those beside it, which are about others.
    place = Place(unit, library)
    alone = granted(place.own) and not leads(unit)
    listing = introduced(unit, library) if leads(unit) else None if alone else around(unit, library)
    if listing is None:
        return Draft("fact", tuple(_section(unit, library, alone=_direct(unit, place))))
    return Draft("list", (*lists.requirements(query, listing), *lists.tell(lists.whole(listing, library))))


def _about(
    query: Query, wanted: dict[str, frozenset[str]], evidence: Sequence[Evidence], library: Library
) -> Iterator[tuple[float, Unit]]:
    """Yield the sentences and items about the award, each with how well it tells what is required."""
    asked_ranks, group = ranks(query.words), given_to(query.words)
    most = max((one.score for one in evidence[:1]), default=0.0) or 1.0
    for one in evidence[:READ]:
        for unit in library.passage(one.chunk).units:
            if unit.kind in ("row", "clause", "note") or not (leads(unit) or states(unit, library)):
                continue
            place = Place(unit, library)
            given = told(awards(place.grants))
            if not any(kinds & wanted.get(head, NONE) for head, kinds in given.items()):
                continue
            held = ranks(place.grants)
            receivers = given_to(f"{unit.lead}{place.own}")
            if (asked_ranks and held and not held & asked_ranks) or (group and receivers and not group & receivers):
                continue
            score = one.score / most + RANKED * bool(held & asked_ranks)
            if _direct(unit, place):
                score += DIRECT + REQUIRES * bool(_REQUIRED.search(f"{unit.lead}{place.own}"))
            yield score, unit


def _direct(unit: Unit, place: Place) -> bool:
    """Whether a provision names its award itself or in the line that announces it."""
    return bool(granted(place.own) or granted(unit.lead))


def _section(unit: Unit, library: Library, *, alone: bool) -> Iterator[Statement]:
    """Yield the sentence and, unless it stands ``alone``, those after it in its passage while there is room."""
    used = 0
    for other in [unit] if alone else library.passage(unit.chunk).units:
        if other.kind in ("clause", "note") or other.start < unit.start or not states(other, library):
            continue
        text = plain(other.text)
        if used and used + len(text) > ROOM:
            return
        used += len(text)
        yield Statement(shorten(text, ROOM), (span_of(other),))
