"""Figures added up that one passage states apart: a year at a time, the shares of a whole, the upper levels of a scale.

Enumerations of things counted are added in ``enumerations``, columns of tables in the room ``tables``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.amounts import printed
from assistant.answers.calculations.measures import Measure, about, asked_unit, measures, said
from assistant.answers.calculations.surroundings import by_year, clause_end
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten
from assistant.records import Evidence
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest.clean import fold
from ingest.records import Chunk
from ingest.sentences import split
from prompts import say

READ = 8
"""Choices whose sentences may hold the figures; shares and levels are looked for farther down."""
FAR = 25
SURE = 0.4
"""Share of the question's weight a passage must hold."""
COUNTED = 0.2
"""The same where the question says how many shares there are, and there are as many."""
_ADDS = re.compile(
    r"\b(?:cong (?:ca|lai|gop|chung|them|het|hai|ba|bon|don|tat)|gop|don lai|gom (?:ca|lai|het)|tong cong|"
    r"ca (?:hai|ba|bon) nam|ca thay|tinh chung|tinh ca)\b"
)
_TYPED_ADDS = re.compile(r"\b(?:cộng|gộp|tổng của)\b", re.I)
_ADDING = frozenset(["cong", "gop", "don", "gom", "lai", "ca", "hai", "ba", "tong", "duoc", "bao", "nhieu"])
_SHARES = re.compile(r"\b(?:ty trong|ti trong|co cau|ty le|ti le|phan tram)\b")
_WHOLE = re.compile(r"\b(?:du|tron|bang|duoc|ra) 100\b")
_SHARE = re.compile(r"(?:^|[:;,(]|\bva\b)\s*([^:;,()%\d]{2,70}?)\s+(?:chiem|dat)(?: khoang| gan| tren)?\s+$")
_UPPER = re.compile(r"\b(?:tu |muc |loai )*([a-z][a-z ]{2,40}?)\s+tro len\b")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "2": 2, "3": 3, "4": 4}
_COUNT = re.compile(
    r"\b(hai|ba|bon|[234]) (?:khu vuc|nhom|nganh|loai|linh vuc|thanh phan|muc|phan|ty trong|ty le|cap)\b"
)
MOST = Decimal("100.5")
"""Shares of one whole that were rounded may add up to this."""
LADDERS = (
    ("hoan thanh xuat sac", "hoan thanh tot", "hoan thanh", "khong hoan thanh"),
    ("xuat sac", "tot", "kha", "trung binh", "yeu"),
    ("nhat", "nhi", "ba", "khuyen khich"),
)
"""Scales of rating and of prizes, best first, accent-free."""


@dataclass(frozen=True, slots=True)
class Part:
    """One term: its figure, what it is a part of the sum for, and the words that prove it."""

    label: str
    measure: Measure
    span: Span


def answer(query: Query, evidence: Sequence[Evidence], choices: Sequence[Choice], library: Library) -> Draft | None:
    """Add up, ``None`` unless the question asks for one of these sums and every term is found."""
    folded = query.understood.folded
    adds = bool(_ADDS.search(folded) or _TYPED_ADDS.search(query.understood.text))
    if adds and len(query.understood.years) > 1:
        return _years(query, choices)
    if (adds and _SHARES.search(folded)) or (_WHOLE.search(folded) and _SHARES.search(folded)):
        return _shares(query, evidence)
    upper = _UPPER.search(folded)
    if upper and query.understood.asks("how_many"):
        return _levels(query, upper.group(1), evidence, library)
    return None


def _years(query: Query, choices: Sequence[Choice]) -> Draft | None:
    years = [str(year) for year in query.understood.years]
    unit = asked_unit(query)
    for choice in choices[:READ]:
        if choice.unit.kind == "row" or choice.covered < SURE or not about(query, choice.unit, _ADDING):
            continue
        text = choice.unit.sentence_text
        beside = by_year(text, years, unit)
        kinds = {one.kind for one in beside.values()}
        if len(beside) == len(years) and len(kinds) == 1 and not kinds & {"%", "diem", "rank"}:
            span = Span(choice.unit.chunk, *choice.unit.sentence)
            parts = [Part(f"năm {year}", beside[year], span) for year in years]
            first = min(one.measure.start for one in parts)
            last = max(one.measure.end for one in parts)
            start = max(text.rfind(mark, 0, first) for mark in (";", ". ")) + 1
            return _shown(parts, text[start : clause_end(fold(text), last)])
    return None


def _shares(query: Query, evidence: Sequence[Evidence]) -> Draft | None:
    """Add the shares that one sentence gives of one whole: "A chiếm 69%; B chiếm 18,4%; C chiếm 10,8%"."""
    best: tuple[float, list[Part], str] | None = None
    least = COUNTED if _COUNT.search(query.understood.folded) else SURE
    for one in evidence[:FAR]:
        if one.chunk.kind == "row":
            continue
        for start, end in split(one.chunk.text):
            text = one.chunk.text[start:end]
            parts = shares(text, one.chunk, one.chunk.start + start)
            held = said(query, f"{text} {one.chunk.section}")
            if _one_whole(query, parts) and held >= least and (best is None or held > best[0]):
                best = (held, parts, text)
    if best is None:
        return None
    draft = _shown(best[1], best[2])
    total = sum((part.measure.number for part in best[1]), Decimal(0))
    if _WHOLE.search(query.understood.folded):
        name = "shares_full" if total == 100 else "shares_short" if total < 100 else "shares_over"
        whole = Statement(say("answers", name), ())
        return Draft("fact", (draft.statements[0], whole, *draft.statements[1:]))
    return draft


def _one_whole(query: Query, parts: Sequence[Part]) -> bool:
    """Say whether shares can be parts of one whole: no more than all of it, and as many as the question counts."""
    total = sum((part.measure.number for part in parts), Decimal(0))
    count = _COUNT.search(query.understood.folded)
    return len(parts) > 1 and total <= MOST and (count is None or len(parts) == _NUMBERS[count.group(1)])


def shares(text: str, chunk: Chunk, start: int) -> list[Part]:
    """Read the shares of a sentence, each introduced by its own name; changes and yardsticks are none."""
    folded = fold(text)
    span = Span(chunk, start, start + len(text))
    parts = []
    for one in measures(text):
        name = _SHARE.search(folded[: one.start])
        if one.kind == "%" and name and "chiem" in folded[name.end(1) : one.start]:
            label = text[name.start(1) : name.end(1)].strip()
            parts.append(Part(plain(label), one, span))
    return parts


def _levels(query: Query, level: str, evidence: Sequence[Evidence], library: Library) -> Draft | None:
    """Add the counts of a level and of those above it, where a passage counts every level of the scale."""
    ladder = next((one for one in LADDERS for step in one if level.endswith(step) or step in level), None)
    if ladder is None:
        return None
    lowest = max((step for step in ladder if step in level), key=len)
    wanted = ladder[: ladder.index(lowest) + 1]
    if len(wanted) < 2:
        return None
    best: tuple[float, list[Part]] | None = None
    for one in evidence[:FAR]:
        if one.chunk.kind == "row":
            continue
        chunks = _with_next(one.chunk, library)
        found = {step: part for chunk in chunks for step, part in levels(chunk, ladder)}
        held = said(query, " ".join((one.chunk.text, one.chunk.context)))
        kinds = {found[step].measure.kind for step in wanted if step in found}
        fits = all(step in found for step in wanted) and len(kinds) == 1 and "%" not in kinds
        if fits and held >= SURE and (best is None or held > best[0]):
            best = (held, [found[step] for step in wanted])
    return _shown(best[1], "") if best else None


def levels(chunk: Chunk, ladder: Sequence[str]) -> list[tuple[str, Part]]:
    """Read the counts of a scale: "Hoàn thành tốt 15.525/19.493 đ/c", "25 giải Khuyến khích"."""
    folded = fold(chunk.text)
    names = "|".join(sorted(ladder, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\w)({names})(?: nhiem vu)?\s*:?\s*(?:la |co )?(\d+(?:\.\d{{3}})*)(/\d[\d.]*)?\s*([a-z/]*)"
    )
    found = []
    for match in pattern.finditer(folded):
        number = next((one for one in measures(match.group(2)) if one), None)
        if number is None or re.match(r"\s*(?:%|,\d)", folded[match.end(2) :]):
            continue
        measure = Measure(match.group(2), number.number, "", match.group(4), match.start(2), match.end(2))
        label = chunk.text[match.start(1) : match.end(1)]
        start = chunk.start + match.start()
        found.append(
            (match.group(1), Part(label[0].lower() + label[1:], measure, Span(chunk, start, chunk.start + match.end())))
        )
    return found


def _with_next(chunk: Chunk, library: Library) -> list[Chunk]:
    """Return a passage with the one that goes on where it stops."""
    following = [other for other in library.chunks_of(chunk.document_id) if 0 <= other.start - chunk.end <= 3]
    return [chunk, *(other for other in following if other.kind == chunk.kind and other.id != chunk.id)][:2]


def _shown(parts: Sequence[Part], source: str) -> Draft:
    """Say the sum with its terms, then the words that hold them."""
    total = printed(sum((part.measure.number for part in parts), Decimal(0)))
    unit = parts[0].measure.unit
    gap = "" if unit in ("", "%") else " "
    nearly = "khoảng " if any(part.measure.about for part in parts) else ""
    terms = " + ".join(f"{part.measure.printed} ({part.label})" for part in parts)
    text = say("answers", "calculation", what=f"{nearly}{total}{gap}{unit}".capitalize(), terms=terms, total=total)
    spans = tuple(dict.fromkeys(part.span for part in parts))
    statements = [Statement(text, spans, computed=True)]
    if source:
        statements.append(Statement(shorten(plain(source), 300), spans))
    return Draft("fact", tuple(statements))
