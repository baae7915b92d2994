"""How alike two texts are, and where one says what the other does not. Pure.

A text becomes its words without accents, marks and layout. A *sketch* of a few hundred bytes tells nearly how many runs
of three words two texts share, so that thousands of documents are looked through in milliseconds; what looks alike is
then compared word by word.
"""

from __future__ import annotations

import re
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
"""So many words in a row that the other text lacks are a passage of its own, not a page number or running head."""
BINS = 128

Sketch = NDArray[np.uint32]
_RUN = 3
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)  # odd, one a word
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
    in the same surroundings in the first and in the second. ``added`` and ``dropped`` are passages that only the first,
    or only the second, has.
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
    """Compare two texts word by word; what merely stands elsewhere is no difference."""
    one, two = words(first), words(second)
    runs_one, runs_two = set(_runs(one)), set(_runs(two))
    every = len(runs_one | runs_two)
    shared = len(runs_one & runs_two) / every if every else float(one == two)
    own_one, own_two = _own(one, runs_two), _own(two, runs_one)
    changed = [
        (" ".join(run), " ".join(own_two[around]))
        for around, run in own_one.items()
        if around in own_two and "".join(run) != "".join(own_two[around])
    ]
    return Difference(
        shared,
        tuple(changed),
        tuple(_passages(own_one, own_two)),
        tuple(_passages(own_two, own_one)),
    )


_Around = tuple[tuple[str, ...], tuple[str, ...]]


def _own(cut: Sequence[str], others: set[tuple[str, ...]]) -> dict[_Around, list[str]]:
    """Return the stretches of words that no run shared with the other text covers, by the two words on either side."""
    covered = np.zeros(len(cut), dtype=bool)
    for start, run in enumerate(_runs(cut)):
        if run in others:
            covered[start : start + _RUN] = True
    found: dict[_Around, list[str]] = {}
    start = 0
    for end in [*np.flatnonzero(covered).tolist(), len(cut)]:
        if end > start:
            found[tuple(cut[max(0, start - 2) : start]), tuple(cut[end : end + 2])] = list(cut[start:end])
        start = end + 1
    return found


def _passages(own: dict[_Around, list[str]], others: dict[_Around, list[str]]) -> Iterator[str]:
    for around, run in own.items():
        if len(run) >= PASSAGE and around not in others:
            yield " ".join(run)


def _runs(cut: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(cut[start:] for start in range(_RUN)), strict=False)
