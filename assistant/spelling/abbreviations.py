"""Abbreviations written out, each as the words around it ask for: "CT UBND" is a chairman, "CT 34" a directive.

What reads a question afterwards then sees the question as it would have been typed in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np

from assistant import lexicon
from assistant.lexicon.lookup import LONGEST_ABBREVIATION
from assistant.spelling.model import SyllableModel, load
from assistant.spelling.reading import Reading
from assistant.words import syllables
from ingest.clean import fold
from vectorstore.syllable_runs import pieces

_WORD = re.compile(r"[^\s,.;:?!()\[\]{}\"'“”‘’…]+")
_GAP = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_MOST = 64
"""Ways to read a whole question that are weighed; beyond them an abbreviation takes its first reading."""

USUAL = 0.5
"""Share of the passages with the words in full that must hold an abbreviation for it to be the documents' own word."""
# Who asks what an abbreviation means wants it as it is; "TL." before a signature is one too.
_MEANING = re.compile(r"\b(?:nghia|viet tat|chu tat|doc la)\b")
_DOTTED = re.compile(r"\.(?!\s|$)")

_Span = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shortened:
    """What documents shorten and how often.

    ``places`` are names that initials stand for besides what the lexicon has ("bg": "Bắc Giang"), ``frequency`` says
    how many passages hold an accent-free word.
    """

    places: Mapping[str, str]
    frequency: Callable[[str], int]


def written_out(reading: Reading, shortened: Shortened) -> Reading:
    """Return a reading with its abbreviations in full; both its texts change alike and keep one length.

    What the documents themselves hardly ever write in full stays.
    """
    spans = () if _MEANING.search(fold(reading.mended)) else _found(reading.mended, shortened)
    if not spans:
        return reading
    chosen = _likeliest(reading.text, spans)
    written = tuple((reading.mended[start:end], full) for (start, end, _), full in zip(spans, chosen, strict=True))
    return replace(
        reading,
        mended=_replaced(reading.mended, spans, chosen),
        text=_replaced(reading.text, spans, chosen),
        written=written,
    )


def _found(text: str, shortened: Shortened) -> list[_Span]:
    """Return where abbreviations stand in a text, longest first, and what each may be short for."""
    words = [match.span() for match in _WORD.finditer(text)]
    found: list[_Span] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_ABBREVIATION, len(words) - place), 0, -1):
            start, end = words[place][0], words[place + length - 1][1]
            if any(not _GAP.fullmatch(text[a:b]) for (_, a), (b, _) in _between(words[place : place + length])):
                continue
            if _DOTTED.match(text, end):
                continue
            readings = _readings(text[start:end], shortened)
            if readings:
                found.append((start, end, readings))
                place += length - 1
                break
        place += 1
    return found


def _between(words: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(pairwise(words))


def _readings(short: str, shortened: Shortened) -> tuple[str, ...]:
    if _DIGIT.search(short):
        return ()
    pairs = syllables(short)
    known = lexicon.load().abbreviation([bare for bare, _ in pairs], [typed for _, typed in pairs])
    if known and _usual([bare for bare, _ in pairs], known[0].folded, shortened.frequency):
        return ()
    readings = [" ".join(one.typed) for one in known if _shortens(short, one.folded)]
    name = shortened.places.get(fold(short))
    return tuple([*readings, *([name] if name else [])])


def _usual(short: Sequence[str], full: Sequence[str], frequency: Callable[[str], int]) -> bool:
    own = frequency(short[0]) if len(short) == 1 else 0
    return own > 0 and own >= USUAL * min(map(frequency, full))


def _shortens(short: str, full: Sequence[str]) -> bool:
    """Say whether the letters of an abbreviation stand in the full form in their order, its first letter first.

    Names of indicators ("GRDP", "PCI") do not: papers use them as they are, and so they are left.
    """
    letters = iter("".join(full))
    own = re.sub(r"[^a-z]", "", fold(short))
    return own[:1] == full[0][:1] and all(letter in letters for letter in own)


def _likeliest(text: str, spans: Sequence[_Span]) -> list[str]:
    """Choose the readings that make the likeliest question."""
    ways: list[tuple[str, ...]] = [readings for _, _, readings in spans]
    if all(len(way) == 1 for way in ways):
        return [way[0] for way in ways]
    count = 1
    for number, way in enumerate(ways):
        if count * len(way) > _MOST:
            ways[number] = way[:1]
        count *= len(ways[number])
    model = load()
    every = [list(chosen) for chosen in product(*ways)]
    return max(every, key=lambda chosen: _chance(_replaced(text, spans, chosen), model))


def _chance(text: str, model: SyllableModel) -> float:
    """Return the log-probability of a text."""
    ids = [model.ids.get(piece, model.unknown) for piece in pieces(text)]
    run = np.array([model.break_, model.break_, *ids, model.break_])
    return float(np.log(model.after_two(run[:-2], run[1:-1], run[2:])).sum())


def _replaced(text: str, spans: Sequence[_Span], chosen: Sequence[str]) -> str:
    parts, end = [], 0
    for (start, stop, _), full in zip(spans, chosen, strict=True):
        parts += [text[end:start], full]
        end = stop
    return "".join([*parts, text[end:]])
