"""Syllables of a question and of phrases: accent-free beside typed, so that both can be compared one to one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from vectorstore.lexical import accented_tokens, tokens

CAPITALS = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Vietnamese capitals for a character class; in Unicode they alternate with small letters, so no range will do."""


def syllables(text: str) -> list[tuple[str, str]]:
    """Return ``(accent-free, as typed)`` pairs; numbers and joined tokens stand for themselves in both.

    >>> syllables("Kế hoạch 315/KH-UBND")[:3]
    [('ke', 'kế'), ('hoach', 'hoạch'), ('315/kh-ubnd', '315/kh-ubnd')]
    """
    return [pair for piece in text.split() for pair in _pairs(piece)]


@lru_cache(maxsize=8_192)
def _pairs(piece: str) -> tuple[tuple[str, str], ...]:
    bare, typed = tokens(piece), accented_tokens(piece)
    return tuple(zip(bare, typed if len(typed) == len(bare) else bare, strict=True))


def join(found: Iterable[str]) -> str:
    """Put simple tokens between spaces, so that a phrase can be looked for; joined tokens take part in pieces only."""
    return f" {' '.join(filter(str.isalnum, found))} "


def joined(text: str) -> str:
    """Accent-free words of a text between spaces."""
    return join(tokens(text))
