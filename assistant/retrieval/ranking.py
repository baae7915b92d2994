"""The features that order passages, and the learned weights that add them up; ``--explain`` shows both.

The weights stand in ``ranking.json`` beside this file; ``python -m evals.training.ranking`` fits them on the project's
own questions and measures them on questions left out of the fit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import log
from operator import itemgetter, mul
from pathlib import Path
from typing import NamedTuple

from assistant.learned import Linear
from assistant.question.addresses import standing
from assistant.question.answer_types import fits
from assistant.question.question_types import asks_signer
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Query, Telling
from assistant.retrieval.scoring import headings, held, neighbours, sort_out
from assistant.retrieval.units import Passage, Unit
from ingest.clean import fold
from ingest.records import Chunk

WEIGHTS = Path(__file__).with_name("ranking.json")


class Features(NamedTuple):
    """All from 0 to 1 (``prior`` from -1 to 1).

    ``fused`` word and meaning search; ``covered`` weight of the question's words in the passage, its headings and
    lead-in; ``sentence`` the same in its best single unit; ``own`` and ``own_sentence`` what of these two is said in
    its own words; ``path`` what its headings hold; ``pairs`` neighbouring words kept together; ``soft`` the likest
    token for every token (late interaction); ``section`` words and neighbouring words in the
    whole section, 1 for the best; ``prior`` the document meant; ``kind`` answer type present in the best
    unit; ``exact`` typed numbers and quoted words present; ``long`` length of the best unit; ``address`` it
    stands at the article, item or note named by number; ``back`` it is a title, signature or recipients block nobody
    asked for; below 0 the signature that was asked for.
    """

    fused: float
    covered: float
    sentence: float
    pairs: float
    prior: float
    kind: float
    exact: float
    back: float
    own: float
    own_sentence: float
    path: float
    soft: float
    long: float
    address: float
    section: float

    def parts(self) -> dict[str, float]:
        """Round, for ``--explain``."""
        return {name: round(value, 3) for name, value in zip(NAMES, self, strict=True)}


NAMES = Features._fields
_glanced = itemgetter(*map(NAMES.index, ("fused", "prior", "back", "soft", "address", "section")))
BY_HAND = {
    "fused": 8.0,
    "covered": 4.0,
    "sentence": 4.8,
    "pairs": 2.0,
    "prior": 4.0,
    "kind": 1.2,
    "exact": 2.0,
    "back": -1.2,
    "soft": 1.6,
    "address": 6.0,
    "section": 2.0,
}
"""Weights as a person would set them: where fitting begins, and what ranks when the learned ones are left out."""
FIXED = ("address",)
"""Features that too few questions have for a weight to be learned; they keep the one set by hand."""


@cache
def model(learned: bool = True) -> Linear:
    """Return the shipped weights, or those set by hand."""
    if not learned:
        return Linear(NAMES, tuple(BY_HAND.get(name, 0.0) for name in NAMES))
    return Linear.from_json(json.loads(WEIGHTS.read_text(encoding="utf-8"))["passage"])


def score(features: Features, weights: Linear) -> float:
    """Return the weighted sum."""
    return weights.score(features)


def glance(
    query: Query, chunk: Chunk, profile: Profile, fused: float, soft: float, section: float, weights: Linear
) -> float:
    """Return the part of the weighted sum that is known before a passage is cut into sentences."""
    prior, address = query.prior.get(profile.id, 0.0), standing(query.places, chunk)
    known = (fused, prior, _back(query, chunk, profile), soft, address, section)
    total: float = sum(map(mul, _glanced(weights.weights), known))
    return total


def features(query: Query, passage: Passage, profile: Profile, fused: float, soft: float, section: float) -> Features:
    """Work out the features of one passage."""
    base, path = headings(query, passage.path, profile.title_joined)
    possible, rest = sort_out(query, passage.vocabulary, base)
    best, own_sentence, leading = _best_unit(possible, rest, passage, base)
    covered, own = held(possible, passage.set, passage.joined, passage.accented, passage.around, passage.context, base)
    return Features(
        fused=fused,
        covered=(rest + covered) / query.total,
        sentence=best / query.total if "best_sentence" not in query.without else 0.0,
        pairs=neighbours(query, passage.joined),
        prior=query.prior.get(profile.id, 0.0),
        kind=fits(query.typed, leading.text) if leading else 0.0,
        exact=_exact(query, passage),
        back=_back(query, passage.chunk, profile),
        own=own / query.total,
        own_sentence=own_sentence / query.total,
        path=path,
        soft=soft,
        long=log(1 + leading.words) / 5 if leading else 0.0,
        address=standing(query.places, passage.chunk),
        section=section,
    )


def _best_unit(
    possible: Sequence[Telling], rest: float, passage: Passage, base: Sequence[float]
) -> tuple[float, float, Unit | None]:
    """Return the weight that the best single unit holds, what of it in its own words, and that unit."""
    best, alone, leading = 0.0, 0.0, None
    for unit in passage.units:
        whole, own = held(possible, unit.set, unit.joined, unit.accented, unit.around, unit.before, base)
        if rest + whole > best:
            best, alone, leading = rest + whole, own, unit
    return best, alone, leading


def _back(query: Query, chunk: Chunk, profile: Profile) -> float:
    if chunk.kind not in ("front", "back"):
        return 0.0
    if chunk.kind == "back" and asks_signer(query.understood.folded):
        return -3.0 if profile.meta.signer and profile.meta.signer in chunk.text else 0.0
    return 0.0 if query.understood.asks("who", "when", "document") else 1.0


def _exact(query: Query, passage: Passage) -> float:
    """Share of the typed numbers, document numbers and quotations that the passage repeats."""
    understood = query.understood
    wanted = [fold(text) for text in (*understood.document_numbers, *understood.quoted)]
    wanted += [number for number in understood.numbers if number not in map(str, understood.years)]
    if not wanted:
        return 0.0
    text = passage.folded
    return sum(one in text for one in wanted) / len(wanted)
