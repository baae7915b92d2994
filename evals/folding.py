"""How answers and gold are compared: forgiving about typography, strict about words and digits. Pure.

Kept apart from the project's own Unicode door on purpose: a measure that shared the code it measures would not see
its mistakes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HOOKED = str.maketrans({"Ƣ": "Ư", "ƣ": "ư"})
_MARKER = re.compile(r"\[\d+\]")
_DECORATION = re.compile(r"[*_`“”\"'‘’]")
_DASH = re.compile(r"[–—‑−]")  # noqa: RUF001 - the dashes that documents really hold
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER_GLUE = ".,"


def folded(text: str) -> str:
    """Lower-case NFC text without citation markers, emphasis and quotation marks; one kind of dash, single spaces.

    >>> folded("**Hội  đồng** “TĐKT” [1] 2014 – 2023")
    'hội đồng tđkt 2014 - 2023'
    """
    text = unicodedata.normalize("NFC", text).translate(_HOOKED).lower()
    text = _DECORATION.sub("", _MARKER.sub(" ", text))
    return _SPACE.sub(" ", _DASH.sub("-", text)).strip()


def plain(text: str) -> str:
    """Drop every accent, and the bar of đ; letters keep their case.

    >>> plain("Đại hội thi đua")
    'Dai hoi thi dua'
    """
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _COMBINING.sub("", decomposed))


def bare_words(text: str) -> list[str]:
    """Words and numbers without accents, in order.

    >>> bare_words("Bằng khen (1.156 tập thể)")
    ['bang', 'khen', '1', '156', 'tap', 'the']
    """
    return _WORD.findall(plain(folded(text)))


def says(text: str, wording: str) -> bool:
    """Whether folded ``text`` holds ``wording``, a number in it being a whole number of the text.

    >>> says("có 120 tập thể", "20 tập thể"), says("có 20 tập thể", "20 tập thể")
    (False, True)
    """
    wanted = folded(wording)
    at = text.find(wanted)
    while at >= 0:
        if _stands_alone(text, at, at + len(wanted), wanted):
            return True
        at = text.find(wanted, at + 1)
    return False


def _stands_alone(text: str, start: int, end: int, wanted: str) -> bool:
    """Whether no digit (or separator of one) cuts into a number at either edge of the match."""
    before, after, then = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
    if wanted[:1].isdigit() and (before.isdecimal() or (before != "" and before in _NUMBER_GLUE)):
        return False
    cut_on = after.isdecimal() or (after != "" and after in _NUMBER_GLUE and then.isdecimal())
    return not (wanted[-1:].isdigit() and cut_on)


def compared(text: str) -> str:
    """Text for exact quotation: NFC, white space as single blanks, nothing else changed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=1 << 12)
def document_key(name: str) -> str:
    """Return what names a document whatever its format: a leading number, else the name without its ending.

    >>> document_key("reports/000_37f5.txt"), document_key("000.pdf"), document_key("ke-hoach.docx")
    ('000', '000', 'ke-hoach')
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = base.rsplit(".", 1)[0] if "." in base else base
    return stem[:3] if re.match(r"\d{3}(?!\d)", stem) else stem.casefold()
