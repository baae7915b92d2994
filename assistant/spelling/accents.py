"""What a word typed without its accents, or with some of them, may be."""

from __future__ import annotations

from functools import lru_cache

from assistant.spelling.lattice import Candidate
from assistant.spelling.model import SyllableModel
from ingest.clean import fold
from ingest.syllables import split_tone

TONE = 10.0
"""What it costs, in nats, to add a tone to a syllable that was typed with other marks."""
UNUSED = 10.0
"""What it costs to leave an accent-free syllable that nobody writes ("nao" for "nào")."""
_MOST = 12
"""Readings of one accent-free syllable; Vietnamese has up to twenty, the last of them never typed."""


@lru_cache(maxsize=4096)
def candidates(typed: str, model: SyllableModel, forgotten: float) -> tuple[Candidate, ...]:
    """Return a syllable as typed and the forms it may stand for; no typed accent is changed or lost.

    ``typed`` is in match form; an accent-free syllable with its accents costs ``forgotten``. To a syllable that was
    typed with accents only a tone may be added, where all around it asks for one ("khen thương").
    """
    own = model.ids.get(typed, model.unknown)
    bare = typed == fold(typed)
    if own == model.unknown and not bare:
        return (Candidate(typed, own),)
    forms = [one for one in model.by_letters.get(fold(typed), ())[:_MOST] if one[0] != typed]
    if bare:
        found = [Candidate(form, place, forgotten) for form, place in forms]
    elif split_tone(typed)[1]:
        found = []
    else:
        found = [Candidate(form, place, TONE) for form, place in forms if split_tone(form)[0] == typed]
    return (Candidate(typed, own, UNUSED if found and own == model.unknown else 0.0), *found)
