"""How alike two texts are, and where one says what the other does not. Pure.

A text becomes its words without accents, marks and layout. A *sketch* of a few hundred bytes tells nearly how many runs
of three words two texts share, so that thousands of documents are looked through in milliseconds; what looks alike is
then compared word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ingest.clean import fold

RULES = 1
"""Version of words and sketches; sketches of another version are made anew."""

SHORTEST = 40
"""Texts of fewer words are too short to be called alike."""
PASSAGE = 8
"""So many words in a row that the other text lacks are a passage of its own wherever they stand."""
BINS = 128

Sketch = NDArray[np.uint32]
_RUN = 3
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)  # odd, one a word
_HEAD, _FOOT = 80, 60
"""Words of the title block, and of signature and recipients, about."""
_EVERY_PAGE = 3
_LABEL = re.compile(r"[0-9]{1,3}|[a-z]|[ivxl]+")
_LONG = 6  # letters: abbreviations are shorter
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_EMPTY = np.uint32(0xFFFFFFFF)
_WORD = re.compile(r"[0-9]+(?:[.,/-][0-9]+)*|[^\W\d_]+")
# The motto stands on every paper, and is furniture to some readers.
_MARKS = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia viet nam\W+doc lap\W+tu do\W+hanh phuc")


def words(text: str) -> list[str]:
    """Cut a text into what two readings of the same paper agree on: syllables without accents, and figures."""
    return _WORD.findall(_MOTTO.sub(" ", fold(text).translate(_MARKS)))


def sketch(text: str) -> Sketch:
    """Return the smallest hash of a run of three words in each of :data:`BINS` bins; shape ``(BINS,)``.

    Bins without any are ``0xFFFFFFFF``; all of them for a text shorter than :data:`SHORTEST` words.
    """
    smallest = np.full(BINS, _EMPTY, dtype=np.uint32)
    cut = words(text)
    if len(cut) < SHORTEST:
        return smallest
    codes = np.fromiter(map(_code, cut), dtype=np.uint64, count=len(cut))
    hashes = sum(codes[start : len(codes) - _RUN + 1 + start] * factor for start, factor in enumerate(_FACTORS))
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _FACTORS[0]
    bins = (hashes >> np.uint64(8)) % np.uint64(BINS)
    np.minimum.at(smallest, bins.astype(np.intp), (hashes >> np.uint64(32)).astype(np.uint32))
    return smallest


@lru_cache(maxsize=50_000)
def _code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def estimate(one: Sketch, others: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return about which share of their runs a sketch and each row of ``others``, shape ``(n, BINS)``, have in common.

    The error is about 0.04 in texts of a page and more.
    """
    held = (others != _EMPTY) | (one != _EMPTY)
    same = ((others == one) & (one != _EMPTY)).sum(axis=1)
    return np.asarray(same / np.maximum(held.sum(axis=1), 1), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Difference:
    """What two texts have in common and what not.

    ``shared`` is the share of all different runs of three words that both have, 0 to 1. ``changed`` pairs what stands
    in the same surroundings in the first and in the second. ``added`` and ``dropped`` is what only the first, or
    only the second, says.
    """

    shared: float
    changed: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether both say the same, up to layout."""
        return not (self.changed or self.added or self.dropped)


def compare(first: str, second: str) -> Difference:
    """Compare two texts word by word; what merely stands elsewhere, or is spaced otherwise, is no difference."""
    one, two = words(first), words(second)
    runs_one, runs_two = set(_runs(one)), set(_runs(two))
    every = len(runs_one | runs_two)
    shared = len(runs_one & runs_two) / every if every else float(one == two)
    own_one, own_two = _own(one, runs_two, "".join(two)), _own(two, runs_one, "".join(one))
    _drop_garbled(own_one, own_two)
    changed = [
        (" ".join(stretch.words), " ".join(own_two[around].words))
        for around, stretch in own_one.items()
        if around in own_two
    ]
    return Difference(
        shared,
        tuple(changed),
        tuple(_passages(own_one, own_two, len(one))),
        tuple(_passages(own_two, own_one, len(two))),
    )


_Around = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words in a row that the other text lacks; ``start`` counts the words before them."""

    words: tuple[str, ...]
    start: int


def _own(cut: Sequence[str], others: set[tuple[str, ...]], glued: str) -> dict[_Around, _Stretch]:
    """Return the stretches that no run shared with the other text covers, by the two words on either side.

    ``glued`` is the other text without spaces: a stretch that stands there between the same words is spaced otherwise.
    """
    covered = np.zeros(len(cut), dtype=bool)
    for start, run in enumerate(_runs(cut)):
        if run in others:
            covered[start : start + _RUN] = True
    found: dict[_Around, _Stretch] = {}
    start = 0
    for end in [*np.flatnonzero(covered).tolist(), len(cut)]:
        if end > start and "".join(cut[max(0, start - 2) : end + 2]) not in glued:
            around = tuple(cut[max(0, start - 2) : start]), tuple(cut[end : end + 2])
            found[around] = _Stretch(tuple(cut[start:end]), start)
        start = end + 1
    return found


def _drop_garbled(one: dict[_Around, _Stretch], two: dict[_Around, _Stretch]) -> None:
    """Leave out a word that a reader ran together with another, and the word the other text has in its place."""
    for own, others in ((one, two), (two, one)):
        for around in [key for key, stretch in own.items() if _garbled(stretch)]:
            del own[around]
            for key in [key for key in others if key[0] == around[0] or key[1] == around[1]]:
                if len(others[key].words) == 1 and others[key].words[0].isalpha():
                    del others[key]


def _garbled(stretch: _Stretch) -> bool:
    word = stretch.words[0]
    return len(stretch.words) == 1 and len(word) >= _LONG and word.isalpha() and not _SYLLABLE.fullmatch(word)


def _passages(own: dict[_Around, _Stretch], others: dict[_Around, _Stretch], length: int) -> Iterator[str]:
    """Return what only one text says, without what readers of different formats leave out or put in.

    These are list labels, page and note numbers, what comes back on every page, and words at the head and foot of the
    paper, where stamps, columns and the date line are.
    """
    times = Counter(stretch.words for stretch in own.values())
    for around, stretch in own.items():
        inside = stretch.start >= _HEAD and stretch.start + len(stretch.words) <= length - _FOOT
        says = inside and times[stretch.words] < _EVERY_PAGE and not all(map(_LABEL.fullmatch, stretch.words))
        if around not in others and (says or len(stretch.words) >= PASSAGE):
            yield " ".join(stretch.words)


def _runs(cut: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(cut[start:] for start in range(_RUN)), strict=False)
