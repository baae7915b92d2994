"""A sum over figures of one sentence: "21 vàng, 17 bạc" where the question asks for the two together."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.answers.amounts import amount, printed
from assistant.answers.calculations.breakdowns import Figure, breakdown, figures
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice
from assistant.reading.wording import plain, shorten, shown
from assistant.retrieval.query import Query
from assistant.words import join
from prompts import say
from vectorstore.lexical import tokens

# Without accents "cộng" looks like "công nghệ": there it must have its companion; typed with accents it stands alone.
_SUM = re.compile(r"\bcong (?:ca|lai|gop|chung|them|het)\b|\b(?:gop|tinh chung|tong cua|ca hai)\b")
_TYPED_SUM = re.compile(r"\b(?:cộng|gộp|tính chung|tổng của|cả hai)\b", re.I)
_WITHOUT = re.compile(r"\b(?:khong (?:tinh|ke|gom)|ngoai tru|tru(?: di)?)\s+(?:ca\s+)?((?:[a-z]+\s+){0,2}[a-z]+)")
EQUAL = re.compile(r"\b(?:co bang|bang tong|khop|co dung|dung bang|dung la|co du|co ra|ra dung|thong nhat)\b")
"""Words that ask whether a sum is what is printed."""
_ADDING = frozenset(["cong", "gop", "lai", "tong", "het", "chung"])
"""Words that ask for a sum and name nothing, unless beside another word of a name."""
_BREAK = re.compile(r"[;.()]")
NAMED = 0.6
"""Share of the opening words of a thing counted that the question must say to name it."""
SURE = 0.4
"""Share of the question the sentence must hold."""


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Add the figures the question names, ``None`` unless it asks for a sum of at least two figures of a sentence."""
    folded = query.understood.folded
    without = _WITHOUT.search(folded)
    if not asks_sum(query) and not without:
        return None
    asked = {concept.text for concept in query.concepts if not concept.inherited}
    left_out = frozenset(without.group(1).split()[:2]) if without else frozenset()
    for choice in choices[:5]:
        if choice.covered < SURE or choice.unit.kind == "row":
            continue
        if left_out:
            parts, total = breakdown(_sentence(choice))
            named = [one for one in parts if not one.telling & left_out]
            if len(named) in (0, len(parts)):
                continue
        else:
            named, total = _named(query, _sentence(choice), asked)
        numbers = [value for one in named for value in [amount(one.number)] if value is not None]
        if len(numbers) > 1 and len(numbers) == len(named):
            return _shown(query, choice, named, sum(numbers, Decimal(0)), total)
    return None


def asks_sum(query: Query) -> bool:
    """Say whether figures are to be added."""
    return bool(_TYPED_SUM.search(query.understood.read) or _SUM.search(query.understood.folded))


def _shown(query: Query, choice: Choice, named: Sequence[Figure], computed: Decimal, total: Figure | None) -> Draft:
    """Say the sum with its terms, and whether the printed total is another where that was asked."""
    result = printed(computed)
    terms = " + ".join(f"{one.number} ({one.noun})" for one in named)
    text = say("answers", "calculation", what=result, terms=terms, total=result)
    if total is not None and EQUAL.search(query.understood.folded):
        same = amount(total.number) == computed
        name = "sum_agrees" if same else "sum_differs"
        text = say("answers", name, terms=terms, total=result, stated=f"{total.number} {total.noun}")
    # The sum may rest on the whole sentence, of which the unit is a part.
    span = Span(choice.unit.chunk, *choice.unit.sentence)
    source = Statement(shorten(shown(choice.unit), 300), (span,))
    return Draft("fact", (Statement(text, (span,), computed=True), source))


def _sentence(choice: Choice) -> str:
    return plain(choice.unit.sentence_text, note=choice.unit.chunk.kind == "footnote")


def _named(query: Query, text: str, asked: set[str]) -> tuple[list[Figure], Figure | None]:
    """Return the figures named by the question within the stretch of the sentence that holds most of it."""
    best: tuple[float, list[Figure], Figure | None] = (-math.inf, [], None)
    for stretch in [text, *text.split(";")]:
        parts, total = breakdown(stretch)
        named = _apart(query, [(one, held) for one in parts for held in [named_by(query, one, parts, asked)] if held])
        words = set(tokens(stretch))
        score = len(words & asked) / max(1, len(asked)) - 0.01 * len(words)
        score += 0.25 if total is not None and stretch == text and len(named) == len(parts) else 0.0
        if len(named) > 1 and score > best[0]:
            best = (score, named, total)
    return (best[1], best[2]) if best[1] else (_of_one_kind(query, text), None)


def _apart(query: Query, named: Sequence[tuple[Figure, frozenset[str]]]) -> list[Figure]:
    """Keep figures that the question tells apart, each by words of its own.

    "Bổ nhiệm" is named beside "bổ nhiệm lại" only where the question says it once more by itself.
    """
    if len({held for _, held in named}) < len(named):
        return []
    question = join(tokens(query.understood.text))
    kept = []
    for figure, held in named:
        rest = question
        for other, theirs in named:
            if held < theirs:
                rest = rest.replace(join(tokens(other.noun)), "  ")
        if rest == question or join(tokens(figure.noun)) in rest:
            kept.append(figure)
    return kept


def named_by(query: Query, figure: Figure, parts: Sequence[Figure], asked: set[str]) -> frozenset[str]:
    """Return the words by which the question names a thing counted, else nothing.

    It says most of its opening words, and as they stand: two side by side, or the one that few other parts have.
    """
    noun = [word for word in tokens(figure.noun) if word in figure.telling][:5]
    if not noun:
        return figure.telling & asked
    # An abbreviation says the same in one word; other ways to put it may be other things.
    sure = [
        key
        for one in query.concepts
        for key, strength in one.alternatives
        if strength >= 1.0 or (strength >= 0.7 and len(key.split()) == 1)
    ]
    said = " | ".join((join(tokens(query.understood.text)), *sure))
    known = asked | {word for key in sure for word in key.split()}
    sizes = range(min(2, len(noun)), len(noun) + 1)
    telling = known - _ADDING
    if not any(sum(word in telling for word in noun[:size]) > NAMED * size for size in sizes):
        return frozenset()
    others = [one for one in parts if one is not figure]
    own = [word for word in noun if 2 * sum(word in one.telling for one in others) <= len(others)]
    whole = join(tokens(figure.noun)).split()
    beside = any(f" {one} {other} " in said for one, other in pairwise(whole))
    if not beside and not (len(own) == 1 and own[0] in telling):
        return frozenset()
    return frozenset(noun) & known


def _of_one_kind(query: Query, text: str) -> list[Figure]:
    """Return an unbroken run of figures that all count what the question counts: "4 giải Nhất, 14 giải Nhì"."""
    counted = query.understood.counted[:1]
    runs: list[list[Figure]] = [[]]
    before = 0
    for one in figures(text):
        if tuple(tokens(one.noun)[:1]) != counted or _BREAK.search(text[before : one.start]):
            runs.append([])
        if tuple(tokens(one.noun)[:1]) == counted:
            runs[-1].append(one)
        before = one.start
    longest = max(runs, key=len)
    same = [run for run in runs if len(run) > 1]
    return longest if len(longest) > 2 and len(same) == 1 else []
