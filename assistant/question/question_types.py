"""What kind of answer a question asks for, by regular expressions on its accent-free form.

All patterns see lower-case text without accents, so that questions typed either way are read alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, get_args

Kind = Literal[
    "consistency",
    "permit",
    "yes_no",
    "why",
    "purpose",
    "compare",
    "document",
    "when",
    "rank",
    "ratio",
    "money",
    "how_many",
    "who",
    "where",
    "body",
    "definition",
    "list",
    "needs",
    "how",
    "which",
    "other",
]

_PAPER = (
    # "Hình thức kỷ luật nào" asks for no law, and of "Điều 5 quy định gì" the law is named already.
    r"(?:van ban|quyet dinh|ke hoach|nghi dinh|cong van|thong bao|nghi quyet|chi thi|thong tu|"
    r"(?<!ky )(?<!phap )luat|quy che|quy dinh(?! gi\b)|"
    r"huong dan|ket luan|de an|chuong trinh|to trinh|cv|qd|kh|nq|ct|nd|tt|tb)"
)
_BODY = (
    r"(?:co quan|don vi|so|phong|to chuc|doan the|nganh|hoi|ban|bo|cap|truong|cong ty|doanh nghiep|dia phuong|"
    r"huyen|xa|tinh|thanh pho|thon|noi|nuoc)"
)
_CLASS = (
    r"\b(?:trach nhiem|nhiem vu|quyen|nghia vu|danh hieu|giay to|viec|noi dung|hinh thuc|bien phap|giai phap|muc tieu|"
    r"thanh phan|ho so|phong trao|kinh nghiem|bai hoc|nguyen tac|han che|khuyet diem)"
)
# What sections of reports and plans are called after: asked for by itself ("Hạn chế của … là gì?") it is a whole list.
_SECTION = (
    r"(?:han che|ton tai|khuyet diem|yeu kem|bat cap|kho khan|vuong mac|thuan loi|uu diem|nhuoc diem|nhiem vu|"
    r"chuc nang|quyen han|trach nhiem|giai phap|bien phap|muc tieu|yeu cau|phuong huong|kien nghi|de xuat|"
    r"bai hoc|kinh nghiem|noi dung|nguyen tac|thanh phan|ket qua)"
)
# "Khi nào được xét …" asks for conditions, "được tặng … khi nào" for a day.
_CONDITION = r"\bkhi nao (?:thi |moi |se )?(?:[a-z]+ ){0,6}?(?:duoc|bi|phai|can)\b"
_MANY = r"(?:bao nhieu|may|bn|bnh|so luong|tong so)"

# One pattern per kind; examples of what it must catch stand in tests/assistant/question/test_question_types.py.
PATTERNS: dict[Kind, str] = {
    "consistency": r"thong nhat|mau thuan|\bkhop\b|khac nhau|"
    r"(?:cac|hai|ba|nhung) (?:tai lieu|bao cao|van ban) (?:co|ghi|neu)",
    "permit": r"co duoc\b|duoc phep|co the .+ khong|(?:da|co|thi) du (?:tieu|dieu)|"
    r"du (?:tieu chuan|dieu kien|tieu chi)",
    "yes_no": r"phai khong|co phai|dung khong|co dung|\bkhong\s*\??$|\bchua\s*\??$|\bkhong (?:a|nhi|vay|the)\s*\??$",
    "why": r"vi sao|tai sao|nguyen nhan|ly do|(?:vi|do|nho|boi) dau\b|^sao\b|\bsao (?:\w+ ){0,3}lai\b|co sao ma",
    "purpose": r"de lam gi|muc dich|nham (?:muc|lam|gi)|giai quyet (?:chuyen|viec) gi|xu ly (?:chuyen|viec) gi",
    "compare": r"so voi|so sanh|^so\b.+:|chenh|lech|\b(?:tang|giam|hon) .*(?:bao nhieu|may|bn)\b.*(?:so|truoc)|"
    r"\b(?:hon|kem hon|thua) .{0,40}(?:bao nhieu|may)\b",
    "document": rf"{_PAPER} (?:nao|so may|so bao nhieu|so nao|gi)\b|so hieu|so van ban|"
    rf"mang so|so ky hieu|so may\b|{_PAPER}.{{0,80}} (?:so may|so bao nhieu|so bnh?)\b|"
    rf"so (?:quyet dinh|ke hoach|cong van|van ban) nao",
    "when": r"khi nao|\bchung nao|\bmay gio\b|ngay nao|ngay may|hom nao|luc nao|nam nao|thang nao|thang may|"
    r"nam may|thoi gian nao|bao gio|bao lau|ngay (?:bn|bnh)\b|thoi han|han chot|han cuoi|thoi diem nao|ngay bao nhieu|"
    r"tu nam nao",
    "rank": r"thu may|hang may|lan (?:thu )?may|xep (?:hang|thu)|dung (?:thu|hang)|vi tri thu",
    "ratio": rf"phan tram|ty le|ti le|%|ty trong|{_MANY} phan\b",
    "money": rf"{_MANY} (?:tien(?! s[iy]\b)|ty|trieu|dong|usd|do la)\b|"
    r"kinh phi|muc thuong|tien thuong|tri gia|gia tri|het bao nhieu",
    "how_many": rf"\b{_MANY}\b|con so nao|la con so|co (?:nao|bao nhieu)\b",
    "who": r"\bai\b|nguoi nao|dong chi nao|(?:ong|ba|(?<!hanh )vi) nao|chuc (?:danh|vu) (?:gi|nao)|giu chuc|"
    r"chan gi|chuc gi|nguoi ky\b|la nhung ai|do ai",
    "where": r"\b(?:o|tai|toi|ve|di|den|vao|gui|nop) dau\b|noi nao|cho nao|dia diem nao",
    "body": rf"(?<!con )\b{_BODY} (?:nao|gi)\b",
    "definition": r"la gi\b|the nao la|nghia la|hieu la|hieu (?:nhu )?the nao|khai niem|dinh nghia|"
    r"y nghia (?:la )?gi|co nghia",
    "list": r"\bgom\b|bao gom|\bnhung .{0,60}\b(?:nao|gi|ai)\b|\bcac .{0,60}\b(?:nao|gi)\b|liet ke|ke ten|"
    r"ke ra|neu (?:day du|cac|nhung)|la nhung|co cau\b|nhung gi\b|"
    r"^(?:(?:cho|xin|neu|dua|gui|toi|hoi|biet|xem|can|muon) )*danh sach|danh sach (?:cac|nhung|gom)|"
    r"(?<!so )(?<!dieu )(?<!khoan )(?<!thu )(?<!lan )"
    r"\b(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d{1,2}) (?!\d|nam\b|thang\b|ngay\b).{0,90}la (?:gi|nhung|ai)|"
    # A noun for one of many, asked by "gì": "có trách nhiệm gì", "giấy tờ gì".
    rf"{_CLASS} gi\b|"
    rf"^(?:neu |cac |nhung |mot so |cho biet )*{_SECTION}\b(?!.*\b(?:{_MANY}|nao|ai|dau|khong|chua)\b)",
    "needs": r"\b(?:can|doi hoi|yeu cau|dap ung|dat|phai (?:co|dat|dap ung|bao dam)) (?:\w+ ){0,3}gi\b(?! khong)|"
    rf"\b(?:dieu kien|tieu chuan|tieu chi|yeu cau)\b|{_CONDITION}",
    "how": r"nhu the nao|the nao\b|cach nao|lam sao|lam the nao|quy trinh|thu tuc|trinh tu|bang cach|"
    r"ra sao|lam gi\b|cu xu",
    "which": r"\b(?!the|khi|ngay|nam|thang|luc|cho|so|cach|ong|ba|vi)[a-z]+ nao\b",
    "other": r"(?!)",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}
LONGEST_TERM = 12
"""Words of a term or phrase whose meaning is asked for."""
KINDS: tuple[Kind, ...] = get_args(Kind)

NUMERIC: frozenset[Kind] = frozenset({"how_many", "ratio", "money", "rank"})
ROOMY: frozenset[Kind] = frozenset({"list", "why", "consistency", "compare", "permit", "how"})

_MEANING = re.compile(
    r"(?:the nao la|hieu the nao la|khai niem|dinh nghia)\s+(?:ve\s+)?(.+?)(?:\s+(?:theo|trong|la|o)\b|[?,.]|$)"
    r"|(?:^|[,.:]\s*)(?:theo [^,]+,\s*)?(.+?)\s+(?:(?:co nghia|nghia|duoc hieu)?\s*la (?:gi|the nao)|duoc hieu)\b"
)
_MEANT = re.compile(r"the nao la|nghia|khai niem|hieu (?:la|the nao)")
_HOW = r"[^,.?]{0,40} (?:la gi|the nao|ra sao)"
# A noun for a sum or share is no question for one where something else is asked: "khi nào phải trả lại tiền thưởng".
_QUOTED_TERM = re.compile(r"[“\"]([^”\"]{2,60})[”\"](?= (?:co )?(?:nghia|duoc hieu|hieu|la (?:gi|sao)))")
_AFTER_TERM = re.compile(r" (?:theo|trong|duoc hieu|hieu|co nghia|nghia|ra sao|nhu the|the nao)\b.*")
_BEFORE_TERM = re.compile(
    r"^(?:(?:theo|trong|o) .{3,40}?(?: thi | \d{4} ))?(?:.*\b(?:giai thich|dinh nghia|khai niem|thuat ngu|cum tu)\b )?"
)
_SUMS: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(rf"{_MANY}|(?:kinh phi|muc thuong|tien thuong|tri gia|gia tri){_HOW}"),
    "ratio": re.compile(rf"{_MANY}|phan tram|%|(?:ty le|ti le|ty trong)(?: nao|{_HOW})"),
}
_ELSE: frozenset[Kind] = frozenset({"list", "needs", "why", "how", "who", "body", "document"})
_DAY = re.compile(PATTERNS["when"].replace("khi nao|", "", 1))
_SIGNER = re.compile(r"\b(?:nguoi ky|ai (?:da |la nguoi )?ky(?! tang)|ky ten|ky ban hanh|do ai ky|chu ky)\b")
_PERSON = re.compile(
    r"\b(?:chu tich|giam doc|truong (?:phong|ban)|bi thu|chanh|ong|ba|dong chi|nguoi|vi|thu truong|can bo|chuyen vien|"
    r"ca nhan|bac si|bac sy|thay thuoc|thay|co giao|giao vien|hoc sinh|sinh vien|van dong vien|vdv|nghe nhan|dai bieu|"
    r"anh hung|cong dan|doanh nhan|nong dan|chien si|chien sy|me)\b"
)
_ALSO_NUMBERS = frozenset(["ba"])
_NAME = re.compile(
    r"\bten (?:la )?(?:gi|ai)\b|\bho (?:va )?ten\b|\bten tuoi\b|\bdanh tinh\b|\bten .{0,25}\bla (?:gi|ai)\b"
)
_COUNTED = re.compile(r"(?<!bo )(?<!thu )(?<!hang )(?<!so )(?<!hom )\b(?:bao nhieu|may|bn|bnh)\s+((?:[a-z]+\s*){1,3})")
_NOT_COUNTED = frozenset(["phan", "la", "tram", "roi", "the", "vay", "nhi", "o", "trong", "so", "duoc", "thi", "trieu"])


# Asking words that other words turn into without their accents: "ái" is not "ai", "máy" is not "mấy".
_ASKING = {
    "ai": "ai",
    "may": "mấy",
    "gom": "gồm",
    "sao": "sao",
    "gi": "gì",
    "dau": "đâu",
    "nao": "nào",
    "kem": "kém",
    "nhung": "những",
}
_OTHER_WORDS = frozenset({"nhưng"})
"""Words of their own that are an asking word without its tone."""
_INDEFINITE = re.compile(
    r"\b(?:khong|chua|chang) (?:ai|dau|bao gio)\b|\bbat (?:ky|cu) (?:\w+ ){0,3}(?:nao|ai|gi|dau)\b|"
    r"\b(?:nao|ai|gi|dau|bao gio) (?:do|cung|nay)\b"
)
"""Asking words that ask nothing: "không ai", "bất kỳ đơn vị nào", "ai cũng"."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _toneless(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))


def masked(folded: str, typed: str) -> str:
    """Hide syllables that only look like asking words once accents are gone, and asking words that ask nothing.

    ``typed`` is the same text in lower case with its accents; a syllable typed bare in an unaccented question, or with
    its tone missing, still counts.
    """
    text = list(_INDEFINITE.sub(lambda found: "_" * len(found.group()), folded))
    if len(folded) != len(typed) or folded == typed:
        return "".join(text)
    for match in re.finditer(r"[a-z]+", folded):
        meant = _ASKING.get(match.group())
        own = typed[match.start() : match.end()]
        if meant is None or own == meant:
            continue
        same = _toneless(own) == _toneless(meant) and (meant != match.group() or own == meant)
        if not same or own in _OTHER_WORDS:
            text[match.start() : match.end()] = "_" * len(match.group())
    return "".join(text)


def kinds(folded: str) -> tuple[Kind, ...]:
    """Return what the accent-free question asks for, most telling first; ``("other",)`` when nothing is recognised."""
    found = [kind for kind in KINDS if _COMPILED[kind].search(folded)]
    if "rank" in found and "document" in found and re.search(r"lan (?:thu )?may|thu may", folded):
        found.remove("document")
    if "document" in found and "how_many" in found and not re.search(r"\bbao nhieu (?!\?|,|$)|tong so", folded):
        found.remove("how_many")
    if "yes_no" in found and found[0] in ("consistency", "permit"):
        found.remove("yes_no")
    if len(found) > 1 and "which" in found:
        found.remove("which")
    for kind, asked in _SUMS.items():
        if kind in found and not asked.search(folded) and _ELSE & set(found):
            found.remove(kind)
    if "definition" in found and {"list", "needs"} & set(found) and not _MEANT.search(folded):
        found.remove("definition")
    if "when" in found and re.search(_CONDITION, folded) and not _DAY.search(folded):
        found.remove("when")
    if "list" in found and found[0] in ("compare", "when", "document", "ratio", "money") and "bao gom" not in folded:
        found.remove("list")
    return tuple(found) or ("other",)


def defined(folded: str) -> str:
    """Return the accent-free term whose meaning is asked for: "the nao la X theo …", "X la gi"; a quoted one first."""
    quoted = _QUOTED_TERM.search(folded)
    match = quoted or _MEANING.search(folded)
    if match is None:
        return ""
    term = next(part for part in match.groups() if part is not None)
    words = re.sub(r"[“”\"'?,]", " ", term).split()
    return " ".join(_AFTER_TERM.sub("", _BEFORE_TERM.sub("", " ".join(words))).split()[:LONGEST_TERM])


def asks_signer(folded: str) -> bool:
    """Say whether the accent-free question asks who signed a document."""
    return bool(_SIGNER.search(folded))


@lru_cache(maxsize=64)
def asks_name(folded: str, read: str = "") -> bool:
    """Say whether the accent-free question asks what a person is called, not what office he or she holds.

    ``read`` is the same question with its accents: "ba mô hình" are three, "bà" is a person.
    """
    person = _PERSON.search(folded)
    if person and person.group() in _ALSO_NUMBERS and person.group() in read.lower().split():
        person = _PERSON.search(folded, person.end())
    return bool(_NAME.search(folded)) and bool(person)


def counted(folded: str) -> tuple[str, ...]:
    """Return the syllables of what is counted: "bao nhieu tap the duoc" gives ("tap", "the", "duoc")."""
    match = _COUNTED.search(folded)
    if match is None:
        return ()
    words = match.group(1).split()
    return () if words[0] in _NOT_COUNTED else tuple(words)
