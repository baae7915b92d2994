"""Keys of the input method left in the text: "thuwowngr" (Telex) and "thu7o7ng3" (VNI) are "thưởng".

Read by what the keys ask for, not by replaying the method, so that a key that came late or a letter that already has
its mark ("thươngr") reads the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.clean import fold
from ingest.syllables import split_tone

_ACUTE, _GRAVE, _TILDE, _HOOK, _DOT = "\u0301", "\u0300", "\u0303", "\u0309", "\u0323"
_TELEX_TONES = {"s": _ACUTE, "f": _GRAVE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI_TONES = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_VNI_SHAPES = {"6": frozenset("âêô"), "7": frozenset("ơư"), "8": frozenset("ă"), "9": frozenset("đ")}
_W = frozenset("ăơư")
_CIRCUMFLEX = {"a": frozenset("â"), "e": frozenset("ê"), "o": frozenset("ô")}
_BAR = frozenset("đ")
_VOWELS = frozenset("aeiouy")
_VNI = re.compile(r"[^\W\d_]+(?:\d+[^\W\d_]*)+")


@dataclass(frozen=True, slots=True)
class Keys:
    """What was typed: ``letters`` with the accents they have, a ``tone`` or none, and ``shapes``.

    Each of the shapes is a set of letters of which the syllable must hold one.
    """

    letters: str
    tone: str = ""
    shapes: tuple[frozenset[str], ...] = ()

    @property
    def plain(self) -> str:
        """The letters without accents."""
        return fold(self.letters)

    def missing(self, form: str) -> int | None:
        """Count the marks of ``form`` (a syllable of the same plain letters) that were not typed.

        ``None`` when it lacks one that was.
        """
        typed, own_tone = split_tone(self.letters)
        bare, tone = split_tone(form)
        asked = self.tone or own_tone
        if (asked and tone != asked) or any(not shape.intersection(bare) for shape in self.shapes):
            return None
        added = 0 if tone == asked else 1
        for have, want in zip(typed, bare, strict=True):
            if have != want:
                if have != fold(have):
                    return None
                added += 1
        return max(0, added - sum(len(shape.intersection(bare)) for shape in self.shapes))


def telex(token: str) -> Keys | None:
    """Read a word, in lower case, as Telex keys; ``None`` when it holds none."""
    letters: list[str] = []
    tone = ""
    shapes: list[frozenset[str]] = []
    for place, key in enumerate(token):
        plain = [fold(letter) for letter in letters]
        vowel = any(letter in _VOWELS for letter in plain)
        if key in _TELEX_TONES and vowel:
            tone = _TELEX_TONES[key]
        elif key == "w":
            shapes.append(_W)
        elif key in _CIRCUMFLEX and key in plain[_onset(plain) :]:
            shapes.append(_CIRCUMFLEX[key])
        elif key == "d" and place and plain[0] == "d":
            shapes.append(_BAR)
        else:
            letters.append(key)
    if not tone and not shapes:
        return None
    return Keys(unicodedata.normalize("NFC", "".join(letters)), tone, tuple(dict.fromkeys(shapes)))


def vni(token: str) -> Keys | None:
    """Read letters and digits, in lower case, as VNI keys; ``None`` when they cannot be."""
    if not _VNI.fullmatch(token):
        return None
    letters: list[str] = []
    tone = ""
    shapes: list[frozenset[str]] = []
    for key in token:
        if key in _VNI_TONES and not tone:
            tone = _VNI_TONES[key]
        elif key in _VNI_SHAPES and _VNI_SHAPES[key] not in shapes[-1:]:
            shapes.append(_VNI_SHAPES[key])
        elif key.isdigit() and _VNI_SHAPES.get(key) not in shapes:
            return None
        elif not key.isdigit():
            letters.append(key)
    return Keys("".join(letters), tone, tuple(dict.fromkeys(shapes)))


def _onset(plain: list[str]) -> int:
    """Return where the vowels begin."""
    return next((place for place, letter in enumerate(plain) if letter in _VOWELS), len(plain))
