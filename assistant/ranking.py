"""The features that order passages, and their weights, set by hand and readable in ``--explain``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from assistant.answer_types import fits
from assistant.library import Profile
from assistant.query import Query
from assistant.question_types import asks_signer
from assistant.scoring import coverage, floor, neighbours
from assistant.units import Passage
from ingest.clean import fold


@dataclass(frozen=True, slots=True)
class Features:
    """All from 0 to 1 (``prior`` from -1 to 1).

    ``fused`` word and meaning search; ``covered`` weight of the question's words in the passage, its headings and
    lead-in; ``sentence`` the same in its best single unit; ``pairs`` neighbouring words kept together; ``prior`` the
    document meant; ``kind`` answer type present in the best unit; ``exact`` typed numbers and quoted words present;
    ``back`` it is a title, signature or recipients block nobody asked for; below 0 the signature that was asked for.
    """

    fused: float
    covered: float
    sentence: float
    pairs: float
    prior: float
    kind: float
    exact: float
    back: float

    def parts(self) -> dict[str, float]:
        """Round, for ``--explain``."""
        return {name: round(getattr(self, name), 3) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Features))
WEIGHTS = Features(fused=1.0, covered=0.5, sentence=0.6, pairs=0.25, prior=0.5, kind=0.15, exact=0.25, back=-0.15)


def score(features: Features) -> float:
    """Return the weighted sum."""
    return sum((getattr(features, name) * getattr(WEIGHTS, name) for name in _NAMES), 0.0)


def features(query: Query, passage: Passage, profile: Profile, fused: float, prior: Mapping[str, float]) -> Features:
    """Work out the features of one passage."""
    base = floor(query, passage.path, profile.title_joined)
    best, leading = 0.0, None
    for unit in passage.units:
        own = coverage(query, unit.set, unit.joined, unit.accented, unit.around, unit.before, base)
        if own > best:
            best, leading = own, unit
    return Features(
        fused=fused,
        covered=coverage(query, passage.set, passage.joined, passage.accented, passage.around, passage.context, base),
        sentence=best if "best_sentence" not in query.without else 0.0,
        pairs=neighbours(query, passage.joined),
        prior=prior.get(profile.id, 0.0),
        kind=fits(query.typed, leading.text) if leading else 0.0,
        exact=_exact(query, passage),
        back=_back(query, passage, profile),
    )


def _back(query: Query, passage: Passage, profile: Profile) -> float:
    if passage.chunk.kind not in ("front", "back"):
        return 0.0
    if passage.chunk.kind == "back" and asks_signer(query.understood.folded):
        return -3.0 if profile.meta.signer and profile.meta.signer in passage.chunk.text else 0.0
    return 0.0 if query.understood.asks("who", "when", "document") else 1.0


def _exact(query: Query, passage: Passage) -> float:
    """Share of the typed numbers, document numbers and quotations that the passage repeats."""
    understood = query.understood
    wanted = [fold(text) for text in (*understood.document_numbers, *understood.quoted)]
    wanted += [number for number in understood.numbers if number not in map(str, understood.years)]
    if not wanted:
        return 0.0
    text = fold(passage.chunk.text)
    return sum(one in text for one in wanted) / len(wanted)
