"""A question that holds several: two questions in one, or one asked of two sides. Each part can be asked alone.

"Lề trên bao nhiêu, lề trái bao nhiêu?" asks twice; "luật 2003 và luật 2022 khác nhau thế nào" asks the same of two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant import lexicon
from assistant.question.limits import province_spans
from ingest.clean import fold

Mode = Literal["each", "sides"]

MOST = 4
"""Parts that are answered."""
SHORT = 2
"""Words a part needs at least."""
WIDE = 8
"""Words the name of a side may have."""

_BETWEEN = re.compile(r"\?\s+|;\s+|,\s+(?:và|còn|đồng thời|rồi)\s+|,\s+|\s+và\s+(?=\S)")
_ASKS = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy|bn|bnh|ai|nào|gì|đâu|bao giờ|bao lâu|bao xa|thế nào|ra sao|vì sao|tại sao)(?!\w)|"
    r"(?<!\w)(?:không|chưa)\W*$",
    re.I,
)
_GOES_ON = re.compile(r"(?:còn|thế|vậy)\s", re.I)
_JOIN = re.compile(r"(?<!\w)(?:hay là|hay|so với|với|và|hoặc|vs)(?!\w)", re.I)
_STOP = re.compile(
    r"(?<!\w)(?:khác|giống|có|được|thì|bên|cái|ai|chênh|lệch|hơn|nhiều|ít|cao|thấp|là|ở|trong|theo|cho|mỗi|ghi|đòi|so|"
    r"quy|mấy|bao|gấp|tặng|nào|của|về|đều|cùng|từ|ban|do|nói|đặt|đạt|nêu|phải|cần|để|trên|chỗ|đâu)(?!\w)|[,;:?()]",
    re.I,
)
_BORDER = re.compile(r"[,;:?()](?!\d)|(?<!\w)(?:giữa|so|ở|trong)(?!\w)", re.I)
_DATED = re.compile(r"(?:19|20)\d{2}\)?$")
_LINK = re.compile(r"(?:của|theo|ở|trong|tại)\s+", re.I)
_WHICH = r"(?:bên|cái|nơi|phía|tỉnh|năm|ngành|loại|danh hiệu|lĩnh vực|hình thức|chỗ|đâu|mức|bậc|nghị định|luật|kỳ|cấp)"
_MORE = r"(?:nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|đông|lâu|kém)"
_EACH_SIDE = r"mỗi (?:bên|nơi|tỉnh|loại|hình thức|mức)"
_COMPARED = re.compile(
    r"(?<!\w)(?:khác|giống|bằng|hơn kém|chênh|chênh lệch|lệch|cách) nhau|"
    rf"(?<!\w){_WHICH} nào(?!\w)|(?<!\w){_MORE}(?: \w+){{0,4}} hơn|so sánh|so với|chênh|lệch|(?<!\w){_EACH_SIDE}|"
    r"đặt cạnh|hai (?:tỉnh|bên)",
    re.I,
)
# What asks for the comparison, and what one side is asked instead.
_ALONE = tuple(
    (re.compile(pattern, re.I), instead)
    for pattern, instead in (
        (r",?\s*(?<!\w)(?:và |thì )*hơn (?:kém )?(?:nhau )?(?:bao nhiêu|mấy(?: \w+)?)(?=\W*$)", " "),
        (rf",?\s*(?<!\w){_WHICH} nào(?: thì| ghi)?(?!\w)", " "),
        (rf"(?<!\w){_MORE} hơn(?: bao nhiêu| mấy \w+)?(?!\w)", "bao nhiêu"),
        (rf"(?<!\w){_MORE} ((?:\w+ ){{1,6}})hơn(?: bao nhiêu)?(?!\w)", r"bao nhiêu \1"),
        (r"(?<!\w)(?:có )?(?:giống|khác|bằng) nhau (?:không|chứ)(?!\w)", "bao nhiêu"),
        (
            r"(?<!\w)(?:có )?(?:(?:hơn kém|chênh lệch|chênh|lệch)(?: nhau)?|(?:khác|giống|cách|bằng) nhau|"
            r"khác(?: biệt)?(?= (?:thế|ra|ở|chỗ|gì|mấy|bao|như)))(?!\w)",
            " ",
        ),
        (rf"(?<!\w)(?:đặt cạnh nhau|so sánh|ở hai tỉnh|hai tỉnh|{_EACH_SIDE})(?!\w),?", " "),
        (r"(?<!\w)(?:(?:ở|tại) )?(?:chỗ|điểm) nào(?!\w)|(?<!\w)cỡ nào(?!\w)", "thế nào"),
    )
)
_OTHERWISE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?:(?:hãy |xin )?phân biệt|(?:sự |điểm |chỗ )?khác (?:nhau|biệt) giữa)(?: giữa)? (?P<first>.+?) (?:và|với) "
        r"(?P<second>.+?)(?: là gì| (?P<how>thế nào|ra sao|về .+))?$",
        r"(?P<first>.+?) (?:có gì |có )?khác (?:gì |biệt gì |thế nào |ra sao )?(?:so với |với )?"
        r"(?P<second>(?!nhau\b|biệt\b|gì\b|thế\b|ra\b|ở\b|chỗ\b|mấy\b|bao\b|của\b|theo\b|thì\b|không\b).{4,60}?)"
        r"(?: gì| (?P<how>thế nào|ra sao|(?:ở|về|chỗ) .+))?$",
    )
)
_BARE = re.compile(r"\W*(?:ở )?(?:như )?(?:thế nào|ra sao|gì)\W*", re.I)
_NUMBER = re.compile(r"(?!\d{1,2}/\d{1,2}/)\d[\w/.-]*")
_BEFORE_PLACE = re.compile(r"(?:(?:của|ở|tỉnh|tại|thì|bên|với)\s+)*", re.I)
_PERIOD = re.compile(r"\s*\(?(?:giai đoạn |nhiệm kỳ |năm )?\d{4}(?:\s*[-–]\s*\d{4})?\)?", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A question of its own.

    ``name`` is the side it is asked of, as the question calls it; ``closed`` says that the part before it ended with a
    question mark or a semicolon, so that one sentence hardly answers both.
    """

    text: str
    name: str = ""
    closed: bool = False


def parts(text: str) -> tuple[Mode, tuple[Part, ...]]:
    """Return how a question with its accents is to be taken apart, and its parts; no parts when it asks one thing.

    >>> [part.text for part in parts("Lề trên bao nhiêu, lề trái bao nhiêu?")[1]]
    ['Lề trên bao nhiêu', 'lề trái bao nhiêu']
    >>> [part.name for part in parts("Luật 2003 và luật 2022 khác nhau thế nào?")[1]]
    ['Luật 2003', 'luật 2022']
    """
    sides = _sides(_turned(text))
    if sides:
        return "sides", sides
    each = _each(text)
    return "each", tuple(each[:MOST]) if len(each) > 1 else ()


def _turned(text: str) -> str:
    """Put a comparison asked otherwise as "X và Y khác nhau thế nào": "X khác Y ở điểm nào", "phân biệt X và Y"."""
    for pattern in _OTHERWISE:
        match = pattern.match(text.strip(" ?."))
        if match and not _ASKS.search(match["first"]):
            how = match["how"] or "thế nào"
            return f"{match['first']} và {match['second']} khác nhau {how}?"
    return text


def _each(text: str) -> list[Part]:
    """Cut where both what is before and what is after asks something."""
    found: list[Part] = []
    start, closed = 0, False
    for match in _BETWEEN.finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        # "bao nhiêu tháng: luật cũ và luật mới …": what stands behind the colon does not ask yet.
        if _asks(left.rsplit(":", 1)[-1]) and _asks(right) and min(len(left.split()), len(right.split())) >= SHORT:
            found.append(Part(left.strip(), closed=closed))
            start, closed = match.end(), match.group().strip() in ("?", ";")
    return [*found, Part(text[start:].strip(" ?"), closed=closed)]


def _asks(text: str) -> bool:
    return bool(_ASKS.search(text) or (_GOES_ON.match(text) and len(text.split()) <= WIDE))


def _sides(text: str) -> tuple[Part, ...]:
    """Cut out what is set side by side; each side is asked what both are."""
    compared = _COMPARED.search(text) or len(province_spans(text)) > 1
    for match in _JOIN.finditer(text):
        pair = _pair(text, match)
        if pair is None:
            continue
        (start, middle), (after, end) = pair
        names = (text[start:middle].strip(" ,"), text[after:end].strip(" ,"))
        dated = all(_DATED.search(name) for name in names)
        if fold(names[0]) == fold(names[1]) or not (compared or dated):
            continue
        alone = [_alone(f"{text[:start]}{name} {text[end:]}") for name in names]
        # Of "X và Y khác nhau thế nào", with nothing said of what, each side is to be explained.
        bare = not dated and all(
            _BARE.fullmatch(one.removeprefix(name)) for one, name in zip(alone, names, strict=True)
        )
        return tuple(Part(f"{name} là gì?" if bare else one, name) for one, name in zip(alone, names, strict=True))
    return ()


def _pair(text: str, match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the spans of what stands left and right of a joining word, if both name the same kind of thing."""
    left = text[: match.start()].rstrip()
    right = text[match.end() :].lstrip()
    after = len(text) - len(right)
    own, other = province_spans(left), province_spans(right)
    if own and other:
        if other[0][0] != _end(_BEFORE_PLACE, right, 0):
            return None
        return (own[-1][0], len(left)), (after + other[0][0], after + _end(_PERIOD, right, other[0][1]))
    link = _LINK.match(right)
    if link:
        after, right = after + link.end(), right[link.end() :]
    word = re.split(r"[\s,:;?()]", right, maxsplit=1)[0]
    if not word:
        return None
    if _NUMBER.fullmatch(word):
        numbers = list(_NUMBER.finditer(left))
        same = numbers and numbers[-1].end() == len(left) and ("/" in word) == ("/" in numbers[-1].group())
        return ((numbers[-1].start(), len(left)), (after, after + len(word))) if same else None
    end = _name_end(right, len(word))
    size = len(right[:end].split())
    heads = [] if word.lower() in lexicon.load().telling_nothing else _heads(word, left)
    if not heads and link:
        heads = [start + link.end() for start in _heads(link.group().strip(), left)]
    # "2024, 2030 và 2035" are more than two.
    dated = _DATED.search(left) and _DATED.search(right[:end]) and not left[: _border(left)].rstrip().endswith(",")
    starts = heads[-1:] or ([_border(left)] if dated or _COMPARED.search(right) else [])
    for start in starts:
        name = left[start:]
        if name and size <= WIDE and len(name.split()) <= size + SHORT and not re.search(r"[;:?]|,\s", name):
            return (start, len(left)), (after, after + end)
    return None


def _heads(word: str, left: str) -> list[int]:
    return [head.start() for head in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", left, re.I)]


def _border(left: str) -> int:
    """Return where the last name of a text begins."""
    stops = [stop.end() for stop in _BORDER.finditer(left)]
    start = stops[-1] if stops else 0
    return start + len(left[start:]) - len(left[start:].lstrip())


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _name_end(right: str, least: int) -> int:
    stop = _STOP.search(right, least)
    return len(right[: stop.start() if stop else len(right)].rstrip(" ?"))


def _alone(text: str) -> str:
    for pattern, instead in _ALONE:
        text = pattern.sub(instead, text)
    return re.sub(r"\s+([,?:;])", r"\1", " ".join(text.split())).strip(" ,")
