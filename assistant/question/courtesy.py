"""Take off what a question is wrapped in for politeness, before it is read: "Dạ cho em hỏi … với ạ, em cảm ơn".

A letter or a chat opens with salutations, who is writing, and a lead-in to the question; it closes with particles, a
call, thanks and a complimentary close. Each is a brick here, and they come in any order and number.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.clean import fold, match_form

# Bricks over accent-free text of the same length, so that a span found there cuts the question as it was typed. Words
# in a row are told apart one by one: alternatives that overlap would take exponential time on odd input.
_I = r"(?:em|e|toi|minh|mik|chau|con|tui|to)"
_SPEAKER = rf"(?:(?:chung|ben|phong|don vi|co quan|truong|xa|nha) (?:(?:cua|chung) )?{_I}|{_I})"
_TITLE = (
    r"(?:anh|chi|em|a|c|e|ac|ace|co quan|co|chu|bac|ban|thay|admin|ad|mod|sep|ong|ba|dong chi|d/c|moi nguoi|mn|ca nha|"
    r"don vi|cac|quy|tat ca)"
)
_PERSON = rf"(?:{_TITLE}(?:[ /,]{{1,2}}{_TITLE}){{0,5}})"
_SMALL = (
    r"(?:(?:mot |1 |may )?(?:chut|ti|xiu|teo|cau|dieu|cai|van de)(?: (?:nay|sau|nua|ngoai le))?|them|nhanh|gap|"
    r"ve(?: viec| van de| noi dung)?(?: nay)?|la|rang|voi|a|nhe|nha|nhu sau|hoi (?:ky|kho|ngo|ngu)|nhung ma)"
)
_HELP = r"(?:giai dap|tra loi|tu van|huong dan|giai thich|check|kiem tra|xem|tra cuu|tra|tim|noi ro)"
_FOR_ME = rf"(?:giup|ho|dum|gium)(?: {_SPEAKER})?"
_SOFT = (
    r"(?:da|vang|alo|xin|cho|phep|duoc|vui long|lam on|muon|can|dinh|co the|nho|phien|mong|rat|kinh|de nghi|thua|oi|"
    r"mot|1|cau hoi|thac mac|nay|ben|chung|toi|minh|chau|"
    rf"{_TITLE})"
)
_LEADS = (
    # "cho em hỏi", "tôi muốn biết", "xin phép được hỏi"
    rf"(?:cho|xin|phep|muon|can|dinh|duoc|{_SPEAKER}) (?:hoi|biet)(?: {_FOR_ME})?",
    # "nhờ anh tra giúp em", "mong chị giải đáp"
    rf"(?:nho|phien|mong|giup|xin|vui long|lam on|de nghi)(?: {_PERSON})?(?: vui long)?"
    rf" (?:cho {_SPEAKER} (?:hoi|biet)|{_HELP}(?: {_FOR_ME})?|{_FOR_ME})",
    rf"{_HELP} {_FOR_ME}",
)
_OPENERS = (
    rf"(?:{_SOFT}[ /,]{{1,2}}){{0,12}}(?:{'|'.join(_LEADS)})(?: {_SMALL})*",
    rf"(?:(?:da|vang|{_SPEAKER}|xin|kinh) ){{0,4}}(?:chao|thua|gui|hi|hello|dear)"
    rf"(?:[ /](?:la|ca nha|{_TITLE})){{1,6}}(?: (?:oi|nhe))?",
    r"(?:xin |kinh )?(?:chao|hi|hello)(?=\s*[,.!])",
    rf"(?:cam on|thanks) {_PERSON}(?=\s*[,.!])",
    rf"{_PERSON} (?:oi|a(?=\s*[,.!:]))",
    rf"(?:da|vang|alo|ok|xin loi|(?:phien|xin phep) {_PERSON})",
)
# "Kính gửi Phòng …," names whom it likes, as far as the next mark.
_LETTER = r"(?:kinh (?:gui|chao|thua)|dear|kg)\s*:?\s+[^.,:;!?\n–]{2,80}(?=[.,:;!?\n–])"
_OFFICE = r"(?:phong|ban|so|ubnd|uy ban|xa|phuong|huyen|tinh|truong|hoi|van phong|cong ty|benh vien|trung tam|chi cuc)"
# Who is writing, told only to be polite.
_WRITER = (
    rf"{_SPEAKER} (?:(?:hien|dang) )*(?:(?:cong tac|lam viec|lam)(?: (?:o|tai|ben|trong))|o|ben|thuoc|"
    rf"la (?:can bo|cb|chuyen vien|cv|cong chuc|vien chuc|nhan vien|nv|van thu|ke toan) [^.,:;!?\n\d]{{0,20}}{_OFFICE})"
    r"\b[^.,:;!?\n\d]{0,60}[.,:;!\n]\s*"
)
_THANKS = r"(?:cam on|cam ta|thanks|thank you|thank|tks|thx)(?: [\w/]+){0,6}"
_CLOSERS = (
    # Standing bare, "cảm ơn" needs a mark before it: "có mấy thư cảm ơn" asks.
    rf"(?:(?:xin|rat|tran trong|chan thanh|{_SPEAKER}) ){{1,4}}{_THANKS}",
    rf"(?:(?:rat|kinh|xin|{_SPEAKER}) ){{0,3}}mong (?:[\w/]+ ){{0,7}}(?:phan hoi|hoi am|{_HELP}|giup do|giup|ho tro)"
    r"(?: [\w/]+){0,4}",
    rf"(?:(?:xin|{_SPEAKER}) ){{0,2}}(?:tran trong(?: kinh chao)?|kinh (?:thu|chao|don)|best regards)",
    rf"(?:{_SPEAKER} (?:dang )?can gap|gap(?= lam| a))(?: (?:a|nhe|lam)){{0,3}}",
    rf"(?:giup|ho|dum|gium)(?: (?:{_SPEAKER}|voi|nhe|nha)){{1,3}}(?: {_PERSON})?(?: a)?",
    rf"(?:(?:a|nhe|nha|nhi|voi|vay|the|ha|hen|day|luon) ){{1,3}}(?:a|nhe|nha|nhi|{_PERSON}(?: oi)?)",
    rf"{_PERSON} oi",
    r"(?:a|nhe|nha|nhi|voi|(?<!nhu )vay)",
    r"(?:\^+_*\^+|:+-?\)+|=+\)+)",
)
_ASKING = r"(?:khong|ko|k|chua|nao|gi|dau|may|nhieu|bn|sao|ai|ntn)"
_BETWEEN = r"[\s,.:;!?…\-–]*"
_AFTER = r"(?P<end>[\s?!.…/]*)\Z"
_LEAST = 2
"""Words that must be left: what is only courtesy is no question and stays as it is."""

# What a courtesy is where accents are typed: "hội" is no "hỏi", "đã" no "dạ". Others are told from their folded form.
_ACCENTED = (
    "hỏi hồi hơi biết chị cô cơ có chú bạn ban bác bà ông thầy con tớ gửi gởi chào thưa dạ vâng ạ à á a nhé nhỉ "
    "với hộ dùm thế hả đấy là cần cán định nhờ mong xã sở tra trả tìm anh em ơi gấp về tôi mình cháu cảm cám ơn giúp "
    "xem phòng trường chung chúng bảo được các quý mọi cả đồng vậy day đây"
)

_NEVER_BARE = ("vay", "the", "ho")
"""Words that in a question with accents mean something else without theirs: to borrow, a card, they."""


def unwrapped(text: str) -> str:
    """Return the question inside its courtesies; a text of nothing else comes back as it is.

    >>> unwrapped("Dạ thưa anh chị, cho em hỏi năm 2023 tỉnh trồng bao nhiêu cây với ạ? Em cảm ơn ạ.")
    'năm 2023 tỉnh trồng bao nhiêu cây?'
    """
    bare = text.strip()
    while end := _opened(bare):
        bare = bare[end:]
    while found := _closed(bare):
        start, asks = found
        bare = bare[:start] + ("?" if asks else "")
    return text if len(bare.split()) < _LEAST or _only().match(_heard(bare)) else bare


def _opened(text: str) -> int:
    """Return where the courtesy ends that a text opens with, 0 when it opens with none."""
    heard = _heard(text)
    letter = _letter().match(heard)
    if letter and not _asking().search(letter.group()):
        return letter.end()
    opening = _opening().match(heard)
    if opening:
        return opening.end()
    # Where somebody works is told for politeness when the next thing is a courtesy again or the question begins.
    writer = _writer().match(heard)
    return writer.end() if writer and _opening().match(heard, writer.end()) else 0


def _closed(text: str) -> tuple[int, bool] | None:
    """Return where the courtesy begins that a text closes with, and whether a question mark goes with it."""
    heard = _heard(text)
    for pattern in (_closing(), _called()):
        found = pattern.search(heard)
        if found:
            return found.start("off"), "?" in found["off"] + found["end"]
    return None


def _heard(text: str) -> str:
    """Return a text without accents, with words hidden that only look like courtesies once these are gone."""
    typed, folded = match_form(text), fold(text)
    if len(typed) != len(folded) or typed == folded:
        return folded
    known = _accented()
    letters = list(folded)
    for match in re.finditer(r"[^\W\d_]+", typed):
        bare = folded[match.start() : match.end()]
        if match.group() not in known.get(bare, (match.group(),)) and (match.group() != bare or bare in _NEVER_BARE):
            letters[match.start() : match.end()] = "_" * len(bare)
    return "".join(letters)


@cache
def _accented() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in _ACCENTED.split():
        found.setdefault(fold(word), set()).add(match_form(word))
    return {bare: frozenset(words) for bare, words in found.items()}


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}(?:{'|'.join(_OPENERS)})(?![^\W\d_]){_BETWEEN}")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}{_LETTER}{_BETWEEN}")


@cache
def _writer() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}{_WRITER}")


@cache
def _asking() -> re.Pattern[str]:
    """Match what a salutation has not: a question, or the lead-in to one."""
    return re.compile(rf"(?<!\w)(?:{_ASKING}|{'|'.join(_LEADS)})(?!\w)")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<off>[?!.,;]*(?:[\s,.:;!…\-–]+(?:{'|'.join(_CLOSERS)})|(?:[,.;:!?…–]|(?<= a)) ?{_THANKS})){_AFTER}"
    )


@cache
def _only() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}(?:{'|'.join(_CLOSERS)}|{_THANKS}){_AFTER}")


@cache
def _called() -> re.Pattern[str]:
    """Whom the question is put to, behind its asking word: "ban hành ngày nào chị?"."""
    return re.compile(rf"(?<!\w){_ASKING}(?P<off>[\s,]+{_PERSON}){_AFTER}")
