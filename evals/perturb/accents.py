"""Accents: dropped, half dropped, decomposed, on the other vowel."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from evals.folding import plain

_SYLLABLE = re.compile(r"[^\W\d_]+")


def no_accents(text: str, random: Random) -> str:
    """Drop every accent."""
    return plain(unicodedata.normalize("NFC", text))


def half_accents(text: str, random: Random) -> str:
    """Drop the accents of about half the syllables, never of all and never of none where two have any."""
    text = unicodedata.normalize("NFC", text)
    accented = [match for match in _SYLLABLE.finditer(text) if plain(match[0]) != match[0]]
    if not accented:
        return text
    count = min(max(1, round(len(accented) / 2)), max(1, len(accented) - 1))
    chosen = {match.start() for match in random.sample(accented, count)}
    return _SYLLABLE.sub(lambda match: plain(match[0]) if match.start() in chosen else match[0], text)


def decomposed(text: str, random: Random) -> str:
    """Write the same text in NFD, as macOS file names and some PDF text layers do."""
    return unicodedata.normalize("NFD", text)


_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_PAIRS = (("o", "a"), ("o", "e"), ("u", "y"))


def _placements() -> dict[str, str]:
    """Map every toned vowel pair to the same pair with the tone on its other vowel ("òa" to "oà" and back)."""
    found: dict[str, str] = {}
    for first, second in _PAIRS:
        for tone in _TONES:
            new = unicodedata.normalize("NFC", first + tone) + second
            old = first + unicodedata.normalize("NFC", second + tone)
            found |= {new: old, old: new}
    return found


_OTHER = _placements()
_OPEN = re.compile(r"(?<![qQ])(?:" + "|".join(_OTHER) + r")(?![^\W\d_])", re.IGNORECASE)


def tone_placement(text: str, random: Random) -> str:
    """Move the tone of open oa, oe, uy to the other vowel: both spellings are in use (hòa, hoà)."""
    return _OPEN.sub(_moved, unicodedata.normalize("NFC", text))


def _moved(match: re.Match[str]) -> str:
    moved = _OTHER[match[0].lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(match[0], moved, strict=True))
