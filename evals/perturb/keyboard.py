"""Slips of the fingers and of the Vietnamese input method (Telex, VNI)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from evals.folding import plain

_SYLLABLE = re.compile(r"[^\W\d_]+")
_TONE_MARKS = {"\u0301": "acute", "\u0300": "grave", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot"}
_SHAPES = {"\u0306": "breve", "\u0302": "circumflex", "\u031b": "horn"}

_TELEX = {
    "acute": "s", "grave": "f", "hook": "r", "tilde": "x", "dot": "j",
    "breve": "w", "horn": "w", "circumflex": "", "bar": "d",
}  # fmt: skip
_VNI = {
    "acute": "1", "grave": "2", "hook": "3", "tilde": "4", "dot": "5",
    "circumflex": "6", "horn": "7", "breve": "8", "bar": "9",
}  # fmt: skip

EVERY = 6
"""One syllable in this many is hit, at least one."""


def keystrokes(syllable: str, keys: Mapping[str, str]) -> str:
    """Return what the keyboard sees when a syllable is typed with the input method switched off.

    >>> keystrokes("thưởng", _TELEX), keystrokes("đồng", _VNI)
    ('thuwowngr', 'd9o6ng2')
    """
    typed, tone = [], ""
    for char in syllable:
        if char in "đĐ":
            typed.append(("d" if char == "đ" else "D") + keys["bar"])
            continue
        base, *marks = tuple(unicodedata.normalize("NFD", char))
        typed.append(base)
        for mark in marks:
            if mark in _TONE_MARKS:
                tone = keys[_TONE_MARKS[mark]]
            elif mark in _SHAPES:
                typed.append(keys[_SHAPES[mark]] or base.lower())
    return "".join(typed) + tone


def _without_tone(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONE_MARKS))


def _tone_key(syllable: str, keys: Mapping[str, str]) -> str:
    marks = [mark for mark in unicodedata.normalize("NFD", syllable) if mark in _TONE_MARKS]
    return keys[_TONE_MARKS[marks[0]]] if marks else ""


def _slip(syllable: str, keys: Mapping[str, str], random: Random) -> str:
    """Make one slip: method off, tone key that came too late, or tone forgotten."""
    tone = _tone_key(syllable, keys)
    choices: list[Callable[[], str]] = [lambda: keystrokes(syllable, keys)]
    if tone:
        choices += [lambda: _without_tone(syllable) + tone, lambda: _without_tone(syllable)]
    return random.choice(choices)()


def _hit(text: str, random: Random, eligible: Callable[[str], bool], change: Callable[[str], str]) -> str:
    """Change one eligible syllable in ``EVERY``, at least one."""
    text = unicodedata.normalize("NFC", text)
    found = [match for match in _SYLLABLE.finditer(text) if eligible(match[0])]
    if not found:
        return text
    chosen = {match.start() for match in random.sample(found, max(1, len(found) // EVERY))}
    return _SYLLABLE.sub(lambda match: change(match[0]) if match.start() in chosen else match[0], text)


def _accented(syllable: str) -> bool:
    return plain(syllable) != syllable


def telex(text: str, random: Random) -> str:
    """Slip with Telex: "thưởng" comes out as "thuwowngr", "thươngr" or "thương"."""
    return _hit(text, random, _accented, lambda syllable: _slip(syllable, _TELEX, random))


def vni(text: str, random: Random) -> str:
    """Slip with VNI: "đồng" comes out as "d9o6ng2", "đông2" or "đông"."""
    return _hit(text, random, _accented, lambda syllable: _slip(syllable, _VNI, random))


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    """Map each letter key to the keys that touch it."""
    near: dict[str, set[str]] = {key: set() for row in _ROWS for key in row}
    for upper, row in enumerate(_ROWS):
        for index, key in enumerate(row):
            near[key].update(row[max(0, index - 1) : index] + row[index + 1 : index + 2])
            if upper + 1 < len(_ROWS):
                for below in _ROWS[upper + 1][max(0, index - 1) : index + 1]:
                    near[key].add(below)
                    near[below].add(key)
    return {key: "".join(sorted(keys)) for key, keys in near.items()}


NEIGHBOURS = _neighbours()


def neighbour_key(text: str, random: Random) -> str:
    """Hit the key beside the right one, in syllables of three letters or more."""

    def change(syllable: str) -> str:
        places = [index for index, char in enumerate(syllable) if char in NEIGHBOURS]
        at = random.choice(places)
        return syllable[:at] + random.choice(NEIGHBOURS[syllable[at]]) + syllable[at + 1 :]

    return _hit(text, random, lambda s: len(s) >= 3 and any(char in NEIGHBOURS for char in s), change)
