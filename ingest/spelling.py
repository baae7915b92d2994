"""Two spellings of one word: letters without accents, and the tone on one agreed vowel. Lengths stay."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.syllables import TONES, VOWELS

_TONED = {letter + tone: unicodedata.normalize("NFC", letter + tone) for letter in VOWELS for tone in TONES}
_UNTONED = {toned: pair for pair, toned in _TONED.items()}
_ANY_VOWEL = "".join(sorted(VOWELS | _UNTONED.keys()))
VOWEL_RUN = re.compile(f"(?P<onset>[qg]?)(?P<run>[{_ANY_VOWEL}]{{2,4}})(?=(?P<coda>[^\\W\\d_])?)")
_QUALITY = frozenset("ăâêôơư")
TWO_SPELLINGS = frozenset({"oa", "oe", "uy"})


class _Folding(dict[int, str]):
    """Translation table that works out a character the first time it is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0]
        lower = base.lower()
        folded = "d" if lower == "đ" else lower if len(lower) == 1 else base
        self[code] = folded
        return folded


class _Lowering(dict[int, str]):
    """Lower-casing that never changes the length."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        self[code] = lower if len(lower) == 1 else chr(code)
        return self[code]


_FOLDING = _Folding()
LOWERING = _Lowering()


def fold(text: str) -> str:
    """Lower-case and strip accents and the bar of đ, character for character (the length stays).

    >>> fold("Điều 21. Quyết định")
    'dieu 21. quyet dinh'
    """
    return text.translate(_FOLDING)


def match_form(text: str) -> str:
    """Lower-case and put every tone on one agreed letter (hoà → hòa, qủa → quả); the length stays. For matching only.

    >>> match_form("UỶ BAN, hoà, cuả, hiệu qủa")
    'ủy ban, hòa, của, hiệu quả'
    """
    return VOWEL_RUN.sub(_agreed, text.translate(LOWERING))


def _agreed(match: re.Match[str]) -> str:
    return match["onset"] + agreed_run(match["onset"], match["run"], match["coda"] is not None)


@lru_cache(maxsize=4096)
def agreed_run(onset: str, run: str, closed: bool) -> str:
    """Put the tone of a run of vowels on its agreed letter; ``closed``: a consonant follows."""
    pairs = [_UNTONED.get(letter, letter) for letter in run]
    toned = [index for index, pair in enumerate(pairs) if len(pair) == 2]
    if len(toned) != 1:
        return run
    letters = [pair[0] for pair in pairs]
    first = 1 if onset + letters[0] in ("qu", "gi") else 0
    main = _main_vowel(letters[first:], closed) + first
    letters[main] = _TONED[letters[main] + pairs[toned[0]][1]]
    return "".join(letters)


def _main_vowel(letters: list[str], closed: bool) -> int:
    """Say which of a syllable's vowel letters carries the tone in the older spelling (hòa, thúy, của, khuỷu)."""
    marked = [index for index, letter in enumerate(letters) if letter in _QUALITY]
    if marked:
        return marked[-1]
    if closed:
        return len(letters) - 1
    return 0 if len(letters) <= 2 else 1
