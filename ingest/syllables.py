"""Which letter sequences are Vietnamese syllables, by onset, rhyme and tone.

The tables accept every syllable the spelling rules allow, used or not, and place names that bend them (Kạn, Đắk);
they are there to tell Vietnamese from text in a wrong encoding and to find the vowel that lost its tone mark.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Combining huyền, sắc, ngã, hỏi, nặng."""

_LONGEST_SYLLABLE = 7

VOWELS = frozenset("aăâeêioôơuưy")


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ONSETS = _table("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}

_OPEN_RHYMES = _table(
    """
    a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây
    e em en eng eo ê êm ên êng ênh êu
    i ia im in inh iu iêm iên iêng iêu iên
    o oi om on ong oong oa oai oam oan oang oanh oao oay oăm oăn oăng oe oem oen oeo
    ô ôi ôm ôn ông ơ ơi ơm ơn
    u ua ui um un ung uau uân uâng uây uê uên uênh uơ uôi uôm uôn uông uy uya uyn uynh uyu uyên
    ư ưa ưi ưm ưn ưng ưu ươi ươm ươn ương ươu
    y yêm yên yêng yêu
    """
)

_STOPPED_RHYMES = _table(
    """
    ac ach ap at ăc ăk ăp ăt âc âp ât ak
    ec ep et êc êch êp êt
    ich ip it iêc iêp iêt
    oc op ot ooc oac oach oap oat oăc oăt oet
    ôc ôp ôt ơp ơt ôk
    uc up ut uât uêch uêt uôc uôp uôt uych uyp uyt uyêt
    ưc ưt ươc ươp ươt ych yt yêt
    """
)

_STOPPED_TONES = frozenset("\u0301\u0323")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Say whether ``word`` (any case, NFC or NFD) is spelled like one Vietnamese syllable with its tone."""
    letters, tone = split_tone(word.lower())
    for size in (3, 2, 1, 0):
        onset, rhyme = letters[:size], letters[size:]
        if onset not in _ONSETS:
            continue
        if rhyme in _OPEN_RHYMES or (rhyme in _STOPPED_RHYMES and tone in _STOPPED_TONES):
            return True
    return False


def is_broken_syllable(first: str, second: str) -> bool:
    """Say whether two pieces are one syllable that a narrow cell broke: together they are one, alone not both."""
    if not (first.isalpha() and second.isalpha()) or len(first) + len(second) > _LONGEST_SYLLABLE:
        return False
    if second != (second.upper() if first.isupper() and len(first) > 1 else second.lower()):
        return False
    return is_syllable(first + second) and not (is_syllable(first) and is_syllable(second))


def split_tone(word: str) -> tuple[str, str]:
    """Take the tone mark out of a word: ``("thưc", nặng)`` for "thực"; two marks or none give all there are."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(mark for mark in decomposed if mark in TONES)
    bare = "".join(letter for letter in decomposed if letter not in TONES)
    return unicodedata.normalize("NFC", bare), tone


_WORDS = re.compile(r"[^\s\d.,;:!?()\[\]{}\"'“”‘’«»/\\\-–—_…•·*+=<>|&%$#@~^`⎯]+")
_LONGEST_ABBREVIATION = 8


def share_of_syllables(text: str) -> float | None:
    """Return which share of the telling words are Vietnamese syllables, 0 to 1; ``None`` without telling words.

    Words of plain letters that are no syllables (foreign names) and short capitals (UBND, QĐ) tell nothing. Letters
    Vietnamese does not have ("®ua", "nöôùc") and impossible spellings count against.
    """
    right = wrong = 0
    for word in _WORDS.findall(unicodedata.normalize("NFC", text)):
        if is_syllable(word):
            right += 1
        elif not word.isascii() and not (word.isupper() and len(word) <= _LONGEST_ABBREVIATION):
            wrong += 1
    return right / (right + wrong) if right + wrong else None
