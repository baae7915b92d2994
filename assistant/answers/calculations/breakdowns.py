"""An enumeration read: the things counted, and the total they break down ("107 huy chương, gồm: 21 …, 17 …, 69 …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answers.amounts import amount
from assistant.answers.calculations.measures import BREAKS
from assistant.question.answer_types import YEAR
from assistant.reading.wording import plain
from ingest.clean import fold
from vectorstore.lexical import tokens

_COUNTED = re.compile(r"(?<![\w./,-])(\d+(?:\.\d{3})*)\s+([^\d;:.()]{2,90})")
# "Bổ nhiệm 44, điều động 37, luân chuyển 19": what is counted stands first.
_LIST = (
    r"(?:(?<=[:;(])|^)(?:\s*[^\W\d][^\d,;:.()]{1,40}\s\d+(?:\.\d{3})*(?=[,;.)\s]|$)"
    r"(?:,|\s*$|(?=[;.)]))){%d,}"
)
_LISTED, _SHORT_LIST = re.compile(_LIST % 3), re.compile(_LIST % 2)
_LISTED_ONE = re.compile(r"([^\W\d][^\d,;:.()]{1,40}?)\s(\d+(?:\.\d{3})*)")
_PROVISION = re.compile(r"\b(?:điều|khoản|điểm|mục|chương|phần|bảng|biểu|phụ lục|số|mẫu|quý|tháng|ngày|đợt)\s+$", re.I)
"""Words before a number that names a place or a time and counts nothing."""
_BEFORE = re.compile(r"(?:^|[;,(:]|trong đó)\s*([^;,():]{3,70}?)\s*(?::|\blà|\bcó)\s*$", re.I)
_PARTS = re.compile(r"trong đó|\bgồm\b|bao gồm", re.I)
_TIME = frozenset(["nam", "thang", "ngay", "gio", "tuan", "quy", "lan"])


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as printed, and the words that tell it from its neighbours."""

    number: str
    noun: str
    telling: frozenset[str]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with its parts; ``proved``: the parts add up to it, so that they are all of it whatever the words."""

    total: Figure
    parts: tuple[Figure, ...]
    proved: bool


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Find totals with their parts: by the sum, which tells on its own, else by words that introduce parts."""
    found = [(one, number) for one in figures(text) for number in [amount(one.number)] if number is not None]
    proved = False
    for place, (total, whole) in enumerate(found):
        after = found[place + 1 :]
        own = [pair for pair in after if tokens(pair[0].noun)[:1] == tokens(total.noun)[:1]]
        parts = _adding_up(after, whole) or _adding_up(own, whole) or _adding_up(_listed(text, total), whole)
        if parts:
            proved = True
            yield Breakdown(total, tuple(_told_apart(text, total, parts)), proved=True)
    parts_said, total_said = breakdown(text)
    if total_said is not None and not proved:
        yield Breakdown(total_said, tuple(parts_said), proved=False)


def _told_apart(text: str, total: Figure, parts: Sequence[Figure]) -> Sequence[Figure]:
    """Call parts that count what the total counts by the words before them: "công lập: 448 kỹ thuật; tư nhân: …"."""
    counted = tokens(total.noun)[:1]
    if any(tokens(one.noun)[:1] != counted for one in parts):
        return parts
    names = [_BEFORE.search(text[: one.start]) for one in parts]
    if not all(names):
        return parts
    return [
        replace(one, noun=name.group(1).strip(), telling=frozenset(tokens(name.group(1))))
        for one, name in zip(parts, names, strict=True)
        if name
    ]


def _listed(text: str, total: Figure) -> list[tuple[Figure, Decimal]]:
    """Read two or more things counted that stand before their numbers, behind the total: "510 dự án: A 394, B 116"."""
    match = _SHORT_LIST.search(text, total.start + len(total.number))
    if match is None:
        return []
    found = []
    for one in _LISTED_ONE.finditer(match.group()):
        number = amount(one.group(2))
        if number is not None:
            noun = one.group(1).strip()
            figure = Figure(one.group(2), noun, frozenset(tokens(noun)), match.start() + one.start(2))
            found.append((figure, number))
    return found


def _adding_up(found: Sequence[tuple[Figure, Decimal]], whole: Decimal) -> list[Figure]:
    """Return the run of figures from the first on that adds up to the whole, of at least two that are not nothing."""
    running, parts = Decimal(0), []
    for one, number in found:
        running += number
        parts.append(one)
        if running >= whole or not number:
            break
    return parts if running == whole and len(parts) > 1 else []


def breakdown(text: str) -> tuple[list[Figure], Figure | None]:
    """Tell the parts of an enumeration from the total that introduces it ("107 huy chương, gồm: …")."""
    found = figures(text)
    mark = _PARTS.search(text)
    if mark is None:
        return found, None
    before = [one for one in found if one.start < mark.start()]
    after = [one for one in found if one.start > mark.start()]
    if len(after) < 2 or not before:
        # A total is never added to its part.
        return after or found, None
    # "759 di tích, trong đó có 06 di tích …; 05 bảo vật": parts of the total count what it counts.
    counted = tokens(before[-1].noun)[:2]
    same = [one for one in after if tokens(one.noun)[: len(counted)] == counted]
    parts = same if len(same) > 1 else after
    shared = frozenset.intersection(*(one.telling for one in parts))
    return [replace(one, telling=one.telling - shared) for one in parts], before[-1]


def _short(noun: str) -> str:
    """Cut a noun where a clause about it begins: "cá nhân được tặng …"."""
    words = noun.split()[:7]
    end = next((place for place, word in enumerate(words) if place > 1 and fold(word) in BREAKS), len(words))
    return " ".join(words[:end])


def figures(text: str) -> list[Figure]:
    """Read "number noun" pairs; years and spans of time count nothing, a word that every noun has tells nothing."""
    pairs = []
    for match in _LISTED.finditer(text):
        pairs += [
            (one.group(2), one.group(1).strip(), frozenset(tokens(one.group(1))), match.start() + one.start(2))
            for one in _LISTED_ONE.finditer(match.group())
        ]
    for match in _COUNTED.finditer(text):
        if _PROVISION.search(text[: match.start()]):
            continue
        number, noun = match.group(1), plain(match.group(2).split(",")[0])
        first = tokens(noun)
        words = first if len(first) > 2 else tokens(match.group(2))
        if not words or words[0] in _TIME or YEAR.fullmatch(number):
            continue
        pairs.append((number, noun, frozenset(words[:9]), match.start()))
    shared = frozenset.intersection(*(words for _, _, words, _ in pairs)) if len(pairs) > 1 else frozenset()
    return [Figure(number, _short(noun), words - shared, start) for number, noun, words, start in pairs]
