"""What a word that is none was meant to be: keys of the input method, letters hit, swapped, missed or doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.spelling.lattice import Candidate
from assistant.spelling.model import SyllableModel
from assistant.spelling.telex import Keys, telex, vni
from ingest.clean import fold

KEPT_AS_TYPED = 6.0
"""What it costs, in nats, to leave a word that neither language, documents nor lexicon know."""
KEYS_AS_TYPED = 12.0
"""What it costs when the word reads as keys of the input method."""
_NAME = 4.0
"""What a slip costs more in a word with a capital: it may be a name."""
_KEYS = 0.5
_MARK = 1.5
"""What every accent costs that was not typed."""
_DOUBLED, _NEIGHBOUR, _SWAPPED, _LETTER = 3.0, 4.5, 5.0, 7.0
_SHORTEST = 3
_BAR = re.compile(r"D[dD9]")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALPHABET = "abcdeghiklmnopqrstuvxyđ"


def _touching() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {key: set() for row in _ROWS for key in row}
    for number, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            if number + 1 < len(_ROWS):
                near += _ROWS[number + 1][max(0, place - 1) : place + 1]
            for other in near:
                found[key].add(other)
                found[other].add(key)
    return {key: frozenset(near) for key, near in found.items()}


_NEAR = _touching()


def barred(word: str) -> str:
    """Return capitals with their "Đ" where that was typed as keys ("TTLDDXS", "D9K"), else nothing."""
    full = _BAR.sub("Đ", word)
    return full if full != word and full.isupper() and len(full) > 1 else ""


def candidates(typed: str, model: SyllableModel, accents: bool, name: bool) -> tuple[Candidate, ...]:
    """Return the word itself, at a cost, and the syllables it may have been meant to be.

    ``typed`` is in match form and no syllable in use; ``accents``: the question has some, so that a missing one tells;
    ``name``: it may be a name.
    """
    found: dict[str, Candidate] = {}

    def add(keys: Keys, cost: float, mark: float) -> None:
        for form, place in model.by_letters.get(keys.plain, ()):
            missing = keys.missing(form)
            if missing is None:
                continue
            total = cost + missing * mark
            if form not in found or total < found[form].cost:
                found[form] = Candidate(form, place, total)

    mark = _MARK if accents else 0.0
    for keys in (telex(typed), vni(typed), Keys(typed) if typed.isalpha() and typed != fold(typed) else None):
        if keys is not None:
            add(keys, _KEYS, 2 * _MARK)
    own = Candidate(typed, model.unknown, KEYS_AS_TYPED if found else KEPT_AS_TYPED)
    if typed.isalpha() and len(typed) >= _SHORTEST:
        for letters, cost in _edits(typed):
            add(Keys(letters), cost + _NAME * name, mark)
    best = sorted(found.values(), key=lambda one: (one.cost, -model.often(one.id)))[:40]
    return (own, *best)


def _edits(typed: str) -> Iterator[tuple[str, float]]:
    """Every word one slip away, with what the slip costs."""
    for place, letter in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        yield before + after, _DOUBLED if before[-1:] == letter else _LETTER
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], _SWAPPED
        near = _NEAR.get(fold(letter), frozenset())
        for other in _ALPHABET:
            if other != letter:
                yield before + other + after, _NEIGHBOUR if other in near else _LETTER
    for place in range(len(typed) + 1):
        for other in _ALPHABET:
            yield typed[:place] + other + typed[place:], _LETTER
