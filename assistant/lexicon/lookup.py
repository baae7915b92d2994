"""Look-up: which syllables of a question are an abbreviation or a wording that documents say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.words import join, syllables
from ingest.clean import fold
from ingest.syllables import is_syllable

_ACUTE = "\u0301"  # "bac" alone is no syllable, "bác" is
LONGEST_ABBREVIATION = 3
"""In tokens: "kt-xh" is read as one joined token and its two pieces."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something, as syllables: ``folded`` without accents, ``typed`` with them."""

    folded: tuple[str, ...]
    typed: tuple[str, ...]

    @property
    def key(self) -> str:
        """The accent-free phrase between spaces, ready for a containment test in joined tokens."""
        return join(self.folded)

    def agrees(self, folded: Sequence[str], typed: Sequence[str]) -> bool:
        """Say whether typed syllables can be this phrase: same letters, and no accent that contradicts it."""
        if tuple(folded) != self.folded:
            return False
        if len(self.folded) == 1:
            # A bare "bo" may be bộ, bỏ or bố: a single syllable counts only when it is typed as listed.
            return typed[0] == self.typed[0]
        return all(word in (own, bare) for word, own, bare in zip(typed, self.typed, self.folded, strict=True))


@dataclass(frozen=True, slots=True)
class Match:
    """Alternatives for the question's syllables ``start:end``; ``sure`` for an abbreviation written out."""

    start: int
    end: int
    alternatives: tuple[Phrase, ...]
    sure: bool


def phrase(text: str) -> Phrase:
    """Cut a phrase into syllables as questions are cut."""
    pairs = syllables(text)
    return Phrase(tuple(bare for bare, _ in pairs), tuple(typed for _, typed in pairs))


def pack(text: str) -> str:
    """Write a phrase so that :func:`unpack` reads it fifty times faster than its text is cut.

    That is its typed syllables, and before them, where they cannot be had by taking accents off, the folded ones.
    """
    cut = phrase(text)
    folded, typed = " ".join(cut.folded), " ".join(cut.typed)
    return typed if fold(typed) == folded else f"{folded}|{typed}"


def unpack(packed: str) -> Phrase:
    """Undo :func:`pack`."""
    folded, bar, typed = packed.partition("|")
    if not bar:
        folded, typed = fold(packed), packed
    return Phrase(tuple(folded.split()), tuple(typed.split()))


class Lexicon:
    """Look-up over compiled data (see :mod:`assistant.lexicon.compiled`); phrases are unpacked when first met."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.function_words = frozenset(data["function"])
        self.asking_words = frozenset(data["asking"])
        self.telling_nothing = frozenset(data["telling_nothing"])
        """Function and asking words with their accents."""
        self.provinces = {unpack(old): unpack(new) for _, old, new in data["provinces"]}
        self.province_names = {unpack(old).folded: str(name) for name, old, _ in data["provinces"]}
        self.subjects: dict[str, list[str]] = data["subjects"]
        self._abbreviations: dict[str, list[tuple[str, list[str]]]] = data["abbreviations"]
        self._wording: dict[str, list[tuple[str, list[str]]]] = data["wording"]
        self._compounds = frozenset(data["compounds"])
        self._met: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}

    def abbreviation(self, folded: Sequence[str], typed: Sequence[str]) -> tuple[Phrase, ...]:
        """Return the readings of an abbreviation, empty when it is none.

        Typed as listed it has its own readings. Typed without its accents it has those of all that look the same, and
        must not read as a syllable: "nd" can be nđ, "an" is a word.
        """
        entries = self._abbreviations.get(" ".join(folded))
        if not entries:
            return ()
        as_typed = " ".join(typed)
        found = [full for short, readings in entries if short == as_typed for full in readings]
        if (
            not found
            and tuple(typed) == tuple(folded)
            and not any(is_syllable(token) or is_syllable(token + _ACUTE) for token in folded)
        ):
            found = [full for _, readings in entries for full in readings]
        return tuple(unpack(full) for full in dict.fromkeys(found))

    def matches(self, folded: Sequence[str], typed: Sequence[str]) -> Iterator[Match]:
        """Find abbreviations and known wording in a question given as parallel syllables.

        The longest wording wins over those inside it, and a single syllable counts for nothing inside a compound:
        "phong" is not meant in "phong trào".
        """
        wording = []
        for start in range(len(folded)):
            for length in range(LONGEST_ABBREVIATION, 0, -1):
                window = slice(start, start + length)
                full = self.abbreviation(folded[window], typed[window])
                if full:
                    yield Match(start, start + len(folded[window]), full, sure=True)
                    break
            for known, others in self._starting(folded[start]):
                end = start + len(known.folded)
                if known.agrees(folded[start:end], typed[start:end]) and not self._in_compound(typed, start, end):
                    wording.append(Match(start, end, others, sure=False))
        for match in wording:
            if not any(
                other.start <= match.start
                and match.end <= other.end
                and other.end - other.start > match.end - match.start
                for other in wording
            ):
                yield match

    def _in_compound(self, typed: Sequence[str], start: int, end: int) -> bool:
        if end - start > 1:
            return False
        return " ".join(typed[start : end + 1]) in self._compounds or (
            start > 0 and " ".join(typed[start - 1 : end]) in self._compounds
        )

    def _starting(self, token: str) -> list[tuple[Phrase, tuple[Phrase, ...]]]:
        found = self._met.get(token)
        if found is None:
            found = self._met[token] = [
                (unpack(known), tuple(map(unpack, others))) for known, others in self._wording.get(token, ())
            ]
        return found
