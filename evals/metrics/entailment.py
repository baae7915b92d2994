"""Do the cited words carry a statement? By rule, so that it needs no model and gives the same verdict every day. Pure.

Three things must hold: every figure of the statement stands in the premises, every name does, and most content words
do. Figures and names are what answers get wrong; content words catch sentences about something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.folding import bare_words, plain
from evals.metrics.figures import figures, number
from evals.metrics.letters import UPPER

COVERAGE = 0.7
"""Share of a statement's content words that the premises must hold."""

_STOP_WORDS = """
    la va co cua cho cac nhung duoc tai theo ve voi trong tu den nam do de mot nay khi thi ma o ra vao nhu
    bang hoac cung da se dang bi boi gom so tren duoi neu rang con rat nhieu it tong hien van ban lieu bao cao
    ghi noi cu the sau day
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Accent-free grammar words and words that only say that a document says something."""

_NAME = re.compile(rf"[{UPPER}]\w*(?:\s+[{UPPER}]\w*)+")
_ACRONYM = re.compile(rf"\b[{UPPER}][{UPPER}&]{{1,11}}\b")


@dataclass(frozen=True, slots=True)
class Entailment:
    """Whether premises carry a statement, and what they lack."""

    holds: bool
    coverage: float
    missing_figures: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()


def entails(premises: Sequence[str], statement: str) -> Entailment:
    """Judge whether ``premises`` taken together carry ``statement``."""
    return _entails(tuple(premises), statement)


@lru_cache(maxsize=1 << 14)
def _entails(premises: tuple[str, ...], statement: str) -> Entailment:
    joined = "\n".join(premises)
    words = bare_words(joined)
    held = set(words)
    lacking_figures = tuple(sorted(figures(statement) - figures(joined, enumerators=True) - _sums(statement)))
    lacking_names = tuple(name for name in names(statement) if not _named(name, words, held))
    content = [word for word in bare_words(statement) if word not in STOP_WORDS and not word.isdigit()]
    spelled = _expanded(statement, words)
    covered = sum(word in held or word in spelled for word in content)
    coverage = covered / len(content) if content else 1.0
    holds = bool(premises) and not lacking_figures and not lacking_names and coverage >= COVERAGE
    return Entailment(holds, coverage, lacking_figures, lacking_names)


_SUM = re.compile(r"(\d[\d.,]*(?:\s*\([^()]*\))?(?:\s*[+−]\s*\d[\d.,]*(?:\s*\([^()]*\))?)+)\s*=\s*(\d[\d.,]*\d|\d)")
_QUOTIENT = re.compile(r"(\d[\d.,]*) : (\d[\d.,]*) [=≈] (\d[\d.,]*\d|\d)(%?)")
NEAR = 0.051
"""A quotient rounded to tenths may be this far off."""


def _sums(statement: str) -> set[str]:
    """Return results that the statement works out before the reader's eyes, when they are right, and their divisors."""
    found = set()
    for terms, total in _SUM.findall(statement):
        bare = re.sub(r"\([^()]*\)", " ", terms)
        parts = re.findall(r"([+−]?)\s*(\d[\d.,]*\d|\d)", bare)
        value = sum(float(number(term)) * (-1 if sign == "−" else 1) for sign, term in parts)
        if abs(value - float(number(total))) < 1e-6:
            found |= {number(total), str(len(parts))}
    for part, whole, result, share in _QUOTIENT.findall(statement):
        divisor = float(number(whole))
        value = float(number(part)) / divisor * (100 if share else 1) if divisor else float("inf")
        if abs(value - float(number(result))) <= NEAR:
            found.add(number(result))
    return found


def names(statement: str) -> list[str]:
    """Return runs of two or more capitalised words, and acronyms; a sentence's first word alone is no name.

    >>> names("Giám đốc Sở Nội vụ và Nguyễn Thị Oanh thuộc UBND tỉnh.")
    ['Nguyễn Thị Oanh', 'UBND']
    """
    runs = [match[0] for match in _NAME.finditer(statement)]
    in_runs = {word for run in runs for word in run.split()}
    acronyms = [match[0] for match in _ACRONYM.finditer(statement) if match[0] not in in_runs]
    return list(dict.fromkeys([*runs, *acronyms]))


def _named(name: str, words: list[str], held: set[str]) -> bool:
    parts = bare_words(name)
    if all(part in held for part in parts):
        return True
    return all(part in held or _initials_stand(part, words) for part in parts)


def _initials_stand(acronym: str, words: list[str]) -> bool:
    """Whether consecutive words begin with the letters of an acronym ("UBND": Ủy ban nhân dân)."""
    letters = plain(acronym).lower()
    if len(letters) < 2 or not letters.isalpha():
        return False
    initials = "".join(word[0] for word in words)
    return letters in initials


def _expanded(statement: str, words: list[str]) -> set[str]:
    """Acronyms of the statement whose full form stands in the premises."""
    return {
        part for match in _ACRONYM.finditer(statement) for part in bare_words(match[0]) if _initials_stand(part, words)
    }
