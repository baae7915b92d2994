"""English questions, which are not Vietnamese without its accents."""

from __future__ import annotations

import re

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the is are what who when where how many which does do did of in on for with please tell me about can you give",
    )
)


def is_english(text: str) -> bool:
    """Say whether a text is English: all of it in plain letters and a quarter of it English function words."""
    words = re.findall(r"[a-z]+", text.lower())
    return bool(words) and text.isascii() and sum(word in _FUNCTION_WORDS for word in words) >= max(2, len(words) // 4)
