"""What a document says of itself: kind, number, date, issuer, subject, signer, period, validity.

Read from the title block, the signature and the sentence that says what the document is. Nothing is guessed: what is
not stated stays empty, what is left blank is named in ``blanks``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest import patterns as p
from ingest.bearers import with_bearer
from ingest.hint_labels import SHEET
from ingest.records import DocumentMeta, Source
from ingest.structure import Structured
from ingest.title_block import is_restatement
from ingest.titles import Parts, kind_and_subject, organ_case, tidy
from ingest.validity import day_in, in_force, out_of_force, valid_day

OPENING_CHARACTERS = 3000
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
_NUMBER_STATED = re.compile(
    rf"(?:{p.NUMBER_MARK.pattern}|\b(?:Luật|Pháp lệnh|Nghị quyết|Nghị định)\s+số(?:\s+(?:hiệu|ký hiệu))?\s*:)"
    r"\s*(?P<rest>[^;,]*)"
)
_ISSUED = re.compile(
    r"(?:ban hành|thông qua|ngày ký|ký ngày|;\s*ngày)[^\d\n]{0,30}?(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_POSTED_WORDS = 30
_POSTED = re.compile(
    r"Thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật|\d{1,2}:\d{2}|(?:ngày đăng|đăng ngày|cập nhật)", re.IGNORECASE
)
_SIGNED_BY = re.compile(
    r"(?:người ký|\(ký)\s*:?\s*"
    r"(?:[A-ZĐ]{2,}[a-z]?\s|Chủ tịch\s|Thủ tướng\s|[A-Z]{2,4}g?\s)*(?P<name>(?:[^\W\d_]+\s){1,4}[^\W\d_]+)"
)
_PLACE = re.compile(r"\b(?:tỉnh|thành phố|TP\.) (?P<place>[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*){1,2})")
_PLACE_CAPITALS = re.compile(r"\b(?:TỈNH|THÀNH PHỐ) (?P<place>[^\W\d_]+ [^\W\d_]+)")
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


def read_metadata(structured: Structured, source: Source, file: str) -> DocumentMeta:
    """Read what the document states about itself; ``file`` names it when nothing else does."""
    parts = _parts(structured, source)
    stated = _statement(parts)
    kind, subject = kind_and_subject(parts, stated, source, file)
    subject = with_bearer(subject, parts)
    number, number_blank = _number(parts.title)
    issued, date_blanks, place = _issued(parts)
    issued = issued or (None if date_blanks else _dated_header(source) or _posted(parts, source))
    blanks = (("số",) if number_blank else ()) + date_blanks
    return DocumentMeta(
        kind=kind,
        number=number,
        issued=issued,
        issuer=_issuer(parts, stated, subject, number) or source.properties.get("publisher", ""),
        subject=subject,
        signer=_signer(parts),
        place=place or _place(parts),
        period=_period(subject, parts.headings),
        blanks=blanks,
        draft=any(
            re.search(r"\bdự thảo\b", line, re.IGNORECASE) for line in parts.about_itself if p.word_count(line) <= 8
        ),
        restated=any(is_restatement(line) for line in (*parts.title, *parts.opening[:1])),
        effective_from=in_force(parts, number),
        effective_to=out_of_force(parts, number),
    )


def _parts(structured: Structured, source: Source) -> Parts:
    text = structured.text.text
    by_kind: dict[str, list[str]] = {}
    opening: list[str] = []
    above = last = ""
    for section in structured.sections:
        content = " ".join(text[section.start : section.end].split())
        if section.kind == "signature" and section.kind not in by_kind:
            above = last
        last = content
        by_kind.setdefault(section.kind, []).append(content)
        if section.kind == "paragraph" and len(opening) < 4 and len(section.path) < 2:
            opening.append(content)
    title = by_kind.get("title", [])
    if any(hint.label == SHEET for hint in source.hints):
        # what a workbook is called stands above the table of its first sheet
        title = [*title, *next((section.path[-1:] for section in structured.sections if section.kind == "row"), ())]
    return Parts(
        tuple(title), above, tuple(by_kind.get("signature", ())), tuple(by_kind.get("heading", ())),
        tuple(opening), text,
    )  # fmt: skip


def _statement(parts: Parts) -> re.Match[str] | None:
    """Find the opening sentence in which the issuer says what it is doing here."""
    for paragraph in parts.opening:
        if match := _SAYS_WHAT_IT_IS.search(paragraph):
            return match
    return None


def _number(title: Sequence[str]) -> tuple[str, bool]:
    """Return the number as printed ("/KH-UBND" when its figure is left blank), and whether it is blank."""
    for line in title:
        match = _NUMBER_STATED.search(line)
        if match is None:
            continue
        rest = match["rest"].strip()
        if full := p.DOCUMENT_NUMBER.search(rest):
            return "".join(full[0].split()), False
        if blank := re.match(r"[.…_\s]*(?P<code>[/-]\s*[A-ZĐƯ][\w/\-]*)", rest):
            return blank["code"].replace(" ", ""), True
        if not rest.strip(".…_ /-"):
            return "", True
    return "", False


def _issued(parts: Parts) -> tuple[str | None, tuple[str, ...], str]:
    """ISO date as far as it is stated, what is blank in it, and the place written before it."""
    for line in (*parts.title, parts.above_signature):
        inside = line is not parts.above_signature
        match = (p.PLACE_DATE.search(line) if inside else p.PLACE_DATE.fullmatch(line)) or p.DATE_ALONE.fullmatch(line)
        if match is not None:
            place = _last_name(match["place"].split("  ")[-1].strip()) if "place" in match.groupdict() else ""
            day, month, year = (match[name].strip(".… ") for name in ("day", "month", "year"))
            blanks = tuple(name for name, value in (("ngày", day), ("tháng", month), ("năm", year)) if not value)
            return _iso(year, month, day), blanks, place
    for line in parts.about_itself:
        if match := _ISSUED.search(line):
            return day_in(match["date"]), (), ""
    for line in parts.title:
        if (p.ENCLOSED.match(line) or p.NEWSPAPER.match(line)) and (day := day_in(line)) is not None:
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
            return day_in(match[0])
    return None


def _posted(parts: Parts, source: Source) -> str | None:
    """Day that a web page prints under its title."""
    if source.media_type != "text/html":
        return None
    lines = (
        line
        for line in (*parts.title, *parts.opening[:3])
        if p.word_count(line) <= _POSTED_WORDS and _POSTED.search(line)
    )
    return next((day for line in lines if (day := day_in(line)) is not None), None)


def _iso(year: str, month: str, day: str) -> str | None:
    if not year:
        return None
    if not month:
        return year
    if not day:
        return f"{year}-{int(month):02d}"
    return valid_day(int(year), int(month), int(day))


def _issuer(parts: Parts, stated: re.Match[str] | None, subject: str, number: str) -> str:
    header: list[str] = []
    letterhead = any(p.MOTTO.search(line) for line in parts.title)
    closed = False  # below the second line of the motto stands the title
    for line in parts.title:
        before = p.MOTTO.split(line)[0].strip(" -–*")
        if p.KIND_LINE.match(line):
            break
        named = (letterhead and not closed) or _ORGAN.match(before)
        closed = closed or line.rstrip().endswith("phúc")
        if (
            before
            and named
            and p.is_capitals(before)
            and not p.NUMBER_MARK.match(before)
            and not p.PLACE_DATE.search(before)
        ):
            header.append(before)
    if header:
        # "ỦY BAN NHÂN DÂN" over "HUYỆN …" is one name in two lines
        parted = len(header) > 1 and re.match(
            r"(?:TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|TRUNG ƯƠNG)\b", header[-1]
        )
        return organ_case(tidy(" ".join(header[-2:]) if parted else header[-1]), parts.text)
    for line in parts.title:
        if p.ENCLOSED.match(line) and (match := re.search(r"\bcủa\s(?P<issuer>[^()]{4,80})\)?$", line)):
            return tidy(match["issuer"].rstrip(")"))
    for line in parts.title:
        if match := re.match(r"của\s(?P<issuer>(?:" + _BODIES + r")[^,;]{0,70})$", line):
            return tidy(match["issuer"])
    if match := re.match(
        rf"của\s(?P<issuer>(?:{_BODIES})(?!\w)[^,;]{{0,70}}?)(?=\s(?:tại|về|trình|nhiệm)\s|[,;]|$)", subject
    ):
        return tidy(match["issuer"])
    for pattern, organ in _ISSUER_CODES:
        if pattern.search(number):
            return organ
    if stated is not None:
        return tidy(stated["issuer"])
    organs = [line for line in parts.signature if p.is_capitals(line) and not p.ROLE.match(line)]
    return organ_case(tidy(re.sub(r"^(?:T/?M|K/?T|T/?L|TUQ)\b\s?\.?\s*", "", organs[0])), parts.text) if organs else ""


def _signer(parts: Parts) -> str:
    names = [line for line in parts.signature if not p.is_capitals(line) and p.PERSON.fullmatch(line)]
    if len(names) == 1 and all(word[0].isupper() for word in names[0].split()):
        return names[0]
    for line in parts.about_itself:
        if (match := _SIGNED_BY.search(line)) and all(word[0].isupper() for word in match["name"].split()):
            return match["name"].strip()
    return ""


def _place(parts: Parts) -> str:
    """Return the province that title and opening speak of most."""
    opening = "\n".join((*parts.title, *parts.opening, *parts.headings))[:OPENING_CHARACTERS]
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
