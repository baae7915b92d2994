"""The syllable model that ships with the project: how likely a syllable is after the two before it.

Counts of state legal texts and of the project's own, made by ``vectorstore/training/train_accents.py``; loaded when a
question first needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.clean import fold
from ingest.syllables import is_syllable
from vectorstore.syllable_runs import BREAK, NUMBER, UNKNOWN, pieces

STEP = 14.0
"""As in the trainer: a count c is stored as the whole number next to STEP · ln c."""
PAIR_DOUBT = 3.0
TRIPLE_DOUBT = 8.0
"""Weight of the shorter context beside the longer one, for every kind of syllable seen after the longer (Witten-Bell:
what is followed by many things may be followed by one more)."""
NEARBY = 0.3
"""Share of the passages at hand in a probability, beside what the model learnt."""

Numbers = NDArray[np.int64]
Logs = NDArray[np.float64]


class SyllableModel:
    """Counts with binary search. Ids count from 0; :attr:`unknown`, :attr:`break_` and :attr:`number` are not words."""

    def __init__(self, arrays: Mapping[str, NDArray[np.unsignedinteger[Any]]]) -> None:
        self.forms = bytes(arrays["vocabulary"]).decode().split("\n")
        self.size = len(self.forms)
        counts = np.exp(np.arange(256) / STEP)
        self._single = counts[arrays["single"]]
        self._total = float(self._single.sum())
        rows: Numbers = arrays["pair_rows"].astype(np.int64)
        rows = rows[1:] - rows[:-1]
        first = np.repeat(np.arange(self.size, dtype=np.int64), rows)
        self._kinds = PAIR_DOUBT * (1.0 + rows)
        self._pairs = first * self.size + arrays["pair_second"]
        self._pair_counts = counts[arrays["pair_count"]]
        followers: Numbers = arrays["triple_rows"].astype(np.int64)
        self._pair_kinds = TRIPLE_DOUBT * (1.0 + followers)
        self._triples = np.repeat(np.arange(len(followers), dtype=np.int64), followers) * self.size
        self._triples += arrays["triple_third"]
        self._triple_counts = counts[arrays["triple_count"]]

    @cached_property
    def ids(self) -> dict[str, int]:
        """Id of every form."""
        return {form: place for place, form in enumerate(self.forms)}

    @cached_property
    def by_letters(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Vietnamese syllables with their ids, by their letters without accents, commonest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for place, form in enumerate(self.forms):
            if is_syllable(form):
                found.setdefault(fold(form), []).append((form, place))
        return {
            letters: tuple(sorted(forms, key=lambda one: (-self._single[one[1]], one[0])))
            for letters, forms in found.items()
        }

    @property
    def unknown(self) -> int:
        """Stands for every word that was read too rarely to be known."""
        return self.ids[UNKNOWN]

    @property
    def break_(self) -> int:
        """The end of a clause."""
        return self.ids[BREAK]

    @property
    def number(self) -> int:
        """Stands for every number."""
        return self.ids[NUMBER]

    def knows(self, form: str) -> bool:
        """Say whether a word, in match form, was read often enough to be known; it need not be Vietnamese."""
        return form in self.ids

    def often(self, place: int) -> float:
        """Return how often one was read."""
        return float(self._single[place])

    def seen(self, left: Numbers, right: Numbers) -> Logs:
        """Return how often each pair was read, 0 for rare ones; the two arrays are of one shape."""
        return _counts(self._pairs, self._pair_counts, left * self.size + right)

    def after(self, left: Numbers, right: Numbers) -> Logs:
        """Return P(right | left) for each pair."""
        alone = self._single[right] / self._total
        base = np.where(left == self.unknown, 0.0, self._single[left])
        doubt = self._kinds[left]
        found: Logs = (self.seen(left, right) + doubt * alone) / (base + doubt)
        return found

    def after_two(self, first: Numbers, left: Numbers, right: Numbers) -> Logs:
        """Return P(right | first, left) for each triple."""
        keys = first * self.size + left
        place = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        known = (self._pairs[place] == keys) & (left != self.break_)
        pair = np.where(known, self._pair_counts[place], 0.0)
        triple = np.where(known, _counts(self._triples, self._triple_counts, place * self.size + right), 0.0)
        doubt = np.where(known, self._pair_kinds[place], 1.0)
        found: Logs = (triple + doubt * self.after(left, right)) / (pair + doubt)
        return found


class Nearby:
    """The model and, beside it, the passages a question seems to be about: their names and turns of phrase."""

    def __init__(self, model: SyllableModel, texts: Iterable[str]) -> None:
        self.model = model
        stream = [model.ids.get(piece, model.unknown) for text in texts for piece in (*pieces(text), BREAK)]
        ids = np.array(stream or [model.break_], dtype=np.int64)
        self._single = np.bincount(ids, minlength=model.size)
        self._single[model.unknown] = 0
        self._pairs, self._pair_counts = np.unique(ids[:-1] * model.size + ids[1:], return_counts=True)
        triples = (ids[:-2] * model.size + ids[1:-1]) * model.size + ids[2:]
        self._triples, self._triple_counts = np.unique(triples, return_counts=True)

    def after(self, left: Numbers, right: Numbers) -> Logs:
        """Return P(right | left) for each pair."""
        own = self._seen(left, right) / (self._single[left] + 1.0)
        found: Logs = (1 - NEARBY) * self.model.after(left, right) + NEARBY * own
        return found

    def after_two(self, first: Numbers, left: Numbers, right: Numbers) -> Logs:
        """Return P(right | first, left) for each triple."""
        keys = (first * self.model.size + left) * self.model.size + right
        own = _counts(self._triples, self._triple_counts, keys) / (self._seen(first, left) + 1.0)
        shorter = self._seen(left, right) / (self._single[left] + 1.0)
        found: Logs = (1 - NEARBY) * self.model.after_two(first, left, right) + NEARBY * (own + shorter) / 2
        return found

    def _seen(self, left: Numbers, right: Numbers) -> Logs:
        return _counts(self._pairs, self._pair_counts, left * self.model.size + right)


def _counts(keys: Numbers, counts: NDArray[np.generic], wanted: Numbers) -> Logs:
    if not len(keys):
        return np.zeros(wanted.shape)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, counts[place], 0.0)


@cache
def load() -> SyllableModel:
    """Return the model that ships with the project, loaded once."""
    home = files("vectorstore.models") / "tdkt-vi-accents" / "tdkt_accents.npz"
    with as_file(home) as path, np.load(path, allow_pickle=False) as arrays:
        return SyllableModel({name: arrays[name] for name in arrays.files})
