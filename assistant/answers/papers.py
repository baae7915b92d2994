"""Questions for a paper's number: every paper named in the found sentences is weighed by kind, date and subject.

Reports name many papers in one sentence, and the sentence that holds most of a question often names another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafts import Draft, Span, Statement
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER
from assistant.reading.selection import Choice
from assistant.reading.spans import span_of
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
_MENTION = re.compile(rf"(?P<kind>{_KIND})\s+(?:số\s*:?\s*)?(?P<number>{DOCUMENT_NUMBER.pattern})", re.I)
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
_ANY = frozenset(["van ban"])
# Words that only lead to the paper named next.
_JOINS = re.compile(r"(?:[\s,]+(?:và|theo|tại|bằng|trong|của|với|các|thay thế|căn cứ|thực hiện))*[\s,(]*$")
_JOIN = re.compile(r"(?:,|\bvà)\s+(?!\d)")
_DATED = re.compile(rf"^[\s,(]*(?:ngày\s+)?(?:{DATE.pattern})\)?", re.I)
LOOKED = 40
"""Units whose papers are weighed."""
NEAR = 0.6
"""Share of the best unit's score the unit that names the paper must reach."""
HELD = 0.2
"""Share of the question that what is said of the paper itself must hold."""
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
    found = {_SHORT.get(kind, kind) for kind in asked or _FAR.findall(folded)}
    return found.pop() if len(found) == 1 and len(asked) < 2 else ""


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Answer with the paper that is of the kind asked for and about what was asked, ``None`` when none surely is."""
    kind = asked_kind(query.understood.folded)
    if not kind or not choices or query.understood.document_numbers:
        return None
    scored = [
        (_score(query, choice, paper), -place, paper)
        for place, choice in enumerate(choices[:LOOKED])
        if choice.score >= NEAR * choices[0].score and choice.unit.kind != "row"
        for paper in named(choice.unit)
        if kind in _ANY or paper.kind == kind
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
    return Draft("fact", (Statement(_tell(paper), tuple(spans[:2])),))


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
        kind = fold(match.group("kind"))
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


def _score(query: Query, choice: Choice, paper: Paper) -> float:
    held, pairs = _held(query, paper)
    years = {str(year) for year in query.understood.years}
    dated = 0.0
    if years and paper.year:
        dated = YEAR if paper.year in years else 0.0 if years & set(tokens(paper.text)) else -YEAR
    return choice.score + 0.4 * held + 0.2 * pairs + dated


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
