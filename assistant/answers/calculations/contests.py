"""Which of two is more: the figure of each side in the same unit, both cited, and what lies between them.

"Ngành A hay ngành B có nhiều … hơn", "A với B bên nào cao hơn", "A và B chênh nhau bao nhiêu".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.amounts import printed
from assistant.answers.calculations.measures import UNITS, Measure, measures
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten, shown
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from assistant.words import syllables
from prompts import say
from vectorstore.lexical import tokens

SURE = 0.4
"""Share of the question that the best sentence must hold."""
ROOM = 300
_MORE = r"(?:nhieu|it|cao|thap|lon|nho|dai|ngan|dong|kem)"
_WHICH = re.compile(
    rf"\b(?:ben|cai|nganh|noi|phia|loai|linh vuc|khu vuc|ky|nam|cap|dau|tinh) nao\b.*\b{_MORE}\b|\b{_MORE}\b.*\bhon\b|"
    r"\bhon kem\b|\b(?:chenh|lech) nhau\b"
)
_JOINS = re.compile(rf"\s(?:hay(?: la)?|voi|va|so voi|{_MORE} hon(?: so voi)?|hon|kem)\s")
_ENDS = re.compile(
    r"[,;:?]|\s(?:thi|co|dat|ben nao|cai nao|ai|nganh nao|noi nao|ky nao|chenh|lech|hon|nhieu|it|cao|thap|lon|nho|"
    r"dai|duoc|cua|bao nhieu|may|o|trong|nam|la)(?=\W|$)"
)
_CLAUSE = re.compile(r"[;\n()]\s*|(?<=[^\d\s])\.\s+")
_COMMA = re.compile(r",\s+(?!\d)|,\s+(?=\d+ [^\W\d])")
_LESS = re.compile(r"\b(?:it|thap|nho|ngan|kem)\b.{0,30}\bhon\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One side as the question calls it and the words that tell it from the other."""

    name: str
    words: frozenset[str]


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Say which side has more, ``None`` unless two sides are named and the best sentence gives each one figure."""
    return next((draft for draft in (_words(query, *pair, choices) for pair in _asked(query)) if draft), None)


def _asked(query: Query) -> Iterator[tuple[Side, Side]]:
    if _WHICH.search(query.understood.folded):
        yield from sides(query.understood.text, query.understood.folded)


def sides(text: str, folded: str) -> Iterator[tuple[Side, Side]]:
    """Cut out what stands left and right of "hay", "với", "và": up to the clause's end, at most six syllables each."""
    for match in _JOINS.finditer(folded):
        after = _ENDS.search(folded + " ", match.end())
        before = [end for end in _ENDS.finditer(" " + folded[: match.start()] + " ")]
        start = before[-1].end() - 1 if before and before[-1].end() - 1 < match.start() else 0
        ends = after.start() if after else len(folded)
        left, right = text[start : match.start()].split()[-6:], text[match.end() : ends].split()[:6]
        one, other = _content(" ".join(left)), _content(" ".join(right))
        if one - other and other - one:
            yield Side(" ".join(left), one - other), Side(" ".join(right), other - one)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word, _ in syllables(text) if word not in _EMPTY and not word.isdigit())


_EMPTY = frozenset(
    [
        "nganh",
        "so",
        "cac",
        "nhung",
        "tinh",
        "cap",
        "muc",
        "linh",
        "vuc",
        "khu",
        "phan",
        "ty",
        "le",
        "cua",
        "truong",
        "nam",
        "bao",
        "nhieu",
    ]
)


def _words(query: Query, left: Side, right: Side, choices: Sequence[Choice]) -> Draft | None:
    """Two stretches of the best sentence, one for each side, with figures of the same unit."""
    if not choices or choices[0].unit.kind == "row" or choices[0].covered < SURE:
        return None
    unit = choices[0].unit
    found = [
        [one for one in stretches(unit) if side.words <= one[2] and not other.words <= one[2]]
        for side, other in ((left, right), (right, left))
    ]
    if any(len(own) != 1 for own in found):
        return None
    (text, figure, _), (other_text, other_figure, _) = found[0][0], found[1][0]
    things = not {figure.kind.split(" ")[0], other_figure.kind.split(" ")[0]} & UNITS
    if figure.kind != other_figure.kind and not things:
        return None
    # Typed without accents, a side is better named by the document's own words.
    own = [left.name, right.name]
    names = own if query.understood.accented else [_named(text, figure), _named(other_text, other_figure)]
    if things:
        # Each side is what is counted: "971 công nhân" beside "công nhân" would say it twice.
        figure, other_figure = replace(figure, unit=""), replace(other_figure, unit="")
    span = Span(unit.chunk, *unit.sentence)
    verdict = Statement(_verdict(query, names, [figure, other_figure]), (span,), computed=True)
    return Draft("fact", (verdict, Statement(shorten(shown(unit), ROOM), (span,))))


def _named(text: str, figure: Measure) -> str:
    """Return what a stretch says of a figure without it."""
    lead = text[: figure.start].rsplit(", ", 1)[-1].strip(" :")
    return lead or f"{text[figure.end :].strip(' :')} ({figure.unit})".strip()


def stretches(unit: Unit) -> list[tuple[str, Measure, frozenset[str]]]:
    """Cut a unit's sentence into stretches of one figure each, with their words; names go with the figure behind."""
    made: list[tuple[str, Measure, frozenset[str]]] = []
    for clause in _CLAUSE.split(plain(unit.sentence_text, note=unit.chunk.kind == "footnote")):
        held = ""
        for piece in _COMMA.split(clause):
            held = f"{held}, {piece}" if held else piece
            found = measures(held)
            if len(found) == 1:
                made.append((held, found[0], frozenset(tokens(held))))
            held = held if not found else ""
    return made


def compared(query: Query, names: Sequence[str], figures: Sequence[Measure]) -> str:
    """Say which of two figures is more and by how much, empty where they do not count in the same unit."""
    units = {figure.kind.split(" ")[0] for figure in figures}
    return _verdict(query, names, figures) if len(units) == 1 else ""


def _verdict(query: Query, names: Sequence[str], figures: Sequence[Measure]) -> str:
    """Say which is more (or less, where that was asked), with the subtraction."""
    first, second = figures
    if first.number == second.number:
        return say("answers", "equal", one=names[0], other=names[1], value=first.shown)
    less = bool(_LESS.search(query.understood.folded))
    ordered = sorted(zip(names, figures, strict=True), key=lambda one: one[1].number, reverse=not less)
    (winner, most), (loser, least) = ordered
    greater, smaller = (least, most) if less else (most, least)
    counted = first.kind.split(" ")[0] not in UNITS
    more = ("ít hơn" if less else "nhiều hơn") if counted else ("thấp hơn" if less else "cao hơn")
    what = say(
        "answers",
        "contest",
        winner=winner[0].upper() + winner[1:],
        more=more,
        figure=most.shown,
        loser=loser,
        other=least.shown,
    )
    total = printed(greater.number - smaller.number)
    return say("answers", "calculation", what=what, terms=f"{greater.printed} − {smaller.printed}", total=total)
