"""The words officers use: abbreviations, everyday and official wording, places, function words.

The YAML files beside this module are written to be edited by officers; everything here only loads and looks up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.words import join, syllables
from ingest.clean import fold, match_form

FOLDER = Path(__file__).parent
_VOWELS = frozenset("aeiouy")


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


class Lexicon:
    """Look-up over the loaded files."""

    def __init__(self, files: dict[str, Any]) -> None:
        self.abbreviations = {
            match_form(str(short)): tuple(_phrase(form) for form in str(full).split("|"))
            for entries in files["abbreviations"].values()
            for short, full in entries.items()
        }
        self.groups = tuple(
            tuple(_phrase(form) for form in line.split("|")) for lines in files["wording"].values() for line in lines
        )
        self.function_words = frozenset(fold(files["stopwords"]["chức năng"]).split())
        self.asking_words = frozenset(fold(files["stopwords"]["hỏi"]).split())
        self.provinces = {_phrase(old): _phrase(new) for old, new in files["places"].items()}
        self.province_names = {_phrase(name).folded: str(name) for name in files["places"]}
        self.subjects = files["subjects"]
        self._short = self._index_abbreviations()
        self._by_syllable = self._index_groups()

    def _index_abbreviations(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], tuple[Phrase, ...]]]:
        index: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[Phrase, ...]]] = {}
        for short, full in self.abbreviations.items():
            phrase = _phrase(short)
            index.setdefault(phrase.folded, (phrase.typed, full))
        return index

    def _index_groups(self) -> dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]]:
        index: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
        by_full = {phrase.folded: short for short, (_, full) in self._short.items() for phrase in full[:1]}
        for group in self.groups:
            for phrase in group:
                others = tuple(other for other in group if other is not phrase and len(other.folded) > 1)
                index.setdefault(phrase.folded[0], []).append((phrase, others))
        for full_form, short_form in by_full.items():
            phrase = Phrase(full_form, next(p.typed for p in self._short[short_form][1] if p.folded == full_form))
            short = Phrase(short_form, self._short[short_form][0])
            index.setdefault(full_form[0], []).append((phrase, (short,)))
        return index

    def abbreviation(self, folded: Sequence[str], typed: Sequence[str]) -> tuple[Phrase, ...]:
        """Return the readings of an abbreviation, empty when it is none.

        Typed without its accents it must not read as a syllable: "nd" can be nđ, "an" is a word.
        """
        entry = self._short.get(tuple(folded))
        if entry is None:
            return ()
        accented, full = entry
        if tuple(typed) == accented or not _VOWELS.intersection("".join(folded)):
            return full
        return ()

    def matches(self, folded: Sequence[str], typed: Sequence[str]) -> Iterator[Match]:
        """Find abbreviations and known wording in a question given as parallel syllables."""
        for start in range(len(folded)):
            for length in (3, 2, 1):
                window = slice(start, start + length)
                full = self.abbreviation(folded[window], typed[window])
                if full:
                    yield Match(start, start + len(folded[window]), full, sure=True)
                    break
            for phrase, others in self._by_syllable.get(folded[start], ()):
                end = start + len(phrase.folded)
                if others and phrase.agrees(folded[start:end], typed[start:end]):
                    yield Match(start, end, others, sure=False)


def _phrase(text: str) -> Phrase:
    pairs = syllables(text)
    return Phrase(tuple(bare for bare, _ in pairs), tuple(typed for _, typed in pairs))


def read(name: str) -> Any:  # noqa: ANN401 - whatever the YAML file holds
    """Parse one file of this folder, with the C parser where PyYAML has it (ten times faster)."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read all files once per process."""
    return Lexicon({name: read(name) for name in ("abbreviations", "wording", "places", "stopwords", "subjects")})
