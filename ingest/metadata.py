"""What a document says of itself: kind, number, date, issuer, subject, signer, period, validity.

Read from the title block, the signature and the sentence that says what the document is. Nothing is guessed: what is
not stated stays empty, what is left blank is named in ``blanks``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from ingest import patterns as p
from ingest.records import DocumentMeta, Source
from ingest.reports import is_restatement
from ingest.structure import Structured

OPENING_CHARACTERS = 3000
_VOWELS = re.compile("[AEIOUY]")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_NUMERAL = re.compile(r"[IVXL]{2,}|[IVX]")
_LONGEST_ABBREVIATION = 5
_SUBTITLE_WORDS = 40

_KIND_WORDS = "|".join(sorted(p.KINDS, key=len, reverse=True))
_KIND_START = re.compile(rf"(?P<kind>{_KIND_WORDS})(?!\w)", re.IGNORECASE)
_BODIES = (
    r"(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân)|Sở|Ban|Bộ|Cục|Chi cục|Phòng|"
    r"Tỉnh ủy|Tỉnh uỷ|Thành ủy|Huyện ủy|Hội đồng|Văn phòng|Chính phủ|Thủ tướng Chính phủ|Quốc hội|Trường|"
    r"Viện|Hội|Liên đoàn|Đảng ủy"
)
_SAYS_WHAT_IT_IS = re.compile(
    rf"(?:^|[,;]\s|\.\s)(?P<issuer>(?:{_BODIES})(?:\s[^,;.:]{{0,60}}?)?)\s(?:xin\s|trân trọng\s)*"
    r"(?P<verb>báo cáo|hướng dẫn|thông báo|kiến nghị|đề nghị|(?:xây dựng|ban hành)\s(?P<made>[^\W\d_]+\s[^\W\d_]+))\s"
    r"(?P<subject>.+?)(?=,?\s(?:cụ thể\s)?như sau|,?\s(?:với|gồm)\s(?:các\s)?(?:nội dung|chủ đề)|[.:;](?:\s|$)|$)",
    re.DOTALL,
)
_ISSUED = re.compile(
    r"(?:ban hành|thông qua|ngày ký|ký ngày|;\s*ngày)[^\d\n]{0,30}?(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_EFFECTIVE = re.compile(
    r"(?<!hết )hiệu lực(?: thi hành)?(?: kể)?(?: từ)?(?: ngày)?\s*:?\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_EXPIRED = re.compile(
    r"hết hiệu lực(?: thi hành)?(?: kể)?(?: từ)?(?: ngày)?\s*:?\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_THIS_TAKES_EFFECT = re.compile(
    r"(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Quy định|Chỉ thị|Pháp lệnh|Bộ luật) này có hiệu lực"
    r"(?: thi hành)?(?: kể)?(?: từ)?\s"
    r"(?P<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4})"
)
_SIGNED_BY = re.compile(
    r"(?:người ký|\(ký)\s*:?\s*"
    r"(?:[A-ZĐ]{2,}[a-z]?\s|Chủ tịch\s|Thủ tướng\s|[A-Z]{2,4}g?\s)*(?P<name>(?:[^\W\d_]+\s){1,4}[^\W\d_]+)"
)
_PLACE = re.compile(r"\b(?:tỉnh|thành phố|TP\.)\s(?P<place>[^\W\d_a-zà-ỹ][^\W\d_]*(?:\s[^\W\d_a-zà-ỹ][^\W\d_]*){1,2})")
_PLACE_CAPITALS = re.compile(r"\b(?:TỈNH|THÀNH PHỐ)\s(?P<place>[^\W\d_]+\s[^\W\d_]+)")
_DATED_PAPER = re.compile(rf"\bngày\s*{p.DATE_SLASH.pattern}", re.IGNORECASE)
_ORGAN = re.compile(
    r"(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI|BỘ|SỞ|BAN|CỤC|TỔNG CỤC|CHI CỤC|PHÒNG|VĂN PHÒNG|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ XÃ|XÃ|"
    r"PHƯỜNG|THỊ TRẤN|ĐẢNG|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH|TRƯỜNG|VIỆN|TRUNG TÂM|TRUNG ƯƠNG|LIÊN ĐOÀN|ĐOÀN|"
    r"TÒA ÁN|TOÀ ÁN|KIỂM TOÁN|THANH TRA|CÔNG AN|CÔNG TY|TẬP ĐOÀN|TỔNG|NGÂN HÀNG|BẢO HIỂM|KHO BẠC|BỆNH VIỆN|HỌC VIỆN|"
    r"MẶT TRẬN|CƠ QUAN|HẠT|ĐỘI|TRẠM|BÁO|ĐÀI|LIÊN HIỆP|LIÊN MINH)(?!\w)"
)
_ISSUER_CODES = (
    (re.compile(r"/QH\d+$"), "Quốc hội"),
    (re.compile(r"[/-]CP$"), "Chính phủ"),
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"[/-]BNV$"), "Bộ Nội vụ"),
    (re.compile(r"[/-]CTN$"), "Chủ tịch nước"),
)
"""What the last part of a number says about who issued the document."""
_ABOUT_ANOTHER = re.compile(r"(?:Sửa đổi|Thay thế|Nguồn|Ghi chú|Cấu trúc|Mức đầy đủ|CÁCH GHI)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The texts that metadata is read from."""

    title: tuple[str, ...]
    signature: tuple[str, ...]
    headings: tuple[str, ...]
    opening: tuple[str, ...]
    text: str

    @property
    def about_itself(self) -> tuple[str, ...]:
        """Title lines that speak of this document, not of one that it amends or comes from."""
        return tuple(line for line in self.title if not _ABOUT_ANOTHER.match(line))


def read_metadata(structured: Structured, source: Source, file: str) -> DocumentMeta:
    """Read what the document states about itself; ``file`` names it when nothing else does."""
    parts = _parts(structured)
    stated = _statement(parts)
    kind, subject = _kind_and_subject(parts, stated, source, file)
    number, number_blank = _number(parts.title)
    issued, date_blanks, place = _issued(parts)
    issued = issued or (None if date_blanks else _dated_header(source))
    blanks = (("số",) if number_blank else ()) + date_blanks
    return DocumentMeta(
        kind=kind,
        number=number,
        issued=issued,
        issuer=_issuer(parts, stated, subject, number),
        subject=subject,
        signer=_signer(parts),
        place=place or _place(parts),
        period=_period(subject, parts.headings),
        blanks=blanks,
        draft=any(
            re.search(r"\bdự thảo\b", line, re.IGNORECASE) for line in parts.about_itself if p.word_count(line) <= 8
        ),
        restated=any(is_restatement(line) for line in (*parts.title, *parts.opening[:1])),
        effective_from=_effective(parts, _EFFECTIVE, number) or _takes_effect(parts.text),
        effective_to=_effective(parts, _EXPIRED, number),
    )


def _parts(structured: Structured) -> _Parts:
    text = structured.text.text
    by_kind: dict[str, list[str]] = {}
    opening: list[str] = []
    for section in structured.sections:
        content = " ".join(text[section.start : section.end].split())
        by_kind.setdefault(section.kind, []).append(content)
        if section.kind == "paragraph" and len(opening) < 4 and len(section.path) < 2:
            opening.append(content)
    return _Parts(
        tuple(by_kind.get("title", ())), tuple(by_kind.get("signature", ())), tuple(by_kind.get("heading", ())),
        tuple(opening), text,
    )  # fmt: skip


def _statement(parts: _Parts) -> re.Match[str] | None:
    """Find the opening sentence in which the issuer says what it is doing here."""
    for paragraph in parts.opening:
        if match := _SAYS_WHAT_IT_IS.search(paragraph):
            return match
    return None


def _canonical(kind: str) -> str:
    return next((known for known in p.KINDS if known.lower() == kind.lower()), kind.capitalize())


def _kind_and_subject(parts: _Parts, stated: re.Match[str] | None, source: Source, file: str) -> tuple[str, str]:
    for position, line in enumerate(parts.title):
        match = p.KIND_LINE.match(line) or (_KIND_START.match(line) if _may_name(line, position, parts) else None)
        if match is None or is_restatement(line):
            continue
        return _canonical(match["kind"]), _subject(line[match.end() :], parts.title[position + 1 :], parts.text)
    if stated is not None:
        made = stated["made"]
        kind = stated["verb"] if made is None else made
        if _KIND_START.fullmatch(kind):
            return _canonical(kind), _clean(stated["subject"])
    plain = _plain_title(parts)
    named = plain or source.properties.get("title", "").strip() or (parts.headings[0] if parts.headings else "")
    return "", _clean(named) or PurePath(file).stem


def _plain_title(parts: _Parts) -> str:
    """Title of a document that does not name its kind: the first line that says something, and what explains it."""
    lines = [line for line in parts.title if not is_restatement(line) and not p.NUMBER_LINE.match(line)]
    organs = [line for line in lines if p.MOTTO.search(line) or p.PLACE_DATE.search(line)]
    lines = [line for line in lines if line not in organs]
    if not lines:
        return ""
    first = lines[0]
    if not p.is_capitals(first):
        return first
    rest = [line for line in lines[1:2] if not p.is_capitals(line) and p.word_count(line) <= _SUBTITLE_WORDS]
    return " – ".join([_sentence_case(first, parts.text), *rest])


def _sentence_case(text: str, body: str) -> str:
    """Write capitals as a sentence; names and abbreviations keep the capitals that the body gives them."""
    words = _WORD.findall(body)
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


def _may_name(line: str, position: int, parts: _Parts) -> bool:
    """Whether a title line in small letters can be the document's name: the first one, in a block without capitals."""
    return position == 0 or (position == 1 and not any(p.KIND_LINE.match(other) for other in parts.title))


def _subject(rest: str, following: Sequence[str], body: str) -> str:
    """Put together the rest of the line that names the kind and the lines that go on with it."""
    lines = [rest.strip(" :-–")] if rest.strip(" :-–") else []
    for line in following:
        if p.ENCLOSED.match(line) or p.PLACE_DATE.search(line) or p.NUMBER_LINE.match(line) or p.NEWSPAPER.match(line):
            break
        if (
            p.MOTTO.match(line)
            or re.match(r"\(|Số|Ngày|[^:]{3,25}:\s", line)
            or is_restatement(line)
            or p.ADDRESSEE.match(line)
        ):
            break
        lines.append(line)
    lines = [_sentence_case(line, body) if p.is_capitals(line) else line for line in lines]
    subject = re.sub(rf"^{p.DOCUMENT_NUMBER.pattern}\s", "", " ".join(lines))
    return _clean(re.sub(r"\s\([^()]*kèm theo[^()]*\)$", "", subject))


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" .:;,-–*" + p.SUPERSCRIPTS)


def _number(title: Sequence[str]) -> tuple[str, bool]:
    """Return the number as printed ("/KH-UBND" when its figure is left blank), and whether it is blank."""
    for line in title:
        match = re.search(r"\bSố(?:\s+(?:hiệu|ký hiệu))?\s*:\s*(?P<rest>[^;,]*)", line)
        if match is None:
            continue
        rest = match["rest"].strip()
        if full := p.DOCUMENT_NUMBER.search(rest):
            return full[0], False
        if blank := re.match(r"[.…_\s]*(?P<code>[/-]\s*[A-ZĐƯ][\w/\-]*)", rest):
            return blank["code"].replace(" ", ""), True
        if not rest.strip(".…_ /-"):
            return "", True
    return "", False


def _issued(parts: _Parts) -> tuple[str | None, tuple[str, ...], str]:
    """ISO date as far as it is stated, what is blank in it, and the place written before it."""
    for line in parts.title:
        if match := p.PLACE_DATE.search(line):
            place = _last_name(match["place"].split("  ")[-1].strip())
            day, month, year = (match[name].strip(".… ") for name in ("day", "month", "year"))
            blanks = tuple(name for name, value in (("ngày", day), ("tháng", month), ("năm", year)) if not value)
            return _iso(year, month, day), blanks, place
    for line in parts.about_itself:
        if match := _ISSUED.search(line):
            return _day(match["date"]), (), ""
    for line in parts.title:
        if (p.ENCLOSED.match(line) or p.NEWSPAPER.match(line)) and (day := _day(line)) is not None:
            return day, (), ""
    return None, (), ""


def _last_name(text: str) -> str:
    """Return the capitalised words a place line ends with: what stands before them is another column's."""
    words = text.split()
    count = 0
    while count < len(words) and words[-1 - count][0].isupper() and words[-1 - count].isalpha():
        count += 1
    return " ".join(words[len(words) - count :]) if count else text


def _dated_header(source: Source) -> str | None:
    """Day that a newspaper prints above its pages."""
    for hint in source.hints:
        if hint.kind == "furniture" and (match := _DATED_PAPER.search(source.text[hint.start : hint.end])):
            return _day(match[0])
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    if not year:
        return None
    if not month:
        return year
    if not day:
        return f"{year}-{int(month):02d}"
    return _valid(int(year), int(month), int(day))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _day(text: str) -> str | None:
    match = p.DATE_WORDS.search(text) or p.DATE_SLASH.search(text)
    return _valid(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _issuer(parts: _Parts, stated: re.Match[str] | None, subject: str, number: str) -> str:
    header: list[str] = []
    letterhead = any(p.MOTTO.search(line) for line in parts.title)
    for line in parts.title:
        before = p.MOTTO.split(line)[0].strip(" -–*")
        if p.KIND_LINE.match(line):
            break
        named = letterhead or _ORGAN.match(before)
        if before and named and p.is_capitals(before) and not p.PLACE_DATE.search(before):
            header.append(before)
    if header:
        # "ỦY BAN NHÂN DÂN" over "HUYỆN …" is one name in two lines
        parted = len(header) > 1 and re.match(
            r"(?:TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|TRUNG ƯƠNG)\b", header[-1]
        )
        return _sentence_case(_clean(" ".join(header[-2:]) if parted else header[-1]), parts.text)
    for line in parts.title:
        if p.ENCLOSED.match(line) and (match := re.search(r"\bcủa\s(?P<issuer>[^()]{4,80})\)?$", line)):
            return _clean(match["issuer"].rstrip(")"))
    for line in parts.title:
        if match := re.match(r"của\s(?P<issuer>(?:" + _BODIES + r")[^,;]{0,70})$", line):
            return _clean(match["issuer"])
    if match := re.match(
        rf"của\s(?P<issuer>(?:{_BODIES})(?!\w)[^,;]{{0,70}}?)(?=\s(?:tại|về|trình|nhiệm)\s|[,;]|$)", subject
    ):
        return _clean(match["issuer"])
    for pattern, organ in _ISSUER_CODES:
        if pattern.search(number):
            return organ
    if stated is not None:
        return _clean(stated["issuer"])
    organs = [line for line in parts.signature if p.is_capitals(line) and not p.ROLE.match(line)]
    return _sentence_case(_clean(re.sub(r"^(?:TM|KT|TL|TUQ)\s?\.\s*", "", organs[0])), parts.text) if organs else ""


def _signer(parts: _Parts) -> str:
    names = [line for line in parts.signature if not p.is_capitals(line) and p.PERSON.fullmatch(line)]
    if len(names) == 1 and all(word[0].isupper() for word in names[0].split()):
        return names[0]
    for line in parts.about_itself:
        if (match := _SIGNED_BY.search(line)) and all(word[0].isupper() for word in match["name"].split()):
            return match["name"].strip()
    return ""


def _place(parts: _Parts) -> str:
    """Return the province that title and opening speak of most."""
    opening = " ".join((*parts.title, *parts.opening, *parts.headings))[:OPENING_CHARACTERS]
    found = Counter(match["place"] for match in _PLACE.finditer(opening) if not p.is_capitals(match["place"]))
    found.update(match["place"].title() for match in _PLACE_CAPITALS.finditer(opening))
    return found.most_common(1)[0][0] if found else ""


def _period(subject: str, headings: Sequence[str]) -> tuple[int, int] | None:
    if match := p.PERIOD.search(subject):
        return int(match["first"]), int(match["last"])
    if match := re.search(r"\bnăm\s(?P<year>(?:19|20)\d{2})\b", subject):
        return int(match["year"]), int(match["year"])
    plain = (re.sub("“[^”]*”", "", text) for text in headings)  # the name of a campaign has years of its own
    found = Counter((int(m["first"]), int(m["last"])) for text in plain for m in p.PERIOD.finditer(text))
    return found.most_common(1)[0][0] if found else None


def _effective(parts: _Parts, pattern: re.Pattern[str], number: str) -> str | None:
    for line in parts.about_itself:
        label, colon, rest = line.partition(":")
        stated = rest if colon and len(label) < 40 else line  # "Ngày ban hành / hiệu lực: …" is a label
        match = pattern.search(stated) or pattern.search(line)
        if match and not _names_another(match.string[: match.start()], number):
            return _day(match["date"])
    return None


def _names_another(text: str, number: str) -> bool:
    """Whether the document that a line named last is another one than this."""
    named = [match[0] for match in p.DOCUMENT_NUMBER.finditer(text)]
    return bool(named and number and named[-1] != number)


def _takes_effect(text: str) -> str | None:
    match = _THIS_TAKES_EFFECT.search(text)
    return _day(match["date"]) if match else None
