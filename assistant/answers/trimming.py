"""A long sentence cut to the stretch that answers a question for one value or name, in the sentence's own words.

What is left out holds no telling word of the question and no value that stands nearer to those words; a limitation
("trừ …", "riêng …"), the period a figure is of and the subject of a clause are never left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.subjects import STATES, opens_with_verb, shared_subject
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER, MONEY, NUMBER, PERCENT, RANK, YEAR, fits
from assistant.question.question_types import Kind
from assistant.retrieval.query import Concept, Query
from assistant.words import CAPITALS, joined
from ingest.clean import fold
from ingest.sentences import clauses
from vectorstore.lexical import tokens

AIM = 110
"""Characters aimed at."""
LEAST = 20
"""Characters that must be left."""
REACH = 80
"""Characters before a value, and half of them after it, that say what it is."""
TELLS = 0.5
"""Weight from which a word of the question must not be left out."""
SPARE, LITTLE = 0.25, 0.06
"""Shares of those words that may be left out where the one value they stand beside is kept, and elsewhere."""
COUNTED = 10.0
"""What it counts that a figure stands before the noun asked for, a paper's number after the kind asked for."""
FAR = 0.5
"""What a word beside a value counts that stands before another comma."""
TWO = 2
PAPERS: frozenset[Kind] = frozenset({"document", "when"})
"""Kinds answered by a paper's number or its date."""
_FORMS: dict[Kind, re.Pattern[str]] = {
    "ratio": PERCENT,
    "money": MONEY,
    "rank": RANK,
    "when": DATE,
    "document": DOCUMENT_NUMBER,
    "how_many": NUMBER,
}
_LIMITS = re.compile(
    r"\W*(?:trường hợp|trừ|riêng|nếu|nhưng|song|tuy nhiên|ngoại trừ|với điều kiện|không|chưa|kể cả)(?!\w)", re.I
)
_ADDS = re.compile(
    r",\s+(?=(?:góp phần|nhằm|từ đó|qua đó|đồng thời|trong đó|đặc biệt|tạo|coi đây|theo đó|do vậy|vì vậy|nhờ đó|"
    r"đáp ứng|phù hợp|trên cơ sở|bên cạnh đó|ngoài ra|thúc đẩy|làm|nhất là|vượt|bảo đảm|đảm bảo|tập trung|phấn đấu|"
    r"thay thế|được tính|để|gồm|bao gồm|trên địa bàn|cao hơn|thấp hơn|tăng|giảm|đạt|xếp|đứng|chiếm|gấp|so với|"
    r"tương đương|phối hợp)(?!\w))"
)
_ANEW = re.compile(rf",\s+(?=[{CAPITALS}][^,;]{{2,50}}?\s(?:đã|tặng|quyết định|ban hành|xét|trình|có|được|là|đạt)\s)")
"""A comma before a clause with a subject of its own."""
_GIVES = re.compile(
    r"^[^;:…“]{3,70}?\s(?:truy tặng|tặng|trao|(?<!quá )(?<!chương )trình|đề nghị|công nhận)(?:\s(?:thưởng|tặng))?(?!\w)"
)
"""Who gives, and the verb that later clauses leave unsaid: "Chủ tịch tỉnh tặng cờ cho …; Bằng khen cho …"."""
_CONNECTIVE = re.compile(
    r"^(?:Do vậy|Do đó|Vì vậy|Theo đó|Bên cạnh đó|Ngoài ra|Đồng thời|Đặc biệt|Cùng với đó|Qua đó|Nhìn chung|Trong đó|"
    r"Chính vì thế|Tuy nhiên|Cụ thể)[,:]?\s+(?!là(?!\w))"
)
_ADVERBIAL = re.compile(
    r"^(?:Để|Nhằm|Theo|Thực hiện|Căn cứ|Qua|Thông qua|Với|Ngoài|Bên cạnh|Cùng|Do|Vì|Đặc biệt là|Ngay sau khi)(?!\w)"
)
_TITLE = re.compile(
    r"\s(?=(?:trên địa bàn|trong|đối với|nhằm|để|gắn với|và|theo|cho|tại|với|đến|giai đoạn|của|năm|về|-)\s)"
)
"""Where the title of a paper may end: its number and date stand before it."""
_PURPOSE = re.compile(r"\s(?=(?:trên địa bàn|nhằm|để|gắn với|theo mẫu)\s|\([^)]{40,}\))")
_PAPER = re.compile(r"([a-z]+ [a-z]+)(?: so)?\W*$")
_EXAMPLES = re.compile(rf"(?:như|gồm|cụ thể|sau|sau đây)\s?:\s+(?=[{CAPITALS}“])")
_SUBJECT = re.compile(rf",\s+(?=[{CAPITALS}]|tỉnh|toàn tỉnh|thành phố|ngành|các|cả nước|số|tổng số|tỷ lệ|đã)")
_PERIOD = re.compile(
    r"^(?:(?:Trong|Đến|Tính|Từ|Hết|Dự kiến|Sau|Tại|Lũy kế|Năm|Giai đoạn|Thời kỳ|Nhiệm kỳ|Hiện|Mỗi|Hằng|Hàng|Qua)(?!\w)"
    r"[^,;:]{0,60}?(?:năm|tháng|giai đoạn|nhiệm kỳ|thời kỳ|quý|kỳ|nay|lúc|\d)[^,;:]{0,25},|(?:\w+\s)?\w+ năm qua(?=\s))"
)
"""What a sentence opens with to say when."""
_BACK = re.compile(r"(?:trong đó|trong số|số này|đây|đó|nay|và|còn|riêng|tuy)(?!\w)|(?:19|20)\d\d\s", re.I)
_DOUBT = re.compile(r"(?<!\w)(?:chưa|cần đối chiếu|để trống|bỏ trống)(?!\w)", re.I)
_ASKING = re.compile(r"\b(?:bao nhieu|may|bn|bnh|nao|gi|ai|dau|bao gio|thi sao|the nao)\b")
_CLOSED = (("(", ")"), ("“", "”"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class _Whole:
    """A statement with what must be kept of it: places of values, words of the question and how much of them."""

    query: Query
    text: str
    fit: float
    values: tuple[tuple[int, int], ...]
    said: tuple[Concept, ...]

    def loses(self, start: int, end: int, lead: str = "") -> bool:
        """Say whether what answers the question does not stand whole between two places and in what leads to them."""
        kept = self.text[start:end]
        if len(kept.strip()) < LEAST or any(kept.count(one) != kept.count(other) for one, other in _CLOSED):
            return True
        if any(left < start or right > end for left, right in self.values):
            return True
        words = joined(f"{lead} {kept}")
        missing = [one for one in self.said if not one.said_in(words)]
        lost = sum(one.weight for one in missing)
        if missing and self._stated_elsewhere(missing, start, end):
            return True
        # Two things asked for stand apart: nothing of the question may be spared then.
        single = self.values and not asks_twice(self.query)
        spare = (SPARE if single else LITTLE) * sum(one.weight for one in self.said)
        return fits(self.query.typed, kept) < self.fit or lost > spare

    def _stated_elsewhere(self, missing: Sequence[Concept], start: int, end: int) -> bool:
        """Say whether a clause left out says a word that is missing and has a figure of its own: "A 2,5; B 1,5"."""
        left_out = re.split(r";\s", self.text[:start]) + re.split(r";\s", self.text[end:])
        stating = [joined(clause) for clause in left_out if re.search(r"\d", clause)]
        return any(one.said_in(clause) for one in missing for clause in stating)


def asks_twice(query: Query) -> bool:
    """Say whether a question asks for more than one thing; a paper's number and its date stand together."""
    if set(query.understood.kinds) == PAPERS:
        return False
    return len(_ASKING.findall(query.understood.folded)) >= TWO


def trimmed(query: Query, text: str) -> str:
    """Return a statement without the clauses around the one that answers; an ellipsis marks what is left out in it."""
    if len(text) <= AIM:
        return text
    if head := _CONNECTIVE.match(text):
        text = text[head.end()].upper() + text[head.end() + 1 :]
    whole = _whole(query, text)
    # Clauses told apart were chosen for their words; without a value nothing says which of them answers.
    if not whole.said or (not whole.values and "; … " in text):
        return text
    pieces = clauses(text)
    end = next((right for _, right in pieces if not whole.loses(0, right) and not _limited(text, right)), len(text))
    start, lead = 0, ""
    for left, _ in reversed(pieces[1:]):
        found = _lead(whole.text, left, end) if left < end else None
        if found is not None and not whole.loses(left, end, found):
            start, lead = left, found
            break
    return _within(whole, start, end, lead)


def _within(whole: _Whole, start: int, end: int, lead: str) -> str:
    """Cut inside a clause that is still long: an opening that says why or under what, and what is only added."""
    text, cut_short = whole.text, False
    if end - start > AIM:
        start = next((left for left in _openings(text, start, end) if not whole.loses(left, end, lead)), start)
    for forms in ((_ADDS, _ANEW), (_TITLE if whole.query.understood.kind in PAPERS else _PURPOSE,)):
        if end - start <= AIM or not whole.values or (_ADDS not in forms and asks_twice(whole.query)):
            break
        tails = sorted({match.start() for form in forms for match in form.finditer(text, start, end)})
        possible = [cut for cut in tails if not whole.loses(start, cut, lead) and not _limited(text[:end], cut)]
        if possible:
            end = max((cut for cut in possible if cut - start <= AIM), default=possible[0])
            cut_short = True
    kept = text[start:end].strip().rstrip(";, ")
    told = f"{lead.rstrip(' …')} … {kept}" if lead else kept
    return (told[:1].upper() + told[1:] if start else told) + ("…" if cut_short else "")


def _openings(text: str, start: int, end: int) -> list[int]:
    """Return where a statement may begin after an adverbial or after what leads to examples, no period left out."""
    found = [match.end() for match in _EXAMPLES.finditer(text, start, end)][-1:]
    if _ADVERBIAL.match(text[start:]):
        found += [match.end() for match in _SUBJECT.finditer(text, start, end)]
    return [left for left in found if not YEAR.search(text[start:left])]


def _whole(query: Query, text: str) -> _Whole:
    words = joined(text)
    asked = [one for one in query.concepts if one.weight > TELLS and one.said_in(words)]
    said = [one for one in asked if not one.inherited] or asked
    values = _values(query, text, said)
    if values:
        # A place is told by the paper, and a count the question starts from stands elsewhere than the one asked for.
        told = {token for place in query.understood.places for token in tokens(place)}
        said = [one for one in said if one.text not in told and (not one.text.isdigit() or YEAR.fullmatch(one.text))]
    return _Whole(query, text, fits(query.typed, text), values, tuple(said))


def _values(query: Query, text: str, said: Sequence[Concept]) -> tuple[tuple[int, int], ...]:
    """Return where the values of the form asked for stand that have most of the question beside them.

    What the sentence opens with, its subject and verb, goes for each of its clauses.
    """
    forms = dict.fromkeys(_FORMS[kind] for kind in query.typed.kinds if kind in _FORMS)
    return tuple(span for form in forms for span in _nearest(query, text, said, form))


def _nearest(query: Query, text: str, said: Sequence[Concept], form: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the values of one form that have most of the question beside them."""
    known = {*query.understood.numbers, *map(str, query.understood.years)}
    opening = _GIVES.match(text)
    noun = " ".join(query.typed.counted[:2])
    found = {}
    for match in form.finditer(text):
        if match.group() in known or (form is NUMBER and YEAR.fullmatch(match.group())):
            continue
        *far, near = re.split(r",\s", re.split(r";\s", text[max(0, match.start() - REACH) : match.start()])[-1])
        after = re.split(r"[;,]\s", text[match.end() : match.end() + REACH // 2])[0]
        close = joined(f"{opening.group() if opening else ''} {near} {after}")
        beside = joined(" ".join(far))
        held = sum(one.weight * (1 if one.said_in(close) else FAR * one.said_in(beside)) for one in said)
        counted = noun and form is NUMBER and fold(text[match.end() :]).lstrip().startswith(noun)
        kind = _PAPER.search(fold(text[: match.start()])) if form is DOCUMENT_NUMBER else None
        named = kind and kind.group(1) in query.understood.folded
        found[match.span()] = held + (COUNTED if counted or named else 0.0)
    most = max(found.values(), default=0.0)
    return [span for span, held in found.items() if held >= most]


def _lead(text: str, left: int, end: int) -> str | None:
    """Return the words of the sentence's opening that a later clause needs, ``None`` where it cannot be told alone."""
    bare = text[left:end]
    if _BACK.match(bare) or _LIMITS.match(bare) or bare.startswith("…"):
        return None
    period = _PERIOD.match(text)
    dated = period.group() if period and period.end() <= left and not YEAR.search(bare) else ""
    if YEAR.search(text[:left]) and not (YEAR.search(bare) or dated):
        return None
    if opens_with_verb(bare):
        found = shared_subject(text[:left], bare)
        return " ".join(filter(None, (dated, found))) if found else None
    if (gives := _GIVES.match(text)) and gives.end() < left and not _GIVES.match(bare) and not STATES.search(bare):
        return gives.group()
    return dated


def _limited(text: str, cut: int) -> bool:
    """Say whether what would be left out limits what is said."""
    rest = text[cut:]
    return _DOUBT.search(rest) is not None or any(_LIMITS.match(piece) for piece in re.split(r"[;,]\s", rest))
