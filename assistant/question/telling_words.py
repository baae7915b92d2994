"""The words of a question and how much each tells."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lexicon
from assistant.words import syllables


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable of the question; ``weight`` says how much it tells: content 1, function .3, asking 0.

    ``meant`` is ``typed`` with the accents that were left out put back.
    """

    text: str
    typed: str
    weight: float
    inherited: bool = False
    meant: str = ""


def telling_words(text: str, read: str, inherited: bool = False) -> tuple[Word, ...]:
    """Cut a text into words; ``read`` is the same text with its accents."""
    known, found = lexicon.load(), []
    scale = 0.4 if inherited else 1.0
    for piece, full in zip(text.split(), read.split(), strict=True):
        pairs = zip(syllables(piece), syllables(full), strict=True)
        for number, ((bare, typed), (_, meant)) in enumerate(pairs):
            found.append(Word(bare, typed, _weight(bare, number, known) * scale, inherited, meant))
    return tuple(found)


def _weight(token: str, place: int, words: lexicon.Lexicon) -> float:
    """Numbers tell most; the pieces of a document number or a date tell little beside the whole."""
    if any(character.isdigit() for character in token):
        return 0.3 if place else 1.5
    if token in words.asking_words:
        return 0.0
    return 0.3 if token in words.function_words else 1.0
