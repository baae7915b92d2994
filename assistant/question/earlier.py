"""What a question takes over from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.followups import whole
from assistant.question.limits import PERIOD, YEAR, places_in
from assistant.question.telling_words import Word, telling_words
from assistant.records import Turn
from assistant.spelling.reading import Reading
from ingest.clean import clean, fold

LONGEST = 120
"""Words of the question, and of those before it, that are read."""
_ELLIPTIC = re.compile(
    r"^(?:the|con|vay|thi|o do|trong so do|trong do|nhu vay|cai do|so do|rieng|ca)\b|\b(?:do|nay|ay|kia)\b"
)


def leans_back(folded: str, own: Sequence[Word]) -> bool:
    """Say whether a question is not understood alone: it is short or opens by pointing back."""
    return sum(word.weight >= 1 for word in own) <= 4 or bool(_ELLIPTIC.search(folded))


def inherited_words(
    before: Reading, own: Sequence[Word], *, replaces_place: bool, replaces_year: bool
) -> tuple[Word, ...]:
    """Words of the turn before at a lower weight, without what the question replaces: its place, its year."""
    dropped: list[tuple[int, int]] = []
    if replaces_place:
        for place in places_in(before.mended):
            dropped += [match.span() for match in re.finditer(re.escape(fold(place)), fold(before.mended))]
    if replaces_year:
        dropped += [match.span() for years in (PERIOD, YEAR) for match in years.finditer(before.mended)]
    typed, read = (_without(text, dropped) for text in (before.mended, before.text))
    known = {word.text for word in own}
    return tuple(word for word in telling_words(typed, read, inherited=True) if word.text not in known)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def previous_question(history: Sequence[Turn]) -> str:
    """Return the last user turn made whole, or with those before it as long as it cannot be understood alone."""
    found: list[str] = []
    for turn in history:
        text = " ".join(clean(turn.content).text.split()) if turn.role == "user" else ""
        if not text:
            continue
        if not found or not leans_back(fold(text), telling_words(text, text)):
            found = [text]
            continue
        completed, _ = whole(text, " ".join(found))
        found = [completed] if completed else [*found, text][-3:]
    return " ".join(" ".join(found).split()[:LONGEST])


def last_answer(history: Sequence[Turn]) -> str:
    """Return what was answered last."""
    last = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    return " ".join(clean(last).text.split())
