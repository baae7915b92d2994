"""Which units say something: titles, headings, source lines and bare names do not, and a lead-in only with its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.question.question_types import NUMERIC
from assistant.reading.selection import Choice
from assistant.reading.wording import plain
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.units import Unit
from ingest.clean import fold

_LEADS = re.compile(r"(?::|\b(?:sau|sau đây|như sau)\s*[:.]?)\W*$")
_ASIDE = re.compile(r"^\W*[\[(][^\])]*[\])]\W*$")
_LABEL = re.compile(r"^(?:bảng|biểu|phụ lục|mẫu|hình)(?: số)? [\dIVX]+\W*$", re.I)
STATED = 0.9
"""Fit of a text that opens with what is defined."""
NEARLY = 0.75
"""Share of the best score it must reach."""
NAME, CAPTION = 5, 12
"""Words up to which a text without a verb or figure is a bare name; a caption, where no full stop ends it either."""
_VERB = re.compile(r"\b(?:là|có|được|phải|bị|do|gồm|đạt|còn|thuộc|không|chưa|đã|ký)\b|\d|=|:")


def leads(unit: Unit) -> bool:
    """Say whether a unit only introduces what follows it."""
    return unit.chunk.kind != "row" and _LEADS.search(unit.text) is not None


def stating(query: Query, choices: Sequence[Choice], library: Library) -> list[Choice]:
    """Return the choices that say something by themselves, all of them when none does."""
    kinds = query.understood
    papers = kinds.asks("who", "when", "document", "where", "body")
    found = [one for one in choices if states(one.unit, library, names=kinds.kind in NUMERIC or papers)]
    return found or list(choices)


def defining(query: Query, choices: Sequence[Choice]) -> list[Choice]:
    """Return, of a question for a meaning, only the choices that state it where one is nearly as good as the best."""
    if query.understood.kind != "definition" or not choices:
        return list(choices)
    found = [one for one in choices if one.fit >= STATED and one.score >= NEARLY * choices[0].score]
    return found or list(choices)


def speaks(unit: Unit) -> bool:
    """Say whether a text has a verb that states, or a figure."""
    return _VERB.search(plain(unit.text)) is not None


def states(unit: Unit, library: Library, *, names: bool = False) -> bool:
    """Say whether a unit says something by itself; ``names``: a name alone may be what is asked for."""
    if unit.chunk.kind == "row":
        return True
    text = plain(unit.text)
    if not text or text.isupper() or _LABEL.match(text) or (_ASIDE.match(text) and not names):
        return False
    caption = unit.kind == "sentence" and not unit.text.rstrip().endswith((".", ";", "!", "…"))
    if not names and len(text.split()) <= (CAPTION if caption else NAME) and not _VERB.search(text):
        return False
    said = _bare(text)
    title = _bare(library.profile(unit.chunk.document_id).meta.subject or "")
    return said not in title and not any(said == _bare(plain(part)) for part in unit.chunk.path)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    """Return a text without accents, capitals and what stands around it."""
    return fold(text).strip(' .:“”"')
