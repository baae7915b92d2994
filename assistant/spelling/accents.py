"""What a word typed without its accents, or with some of them, may be."""

from __future__ import annotations

from assistant.spelling.lattice import Candidate
from assistant.spelling.model import SyllableModel
from assistant.spelling.telex import Keys
from ingest.clean import fold

TONE = 10.0
"""What it costs, in nats, to add a tone to a syllable that was typed with other marks."""
UNUSED = 10.0
"""What it costs to leave an accent-free syllable that nobody writes ("nao" for "nào")."""
_MOST = 12
"""Readings of one accent-free syllable; Vietnamese has up to twenty, the last of them never typed."""


def candidates(typed: str, model: SyllableModel, forgotten: float) -> list[Candidate]:
    """Return a syllable as typed and the forms it may stand for; no typed accent is changed or lost.

    ``typed`` is in match form; a form with more accents costs ``forgotten``. A word that already has its tone stands
    for itself.
    """
    own = model.ids.get(typed, model.unknown)
    bare = typed == fold(typed)
    if own == model.unknown and not bare:
        return [Candidate(typed, own)]
    keys = Keys(typed)
    found = [
        Candidate(form, place, forgotten if bare else TONE)
        for form, place in model.by_letters.get(fold(typed), ())[:_MOST]
        if form != typed and keys.missing(form) is not None
    ]
    return [Candidate(typed, own, UNUSED if found and own == model.unknown else 0.0), *found]
