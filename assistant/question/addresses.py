"""Places in a document that a question names by number: "Điều 5 khoản 2", "mục 2.1", "mục II.3", "chú thích 19"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.clean import fold, match_form
from ingest.records import Chunk

Level = Literal["dieu", "khoan", "diem", "muc", "note"]

_WORDS: dict[str, Level] = {
    "dieu": "dieu",
    "khoan": "khoan",
    "diem": "diem",
    "muc": "muc",
    "tieu muc": "muc",
    "chu thich": "note",
    "cuoc chu": "note",
    "ghi chu": "note",
}
NAMED_PLACE = re.compile(
    r"\b(?:(?P<word>dieu|khoan|tieu muc|muc|chu thich|cuoc chu|ghi chu)(?:\s+so)?\s+"
    r"(?P<number>[ivx]+(?:\.\d+)*|\d+[a-z]?(?:\.\d+)*)|(?P<point>diem)\s+(?P<letter>[a-z]))(?![\w/%])"
)
_WIDTH: dict[Level, int] = {"dieu": 0, "muc": 0, "note": 0, "khoan": 1, "diem": 2}
_SPELT = frozenset(["điều", "khoản", "điểm", "mục", "tiểu", "chú", "cước", "ghi"])
_SPAN = re.compile(r"[–-]")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    """One level of an address: what it is and its number or letter, small and without accents."""

    level: Level
    number: str


def named(question: str) -> tuple[Place, ...]:
    """Return the places a question names; accents that are typed count, for "mức 20" is no "mục 20".

    >>> named("Điểm b khoản 1 Điều 75 luật 2003")
    (Place(level='diem', number='b'), Place(level='khoan', number='1'), Place(level='dieu', number='75'))
    >>> named("Từ mức 20 lên mức 30"), named("muc 2.1 cua ke hoach")
    ((), (Place(level='muc', number='2.1'),))
    """
    folded = fold(question)
    typed = match_form(question)
    if len(typed) != len(folded):
        typed = folded
    found = []
    for match in NAMED_PLACE.finditer(folded):
        word = typed[match.start() :].split()[0]
        if word not in _SPELT and word != folded[match.start() : match.start() + len(word)]:
            continue
        if match["point"]:
            found.append(Place("diem", match["letter"]))
        else:
            found.append(Place(_WORDS[match["word"]], match["number"]))
    return tuple(dict.fromkeys(found))


def standing(places: Sequence[Place], chunk: Chunk) -> float:
    """Return from 0 to 1 how much of the address a chunk stands at; 0 outside its widest part, or when none is named.

    An item's number alone says little: every article has a first clause.
    """
    if not places:
        return 0.0
    path = [fold(heading) for heading in chunk.path]
    label = fold(chunk.label)
    widest = min(_WIDTH[place.level] for place in places)
    held = [place for place in places if _stands(place, path, label, chunk)]
    return len(held) / len(places) if any(_WIDTH[place.level] == widest for place in held) else 0.0


def _stands(place: Place, path: Sequence[str], label: str, chunk: Chunk) -> bool:
    number = re.escape(place.number)
    if place.level == "note":
        return chunk.kind == "footnote" and label == place.number
    if place.level == "muc":
        return _section(place.number, [*path, label])
    word = place.level
    if any(re.match(rf"{word} {number}\b", heading) for heading in path) or _within(word, place.number, label):
        return True
    if word == "dieu":
        return False
    opening = rf"(?m)^\W?{number}{'[.)]' if word == 'khoan' else '[)]'}\s"
    return re.search(opening, fold(chunk.text)) is not None


def _section(number: str, headings: Iterable[str]) -> bool:
    """Whether headings carry a section's number: whole ("2.1"), or its parts one under the other ("II" over "3")."""
    parts = number.split(".")
    wanted = parts if not parts[0].isdigit() else [number]
    opened = {match[0] for match in (re.match(r"[a-z\d.]+(?=[.)\s:-])|[a-z\d.]+$", text) for text in headings) if match}
    bare = {one.rstrip(".") for one in opened}
    return all(part in bare for part in wanted)


def _within(word: str, number: str, label: str) -> bool:
    """Whether a label names the place, alone or in a run ("khoản 7–khoản 8", "điểm b–điểm d")."""
    ends = [part.removeprefix(f"{word} ") for part in _SPAN.split(label) if part.startswith(f"{word} ")]
    if number in ends:
        return True
    if len(ends) != 2:
        return False
    if all(_NUMBER.fullmatch(one) for one in (*ends, number)):
        return int(ends[0]) <= int(number) <= int(ends[1])
    return len(number) == 1 and ends[0] <= number <= ends[1]
