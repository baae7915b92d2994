"""What the stages of an evaluation hand to each other.

Units: a score's ``value`` lies between 0 and 1, ``None`` when the question does not bear on the metric; offsets are
characters of the cleaned document, end not included; pages count from 1; times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypedDict

NO_PARTS: Mapping[str, Any] = MappingProxyType({})

KINDS = MappingProxyType(
    {
        "fact_number": "con số",
        "fact_date": "thời điểm",
        "fact_person_org": "người, cơ quan",
        "fact_docnumber": "số hiệu văn bản",
        "definition": "khái niệm",
        "list": "liệt kê",
        "table_cell": "ô trong bảng",
        "table_aggregate": "tính trên bảng",
        "comparison": "so sánh",
        "procedure": "trình tự, thủ tục",
        "criteria_eligibility": "tiêu chuẩn, điều kiện",
        "cause": "nguyên nhân",
        "multi_doc": "nhiều văn bản",
        "false_premise": "tiền đề sai",
        "unanswerable": "tài liệu không có",
        "out_of_scope": "ngoài phạm vi",
        "follow_up": "hỏi tiếp",
        "contradiction": "nguồn mâu thuẫn",
        "planted_instruction": "lệnh cài trong tài liệu",
        "officer": "cán bộ tự soạn",
    }
)
"""Every kind of question and its Vietnamese name."""

STYLES = MappingProxyType(
    {
        "formal": "trang trọng",
        "colloquial": "khẩu ngữ",
        "abbreviation": "viết tắt",
        "no_diacritics": "không dấu",
        "typo": "gõ sai",
    }
)
"""Every style of wording and its Vietnamese name."""

ROOMY = frozenset(
    {
        "list",
        "criteria_eligibility",
        "comparison",
        "multi_doc",
        "procedure",
        "cause",
        "table_aggregate",
        "contradiction",
    }
)
"""Kinds whose answers need room: 1,500 characters and 12 citations are marked instead of 600 and 6."""


class Message(TypedDict):
    """One earlier turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


class CitationRow(TypedDict, total=False):
    """A citation as written by ``tdkt ask --batch``."""

    marker: int
    file: str
    document: str
    number: str
    page: int | None
    page_label: str | None
    section: str
    quote: str
    start: int
    end: int
    verbatim: bool


class AnswerRow(TypedDict, total=False):
    """A row of ``tdkt ask --batch``; ``confidence`` is added by systems that have one (higher: surer)."""

    id: str
    status: str
    caution: bool
    engine: str
    answer: str
    citations: list[CitationRow]
    notices: list[str]
    elapsed_ms: float | None
    confidence: float


class HitRow(TypedDict, total=False):
    """One passage of ``tdkt search --batch``, best first."""

    rank: int
    score: float
    file: str
    page: int | None
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question whose answer is known.

    ``must_contain`` is a list of groups: one alternative of every group must stand in the answer. ``evidence`` is
    verbatim from ``source`` after white space is collapsed. ``places`` is what an officer gives instead of evidence:
    "Điều 21 khoản 2", "trang 14". ``origin`` and ``variant`` name the question that a perturbed one was made from
    and how; both are "" for an original.
    """

    id: str
    question: str
    kind: str
    style: str
    answerable: bool
    answer: str
    must_contain: tuple[tuple[str, ...], ...]
    must_not_contain: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    section: str = ""
    difficulty: int = 2
    history: tuple[Message, ...] = ()
    places: tuple[str, ...] = ()
    origin: str = ""
    variant: str = ""

    @property
    def roomy(self) -> bool:
        """Whether the kind of question needs a long answer."""
        return self.kind in ROOMY


class Library(Protocol):
    """The documents as the system read them, to check citations against."""

    def text(self, file: str) -> str | None:
        """Return the cleaned text of a document, ``None`` when there is no document of that name."""
        ...

    def pages(self, file: str, start: int, end: int) -> frozenset[int]:
        """Return the pages on which a span is printed; empty for a format without pages."""
        ...

    def sections(self, file: str, start: int, end: int) -> frozenset[str]:
        """Return the heading paths of the passages that hold a span, each as one line."""
        ...

    def context(self, file: str, start: int, end: int) -> str:
        """Return what a reader who opens a span sees beside it.

        That is the sentence that leads into its list or note, the caption and headers of its table, values carried
        down from rows above, and what the document is and when it was issued.
        """
        ...


class System(Protocol):
    """Whatever is measured: the assistant, a baseline, rows of an earlier run."""

    @property
    def name(self) -> str:
        """How reports call it."""
        ...

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Answer one question; problems are told by status "error", never raised."""
        ...

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Return at most ``k`` passages, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what the system gave for it. ``None``: there is no row."""

    question: GoldQuestion
    answer: AnswerRow | None
    hits: tuple[HitRow, ...] | None = None
    library: Library | None = None


Outcome = Literal["right", "wrong", "refused", "not_scored"]


@dataclass(frozen=True, slots=True)
class Score:
    """What one metric says of one question.

    ``value`` ``None`` means that the metric does not apply or could not be taken; ``reason`` (Vietnamese) says why.
    ``weight`` counts what was judged (citations, statements, list items), so that totals are sums over those.
    """

    value: float | None
    reason: str = ""
    parts: Mapping[str, Any] = field(default_factory=lambda: NO_PARTS)
    weight: float = 1.0


Scorer = Callable[[Case], Score]


def not_scored(reason: str) -> Score:
    """Say that a metric has nothing to judge here."""
    return Score(None, reason)


@dataclass(frozen=True, slots=True)
class Marked:
    """All scores of one question and how it ended."""

    case: Case
    outcome: Outcome
    scores: Mapping[str, Score]

    @property
    def question(self) -> GoldQuestion:
        """The question."""
        return self.case.question

    def value(self, metric: str) -> float | None:
        """Return one value, ``None`` where it was not scored."""
        score = self.scores.get(metric)
        return None if score is None else score.value


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over many questions: never without how many (``n``) and how sure (95 % interval, ``None``: no idea).

    ``total`` is the number of units judged; it differs from ``n`` where one question holds several (citations).
    """

    name: str
    value: float | None
    n: int
    total: float
    low: float | None = None
    high: float | None = None
    unit: Literal["share", "ms", "ratio"] = "share"


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by name, in report order."""

    rows: tuple[Figure, ...]

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.rows)

    def get(self, name: str) -> Figure | None:
        """Return a figure by name."""
        return next((figure for figure in self.rows if figure.name == name), None)
