"""Follow-ups made whole: "còn hạng Nhì?" becomes the question before it with "hạng Nhì" in the place of "hạng Nhất".

A follow-up that only names something else ("thế năm trước thì sao?") asks the question before it again. Put in its
place there, what it names is found, judged and refused like in any other question; what cannot be placed surely is
left to weighted inheritance (see ``understand``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant import lexicon
from assistant.question.limits import province_spans
from ingest.clean import fold

LONGEST = 8
"""Words a follow-up may have beside what opens and closes it."""
REACH = 7
"""Words after "quyết định", "phòng" … that name which one."""

_OPENS = re.compile(
    r"^(?:(?:thế|còn|vậy|rồi|và|nhưng|à|ừ|thì|sang|riêng|nếu|đối với|với|về|bên|cho|ở|tại|của)\s+)+", re.I
)
_MANY = r"(?:bao nhiêu|mấy|bn|bnh)"
_MORE = r"(?:ít|nhiều|cao|thấp|lâu|dài|ngắn|lớn|nhỏ|kém) hơn"
_CLOSES = re.compile(
    r"(?:[\s,]*(?<!\w)(?:thì|sao|thế nào|ra sao|như thế nào|ntn|là|có|được|đạt|chiếm|nữa|à|nhỉ|vậy|hả|hở|chứ|nhé|"
    rf"{_MANY}|phần trăm|{_MORE}(?: (?:không|à|chứ|hả))?|đúng không|phải không)(?!\w))+[\s?.!…]*$|[\s?.!…]+$",
    re.I,
)
_COUNTED = re.compile(rf"(?<!\w){_MANY}\s+((?:[^\W\d_]+\s?){{1,3}})[\s?.!…]*$", re.I)
_ASKING = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy|bn|ai|gì|nào|đâu|sao|không|chưa|hơn|kém|gấp|vì|tại|trong đó|trong số|tổng|so|cộng|"
    r"ngoài ra|thêm|khác|đó|ấy|này|kia|nó|họ)(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BEFORE = re.compile(r"(?<!\w)(?:một )?năm (?:liền )?(?:trước|ngoái)(?: đó| đấy| nữa)?(?!\w)", re.I)
_AFTER = re.compile(r"(?<!\w)(?:một )?năm (?:liền )?(?:sau|kế tiếp|tiếp theo|kế)(?: đó| đấy| nữa)?(?!\w)", re.I)
# Words of a follow-up that name nothing: a year or a place put in its place already says it.
_FILLING_WORDS = (
    "đến tới sang vào trong năm giai đoạn tỉnh thành phố bên ở tại của cho với về phấn đấu mục tiêu đặt đạt chiếm được "
    "có là thì xếp thứ hạng tăng giảm lên xuống còn"
)
_FILLING = frozenset(_FILLING_WORDS.split())
_DULL = frozenset(map(fold, _FILLING))
_DEMONSTRATIVE = re.compile(
    r"(?<!\w)(quyết định|nghị định|kế hoạch|công văn|chỉ thị|nghị quyết|thông tư|luật|thông báo|kết luận|đề án|quy chế|"
    r"chương trình|phong trào|phòng|ban|sở|hội|cơ quan|đơn vị|trường|huyện|xã|tỉnh|thành phố|vận động viên|danh hiệu|"
    r"huân chương|giải thưởng) (?:đó|ấy|này|kia|nói trên|vừa nêu)(?!\w)",
    re.I,
)
_ENDS = "là có được do gồm thuộc đạt ký với bản của đã ngày về theo tặng cho trong ở tại nào gì mấy bao bn khi vào"
_NAME_ENDS = frozenset(_ENDS.split())


def whole(follow_up: str, before: str) -> tuple[str, str]:
    """Return the question ``before`` with what ``follow_up`` names put in its place, and what that is.

    Years and provinces are not told again; both are empty when what is named has no sure place.

    >>> whole("Còn hạng Nhì?", "Huân chương Lao động hạng Nhất được thưởng bao nhiêu?")
    ('Huân chương Lao động hạng Nhì được thưởng bao nhiêu?', 'hạng Nhì')
    """
    asked = before.rstrip()
    made, rest = _years(_core(follow_up, asked), asked)
    if rest is None:
        return "", ""
    made, rest = _provinces(rest, made)
    if made != asked and all(word in _FILLING or word in made.lower() for word in rest.lower().split()):
        return made, ""
    if not rest or len(rest.split()) > LONGEST or _ASKING.search(rest):
        return "", ""
    return _placed(rest, made)


def pointed(follow_up: str, answered: str, before: str) -> str:
    """Name what "quyết định ấy", "phòng đó" points to, as the answer before, or the question before, names it.

    >>> pointed("Phòng đó có mấy người?", "Là Phòng Thi đua thuộc Sở.", "")
    'Phòng Thi đua có mấy người?'
    """
    match = _DEMONSTRATIVE.search(follow_up)
    if match is None:
        return follow_up
    for text in (answered, before):
        name = _named(match.group(1), text)
        if name:
            return f"{follow_up[: match.start()]}{name}{follow_up[match.end() :]}"
    return follow_up


def _core(follow_up: str, before: str) -> str:
    """Strip what opens and closes a follow-up, "thế … thì sao?", and what is counted where it is counted before."""
    text = " ".join(follow_up.split())
    counted = _COUNTED.search(text)
    if counted and counted.group(1).strip().lower() in before.lower():
        text = text[: counted.start()]
    closing = _CLOSES.search(text)
    if closing:
        text = text[: closing.start()]
    opening = _OPENS.search(text + " ")
    return text[opening.end() :].strip(" ,") if opening else text.strip(" ,")


def _years(core: str, before: str) -> tuple[str, str | None]:
    """Put a year, or the year before or after, in the place of the one in ``before``; then what else was named.

    ``None`` when a year is named and there is no single one to replace.
    """
    old = list(dict.fromkeys(_YEAR.findall(before)))
    for pattern, step in ((_BEFORE, -1), (_AFTER, 1)):
        match = pattern.search(core)
        if match:
            if len(old) != 1:
                return before, None
            rest = f"{core[: match.start()]} {core[match.end() :]}".strip()
            return before.replace(old[0], str(int(old[0]) + step)), rest
    new = list(dict.fromkeys(_YEAR.findall(core)))
    if not new:
        return before, core
    if len(new) != 1 or len(old) != 1:
        return before, None
    rest = re.sub(rf"(?:\bnăm\s+)?{new[0]}", " ", core, flags=re.I)
    return before.replace(old[0], new[0]), " ".join(rest.split())


def _provinces(core: str, before: str) -> tuple[str, str]:
    """Put a province in the place of the only one in ``before``."""
    new, old = province_spans(core), province_spans(before)
    if len(new) != 1 or len({fold(before[start:end]) for start, end in old}) != 1:
        return before, core
    (start, end) = new[0]
    name = core[start:end]
    for left, right in reversed(old):
        before = before[:left] + name + before[right:]
    head = re.sub(r"(?:\btỉnh|\bbên|\bở|\btại|\bcủa)\s*$", "", core[:start], flags=re.I)
    return before, f"{head.strip()} {core[end:].strip()}".strip()


@cache
def _opposites() -> tuple[tuple[str, ...], ...]:
    """Return groups of accent-free phrases of which a follow-up names another one."""
    lines = lexicon.load().subjects["cách đối nhau"]
    return tuple(tuple(fold(phrase.strip()) for phrase in line.split("|")) for line in lines)


def _placed(rest: str, before: str) -> tuple[str, str]:
    """Put ``rest`` where ``before`` has its opposite, or something that opens or ends alike."""
    folded, target = fold(rest), fold(before)
    for group in _opposites():
        named = [match for phrase in group for match in re.finditer(rf"\b{phrase}\b", folded)]
        if not named:
            continue
        own = max(named, key=lambda match: len(match.group()))
        beside = f"{folded[: own.start()]} {folded[own.end() :]}".split()
        others = [one for phrase in group for one in re.finditer(rf"\b{phrase}\b", target)]
        if not others or not all(word in _DULL or word in target for word in beside):
            continue
        one = max(others, key=lambda match: (len(match.group()), -match.start()))
        if one.group() != own.group():
            name = rest[own.start() : own.end()]
            return before[: one.start()] + name + before[one.end() :], name
    span = _alike(rest.split(), before)
    return (before[: span[0]] + rest + before[span[1] :], rest) if span else ("", "")


def _alike(words: Sequence[str], before: str) -> tuple[int, int] | None:
    """Return what of ``before`` begins, or ends, with the same telling words, half or more, and is as long."""
    if len(words) < 2:
        return None
    spans = [match.span() for match in re.finditer(r"[^\s?.,;:!“”\"()]+", before)]
    typed = [before[start:end].lower() for start, end in spans]
    own, wanted = [fold(word) for word in typed], [fold(word) for word in words]
    nothing = lexicon.load().telling_nothing
    for size in range(len(words) - 1, (len(words) - 1) // 2, -1):
        for head, place in _places(wanted, own, size):
            shared = words[:size] if head else words[-size:]
            other = range(place + size, place + len(words)) if head else range(place - len(words) + size, place)
            if all(word.lower() in nothing for word in shared) or not all(0 <= one < len(own) for one in other):
                continue
            if any(typed[one] in nothing for one in other):
                continue
            first, last = min(place, other[0]), max(place + size - 1, other[-1])
            if own[first : last + 1] != wanted:
                return spans[first][0], spans[last][1]
    return None


def _places(words: Sequence[str], own: Sequence[str], size: int) -> Iterator[tuple[bool, int]]:
    """Yield where the first ``size`` words stand, then where the last do."""
    for head in (True, False):
        shared = list(words[:size] if head else words[-size:])
        for place in range(len(own) - size + 1):
            if own[place : place + size] == shared:
                yield head, place


def _named(kind: str, text: str) -> str:
    """Return the first naming in a text of something of this kind, the kind with it; empty when it is only the kind."""
    for match in re.finditer(rf"(?<!\w){re.escape(kind)}(?!\w)", text, re.I):
        after = re.match(r"[^.;:()?!\[\]\n]*", text[match.end() :])
        kept: list[str] = []
        for word in (after.group() if after else "").split()[:REACH]:
            if fold(word.strip(",")) in _NAME_ENDS:
                break
            kept.append(word)
        name = " ".join(kept).rstrip(",")
        if name and (name[0].isupper() or any(character.isdigit() for character in name)):
            return f"{text[match.start() : match.end()]} {name}"
    return ""
