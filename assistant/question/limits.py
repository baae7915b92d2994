"""Within which years and places a question asks."""

from __future__ import annotations

import re
from functools import cache

from assistant import lexicon
from assistant.words import joined
from ingest.clean import fold
from vectorstore.lexical import accented_tokens

YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?!\d|[.,/]\d)|(?<=/)(?:19|20)\d{2}\b(?![-/])")
PERIOD = re.compile(r"\b((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})\b")
# The one province named after a person: meant only where the text says that it is a city.
_PERSON_TOO = "ho chi minh"
_CITY = re.compile(r"(?:thanh pho|tp\.?|tphcm)\s*(?:ho chi minh|hcm)")


def province_spans(text: str) -> list[tuple[int, int]]:
    """Return where provinces are named, accents apart."""
    return [match.span() for match in _province_pattern().finditer(fold(text))]


@cache
def _province_pattern() -> re.Pattern[str]:
    names = sorted((" ".join(key) for key in lexicon.load().province_names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def limits_of(text: str, folded: str) -> tuple[tuple[int, ...], tuple[int, int] | None, tuple[str, ...]]:
    """Return the single years, the period and the places named; ``folded`` is the text without accents."""
    period = PERIOD.search(folded)
    years = tuple(dict.fromkeys(int(year) for year in YEAR.findall(PERIOD.sub(" ", folded))))
    return years, (int(period.group(1)), int(period.group(2))) if period else None, places_in(text)


def places_in(text: str) -> tuple[str, ...]:
    """Provinces named in full, in the accents typed; longest names first so that none hides in another."""
    bare = joined(text)
    typed = f" {' '.join(accented_tokens(text))} "
    found = []
    names = lexicon.load().province_names
    for parts in sorted(names, key=len, reverse=True):
        if " ".join(parts) == _PERSON_TOO and not _CITY.search(fold(text)):
            continue
        key = f" {' '.join(parts)} "
        if key not in bare:
            continue
        # Each syllable with its accents or bare: "bac kạn" is meant as well.
        ways = (f"(?:{own}|{part})" for own, part in zip(accented_tokens(names[parts]), parts, strict=True))
        own = re.compile(f" {' '.join(ways)} ")
        if own.search(typed):
            found.append(names[parts])
            bare, typed = bare.replace(key, " | "), own.sub(" | ", typed)
    return tuple(found)
