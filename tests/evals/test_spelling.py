"""The measure of restored accents counts what came back and what did not."""

from __future__ import annotations

from assistant.spelling.reading import Reading, Speller
from evals.spelling import measure

TEXTS = ["Tập thể được tặng bằng khen của tỉnh.", "Cá nhân nào được khen thưởng?"]


class Untouched(Speller):
    """Reads everything as typed."""

    def read(self, question: str) -> Reading:
        return Reading(question, question)


def test_a_reader_that_does_nothing_gets_only_what_has_no_accents():
    figures = measure(TEXTS, Untouched(), "all")
    assert (figures.texts, figures.syllables, figures.right, figures.whole) == (2, 14, 2, 0)


def test_the_reader_that_ships_gets_plain_sentences_back():
    for drop in ("all", "half", "none"):
        assert measure(TEXTS, Speller(), drop).row()["per_syllable"] == 1.0
