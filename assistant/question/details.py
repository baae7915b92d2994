"""What a question asks to be told of somebody or something, and which member of a group it means, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.words import CAPITALS, join, joined
from vectorstore.lexical import tokens

# A line holds the ways to ask for one detail and to state it; "=": the words that state it.
_DETAILS = (
    "dien thoai|hotline",
    "email|thu dien tu",
    "dia chi|so nha",
    "nu chiem|may nu|bao nhieu nu|nu gioi|phu nu=nu",
    "bao nhieu tuoi|may tuoi|do tuoi|tuoi doi|sinh nam nao|nam sinh|ngay sinh=tuoi|sinh nam|sinh ngay|nam sinh",
    "que quan|que o|que huyen|que xa|nguoi que|sinh ra o=que|sinh ra|sinh tai",
    "dan toc nao|dan toc gi|nguoi dan toc=dan toc",
    "gioi tinh|nam hay nu=nu",
    "so tai khoan=tai khoan",
    "trang web|website",
    "hoc ham|hoc vi|trinh do=hoc ham|hoc vi|trinh do|tien si|thac si|dai hoc|giao su",
    "kinh phi|chi phi|tien thuong|so tien|bao nhieu tien|het bao nhieu=kinh phi|chi phi|tien|dong|ngan sach|muc thuong"
    "|he so|luong co so|gia tri|von",
)
# Words after which the one meant of many is named: "lĩnh vực môi trường"; a place's own name is written large.
_KINDS_OF = "lĩnh vực|ngành|mảng|cuộc thi|dự án|cụm|khu công nghiệp|bệnh viện|môn"
_PLACES = "huyện|xã|phường|thị xã|thị trấn|thành phố|thôn|trường|công ty"
_ENDS = (
    "có là thì và với ở tại của được năm nào hay hoặc đã do về trong cho mà còn bị đến từ theo thế gì đạt chiếm giai "
    "tỉnh huyện mấy bao nhiêu nhất các những nội"
)
_MEMBER = re.compile(rf"(?<!\w)(?:{_KINDS_OF})\s+[“\"]?((?:[^\W\d_]+\s*){{2,6}})", re.I)
_NAMED = re.compile(rf"(?<!\w)(?:{_PLACES})\s+([{CAPITALS}][^\W\d_]*(?:\s[{CAPITALS}][^\W\d_]*){{1,3}})")


# A body known by a letter: "Sở A", "Trung tâm Q".
_LETTERED = re.compile(
    r"(?<!\w)((?:[Ss]ở|[Bb]an|[Pp]hòng|[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hôn|[Bb]ệnh viện|[Tt]rường|"
    r"[Tt]rung tâm|[Cc]hi cục|[Cc]ụm|[Kk]hối|[Cc]ông ty)\s+[A-ZĐ]\d?)(?!\w)"
)


@lru_cache(maxsize=64)
def details(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each detail that a joined text asks for the phrases one of which states it."""
    found = []
    for line in _DETAILS:
        ways, _, stated = line.partition("=")
        if any(f" {way} " in text for way in ways.split("|")):
            found.append(tuple(f" {word} " for word in (stated or ways).split("|")))
    return tuple(found)


@lru_cache(maxsize=64)
def members(text: str) -> tuple[str, ...]:
    """Return what a text with accents names after a word for a kind, joined two by two: "lĩnh vực y tế"."""
    asked = [match.group(1) for pattern in (_MEMBER, _NAMED) for match in pattern.finditer(text)]
    lettered = [join(tokens(name)[-2:]) for name in _LETTERED.findall(text)]
    return (*(pair for words in asked for pair in _pairs_of(words.lower().split())), *lettered)


def _pairs_of(words: Sequence[str]) -> list[str]:
    """Return the first four accented words two by two, accent-free, up to one that opens something else."""
    ends = _ENDS.split()
    end = next((number for number, word in enumerate(words) if word in ends), len(words))
    told = words[: min(end, 4)]
    return [joined(" ".join(told[number : number + 2])) for number in range(0, len(told) - 1, 2)]
