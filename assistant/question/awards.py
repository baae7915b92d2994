"""Awards and their ranks in accent-free words: which of a kind is meant is told by the words after its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

UNTOLD = frozenset([""])
"""The level of an award named without one."""
REACH = 7
"""Words after an award's name within which its level and rank stand."""

# Awards by the words that open their names, with the words that tell one from another.
_AWARDS: dict[str, tuple[str, ...]] = {
    "chien si thi dua": ("co so", "toan quoc", "tinh", "bo"),
    "bang khen": ("thu tuong", "tinh", "bo"),
    "co thi dua": ("chinh phu", "tinh", "bo"),
    "tap the lao dong": ("xuat sac", "tien tien"),
    "huan chuong": (
        "sao vang",
        "ho chi minh",
        "doc lap",
        "quan cong",
        "lao dong",
        "chien cong",
        "bao ve to quoc",
        "dung cam",
        "dai doan ket",
        "huu nghi",
    ),
    "lao dong tien tien": (),
    "chien si tien tien": (),
    "don vi quyet thang": (),
    "gia dinh van hoa": (),
    "ba me viet nam anh hung": (),
    "giay khen": (),
    "ky niem chuong": (),
    "nha giao": ("nhan dan", "uu tu"),
    "thay thuoc": ("nhan dan", "uu tu"),
    "nghe si": ("nhan dan", "uu tu"),
    "nghe nhan": ("nhan dan", "uu tu"),
    "anh hung": ("lao dong", "luc luong vu trang"),
}
_HEADS = {"chien sy thi dua": "chien si thi dua", "cstd": "chien si thi dua", "bk": "bang khen", "hc": "huan chuong"}
_RANKS = {"nhat": "nhat", "nhi": "nhi", "ba": "ba", "i": "nhat", "ii": "nhi", "iii": "ba", "1": "nhat", "2": "nhi"}
_RANKED = re.compile(
    r" hang ((?:nhat|nhi|ba|iii|ii|i|1|2|3)\b(?: (?:va |hoac )?(?:hang )?(?:nhat|nhi|ba|iii|ii|i)\b)*)"
)


@lru_cache(maxsize=4096)
def awards(text: str) -> Mapping[str, frozenset[str]]:
    """Return the awards a joined text names: what opens the name, with what tells which."""
    for short, full in _HEADS.items():
        text = text.replace(f" {short} ", f" {full} ")
    found: dict[str, set[str]] = {}
    for head, kinds in _AWARDS.items():
        for match in re.finditer(rf"(?<!tap the)(?<!viet nam) {head} ", text):
            after = " ".join(text[match.end() :].split(" |")[0].split()[:REACH])
            # What follows the next award's name is the next one's.
            after = re.split("|".join(map(re.escape, _AWARDS)), after)[0]
            found.setdefault(head, set()).update([kind for kind in kinds if f" {kind} " in f" {after} "] or [""])
    return {head: frozenset(kinds) for head, kinds in found.items()}


_GRANTS = re.compile(r" (?:(?:de|duoc)(?: xet)? (?:tang|truy tang|cong nhan)|danh cho) ")
_OPENS = re.compile(
    r" (?:(?:dieu|khoan|muc|diem|phan) )?(?:[\divx]+ |[a-z] )*(?:(?:danh hieu|tieu chuan|dieu kien|xet|tang) )*(?=\w)"
)
_FOR_IT = re.compile(
    r" (?:duoc|tang|khen|xet) (?:thuong )?(?:tang |khen )?(?:gi|nao)\b| (?:danh hieu|hinh thuc|loai) (?:gi|nao) "
)


def granted(text: str) -> str:
    """Return the words that name the award which a joined lead-in is about, "" where it opens with none.

    "Huân chương Lao động hạng ba để tặng cho cá nhân đạt …": other awards named after that are only what somebody must
    have before.
    """
    grants = _GRANTS.search(text)
    return opening(text[: grants.start() + 1]) if grants else ""


def opening(text: str) -> str:
    """Return a joined text that opens with an award's name, "" for another: "Điều 44. Huân chương Lao động hạng Ba"."""
    text = f" {text.strip()} "
    match = _OPENS.match(text)
    return text if match and text.startswith((*_AWARDS, *_HEADS), match.end()) else ""


def mismatched(given: Mapping[str, frozenset[str]], asked: Mapping[str, frozenset[str]]) -> bool:
    """Say whether awards given are plainly others than those asked about: a name that tells no level fits any."""
    plain = told(given)
    return bool(plain) and not any(head in asked and same(kinds, asked[head]) for head, kinds in plain.items())


def same(given: frozenset[str], asked: frozenset[str]) -> bool:
    """Say whether of one kind of award the level given is one asked about, or none is told."""
    return bool(given & asked) or not given - UNTOLD or not asked - UNTOLD


def told(named: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the awards whose level is told, or that have none."""
    return {head: kinds for head, kinds in named.items() if kinds - UNTOLD or not _AWARDS[head]}


_AIM = re.compile(
    r" (?:duoc|muon|xet|de dat|tang|khen|danh hieu|nhan|huong|len)(?: (?:xet|tang|danh hieu|cong nhan|khen))* $"
)
GROUPS = ("tap the", "ca nhan", "ho gia dinh")


def aimed_at(text: str) -> dict[str, frozenset[str]]:
    """Return, of the awards a joined question names, those somebody wants; all where no word tells them from the rest.

    "3 năm liền chiến sĩ thi đua cơ sở có được bằng khen …" is about the second.
    """
    found = awards(text)
    if len(found) < 2:
        return dict(found)
    heads = {**{head: head for head in _AWARDS}, **_HEADS}
    wanted = {
        full
        for short, full in heads.items()
        for match in re.finditer(rf" {short} ", text)
        if _AIM.search(text[: match.start() + 1])
    }
    return {head: kinds for head, kinds in found.items() if head in wanted} or dict(found)


def given_to(text: str) -> set[str]:
    """Return the groups that a joined text says something is given to: "cho tập thể"; of a question all it names."""
    return {name for name in GROUPS if f" cho {name} " in text} or {name for name in GROUPS if f" {name} " in text}


def sought(text: str) -> bool:
    """Say whether a joined question asks which award is given for something: then it names no award to be given."""
    return _FOR_IT.search(text) is not None


def ranks(text: str) -> set[str]:
    """Return the ranks a joined text names: "hạng Nhất, Nhì" gives both."""
    return {_RANKS[word] for match in _RANKED.finditer(text) for word in match.group(1).split() if word in _RANKS}
