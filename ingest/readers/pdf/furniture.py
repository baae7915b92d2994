"""Page numbers and running headers of a PDF: lines at the edge of the page that are not content."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.lines import Line, PageLines

_EDGE_LINES = 3
_EDGE = 0.12
_REPEATED = 0.4
_MARGIN = 0.065
"""Nearer to the edge than this part of the page, two pages with the same words are enough."""

# "5", "- 5 -", "Trang 5", "5/27", "Trang 5 / 27", "iv"
_NUMBER_ONLY = re.compile(
    r"(?:trang\s+)?[-–—.\s]*(?P<number>\d{1,4}|[ivxlc]{1,7})[-–—.\s]*(?:(?:/|trên)\s*\d{1,4})?", re.I
)
_NUMERAL = re.compile(r"(?<![\w/.,-])(\d{1,4}|[IVXLC]{1,7})(?![\w/.,-])")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Per page the indexes of the lines that are furniture, and the printed page number."""

    lines: tuple[frozenset[int], ...]
    labels: tuple[str | None, ...]


def find_furniture(pages: Sequence[PageLines]) -> Furniture:
    """Find what repeats at the edges of the pages: numbers that count with the pages, headers that stay."""
    edges = [_edge_lines(page) for page in pages]
    numbers = [_numbers_alone(page, edge) for page, edge in zip(pages, edges, strict=True)]
    offset = _counting(numbers)
    repeated = _repeated_lines(pages, edges)
    lines: list[frozenset[int]] = []
    labels: list[str | None] = []
    for index, page in enumerate(pages):
        found = set(repeated[index])
        label: str | None = None
        for line_index, (value, printed) in numbers[index].items():
            if offset is not None and value - index == offset:
                found.add(line_index)
                label = printed
        if label is None:
            label = _label_in_header([page.lines[i].text for i in sorted(repeated[index])], index, pages, repeated)
        lines.append(frozenset(found))
        labels.append(label)
    return Furniture(tuple(lines), tuple(labels))


def _edge_lines(page: PageLines) -> list[int]:
    """Indexes of the lines nearest the upper and lower edge."""
    order = sorted(range(len(page.lines)), key=lambda i: page.lines[i].y)
    near = order[:_EDGE_LINES] + order[-_EDGE_LINES:]
    low, high = page.height * _EDGE, page.height * (1 - _EDGE)
    return sorted({i for i in near if not low < page.lines[i].y < high})


def _numbers_alone(page: PageLines, edge: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Edge lines that hold nothing but a number: its value and how it is printed."""
    found: dict[int, tuple[int, str]] = {}
    for index in edge:
        match = _NUMBER_ONLY.fullmatch(page.lines[index].text)
        if match and (value := _value(match["number"])) is not None:
            found[index] = (value, match["number"])
    return found


def _counting(numbers: Sequence[dict[int, tuple[int, str]]]) -> int | None:
    """Find the difference between printed number and page index that most pages agree on."""
    votes = Counter(value - index for index, found in enumerate(numbers) for value, _ in found.values())
    if not votes:
        return None
    offset, count = votes.most_common(1)[0]
    return offset if count >= 2 or (count == 1 and len(numbers) <= 2 and offset == 1) else None


def _repeated_lines(pages: Sequence[PageLines], edges: Sequence[Sequence[int]]) -> list[set[int]]:
    """Edge lines whose text, numerals aside, stands at the same height on many pages."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for page_index, edge in enumerate(edges):
        for line_index in edge:
            line = pages[page_index].lines[line_index]
            key = (_NUMERAL.sub("#", line.text), _height(line, pages[page_index]))
            if any(character.isalpha() for character in key[0]):
                places[key].append((page_index, line_index))
    found: list[set[int]] = [set() for _ in pages]
    for where in places.values():
        often = len({page for page, _ in where})
        if often >= max(3, _REPEATED * len(pages)) or (often >= 2 and _in_margin(where, pages)):
            for page_index, line_index in where:
                found[page_index].add(line_index)
    return found


def _in_margin(where: Sequence[tuple[int, int]], pages: Sequence[PageLines]) -> bool:
    """Whether lines stand where no running text does, with the same words, figures included."""
    lines = [(pages[page].lines[index], pages[page].height) for page, index in where]
    outside = all(not _MARGIN * height < line.y < (1 - _MARGIN) * height for line, height in lines)
    return outside and len({line.text for line, _ in lines}) == 1


def _height(line: Line, page: PageLines) -> int:
    return round(line.y / page.height * 200)


def _label_in_header(
    texts: Sequence[str], index: int, pages: Sequence[PageLines], repeated: Sequence[set[int]]
) -> str | None:
    """Read the page number out of a running header ("PHỤ TRƯƠNG IV") when the neighbour page's counts with it."""
    for neighbour in (index + 1, index - 1):
        if not 0 <= neighbour < len(pages):
            continue
        others = [pages[neighbour].lines[i].text for i in repeated[neighbour]]
        for text in texts:
            for match in _NUMERAL.finditer(text):
                value = _value(match.group())
                if value is None:
                    continue
                expected = value + neighbour - index
                if any(expected == _value(other.group()) for line in others for other in _NUMERAL.finditer(line)):
                    return match.group()
    return None


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _value(numeral: str) -> int | None:
    if numeral.isdigit():
        return int(numeral)
    total = 0
    digits = [_ROMAN[letter] for letter in numeral.lower()]
    for digit, following in zip(digits, [*digits[1:], 0], strict=True):
        total += digit if digit >= following else -digit
    return total if total > 0 else None
