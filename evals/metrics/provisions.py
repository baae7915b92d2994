"""Reading provision references ("Điều 21 khoản 2", "II.1.b (chú thích 19)", "trang 14"). Pure."""

from __future__ import annotations

import re

from evals.folding import plain

_NAMED = re.compile(r"\b(phan thu|chuong|muc|dieu|khoan|diem|chu thich|phu luc)\s+([a-z0-9]+)")
_LEADING = re.compile(
    r"(?:[ivxlcdm]+|[a-z])(?:\.(?:[ivxlcdm]+|\d{1,3}|[a-z]))*(?=[.)]|\s*$)"
    r"|\d{1,3}(?:\.(?:\d{1,3}|[a-z]))*(?=[.)\s]|$)"
)
_PAGES = re.compile(r"\b(?:trang|tr)\.?\s*(\d+(?:\s*(?:-|,|va)\s*\d+)*)")
_NUMBERED_DOCUMENT = re.compile(r"^\s*\d{3}\s*:")


def pages_named(place: str) -> frozenset[int]:
    """Return the pages named in a place.

    >>> sorted(pages_named("Điều 4, trang 14-15"))
    [14, 15]
    """
    found: set[int] = set()
    for match in _PAGES.finditer(plain(place).lower()):
        numbers = [int(number) for number in re.findall(r"\d+", match[1])]
        found.update(range(numbers[0], numbers[-1] + 1) if "-" in match[1] and len(numbers) == 2 else numbers)
    return frozenset(found)


def labels(text: str) -> frozenset[str]:
    """Return the named provisions in a reference or heading path, accents dropped.

    >>> sorted(labels("Chương II > Điều 21. Danh hiệu > khoản 2"))
    ['chuong ii', 'dieu 21', 'khoan 2']
    """
    return frozenset(f"{kind} {name}" for kind, name in _NAMED.findall(plain(text).lower()))


def outline(path: str) -> tuple[str, ...]:
    """Return the enumerators of a path from the outside in, each level once.

    >>> outline("II.1.b (vì người nghèo)"), outline("III. KẾT QUẢ > 2. Khen thưởng > 2.1. Cấp tỉnh")
    (('ii', '1', 'b'), ('iii', '2', '1'))
    """
    levels: list[str] = []
    for part in re.split(r"[>;(),\n]", plain(path).lower()):
        named = _NAMED.match(part.strip())
        if named is not None:
            levels.append(f"{named[1]} {named[2]}")
            continue
        match = _LEADING.match(part.strip())
        if match is None:
            continue
        pieces = match[0].split(".")
        # "2.1" under "2" repeats its parent.
        while pieces[:1] == levels[-1:] and len(pieces) > 1:
            pieces = pieces[1:]
        levels.extend(pieces)
    return tuple(levels)


def depth_shared(wanted: str, named: str) -> float | None:
    """How deep ``named`` follows ``wanted``, 0 to 1; ``None`` when ``wanted`` has no enumerators.

    Alternatives in ``wanted`` are separated by semicolons; the best counts.
    """
    there = outline(named)
    best: float | None = None
    for alternative in wanted.split(";"):
        levels = outline(_NUMBERED_DOCUMENT.sub("", alternative))
        if not levels:
            continue
        shared = sum(level in there for level in levels) / len(levels)
        best = shared if best is None else max(best, shared)
    return best
