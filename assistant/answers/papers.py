"""Questions for a paper's number: every paper named in the found sentences is weighed by kind, date and subject.

Reports name many papers in one sentence, and the sentence that holds most of a question often names another one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.paper_cues import agreement
from assistant.answers.trimming import trimmed
from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER
from assistant.reading.selection import Choice
from assistant.reading.spans import span_of
from assistant.reading.unit_features import asked_words
from assistant.reading.wording import plain, shorten
from assistant.retrieval.query import Query
from assistant.retrieval.scoring import coverage, neighbours
from assistant.retrieval.units import Unit
from assistant.words import join
from ingest.clean import fold
from vectorstore.lexical import accented_tokens, tokens

_KIND = (
    r"quyết định|kế hoạch|chỉ thị|nghị quyết|nghị định|công văn|thông báo|thông tư|kết luận|hướng dẫn|luật|văn bản|"
    r"chương trình|đề án|quy chế|quy định|báo cáo|tờ trình"
)
_MENTION = re.compile(rf"(?:(?P<kind>{_KIND})\s+(?:số\s*:?\s*)?)?(?P<number>{DOCUMENT_NUMBER.pattern})", re.I)
# Of a number without its kind, the kind that its code says: "152/2025/NĐ-CP" is a decree's.
_CODE = re.compile(r"[/-](QĐ|KH|CT|NQ|NĐ|CV|TB|TT|KL|HD|QH)(?=[-/\d]|$)")
_CODED = {
    "QĐ": "quyet dinh",
    "KH": "ke hoach",
    "CT": "chi thi",
    "NQ": "nghi quyet",
    "NĐ": "nghi dinh",
    "CV": "cong van",
    "TB": "thong bao",
    "TT": "thong tu",
    "KL": "ket luan",
    "HD": "huong dan",
    "QH": "luat",
}
# Relations of the paper asked for to one whose number the question gives.
_RELATION = re.compile(r"\b(?:thay|bai bo|sua doi|bo sung|can cu|trien khai|huong dan|thuc hien|cu the hoa)\b")
_CUT = re.compile(r"[;:]\s|\.\s+(?=[A-ZĐ])")
_SHORT = {
    "qd": "quyet dinh",
    "kh": "ke hoach",
    "ct": "chi thi",
    "nq": "nghi quyet",
    "nd": "nghi dinh",
    "cv": "cong van",
    "tb": "thong bao",
    "tt": "thong tu",
}
_KINDS = "|".join([*map(fold, _KIND.split("|")), *_SHORT])
_WHICH = r"(?:nao|gi|so may|so nao|so bao nhieu|so bn|may|so hieu)"
_ASKED = re.compile(rf"\b({_KINDS})\s+{_WHICH}\b")
_FAR = re.compile(rf"\b({_KINDS})\b(?!\s+\d).{{0,100}}?\b(?:so may|so bao nhieu|so bn|so nao|so hieu|so \+)(?=\W|$)")
_NUMBER_OF = re.compile(rf"\bso (?:hieu |ky hieu )?(?:cua )?({_KINDS})\b(?! \d)")
_BOTH = re.compile(rf"\b({_KINDS}) va ({_KINDS})\s+{_WHICH}\b")
_SEVERAL = re.compile(rf"\b(?:nhung|cac) (?:{_KINDS})\b")
_ANY = frozenset(["van ban"])
# Words that only lead to the paper named next.
_JOINS = re.compile(r"(?:[\s,]+(?:và|theo|tại|bằng|trong|của|với|các|thay thế|căn cứ|thực hiện))*[\s,(]*$")
_JOIN = re.compile(r"(?:,|\bvà)\s+(?!\d)")
_PART = re.compile(
    r"(?:[Cc]hỉ thị|[Ll]uật|[Nn]ghị định|[Nn]ghị quyết|[Tt]hông tư|[Kk]ế hoạch|[Qq]uyết định|CT|NĐ|NQ|KH|QĐ|TT)\s+"
    r"(?:số\s+)?(\d+(?:/\d{4})?)(?![\d/-])"
)
_DATED = re.compile(rf"^[\s,(]*(?:ngày\s+)?(?:{DATE.pattern})\)?", re.I)
LOOKED = 40
"""Units whose papers are weighed."""
NEAR = 0.6
"""Share of the best unit's score the unit that names the paper must reach."""
HELD = 0.2
"""Share of the question that what is said of the paper itself must hold."""
PRECISE = 0.25
"""What the share of its own words that are asked for adds."""
YEAR = 0.3
"""What it adds that a paper bears the year asked for, and takes that it bears another."""
BEFORE = 110
SAID = 12
"""Characters after a paper's date that say what it is about."""
TOLD = 260


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper named in a unit, its kind without accents.

    ``clause``: offsets within the unit's text of the clause that names it; ``own``: of what stands between the papers
    named before and after it.
    """

    unit: Unit
    clause: tuple[int, int]
    own: tuple[int, int]
    kind: str
    number: str
    year: str

    @property
    def text(self) -> str:
        """What is said of it."""
        return self.unit.text[self.own[0] : self.own[1]]


def asked_kind(folded: str) -> str:
    """Return the accent-free kind of paper whose number is asked for: "van ban" for any, empty when none is."""
    asked = _ASKED.findall(folded)
    found = {_SHORT.get(kind, kind) for kind in asked or _FAR.findall(folded) or _NUMBER_OF.findall(folded)}
    return found.pop() if len(found) == 1 and len(asked) < 2 else ""


def _asked_kinds(folded: str) -> frozenset[str]:
    """Return the kinds asked for, two where they are joined: "nghị quyết và chỉ thị nào"."""
    kind = asked_kind(folded)
    joined = [_SHORT.get(one, one) for match in _BOTH.finditer(folded) for one in match.groups()]
    return frozenset([kind, *joined]) if kind else frozenset()


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Answer with the paper that is of the kind asked for and about what was asked, ``None`` when none surely is."""
    kinds = _asked_kinds(query.understood.folded)
    named_here = {_bare(number) for number in query.understood.document_numbers} | set(
        _PART.findall(query.understood.text)
    )
    related = _RELATION.search(query.understood.folded) is not None
    if not kinds or not choices or (query.understood.document_numbers and not related):
        return None
    scored = [
        (_score(query, choice, paper), -place, paper)
        for place, choice in enumerate(choices[:LOOKED])
        if choice.score >= NEAR * choices[0].score and choice.unit.kind != "row"
        for paper in named(choice.unit)
        if (kinds & _ANY or paper.kind in kinds) and not _given(paper.number, named_here)
    ]
    if not scored:
        return None
    paper = max(scored, key=lambda one: one[:2])[2]
    if _held(query, paper)[0] < HELD:
        return None
    # Papers that name it alike are told once and cited all.
    same = {other.unit.chunk.document_id: other for _, _, other in reversed(scored) if other.number == paper.number}
    same[paper.unit.chunk.document_id] = paper
    spans = [_span(paper), *(_span(other) for other in same.values() if other is not paper)]
    several = len(kinds) > 1 or _SEVERAL.search(query.understood.folded) is not None
    told = _tell_all(paper, kinds) if several else trimmed(query, _tell(paper))
    return Draft("fact", (Statement(told, tuple(spans[:2])),))


def named(unit: Unit) -> Iterator[Paper]:
    """Yield every paper a unit names."""
    text = unit.text
    found = list(_MENTION.finditer(text))
    for place, match in enumerate(found):
        cut = _CUT.search(text, match.end())
        last = cut.start() if cut else len(text)
        first = max((cut.end() for cut in _CUT.finditer(text, 0, match.start())), default=0)
        left = max(first, _border(text, found[place - 1], match) if place else 0)
        right = min(last, _border(text, match, found[place + 1]) if place + 1 < len(found) else last)
        date = DATE.search(text, match.end(), right) or DATE.search(text, left, match.start())
        year = re.search(r"\d{4}$", date.group()) if date else None
        number = re.sub(r"\s", "", match.group("number"))
        code = _CODE.search(number)
        kind = fold(match.group("kind") or "") or (_CODED[code.group(1)] if code else "")
        yield Paper(unit, (first, last), (left, right), kind, number, year.group() if year else "")


def _border(text: str, before: re.Match[str], after: re.Match[str]) -> int:
    """Return where what is said of one paper ends and what leads to the next begins: the last "và" or comma between."""
    joins = list(_JOIN.finditer(text, before.end(), after.start()))
    return joins[-1].end() if joins else after.start()


def _tell(paper: Paper) -> str:
    """Say the clause; of one that is long or names other papers, what is said of this one."""
    text, note = paper.unit.text, paper.unit.chunk.kind == "footnote"
    start, end = paper.clause
    name = _MENTION.search(text, *paper.own)
    if name and (end - start > TOLD or paper.own != paper.clause):
        start, end = paper.own
        said = _JOINS.sub("", _DATED.sub("", text[name.end() : end]))
        if name.start() - start > BEFORE or (len(said) > SAID and not DATE.search(text, start, name.start())):
            start = name.start()
        end = start + len(_JOINS.sub("", text[start:end]))
    told = shorten(plain(text[start:end], note=note and start == 0), TOLD)
    inside = paper.unit.start + start > paper.unit.sentence[0] and told[:1].islower()
    return f"… {told}" if inside else told


def _tell_all(paper: Paper, kinds: Collection[str]) -> str:
    """Say the stretch of the clause from the first to the last paper of the kinds asked for."""
    start, end = paper.clause
    beside = [one for one in named(paper.unit) if one.kind in kinds and start <= one.own[0] and one.own[1] <= end]
    if len(beside) < 2:
        return _tell(paper)
    text = paper.unit.text
    first = _MENTION.search(text, *beside[0].own)
    left = first.start() if first and first.start() - start > BEFORE else start
    told = shorten(plain(text[left : beside[-1].own[1]]), 2 * TOLD)
    return f"… {told}" if told[:1].islower() else told


def _score(query: Query, choice: Choice, paper: Paper) -> float:
    held, pairs = _held(query, paper)
    years = {str(year) for year in query.understood.years}
    dated = 0.0
    if years and paper.year:
        dated = YEAR if paper.year in years else 0.0 if years & set(tokens(paper.text)) else -YEAR
    return (
        choice.score
        + 0.4 * held
        + 0.2 * pairs
        + dated
        + agreement(query.understood.folded, paper.number, fold(paper.text))
        + _precise(query, paper)
    )


def _precise(query: Query, paper: Paper) -> float:
    """Share of what is said of the paper that the question asks for: a plan's review is not the plan."""
    asked = asked_words(query)
    words = [word for word in tokens(_MENTION.sub(" ", paper.text)) if len(word) > 1 and word.isalpha()]
    return PRECISE * sum(word in asked for word in words) / len(words) if words else 0.0


def _bare(number: str) -> str:
    return fold(re.sub(r"\s", "", number))


def _given(number: str, given: Collection[str]) -> bool:
    """Say whether the question itself gives a paper's number, whole or as far as its year or code ("34", "98/2023")."""
    own = _bare(number)
    return any(own == one or re.match(rf"{re.escape(one)}[/-]", own) for one in given)


def _held(query: Query, paper: Paper) -> tuple[float, float]:
    words = tokens(paper.text)
    joined = join(words)
    return (
        coverage(query, frozenset(words), joined, frozenset(accented_tokens(paper.text))),
        neighbours(query, joined),
    )


def _span(paper: Paper) -> Span:
    """Return the sentence the paper is named in, or only its clause when the sentence is long."""
    unit = paper.unit
    whole = span_of(unit)
    start, end = unit.start + paper.clause[0], unit.start + paper.clause[1]
    return whole if whole.start <= start and end <= whole.end else Span(unit.chunk, start, end)
