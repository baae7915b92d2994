"""A question about one province is not answered from the papers of another, unless they speak of it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import Provinces
from assistant.words import join
from vectorstore.lexical import tokens


def of_the_place(query: Query, evidence: Sequence[Evidence], library: Library) -> list[Evidence]:
    """Leave out passages of another province's papers that do not say the province asked for.

    Only where the store holds papers of a province asked for: else nothing tells which papers would be right, and
    what is lacking is told by :mod:`assistant.reading.refusal`. Papers of no province (laws) always stay.
    """
    named = query.understood.places
    if not named or "routing" in query.without:
        return list(evidence)
    provinces = Provinces(named)
    fits = {profile.id: provinces.of(profile) for profile in library.profiles.values()}
    if not any(fit > 0 for fit in fits.values()):
        return list(evidence)
    keys = [join(tokens(name)) for name in named]

    def speaks(one: Evidence) -> bool:
        passage = library.passage(one.chunk)
        around = f"{passage.joined}{passage.context}{passage.path}"
        return any(key in around for key in keys)

    return [one for one in evidence if fits.get(one.chunk.document_id, 0.0) >= 0 or speaks(one)]
