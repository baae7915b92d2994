"""What a body is charged with: the statements that open with its name, as plans give them ("Sở Nội vụ tham mưu …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import lists
from assistant.answers.listings import introduced
from assistant.answers.statements import leads
from assistant.drafts import Draft, Statement
from assistant.reading.spans import span_of
from assistant.reading.wording import shorten, shown
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from assistant.retrieval.scoring import coverage
from assistant.retrieval.units import Unit
from ingest.clean import fold

_CHARGED = re.compile(
    r"\b(?:duoc giao|giao cho|phan cong|trach nhiem|nhiem vu|chiu trach nhiem|phai lam|lam nhung gi|"
    r"(?:nhung|cac|lam) (?:viec|phan viec) (?:gi|nao))\b"
)
_BODY = re.compile(
    r"\b((?:so|bo|ban(?! hanh)|phong|van phong|uy ban|ubnd|hdnd|cong an|bao|dai|hoi|to|chi cuc|trung tam|truong|"
    r"tinh doan|lien doan|mat tran|thanh tra|kho bac|thu truong|hoi dong)(?: [a-z&-]+){0,6}?)"
    r"(?= (?:duoc|co|phai|chiu|lam|trong|tinh|theo|o|cua|can|thi|la|va|phoi hop|bac|cac|nhung|viec|nhiem vu|gi)\b|"
    r"$|[?,])"
)
LINES = 3
ROOM = 1200


def answer(query: Query, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Answer with what opens with the name of the body asked about, ``None`` when nothing found does."""
    folded = query.understood.folded
    body = _BODY.search(folded) if _CHARGED.search(folded) else None
    if body is None or query.understood.kind not in ("list", "how", "other", "body", "which"):
        return None
    name = body.group(1).split(" va ")[0]
    opens = re.compile(rf"\W*(?:\d+[.)]\s*)?(?:giao\s+)?(?:uy ban\s+)?{re.escape(name)}\b(?! (?:va|,))")
    document = meant(query)
    found: list[tuple[float, Unit]] = []
    for one in evidence:
        if document and one.chunk.document_id != document:
            continue
        for unit in library.passage(one.chunk).units:
            if unit.kind in ("sentence", "item") and opens.match(fold(unit.text)) and unit.words > 8:
                held = coverage(query, unit.set, unit.joined, unit.accented, unit.around, unit.before)
                found.append((held, unit))
    if not found:
        return None
    best = max(found, key=lambda one: (one[0], -one[1].start))[1]
    whole = leads(best) and "lists" not in query.without
    listing = introduced(best, library) if whole else None
    if listing is not None:
        return Draft("list", tuple(lists.tell(lists.whole(listing, library))))
    own = [
        unit
        for _, unit in found
        if unit.chunk.path == best.chunk.path and unit.chunk.document_id == best.chunk.document_id
    ]
    own = sorted({unit.start: unit for unit in own}.values(), key=lambda unit: unit.start)[:LINES]
    room = ROOM // len(own)
    return Draft("list", tuple(Statement(shorten(shown(unit), room), (span_of(unit),)) for unit in own))
