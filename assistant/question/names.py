"""Proper names in a question."""

from __future__ import annotations

import re

from assistant import lexicon
from ingest.clean import fold

_SYLLABLE = re.compile(r"[^\W\d_]+|\S")
_BODIES = frozenset(["so", "bo", "ban", "hoi"])


def _abbreviation(syllable: str) -> bool:
    return syllable.isupper() and len(syllable) > 1


def names_in(text: str) -> tuple[str, ...]:
    """Proper names: two or more capitalised syllables in a row; one that opens a sentence may be an ordinary word."""
    if text.isupper():
        return ()
    found: list[list[str]] = [[]]
    opens = True
    ordinary = lexicon.load().function_words
    for match in _SYLLABLE.finditer(text):
        syllable = match.group()
        if syllable[0].isupper() and not (opens and fold(syllable) in ordinary):
            found[-1].append(syllable)
        elif found[-1]:
            # "Sở Y tế": a body's name goes on with the second syllable of its last word.
            last = found[-1][-1]
            body = len(found[-1]) > 1 and fold(found[-1][0]) in _BODIES
            spoken = syllable.isalpha() and fold(syllable) not in ordinary
            if body and spoken and (fold(last) == "y" or not last.isupper()):
                found[-1].append(syllable)
            found.append([])
        opens = syllable in ".?!:;"
    # Abbreviations in a row ("KT BG") name nothing that could be missing as such.
    return tuple(" ".join(name) for name in found if len(name) > 1 and not all(map(_abbreviation, name)))
