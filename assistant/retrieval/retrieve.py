"""Find passages: words and meaning searched together, then re-scored by features a person can read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.question.addresses import standing
from assistant.question.question_types import asks_signer
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import Features, features, glance, model, score
from assistant.retrieval.reranking import reranked
from assistant.retrieval.sections import section_scores
from ingest.records import Chunk
from vectorstore import late_interaction
from vectorstore.records import Filter, Hit

WIDE = 100
"""Hits asked of each index."""
RESCORED = 60
"""Passages that are put in order by more than their place in the two searches."""
CLOSE = 32
"""Those of them that are cut into sentences and looked at closely; the others stay behind them."""
STEP = 0.01
"""By how much the score falls from one passage to the next where only their order is known."""
LIKELY = 3
"""Documents in which a signature, or an item named by number, is looked up."""
POINTED = 12
"""Passages at a place named by number that are looked at."""
VECTOR = 0.3
"""Weight of meaning beside words."""


def retrieve(query: Query, library: Library, k: int = 50, allowed: Collection[str] | None = None) -> list[Evidence]:
    """Return at most ``k`` passages, best first; ``allowed`` names the documents the reader may see (``None``: all)."""
    fused, meaning = _fuse(query, library, None if allowed is None else Filter(document_ids=frozenset(allowed)))
    order = sorted(fused, key=lambda one: (-fused[one], one))
    order = [*_pointed_at(query, library, allowed), *order]
    ranked = library.chunks(list(dict.fromkeys(order))[: max(RESCORED, k)])
    chunks = {chunk.id: chunk for chunk in ranked}
    weights = model("learned_ranking" not in query.without)
    near = ranked[:RESCORED]
    softs = dict(zip(chunks, _soft(query, library, near), strict=False))
    sections = dict(zip(chunks, _sections(query, library, near), strict=False))
    glances = {}
    for one, soft in softs.items():
        profile = library.profile(chunks[one].document_id)
        glances[one] = glance(query, chunks[one], profile, fused.get(one, 0.0), soft, sections[one], weights)
    first = sorted(glances, key=lambda one: (-glances[one], one))
    looked: list[tuple[float, str, Features]] = []
    for one in first[:CLOSE]:
        passage, profile = library.passage(chunks[one]), library.profile(chunks[one].document_id)
        found = features(query, passage, profile, fused.get(one, 0.0), softs[one], sections[one])
        looked.append((score(found, weights), one, found))
    looked.sort(key=lambda row: (-row[0], row[1]))
    evidence = [
        Evidence(chunks[one], round(total, 4), rank, found.parts() | {"meaning": meaning.get(one, 0.0)})
        for rank, (total, one, found) in enumerate(looked[:k], 1)
    ]
    floor = looked[-1][0] if looked else 0.0
    for one in [*first[CLOSE:], *list(chunks)[RESCORED:]][: max(0, k - len(evidence))]:
        floor -= STEP
        parts = {"fused": fused.get(one, 0.0)}
        evidence.append(Evidence(chunks[one], round(floor, 4), len(evidence) + 1, parts))
    return evidence if library.reranker is None else reranked(query.search_text, evidence, library.reranker)


def _pointed_at(query: Query, library: Library, allowed: Collection[str] | None) -> list[str]:
    """Return passages of the likeliest documents that words may not find: a signature, an item named by number."""
    signer, places = asks_signer(query.understood.folded), query.places
    if not signer and not places:
        return []
    seen = [one for one in library.profiles.values() if allowed is None or one.id in allowed]
    likely = sorted(seen, key=lambda one: (-query.prior.get(one.id, 0.0), one.id))
    signed = [one for one in likely if one.meta.signer][:LIKELY] if signer else []
    found = [
        chunk.id
        for one in signed
        for chunk in library.chunks_of(one.id)
        if chunk.kind == "back" and one.meta.signer in chunk.text
    ]
    if places:
        chunks = [chunk for one in likely[:LIKELY] for chunk in library.chunks_of(one.id)]
        found += [chunk.id for chunk in chunks if standing(places, chunk) == 1.0][:POINTED]
    return found


def _soft(query: Query, library: Library, chunks: Sequence[Chunk]) -> list[float]:
    """Late interaction of the question with every chunk."""
    if "late_interaction" in query.without:
        return [0.0] * len(chunks)
    return late_interaction.load().scores(query.search_text, [library.token_ids(chunk) for chunk in chunks])


def _sections(query: Query, library: Library, chunks: Sequence[Chunk]) -> list[float]:
    """How well the section of every chunk holds the question."""
    return [0.0] * len(chunks) if "sections" in query.without else section_scores(query, chunks, library)


def _fuse(query: Query, library: Library, condition: Filter | None) -> tuple[dict[str, float], dict[str, float]]:
    """Chunk id to a score from 0 to 1: both searches scaled to their best hit and added; then the plain similarity."""
    lexical = library.store.search_lexical(query.terms, WIDE, condition) if query.terms else []
    vectors = library.store.search_vectors(query.search_text, WIDE, condition) if "vectors" not in query.without else []
    fused: dict[str, float] = {}
    for hits, weight in ((lexical, 1.0), (vectors, VECTOR)):
        for identifier, scaled in _scaled(hits).items():
            fused[identifier] = fused.get(identifier, 0.0) + weight * scaled
    best = max(fused.values(), default=1.0) or 1.0
    shares = {identifier: total / best for identifier, total in fused.items()}
    return shares, {hit.chunk_id: hit.score for hit in vectors}


def _scaled(hits: list[Hit]) -> dict[str, float]:
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.chunk_id: max(0.0, hit.score) / best for hit in hits} if best > 0 else {}
