"""Spaces that fell inside a syllable ("hi ện", "phong trà o", "v à"), taken out where that is sure.

Spelling alone decides where what stands behind the space is never a word of its own ("ện"), or what stands before it is
never one and an accented vowel follows ("v à"). Where both could be words ("đề u") the document decides: the whole
syllable must occur in it again and again, and the single letter behind the space nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from ingest.records import MappedText
from ingest.syllables import TONES, VOWELS, is_syllable, split_tone

_ANY_VOWEL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in sorted(VOWELS) for tone in ("", *TONES))
_PARTED = re.compile(
    rf"(?<![^\s(“\"'‘\[])(?P<first>[^\W\d_]{{1,6}}) (?P<second>[{_ANY_VOWEL}][^\W\d_]{{0,4}})"
    r"(?![^\s.,;:!?…)”\"'’\]])(?![.)]\s?\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
_OFTEN = 3

_STANDALONE_TEXT = """
a á à ả ạ ác ách ạch ai ái ải am ám an án anh ánh ảnh ao ào áo ảo áp ạp át au áu áy ảng ang áng ăm ẵm ăn ăng ẳng ắng
ắp ắt âm ấm ẩm ậm ân ấn ẩn ấp ập ất ậu âu ấu ẩu ấy e é è em én ẹn eo éo ẻo ép ẹp ê ế ề ếch êm ếm êu ỉ i ì ỉa ích im ỉm
in ít ịt ịu ỉu ĩnh inh o ó ò ỏ oa oà oai oái oải oan oán oản oang oanh oành oát oắt oẳn óc ọc oe oi ói ỏi om óp ong
óng ỏng ọp ót ô ồ ổ ố ộ ốc ôi ối ổi ôm ốm ôn ồn ổn ông ống ổng ốp ộp ơ ờ ở ớ ơi ới ợ ơn ớn ớt u ú ù ủ ụ ua ùa úa uẩn
uất uế uể ục úc ủi úi ùm um ủm ung ủng úng uốn uống uổng úp ụp út ủy uỷ úy uy uỵ uyên uyển ư ừ ứ ử ưa ứa ựa ức ực ưng
ừng ứng ửng ước ươm ương ướm ướp ướt ưu ỷ ý y yêm yếm yểm yên yến yết yêu yếu yểu ỳ ỵ ỉnh
"""
_STANDALONE = frozenset(_STANDALONE_TEXT.split())
"""Syllables without a first consonant that are words; the language has no others in use."""

_LABELS_TEXT = "điểm mục nhóm loại hạng lớp tổ khối hình bảng phần phụ chữ vitamin biểu câu ý số là bằng"
_LABELLED = frozenset(_LABELS_TEXT.split())
"""Words after which a single letter is a name."""


def mend(text: MappedText) -> MappedText:
    """Take out spaces inside syllables; the same object when there are none.

    >>> mend(MappedText.of("thực hi ện v à sơ kết")).text
    'thực hiện và sơ kết'
    """
    counts: Counter[str] | None = None
    pieces: list[MappedText] = []
    done = 0
    for space, whole, sure in _candidates(text.text):
        if not sure:
            counts = counts or Counter(_WORD.findall(text.text.lower()))
            lone = whole[space[1] :]
            if counts[whole] < _OFTEN or counts[lone] > 1:
                continue
        pieces.append(text[done : space[0]])
        done = space[0] + 1
    return MappedText.join([*pieces, text[done:]]) if done else text


def _candidates(text: str) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Yield where a space may go (its offset, its place in the syllable), the syllable, and whether it surely goes."""
    position = 0
    while match := _PARTED.search(text, position):
        position = match.start("second")
        first, second = match["first"], match["second"].lower()
        whole = first.lower() + second
        if match["second"] != second or not (first.islower() or first.istitle()) or not is_syllable(whole):
            continue
        at = (match.end("first"), len(first))
        onset = _is_onset(first) and _in_running_text(text, match.start())
        if _never_a_word(second) or (onset and not second.isascii()):
            yield at, whole, True
        elif len(second) == 1 and second in VOWELS and (onset or is_syllable(first)):
            yield at, whole, False


def _never_a_word(second: str) -> bool:
    """Whether a fragment that begins with a vowel is no word: "ện", "iều"."""
    return len(second) > 1 and second not in _STANDALONE


def _is_onset(first: str) -> bool:
    """Whether letters can only begin a syllable: "v", "th"; in small letters, since capitals abbreviate."""
    return first.islower() and not any(split_tone(char)[0] in VOWELS for char in first)


def _in_running_text(text: str, start: int) -> bool:
    """Whether an ordinary word stands before: not a figure ("5 m"), a label ("điểm d") or a list of letters."""
    before = text[max(0, start - 12) : start].split()
    word = before[-1].lower() if before else ""
    return len(word) > 1 and word.isalpha() and is_syllable(word) and word not in _LABELLED
