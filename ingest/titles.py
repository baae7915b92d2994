"""What a document is called: its kind and what it is about, capitals written as a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from ingest import patterns as p
from ingest.records import Source
from ingest.title_block import is_organ, is_restatement

_VOWELS = re.compile("[AEIOUY]")
_WORD = re.compile(r"[^\W\d_]+")
_OPENING_WORD = re.compile(r"(^|[.!?:;)])[\s\"“(*+•–-]*[^\W\d_]+", re.MULTILINE)
"""The first word of a sentence or line: its capital says nothing of how the word is written."""
_ROMAN_NUMERAL = re.compile(r"[IVXL]{2,}|[IVX]")
_LONGEST_ABBREVIATION = 5
_SUBTITLE_WORDS = 40

_KIND_WORDS = "|".join(sorted(p.KINDS, key=len, reverse=True))
_KIND_START = re.compile(rf"(?P<kind>{_KIND_WORDS})(?!\w)", re.IGNORECASE)
_FIELD_OF_ORGAN = re.compile(
    r"\b((?:Sở|Bộ|Cục|Chi cục|Tổng cục|Phòng|Văn phòng|Ban|Vụ|Viện|Trường|Hội|Thanh tra)\s)(?!đồng\b)([^\W\d_])"
)
_COMMITTEE = re.compile(
    r"^([UỦ])[yỷ] ban nhân dân(?: (?:tỉnh|huyện|quận|thành phố|thị xã|thị trấn|xã|phường|đặc khu))?(?!\w)",
    re.IGNORECASE,
)
_PRINTED_BY = re.compile(r"^(?:Microsoft (?:Word|Excel|PowerPoint) - )|\.(?:docx?|xlsx?|pdf|rtf)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:untitled|\(?anonymous\)?|document\s*\d*|tài liệu\s*\d*|presentation\d*|.{0,2})\Z", re.IGNORECASE
)
_ABOUT_ANOTHER = re.compile(r"(?:Sửa đổi|Thay thế|Nguồn|Ghi chú|Cấu trúc|Mức đầy đủ|CÁCH GHI)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts that metadata is read from."""

    title: tuple[str, ...]
    above_signature: str
    signature: tuple[str, ...]
    headings: tuple[str, ...]
    opening: tuple[str, ...]
    text: str

    @property
    def about_itself(self) -> tuple[str, ...]:
        """Title lines that speak of this document, not of one that it amends or comes from."""
        return tuple(line for line in self.title if not _ABOUT_ANOTHER.match(line))


def _canonical(kind: str) -> str:
    return next((known for known in p.KINDS if known.lower() == kind.lower()), kind.capitalize())


def kind_and_subject(parts: Parts, stated: re.Match[str] | None, source: Source, file: str) -> tuple[str, str]:
    """Return kind ("" where it is not named) and subject; ``file`` names a document that nothing else names."""
    for position, line in enumerate(parts.title):
        match = p.KIND_LINE.match(line) or (_KIND_START.match(line) if _may_name(line, position, parts) else None)
        if match is None or is_restatement(line):
            continue
        return _canonical(match["kind"]), _subject(line[match.end() :], parts.title[position + 1 :], parts.text)
    for position, line in enumerate(parts.title):
        if (match := p.LETTER_SUBJECT.match(line)) and any(p.MOTTO.search(other) for other in parts.title):
            # A letter bears no name; what it is about stands under its number.
            return "Công văn", _subject(line[match.end() :], parts.title[position + 1 :], parts.text)
    if stated is not None:
        made = stated["made"]
        kind = stated["verb"] if made is None else made
        if _KIND_START.fullmatch(kind):
            return _canonical(kind), tidy(stated["subject"])
    plain = _plain_title(parts)
    named = plain or _property_title(source) or (parts.headings[0] if parts.headings else "")
    named = sentence_case(named, parts.text) if p.is_capitals(named) else named
    return "", tidy(named) or PurePath(file).stem


def _property_title(source: Source) -> str:
    """Title the file's properties give; what programs write there of themselves is none."""
    title = _PRINTED_BY.sub("", source.properties.get("title", "").strip())
    return "" if _NO_TITLE.fullmatch(title) else title


def _plain_title(parts: Parts) -> str:
    """Title of a document that does not name its kind: the first line that says something, and what explains it."""
    lines = [line for line in parts.title if not is_restatement(line) and not p.NUMBER_LINE.match(line)]
    organs = [line for line in lines if p.MOTTO.search(line) or p.PLACE_DATE.search(line)]
    lines = [line for line in lines if line not in organs and not (organs and is_organ(line))]
    if len(lines) > 2 and all(map(is_organ, lines[:2])):
        lines = lines[2:]  # the organ above and the organ that issues
    if not lines:
        return ""
    first = lines[0]
    if not p.is_capitals(first):
        return first
    rest = [
        line
        for line in lines[1:2]
        if not p.is_capitals(line) and not p.ENCLOSED.match(line) and p.word_count(line) <= _SUBTITLE_WORDS
    ]
    return " – ".join([sentence_case(first, parts.text), *rest])


def sentence_case(text: str, body: str) -> str:
    """Write capitals as a sentence; names and abbreviations keep the capitals that the body gives them."""
    words = _WORD.findall(_OPENING_WORD.sub(r"\1", body))
    seen = Counter(words)
    behind = Counter((before.lower(), word) for before, word in pairwise(words))

    def usual(before: str, word: str) -> str:
        lower, title = word.lower(), word.capitalize()
        if _ROMAN_NUMERAL.fullmatch(word):
            return word
        together = {form: behind[before.lower(), form] for form in (lower, title)}
        if any(together.values()):
            return max(together, key=lambda form: together[form])
        if seen[title] > seen[lower]:
            return title
        if seen[lower] or len(word) > _LONGEST_ABBREVIATION:
            return lower
        return lower if _VOWELS.search(unicodedata.normalize("NFD", word)) else word

    parts: list[str] = []
    before = ""
    for part in text.split():
        coded = re.search(r"[\d/]|\w-\w", part) or any(char.islower() for char in part)
        parts.append(part if coded else _WORD.sub(lambda match: usual(before, match[0]), part))  # noqa: B023
        before = (_WORD.findall(part) or [""])[-1]
    line = " ".join(parts)
    return line[:1].upper() + line[1:]


def organ_case(text: str, body: str) -> str:
    """Write an organ's name in capitals as such names are written: what kind of organ it is, then its field's name."""
    written = _FIELD_OF_ORGAN.sub(lambda match: match[1] + match[2].upper(), sentence_case(text, body))
    written = re.sub(r" [-–] [^\W\d_]", lambda match: match[0].upper(), written)
    return _COMMITTEE.sub(lambda match: match[1] + match[0][1:].lower(), written)


def _may_name(line: str, position: int, parts: Parts) -> bool:
    """Whether a title line in small letters can be the document's name: the first one, in a block without capitals."""
    return position == 0 or (position == 1 and not any(p.KIND_LINE.match(other) for other in parts.title))


def _subject(rest: str, following: Sequence[str], body: str) -> str:
    """Put together the rest of the line that names the kind and the lines that go on with it."""
    lines = [rest.strip(" :-–")] if rest.strip(" :-–") else []
    for line in following:
        if p.ENCLOSED.match(line) or p.NUMBER_LINE.match(line) or p.NEWSPAPER.match(line):
            break
        if p.PLACE_DATE.search(line) or p.DATE_ALONE.fullmatch(line):
            break
        if (
            p.MOTTO.match(line)
            or re.match(r"\(|Số|Ngày|[^:]{3,25}:\s", line)
            or is_restatement(line)
            or p.ADDRESSEE.match(line)
            # "CHỦ TỊCH ỦY BAN NHÂN DÂN …" over "Căn cứ …": who decides, not what about.
            or (
                lines
                and p.is_capitals(line)
                and (p.ROLE.match(line) or (is_organ(line) and not p.is_capitals(lines[-1])))
            )
        ):
            break
        lines.append(line)
    lines = [sentence_case(line, body) if p.is_capitals(line) else line for line in lines]
    subject = re.sub(rf"^{p.DOCUMENT_NUMBER.pattern}\s", "", " ".join(lines))
    return tidy(re.sub(r"\s\([^()]*kèm theo[^()]*\)$", "", subject))


def tidy(text: str) -> str:
    """Draw white space together and take off signs and note marks at both ends."""
    return " ".join(text.split()).strip(" .:;,-–*" + p.SUPERSCRIPTS)
