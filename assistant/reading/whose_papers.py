"""A question about one province or office is not answered from the papers of another, unless they speak of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.records import Evidence
from assistant.retrieval.bodies import Said
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import Provinces, named_bodies
from ingest.records import Chunk


def of_those_named(query: Query, evidence: Sequence[Evidence], library: Library) -> list[Evidence]:
    """Leave out passages of another province's or office's papers that do not say the one asked for.

    Only where the store holds papers of a province or office asked for: else nothing tells which papers would be right,
    and what is lacking is told by :mod:`assistant.reading.refusal`. Papers of none (laws) always stay.
    """
    if "routing" in query.without:
        return list(evidence)
    places, bodies = query.understood.places, named_bodies(query, library)
    provinces = Provinces(places)
    fits = {profile.id: provinces.of(profile) for profile in library.profiles.values()} if places else {}
    by_place = any(fit > 0 for fit in fits.values())

    def stays(one: Evidence) -> bool:
        profile = library.profile(one.chunk.document_id)
        if by_place and fits.get(profile.id, 0.0) < 0 and not _speaks(one.chunk, places, library):
            return False
        others = bool(bodies and profile.bodies) and not profile.bodies & bodies
        return not others or _speaks(one.chunk, bodies, library)

    return [one for one in evidence if stays(one)]


def _speaks(chunk: Chunk, names: Collection[str], library: Library) -> bool:
    """Say whether a passage, with its headings and lead-in, holds one of the names by their accents."""
    text = f"{chunk.text} {chunk.context} {chunk.section}"
    said = library.kept("said", chunk.id, lambda: Said(text, accented=True))
    return any(said.names(name.lower()) for name in names)
