r"""The one Unicode door: every text, of a document or of a question, is cleaned here and nowhere else.

Cleaned text is NFC, with tone marks back on their vowels, plain spaces, ``\n`` line ends and no invisible
characters. ``\n``, ``\t`` and ``\f`` stay, and so do ``–`` and ``—``. Cleaning twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from array import array

from ingest.records import MappedText
from ingest.spelling import LOWERING, TWO_SPELLINGS, VOWEL_RUN, agreed_run
from ingest.spelling import fold as fold
from ingest.spelling import match_form as match_form
from ingest.syllables import TONES, VOWELS, is_syllable, split_tone

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\v\x1c-\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)

# Letters that look right and are wrong, as old fonts and converters left them, and signs of one meaning.
_REPLACED = {
    "Ƣ": "Ư",
    "ƣ": "ư",
    "Ð": "Đ",
    "Ɖ": "Đ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2043": "-",
    "−": "-",
    "\uff0d": "-",
    "\ufe63": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\uf02d": "-",
    "\uf0a7": "•",
    "\uf0b7": "•",
    "\uf0d8": "•",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}

_IRREGULAR = re.compile(f"\r\n|[{_SPACES}{_LINE_ENDS}{_INVISIBLE}{''.join(_REPLACED)}]")
_SPACE = re.compile(f"[{_SPACES}]")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")

# One character and what may combine with it: nothing below U+0300 does, nor do Vietnamese letters and punctuation.
_CLUSTER = re.compile("[\\s\\S]?[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\ue000-\uf8ff]+")

_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_MARKED_CONSONANTS = {
    composed: (letter, tone)
    for letter in "bcdghklmnprstvxBCDGHKLMNPRSTVX"
    for tone in sorted(TONES)
    if len(composed := unicodedata.normalize("NFC", letter + tone)) == 1
}
_MISPLACED_MARK = re.compile(f"[{_MARKS}{''.join(_MARKED_CONSONANTS)}]")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{1,8}\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]{0,8}")
_LONGEST_SYLLABLE = 8

_Change = tuple[int, int, str]


def clean(text: str) -> MappedText:
    r"""Normalise ``text``; ``offsets`` of the result are positions in ``text``.

    A composed letter maps to its base letter, a ligature's letters all map to the ligature.

    >>> clean("thưc\u0323 hiêṇ").text
    'thực hiện'
    """
    mapped = _regular(MappedText.of(text))
    while True:
        mapped = _composed(mapped)
        placed = _with_marks_on_vowels(mapped)
        if placed is mapped:
            return _with_tones_on_main_vowels(mapped)
        mapped = placed


def _regular(mapped: MappedText) -> MappedText:
    """Replace or drop single characters: spaces, line ends, invisible ones, look-alikes."""
    pieces = _Rewriting(mapped)
    for match in _IRREGULAR.finditer(mapped.text):
        found = match.group()
        if _LINE_END.match(found):
            new = "\n"
        elif _SPACE.match(found):
            new = " "
        else:
            new = _REPLACED.get(found, "")
        pieces.replace(match.start(), match.end(), new)
    return pieces.result()


def _composed(mapped: MappedText) -> MappedText:
    """Bring the text to NFC, cluster by cluster, so that every letter keeps its offset."""
    if unicodedata.is_normalized("NFC", mapped.text):
        return mapped
    pieces = _Rewriting(mapped)
    for match in _CLUSTER.finditer(mapped.text):
        cluster = match.group()
        if unicodedata.is_normalized("NFC", cluster):
            continue
        start = match.start()
        for part in _combining_parts(cluster):
            pieces.replace(start, start + len(part), unicodedata.normalize("NFC", part))
            start += len(part)
    return pieces.result()


def _combining_parts(cluster: str) -> list[str]:
    """Cut a cluster where its characters do not combine with each other (scripts other than Latin run on)."""
    parts: list[str] = []
    for character in cluster:
        if parts and not _separate(parts[-1], character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _separate(before: str, character: str) -> bool:
    if unicodedata.combining(character):
        return False
    normalize = unicodedata.normalize
    return normalize("NFC", before + character) == normalize("NFC", before) + normalize("NFC", character)


def _with_marks_on_vowels(mapped: MappedText) -> MappedText:
    """Put marks that composed with nothing back on a vowel of their syllable; the same object when none moved.

    "hoac̣h" has its mark on the wrong letter, "ha ̣tầng" behind a space. A mark that fits no vowel stays.
    """
    text = mapped.text
    pieces = _Rewriting(mapped)
    for match in _MISPLACED_MARK.finditer(text):
        at = match.start()
        if at < pieces.done:
            continue
        find = _placement_from_consonant if match.group() in _MARKED_CONSONANTS else _placement
        for change in find(text, at, pieces.done):
            pieces.replace(*change)
    return pieces.result() if pieces.done else mapped


def _placement(text: str, at: int, free_from: int) -> list[_Change]:
    """Find the spans that change when the mark at ``at`` goes to its vowel, and their new text; none: it stays.

    Characters before ``free_from`` were already rewritten and are left alone.
    """
    mark = text[at]
    spaced = at > 0 and text[at - 1] == " "
    end_of_word = at - 1 if spaced else at
    before = _letters_before(text, free_from, end_of_word)
    start = end_of_word - len(before)
    after = _letters_after(text, at + 1)
    gap = text[end_of_word:at]
    rest = "" if spaced else after

    index = _vowel_for(mark, before, rest)
    if index is None and spaced and after:
        other = _vowel_for(mark, after, "", strict=True)
        if other is not None:
            return _moved_right(text, at, after, other)
    if index is not None:
        # A mark that stood alone between two spaces took one of them for itself.
        kept_gap = "" if spaced and text[at + 1 : at + 2] in (" ", "\n", "") else gap
        return [(start, at + 1, _put(mark, before, index) + kept_gap)]
    if not spaced and after:
        index = _vowel_for(mark, after, "", strict=True)
        if index is not None:
            return _moved_right(text, at, after, index)
    if before and mark in TONES and split_tone(before)[1] == mark:
        return [(at, at + 1, "")]
    return []


def _moved_right(text: str, at: int, word: str, index: int) -> list[_Change]:
    return [(at, at + 1, ""), (at + 1, at + 1 + len(word), _put(text[at], word, index))]


def _placement_from_consonant(text: str, at: int, free_from: int) -> list[_Change]:
    """Like :func:`_placement` for a mark that composed with a consonant: "lin" + ngã + "h" is "liñh" in NFC."""
    consonant, mark = _MARKED_CONSONANTS[text[at]]
    before = _letters_before(text, free_from, at)
    index = _vowel_for(mark, before, consonant + _letters_after(text, at + 1), strict=True)
    return [] if index is None else [(at - len(before), at + 1, _put(mark, before, index) + consonant)]


def _letters_before(text: str, free_from: int, end: int) -> str:
    found = _LETTERS_BEFORE.search(text, max(free_from, end - _LONGEST_SYLLABLE), end)
    return found.group() if found else ""


def _letters_after(text: str, at: int) -> str:
    found = _LETTERS_AFTER.match(text, at)
    return found.group() if found else ""


def _vowel_for(mark: str, word: str, rest: str, *, strict: bool = False) -> int | None:
    """Choose the letter of ``word`` that takes ``mark``: the nearest that makes ``word + rest`` a real syllable.

    Without such a letter the nearest vowel that can carry the mark is taken, unless ``strict``.
    """
    if mark in TONES and split_tone(word + rest)[1]:
        return None
    carriers = [i for i in reversed(range(len(word))) if _carries(word[i], mark)]
    for index in carriers:
        if is_syllable(_put(mark, word, index) + rest):
            return index
    return carriers[0] if carriers and not strict else None


def _carries(letter: str, mark: str) -> bool:
    return letter.lower() in VOWELS and len(unicodedata.normalize("NFC", letter + mark)) == 1


def _put(mark: str, word: str, index: int) -> str:
    return word[:index] + unicodedata.normalize("NFC", word[index] + mark) + word[index + 1 :]


def _with_tones_on_main_vowels(mapped: MappedText) -> MappedText:
    """Move tones that stand on a glide ("hiêụ", "cuả", "qủa"); hoà/hòa, thuý/thúy are both right and stay."""
    text = mapped.text
    lower = text.translate(LOWERING)
    pieces = _Rewriting(mapped)
    for match in VOWEL_RUN.finditer(lower):
        run = match["run"]
        agreed = agreed_run(match["onset"], run, match["coda"] is not None)
        if agreed == run or (match["coda"] is None and split_tone(run)[0] in TWO_SPELLINGS):
            continue
        start, end = match.span("run")
        if end < len(lower) and unicodedata.combining(lower[end]):
            continue  # a second tone that fits nowhere: nothing here is a syllable to set right
        word = _letters_before(lower, 0, start) + agreed + _letters_after(lower, end)
        if is_syllable(word):
            cased = zip(agreed, text[start:end], strict=True)
            pieces.replace(start, end, "".join(new.upper() if old.isupper() else new for new, old in cased))
    return pieces.result()


class _Rewriting:
    """Collects replacements over a mapped text, in order; what is not replaced is copied with its offsets."""

    def __init__(self, source: MappedText) -> None:
        self._source = source
        self._texts: list[str] = []
        self._offsets = array("i")
        self.done = 0

    def replace(self, start: int, end: int, new: str) -> None:
        """Put ``new`` for characters ``start:end``; its i-th letter maps to the i-th of them, or to the last."""
        source = self._source
        self._texts.append(source.text[self.done : start])
        self._offsets.extend(source.offsets[self.done : start])
        self._texts.append(new)
        self._offsets.extend(source.offsets[min(start + i, end - 1)] for i in range(len(new)))
        self.done = end

    def result(self) -> MappedText:
        """Return the rewritten text; the source itself when nothing was replaced."""
        if not self.done:
            return self._source
        self._texts.append(self._source.text[self.done :])
        self._offsets.extend(self._source.offsets[self.done :])
        return MappedText("".join(self._texts), self._offsets)
