"""A question, read: what is asked, about what, within which limits.

The record says what the question says and nothing about the documents; ``--explain`` shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from assistant.question.courtesy import unwrapped
from assistant.question.earlier import LONGEST, inherited_words, last_answer, leans_back, previous_question
from assistant.question.followups import pointed, whole
from assistant.question.limits import YEAR, limits_of
from assistant.question.names import names_in
from assistant.question.question_types import Kind, counted, defined, kinds, masked
from assistant.question.social import Social, social_kind
from assistant.question.telling_words import Word, telling_words
from assistant.records import Turn
from assistant.spelling.abbreviations import written_out
from assistant.spelling.english import is_english
from assistant.spelling.reading import Reading, Speller
from ingest.clean import clean, fold

_NUMBER = re.compile(r"(?<![\w./-])\d+(?:[.,]\d+)*%?(?![\w/-])")
_DOCUMENT_NUMBER = re.compile(r"\b\d+(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z&]*(?:[-/][A-ZĐ]+\d*)*|\b\d+/\d{4}/[A-ZĐ-]+", re.I)
_QUOTED = re.compile(r"[“\"']([^”\"']{2,120})[”\"']")
# "CT34", "NQ233": kind and number of a document typed together.
_GLUED = re.compile(r"\b(CT|NQ|KH|QĐ|QD|NĐ|ND|TT|KL|CV|BC)(\d{1,4})\b", re.I)
_WHO_FOR = {"tap the": "tập thể", "ca nhan": "cá nhân", "ho gia dinh": "hộ gia đình"}


@dataclass(frozen=True, slots=True)
class Understood:
    """The question after reading. ``words`` holds inherited words of the turn before, marked, ahead of its own.

    ``text`` is what was typed with slips of the hand put right, ``read`` the same with its accents; both and ``folded``
    have the same length. ``slips`` are the words put right: as typed, as read; ``respelled``: anything was.
    Abbreviations are written out in all three; ``written`` has them as typed and in full.
    """

    question: str
    text: str
    read: str
    folded: str
    words: tuple[Word, ...]
    kinds: tuple[Kind, ...]
    accented: bool
    counted: tuple[str, ...] = ()
    defined: str = ""
    years: tuple[int, ...] = ()
    period: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    who_for: tuple[str, ...] = ()
    inherited: str = ""
    named: str = ""
    told: tuple[str, ...] = ()
    social: Social = ""
    shortened: int = 0
    slips: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    respelled: bool = False

    @property
    def kind(self) -> Kind:
        """The leading kind."""
        return self.kinds[0]

    def asks(self, *wanted: Kind) -> bool:
        """Say whether any of the kinds is asked for."""
        return not frozenset(wanted).isdisjoint(self.kinds)

    def explain(self) -> dict[str, Any]:
        """Return the record for ``--explain``, without empty entries."""
        row = {one.name: getattr(self, one.name) for one in fields(self)}
        row = {name: value for name, value in row.items() if value not in ("", (), None, 0, False)}
        row["words"] = [word.text for word in self.words if word.weight >= 1]
        return row


def understand(
    question: str, history: Sequence[Turn] = (), speller: Speller | None = None, *, completing: bool = True
) -> Understood:
    """Read a question; the last user turn is inherited when it cannot be understood alone.

    With a ``speller`` slips are put right, missing accents put back and abbreviations written out first; without, all
    is taken as typed. ``completing``: a follow-up that only names something else is put in the place of what it
    replaces.
    """
    text = unwrapped(" ".join(clean(question).text.split()))
    text, shortened = _shorten(_GLUED.sub(r"\1 \2", text))
    foreign = is_english(text)
    accents = fold(text) != text.lower()
    reading = _read(text, None if foreign else speller)
    text, read = reading.mended, reading.text
    folded = fold(text)
    earlier = previous_question(history)
    before = _read(earlier, speller)
    leans = bool(before.text) and leans_back(folded, telling_words(text, read))
    answered = last_answer(history) if leans else ""
    completed, named = "", ""
    if leans:
        meant = pointed(read, answered, before.text)
        completed, named = whole(meant, before.text) if completing else ("", "")
        if completed or meant != read:
            text = read = completed or meant
            folded = fold(text)
            accents = folded != text.lower()
    previous = before.mended
    own = telling_words(text, read)
    inherits = leans and not completed
    years, period, places = limits_of(text, folded)
    inherited: tuple[Word, ...] = ()
    if inherits:
        inherited = inherited_words(before, own, replaces_place=bool(places), replaces_year=bool(years or period))
        old_years, old_period, old_places = limits_of(previous, fold(previous))
        years, period = (years, period) if years or period else (old_years, old_period)
        places = places or old_places
    asked = masked(folded, read.lower())
    found = kinds(asked)
    if inherits and found == ("other",):
        found = kinds(fold(previous))
    return Understood(
        question=question,
        text=text,
        read=read,
        folded=folded,
        words=inherited + own,
        kinds=found,
        accented=accents or not own,
        counted=counted(asked) or (counted(fold(previous)) if inherits else ()),
        defined=defined(asked) if "definition" in found else "",
        years=years,
        period=period,
        places=places,
        names=names_in(text),
        numbers=tuple(_NUMBER.findall(text)),
        document_numbers=tuple(match.group() for match in _DOCUMENT_NUMBER.finditer(text)),
        quoted=tuple(_QUOTED.findall(text)),
        who_for=tuple(name for key, name in _WHO_FOR.items() if key in folded),
        inherited=previous if inherits else "",
        named=named,
        told=tuple(one for one in _NUMBER.findall(answered) if not YEAR.fullmatch(one)),
        social=social_kind(read, own, foreign),
        shortened=shortened,
        slips=reading.slips,
        written=reading.written,
        respelled=reading.changed or bool(completed),
    )


def _read(text: str, speller: Speller | None) -> Reading:
    """Put slips right, accents back, and write abbreviations out."""
    if speller is None or not text:
        return Reading(text, text)
    known = speller.kept.get(text)
    if known is not None:
        return known
    reading = speller.read(text)
    return speller.keep(text, reading if speller.shortened is None else written_out(reading, speller.shortened))


def _shorten(text: str) -> tuple[str, int]:
    """Keep head and tail of an overlong question; return how many words it had (0: kept whole)."""
    words = text.split(" ")
    if len(words) <= LONGEST:
        return " ".join(word[:60] for word in words), 0
    return " ".join(word[:60] for word in words[: LONGEST // 2] + words[-LONGEST // 2 :]), len(words)
