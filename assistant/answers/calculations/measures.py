"""Figures with the unit each one counts in, read from a sentence; the one place where calculations get operands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.answers.amounts import amount
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER, YEAR
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import presence
from assistant.retrieval.units import Unit
from assistant.words import CAPITALS, join
from ingest.clean import fold
from vectorstore.lexical import accented_tokens, tokens

_FIGURE = re.compile(r"(?<![\w./,–-])\d+(?:[.,]\d+)*(?!\d)")
_MONEY = r"(?:(?:trăm|nghìn|ngàn|triệu)\s+)?(?:tỷ|tỉ|triệu|nghìn|ngàn)(?:\s+(?:đồng|USD|đô la))?|đồng\b|USD\b"
_PER = r"(?:/(?!\d)[^\W\d]+)*"
_UNIT = re.compile(
    rf"\s?(?:(?P<share>điểm\s+(?:phần trăm|%)|%|phần trăm)|"
    rf"(?P<money>(?:{_MONEY}){_PER})(?!\s*[^\W\d]*\s*(?:lượt|ha\b|m3))|"
    rf"(?P<scale>nghìn|ngàn|triệu|tỷ)?\s?(?P<noun>(?:km|ha|m)[23²³]?\b{_PER}|[^\W\d]+(?:\s+[^\W\d]+)?))",
    re.I,
)
_TIME = frozenset(["nam", "thang", "ngay", "gio", "tuan", "quy", "phut", "nhiem"])
# "mức độ 2", "khóa 19", "SEA Games 32": a number that names, not one that counts.
_LABEL = re.compile(
    r"(?:muc do|cap do|loai|hang|khoa|lan thu|thu|dieu|khoan|chuong|phien|lop|games|hoc ky|so|quoc lo|ql|tap|cum|khoi)"
    r"\s+(?:so\s+)?$"
)
_NOTE = re.compile(rf"\s+[{CAPITALS}]")
"""What follows the label of a note, which counts nothing."""
_ABOUT = re.compile(r"\b(?:gan|hon|tren|duoi|khoang|chung|xap xi|uoc|it nhat|toi thieu)\s+(?:dat\s+|la\s+|khoang\s+)?$")
# "bao nhiêu ki-lô-mét": what is counted by more than one name.
_SAME = (
    ("km", re.compile(r"km|ki\W?lo\W?met|cay so")),
    ("ha", re.compile(r"ha|hec\W?ta|heta")),
    ("%", re.compile(r"%|phan tram|diem phan tram|diem %")),
    ("bac", re.compile(r"bac|hang|thu bac")),
    ("dong", re.compile(r"(?:nghin |trieu )?(?:ty|trieu|nghin|dong|tien|usd)")),
)
UNITS = frozenset(kind for kind, _ in _SAME)
"""Units that are no things counted."""
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may|bn|bnh)\s+((?:%|[a-z]+)(?:\W[a-z]+){0,2})")


TELLING = 0.5
"""Weight from which a word of the question names something."""
ABOUT = 0.5
"""Share of the words for what is asked about that a sentence with its surroundings must hold."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as printed with its value; ``unit`` as printed, ``kind`` comparable; offsets of the text it stands in.

    ``about`` says that the document itself calls it approximate.
    """

    printed: str
    number: Decimal
    unit: str
    kind: str
    start: int
    end: int
    about: bool = False

    @property
    def shown(self) -> str:
        """Figure and unit as they stand in the document."""
        gap = "" if self.unit in ("", "%") else " "
        return f"{self.printed}{gap}{self.unit}"


def measures(text: str) -> list[Measure]:
    """Return the figures of a text in order; years, dates, document numbers, ranks of many and times are none."""
    return list(_measures(text))


@lru_cache(maxsize=2048)
def _measures(text: str) -> Sequence[Measure]:
    folded = fold(text)
    if len(folded) != len(text):
        return []
    taken = [match.span() for pattern in (DATE, DOCUMENT_NUMBER) for match in pattern.finditer(text)]
    found = []
    for match in _FIGURE.finditer(text):
        number = amount(match.group())
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if number is None or inside or YEAR.fullmatch(match.group()) or text[match.end() : match.end() + 1] == "/":
            continue
        unit, kind, end = _unit(text, match.end())
        if kind.split(" ")[0] in _TIME or (match.start() == 0 and _NOTE.match(text, match.end())):
            continue
        if _LABEL.search(folded[: match.start()]) and kind not in ("%", "diem"):
            continue
        about = bool(_ABOUT.search(folded[: match.start()]))
        found.append(Measure(match.group(), number, unit, kind, match.start(), end, about))
    return found


def _unit(text: str, start: int) -> tuple[str, str, int]:
    """Return the unit behind a figure as printed, its comparable form and where it ends."""
    match = _UNIT.match(text, start)
    if match is None:
        return "", "", start
    printed = " ".join(match.group().split())
    if match.group("share"):
        return printed, "diem" if fold(printed).startswith("diem") else "%", match.end()
    if match.group("money"):
        plain = fold(printed).split("/")[0].replace("ti ", "ty ").removesuffix(" dong")
        return printed, f"dong {plain}", match.end()
    noun = match.group("noun")
    first = noun.split()[0]
    if fold(first) in BREAKS:
        return "", "", start
    scale = fold(match.group("scale") or "")
    kind = " ".join(part for part in (fold(first).strip("/"), scale) if part)
    counted = _counted(noun)
    short = " ".join(part for part in (match.group("scale"), counted) if part)
    return short, kind, match.start("noun") + len(counted)


def _counted(noun: str) -> str:
    """Keep the second syllable where it belongs to the noun: "tập thể", not "nhà, năm"."""
    words = noun.split()
    return words[0] if len(words) < 2 or fold(words[1]) in BREAKS else noun


BREAKS = frozenset(
    [
        *("va", "len", "xuong", "con", "den", "toi", "so", "nam", "trong", "la", "da", "dat", "tang", "giam", "duoc"),
        *("voi", "cua", "tai", "vao", "o", "cao", "thap", "chiem", "gom", "ve", "theo"),
    ]
)
"""Words behind a counted noun that are no part of it."""


def asked_unit(query: Query) -> str:
    """Return the comparable unit that the question counts in, ``""`` when it does not say."""
    match = _HOW_MANY.search(query.understood.folded)
    if match is None:
        return "%" if query.understood.kinds[:1] == ("ratio",) else ""
    words = match.group(1)
    for kind, pattern in _SAME:
        if re.match(rf"(?:{pattern.pattern})\b", words) or (kind == "%" and words.startswith("%")):
            return kind
    first = words.split()[0]
    return "" if not query.understood.counted or first in BREAKS or first == "tu" else first


def counts_in(measure: Measure, unit: str) -> bool:
    """Say whether a figure counts in the unit asked for; any does where none was named."""
    if not unit:
        return True
    return measure.kind.split(" ")[0] == unit or (unit == "%" and measure.kind == "diem")


def same_unit(one: Measure, other: Measure) -> bool:
    """Say whether two figures may be added or subtracted; one that has no unit of its own takes the other's."""
    return one.kind == other.kind or not one.kind or not other.kind


def about(query: Query, unit: Unit, skip: Collection[str] = ()) -> bool:
    """Say whether a sentence, with what stands before it, speaks of what the question asks about.

    Years, places and the words in ``skip`` fit many sentences, so they do not count; accents may be missing.
    """
    places = {word for place in query.understood.places for word in tokens(place)}
    own = [
        one
        for one in query.concepts
        if one.weight >= TELLING and one.text.isalpha() and one.text not in places and one.text not in skip
    ]
    words = [*unit.before.split(), *unit.sentence_tokens, *tokens(unit.chunk.section)]
    held, joined = frozenset(words), join(words)
    # By number, not by weight: everyday words for a thing are the rarest and the likeliest to be put another way.
    return sum(presence(one, held, joined, ()) for one in own) >= ABOUT * len(own)


def said(query: Query, text: str, skip: Sequence[str] = ()) -> float:
    """Share from 0 to 1 of the question's weight that a text holds; words in ``skip`` do not count."""
    words, accented = tokens(text), set(accented_tokens(text))
    concepts = [one for one in query.concepts if one.weight > 0 and one.text not in skip]
    total = sum(one.weight for one in concepts) or 1.0
    joined, held = join(words), frozenset(words)
    return sum(one.weight * presence(one, held, joined, accented) for one in concepts) / total
