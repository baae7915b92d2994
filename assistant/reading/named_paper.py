"""A question that names one paper ("theo báo cáo 10 năm …") is answered from that paper alone, where it answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.reading.selection import Choice, rescored
from assistant.records import Evidence
from assistant.retrieval.library import Library, Profile
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant, named_kinds, naming
from ingest.clean import fold

_SHORT = {"qd": "quyet dinh", "kl": "ket luan", "cv": "cong van", "nq": "nghi quyet", "bc": "bao cao", "kh": "ke hoach"}
_KINDS = "quyet dinh|ket luan|cong van|nghi quyet|bao cao|ke hoach|huong dan|thong bao|to trinh|bien ban"
_BY_NUMBER = re.compile(
    rf"\b({_KINDS}|{'|'.join(_SHORT)})"
    r"(?: so)? (\d{1,5})\b(?![/.-]\d)"
)
BEHIND = 0.75
"""Share of the best score from which the best unit of the named paper leads and those of other papers are left out."""


def within(query: Query, choices: Sequence[Choice], library: Library) -> list[Choice]:
    """Keep the units of the paper that the question names; all of them when it names none or several."""
    document = paper(query, library)
    own = [choice for choice in choices if choice.unit.chunk.document_id == document]
    if not own or own[0].score < BEHIND * choices[0].score:
        return list(choices)
    return rescored(own)


def paper(query: Query, library: Library) -> str:
    """Return the id of the one document that the question says it asks about, "" when there is none such."""
    if query.understood.asks("consistency", "compare", "document"):
        return ""
    named = {mention.documents for mention in naming(query, library)}
    if not named:
        return ""
    single = {documents[0] for documents in named if len(documents) == 1}
    if len(single) == 1 and len(named) == 1:
        return single.pop()
    return meant(query) if len(single) < 2 else ""


def among(query: Query, evidence: Sequence[Evidence], library: Library) -> list[Evidence]:
    """Keep passages of the papers that the question names; all of them where it names none, or none was found.

    A follow-up that names none is about the papers of the answer before. Tables of other papers have rows and figures
    of the same names, which are not those asked for.
    """
    before = {one.chunk.document_id for one in evidence if one.chunk.id in query.anchors}
    named = papers(query, library) or before
    return [one for one in evidence if one.chunk.document_id in named] or list(evidence)


def papers(query: Query, library: Library) -> frozenset[str]:
    """Return the documents named by their number or, one at a time, by kind and subject."""
    typed = {fold(number) for number in query.understood.document_numbers}
    begun = {(_SHORT.get(kind, kind), number) for kind, number in _BY_NUMBER.findall(query.understood.folded)}
    found = {one.id for one in library.profiles.values() if fold(one.meta.number) in typed or _begins(one, begun)}
    single = {one.documents[0] for one in naming(query, library) if len(one.documents) == 1}
    if found:
        return frozenset(found | single)
    clear = meant(query) if named_kinds(query.understood.folded) else ""
    return frozenset([clear]) if clear and single <= {clear} else frozenset()


def _begins(profile: Profile, begun: Collection[tuple[str, str]]) -> bool:
    """Say whether a paper is called by its kind and the figure its number begins with: "Quyết định 1184"."""
    figure = re.match(r"\d+", profile.meta.number)
    # A letter to an office is called "công văn" whatever it guides to.
    kinds = {fold(profile.meta.kind), *(["cong van"] if "-" in profile.meta.number.partition("/")[2] else [])}
    return figure is not None and any(
        kind in kinds and number.lstrip("0") == figure.group().lstrip("0") for kind, number in begun
    )
