"""A question, read: what is asked, about what, within which limits.

The record says what the question says and nothing about the documents; ``--explain`` shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal

from assistant import lexicon
from assistant.question.courtesy import unwrapped
from assistant.question.followups import pointed, whole
from assistant.question.question_types import Kind, counted, defined, kinds, masked
from assistant.records import Turn
from assistant.spelling.english import is_english
from assistant.spelling.reading import Reading, Speller
from assistant.words import joined, syllables
from ingest.clean import clean, fold, match_form
from vectorstore.lexical import accented_tokens

Social = Literal["", "empty", "greeting", "thanks", "about", "insult", "foreign", "out_of_subject"]

LONGEST = 120
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?!\d|[.,/]\d)|(?<=/)(?:19|20)\d{2}\b(?![-/])")
_PERIOD = re.compile(r"\b((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})\b")
_NUMBER = re.compile(r"(?<![\w./-])\d+(?:[.,]\d+)*%?(?![\w/-])")
_DOCUMENT_NUMBER = re.compile(r"\b\d+(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z&]*(?:[-/][A-ZĐ]+\d*)*|\b\d+/\d{4}/[A-ZĐ-]+", re.I)
_QUOTED = re.compile(r"[“\"']([^”\"']{2,120})[”\"']")
_SYLLABLE = re.compile(r"[^\W\d_]+|\S")
_ELLIPTIC = re.compile(
    r"^(?:the|con|vay|thi|o do|trong so do|trong do|nhu vay|cai do|so do|rieng|ca)\b|\b(?:do|nay|ay|kia)\b"
)
# The one province named after a person: meant only where the text says that it is a city.
PERSON_TOO = "ho chi minh"
_CITY = re.compile(r"(?:thanh pho|tp\.?|tphcm)\s*(?:ho chi minh|hcm)")
# "CT34", "NQ233": kind and number of a document typed together.
_GLUED = re.compile(r"\b(CT|NQ|KH|QĐ|QD|NĐ|ND|TT|KL|CV|BC)(\d{1,4})\b", re.I)
_BODIES = frozenset(["so", "bo", "ban", "hoi"])
_WHO_FOR = {"tap the": "tập thể", "ca nhan": "cá nhân", "ho gia dinh": "hộ gia đình"}


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


@dataclass(frozen=True, slots=True)
class Understood:
    """The question after reading. ``words`` holds inherited words of the turn before, marked, ahead of its own.

    ``text`` is what was typed with slips of the hand put right, ``read`` the same with its accents; both and ``folded``
    have the same length. ``slips`` are the words put right: as typed, as read; ``respelled``: anything was.
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
    respelled: bool = False

    @property
    def kind(self) -> Kind:
        """The leading kind."""
        return self.kinds[0]

    def asks(self, *wanted: Kind) -> bool:
        """Say whether any of the kinds is asked for."""
        return any(kind in wanted for kind in self.kinds)

    def explain(self) -> dict[str, Any]:
        """Return the record for ``--explain``, without empty entries."""
        row = {name: value for name, value in asdict(self).items() if value not in ("", (), None, 0, False)}
        row["words"] = [word.text for word in self.words if word.weight >= 1]
        return row


def understand(
    question: str, history: Sequence[Turn] = (), speller: Speller | None = None, *, completing: bool = True
) -> Understood:
    """Read a question; the last user turn is inherited when it cannot be understood alone.

    With a ``speller`` slips are put right and missing accents put back first; without, all is taken as typed.
    ``completing``: a follow-up that only names something else is put in the place of what it replaces.
    """
    text = unwrapped(" ".join(clean(question).text.split()))
    text, shortened = _shorten(_GLUED.sub(r"\1 \2", text))
    foreign = is_english(text)
    reading = speller.read(text) if speller and not foreign else Reading(text, text)
    text, read = reading.mended, reading.text
    folded = fold(text)
    earlier = _previous(history)
    before = speller.read(earlier) if speller and earlier else Reading(earlier, earlier)
    leans = bool(before.text) and _leans(folded, _words(text, read))
    answered = _answered(history) if leans else ""
    completed, named = "", ""
    if leans:
        meant = pointed(read, answered, before.text)
        completed, named = whole(meant, before.text) if completing else ("", "")
        if completed or meant != read:
            text = read = completed or meant
            folded = fold(text)
    previous = before.mended
    own = _words(text, read)
    inherits = leans and not completed
    years, period, places = _limits(text, folded)
    inherited: tuple[Word, ...] = ()
    if inherits:
        inherited = _inherit(before, own, replaces_place=bool(places), replaces_year=bool(years or period))
        old_years, old_period, old_places = _limits(previous, fold(previous))
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
        accented=folded != text.lower() or not own,
        counted=counted(asked) or (counted(fold(previous)) if inherits else ()),
        defined=defined(asked) if "definition" in found else "",
        years=years,
        period=period,
        places=places,
        names=_names(text),
        numbers=tuple(_NUMBER.findall(text)),
        document_numbers=tuple(match.group() for match in _DOCUMENT_NUMBER.finditer(text)),
        quoted=tuple(_QUOTED.findall(text)),
        who_for=tuple(name for key, name in _WHO_FOR.items() if key in folded),
        inherited=previous if inherits else "",
        named=named,
        told=tuple(one for one in _NUMBER.findall(answered) if not _YEAR.fullmatch(one)),
        social=_social(read, own, foreign),
        shortened=shortened,
        slips=reading.slips,
        respelled=reading.changed or bool(completed),
    )


def _shorten(text: str) -> tuple[str, int]:
    """Keep head and tail of an overlong question; return how many words it had (0: kept whole)."""
    words = text.split(" ")
    if len(words) <= LONGEST:
        return " ".join(word[:60] for word in words), 0
    return " ".join(word[:60] for word in words[: LONGEST // 2] + words[-LONGEST // 2 :]), len(words)


def _words(text: str, read: str, inherited: bool = False) -> tuple[Word, ...]:
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


def _leans(folded: str, own: Sequence[Word]) -> bool:
    """Say whether a question is not understood alone: it is short or opens by pointing back."""
    return sum(word.weight >= 1 for word in own) <= 4 or bool(_ELLIPTIC.search(folded))


def _inherit(before: Reading, own: Sequence[Word], *, replaces_place: bool, replaces_year: bool) -> tuple[Word, ...]:
    """Words of the turn before at half weight, without what the question replaces: its place, its year."""
    dropped: list[tuple[int, int]] = []
    if replaces_place:
        for place in _places(before.mended):
            dropped += [match.span() for match in re.finditer(re.escape(fold(place)), fold(before.mended))]
    if replaces_year:
        dropped += [match.span() for years in (_PERIOD, _YEAR) for match in years.finditer(before.mended)]
    typed, read = (_without(text, dropped) for text in (before.mended, before.text))
    known = {word.text for word in own}
    return tuple(word for word in _words(typed, read, inherited=True) if word.text not in known)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _previous(history: Sequence[Turn]) -> str:
    """Return the last user turn made whole, or with those before it as long as it cannot be understood alone."""
    found: list[str] = []
    for turn in history:
        text = " ".join(clean(turn.content).text.split()) if turn.role == "user" else ""
        if not text:
            continue
        if not found or not _leans(fold(text), _words(text, text)):
            found = [text]
            continue
        completed, _ = whole(text, " ".join(found))
        found = [completed] if completed else [*found, text][-3:]
    return " ".join(" ".join(found).split()[:LONGEST])


def _answered(history: Sequence[Turn]) -> str:
    """Return what was answered last."""
    last = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    return " ".join(clean(last).text.split())


def _limits(text: str, folded: str) -> tuple[tuple[int, ...], tuple[int, int] | None, tuple[str, ...]]:
    period = _PERIOD.search(folded)
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(_PERIOD.sub(" ", folded))))
    return years, (int(period.group(1)), int(period.group(2))) if period else None, _places(text)


def _places(text: str) -> tuple[str, ...]:
    """Provinces named in full, in the accents typed; longest names first so that none hides in another."""
    bare = joined(text)
    typed = f" {' '.join(accented_tokens(text))} "
    found = []
    names = lexicon.load().province_names
    for parts in sorted(names, key=len, reverse=True):
        if " ".join(parts) == PERSON_TOO and not _CITY.search(fold(text)):
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


def _abbreviation(syllable: str) -> bool:
    return syllable.isupper() and len(syllable) > 1


def _names(text: str) -> tuple[str, ...]:
    """Proper names: two or more capitalised syllables in a row; one that opens a sentence may be an ordinary word."""
    if text.isupper():
        return ()
    found: list[list[str]] = [[]]
    opens = True
    ordinary = lexicon.load().function_words
    for match in _SYLLABLE.finditer(text):
        syllable = match.group()
        if syllable[0].isupper() and not (opens and fold(syllable) in ordinary):
            found[-1].append(syllable)
        elif found[-1]:
            # "Sở Y tế": a body's name goes on with the second syllable of its last word.
            last = found[-1][-1]
            body = len(found[-1]) > 1 and fold(found[-1][0]) in _BODIES
            spoken = syllable.isalpha() and fold(syllable) not in ordinary
            if body and spoken and (fold(last) == "y" or not last.isupper()):
                found[-1].append(syllable)
            found.append([])
        opens = syllable in ".?!:;"
    # Abbreviations in a row ("KT BG") name nothing that could be missing as such.
    return tuple(" ".join(name) for name in found if len(name) > 1 and not all(map(_abbreviation, name)))


@cache
def _spoken(phrase: str) -> re.Pattern[str]:
    """Match a phrase as typed; one of telling words only ("giá vàng") also where accents were left out."""
    syllables = accented_tokens(match_form(phrase))
    known = lexicon.load()
    bare = [fold(syllable) for syllable in syllables]
    loose = len(bare) > 1 and not (known.function_words | known.asking_words) & set(bare)
    ways = [f"(?:{own}|{part})" if loose else own for own, part in zip(syllables, bare, strict=True)]
    return re.compile(f" {' '.join(ways)} ")


def _social(text: str, own: Sequence[Word], foreign: bool) -> Social:
    subjects = lexicon.load().subjects
    if not any(character.isalnum() for character in text):
        return "empty"
    lowered = f" {' '.join(accented_tokens(match_form(text)))} "

    def says(phrases: Sequence[str]) -> bool:
        return any(_spoken(phrase).search(lowered) for phrase in phrases)

    short = sum(word.weight >= 1 for word in own) <= 4
    if says(subjects["lời nặng"]) and short:
        return "insult"
    if says(subjects["giới thiệu"]):
        return "about"
    if short and says(subjects["cảm ơn"]) and "?" not in text:
        return "thanks"
    if short and says(subjects["chào"]) and "?" not in text and len(own) <= 6:
        return "greeting"
    if foreign:
        return "foreign"
    requests = [phrase for line in subjects["việc ngoài phạm vi"] for phrase in line.split("|")]
    topics = [phrase for line in subjects["đề tài ngoài phạm vi"] for phrase in line.split("|")]
    if says(requests) or says(topics):
        return "out_of_subject"
    return ""
