"""A question that names one paper ("theo báo cáo 10 năm …") is answered from that paper alone, where it answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.reading.selection import Choice, in_order, rescored
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.naming import named_kinds, naming, numbered
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from ingest.clean import fold

_YEARLY = re.compile(r"\b(luat|nghi dinh|thong tu|chi thi|nghi quyet)(?: [a-z]+){0,6}? (?:nam )?((?:19|20)\d\d)\b")
ELSEWHERE = 2.5
"""What the log odds of a unit lose that stands in another paper than the one the question names."""


def within(query: Query, choices: Sequence[Choice], library: Library) -> list[Choice]:
    """Put the units of the paper that the question names before others that are hardly better."""
    document = paper(query, library)
    if not any(choice.unit.chunk.document_id == document for choice in choices):
        return list(choices)
    return in_order(
        rescored(
            [
                choice if choice.unit.chunk.document_id == document else replace(choice, odds=choice.odds - ELSEWHERE)
                for choice in choices
            ]
        )
    )


def paper(query: Query, library: Library) -> str:
    """Return the id of the one document that the question says it asks about, "" when there is none such."""
    if query.understood.asks("consistency", "compare", "document"):
        return ""
    named = {mention.documents for mention in naming(query, library)}
    if not named:
        found = numbered(query, library)
        return next(iter(found)) if len(found) == 1 else ""
    single = {documents[0] for documents in named if len(documents) == 1}
    if len(single) == 1 and len(named) == 1:
        return single.pop()
    return meant(query) if len(single) < 2 else ""


def of_another_year(query: Query, documents: Collection[str], library: Library) -> bool:
    """Say whether an answer rests only on papers of the kind asked for that are of another year: law 2003 for 2022.

    Only where exactly one year is named and the library holds such a paper of that year.
    """
    named = set(_YEARLY.findall(query.understood.folded))
    if len(named) != 1 or not documents or query.understood.asks("consistency", "compare"):
        return False
    kind, year = named.pop()

    def bears(document: str) -> bool:
        profile = library.profile(document)
        return fold(profile.meta.kind) == kind and int(year) in profile.years

    told = [library.profile(document) for document in documents]
    alike = all(fold(one.meta.kind) == kind and one.years and int(year) not in one.years for one in told)
    return alike and any(bears(one) for one in library.profiles)


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
    found = numbered(query, library)
    single = {one.documents[0] for one in naming(query, library) if len(one.documents) == 1}
    if found:
        return found | single
    clear = meant(query) if named_kinds(query.understood.folded) else ""
    return frozenset([clear]) if clear and single <= {clear} else frozenset()
