"""How well accents are put back: share of syllables right, over texts whose accents were taken away.

``python -m evals.spelling --text DIR`` reads the articles that the trainer kept back; ``--gold FILE`` the questions of
a gold file. Both are read with no accents, with half of them and with all, where nothing may change.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant.spelling.reading import Speller
from evals.folding import plain
from evals.perturb.accents import half_accents, no_accents
from vectorstore.lexical import accented_tokens

_VOWEL = re.compile(r"[aeiouy]")
_SENTENCE = re.compile(r"(?<=[.;:?!])\s+|\n+")
_SHORT, _LONG = 5, 40
SEED = 7


@dataclass(frozen=True, slots=True)
class Restored:
    """Counts over ``texts`` texts; ``right`` of ``syllables`` came back as they were, ``whole`` texts altogether."""

    texts: int
    syllables: int
    right: int
    whole: int

    def row(self) -> dict[str, float]:
        """Return counts and shares."""
        return {
            "texts": self.texts,
            "syllables": self.syllables,
            "per_syllable": round(self.right / max(1, self.syllables), 4),
            "whole": round(self.whole / max(1, self.texts), 4),
        }


def measure(texts: Iterable[str], speller: Speller, drop: str) -> Restored:
    """Take accents away (``drop``: all, half, none), put them back, compare syllable by syllable."""
    count = syllables = right = whole = 0
    change = {"all": no_accents, "half": half_accents}.get(drop)
    for place, text in enumerate(texts):
        typed = change(text, Random(f"{SEED}:{place}")) if change else text
        wanted, found = accented_tokens(text), accented_tokens(speller.read(typed).text)
        told = [place for place, one in enumerate(wanted) if _VOWEL.search(plain(one))]
        same = sum(wanted[place] == found[place] for place in told) if len(wanted) == len(found) else 0
        count, syllables, right = count + 1, syllables + len(told), right + same
        whole += same == len(told)
    return Restored(count, syllables, right, whole)


def held_out(folder: Path, every: int) -> list[str]:
    """Sentences of the articles that the trainer kept back."""
    from vectorstore.training.corpus import load_corpus

    articles = load_corpus(folder).articles[::every]
    found = []
    for article in articles:
        sentences = _SENTENCE.split(article.text)
        found += [sentence for sentence in sentences if _SHORT <= len(sentence.split()) <= _LONG]
    return found


def _speller(store: Path | None) -> Speller:
    if store is None:
        return Speller()
    from assistant.wiring import open_assistant

    library = open_assistant(store).library
    library.refresh()
    return library.speller()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print JSON."""
    from evals.gold import load
    from vectorstore.training.train_accents import Recipe

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, help="folder with the training text")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="gold file (JSON Lines)")
    parser.add_argument("--most", type=int, default=5000, help="sentences of the training text at most")
    parser.add_argument("--store", type=Path, help="store whose passages help to read the questions")
    options = parser.parse_args(arguments)
    sets: dict[str, list[str]] = {}
    if options.text:
        sentences = held_out(options.text, Recipe().held_out)
        sets["held-out legal text"] = Random(SEED).sample(sentences, min(options.most, len(sentences)))
    for path in options.gold:
        accented = [one.question for one in load([path]) if one.style not in ("no_diacritics", "typo")]
        sets[path.name] = [question for question in accented if not question.isascii()]
    speller = _speller(options.store)
    figures = {
        name: {drop: measure(texts, speller, drop).row() for drop in ("all", "half", "none")}
        for name, texts in sets.items()
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
