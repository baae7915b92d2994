"""A text as the syllable model reads it: syllables with their accents, numbers and breaks, nothing else.

Trainer and reader share this, so that what is looked up was counted the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clean import match_form

UNKNOWN = "?"
BREAK = "|"
NUMBER = "#"

PIECE = re.compile(r"[^\W\d_]+|\d[\d.,/%-]*|[.;:?!\n|…]")
"""A run of letters, a number, or a mark that ends a clause; commas, quotes, brackets and hyphens are passed over."""


def pieces(text: str) -> Iterator[str]:
    """Yield the syllables of a text in :func:`ingest.clean.match_form`, :data:`NUMBER` and :data:`BREAK`.

    >>> list(pieces("Khen thưởng, năm 2024."))
    ['khen', 'thưởng', 'năm', '#', '|']
    """
    for match in PIECE.finditer(match_form(text)):
        found = match.group()
        yield found if found[0].isalpha() else NUMBER if found[0].isdigit() else BREAK
