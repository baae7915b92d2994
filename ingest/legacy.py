"""Text typed in the fonts used before Unicode: TCVN3 (ABC, ``.Vn…`` fonts) and VNI (``VNI-…`` fonts).

Such text is stored as Western letters and signs; only its font drew it as Vietnamese. What is left without the font
("Thi ®ua", "Thi ñua") is recognised by its words: hardly one is a syllable as it stands, nearly all are once
converted. Proper Unicode text, foreign languages and formulas never pass that test.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.records import MappedText
from ingest.syllables import is_syllable

Encoding = Literal["TCVN3", "VNI"]

_FEWEST_WORDS = 8
"""Fewer telling words than this prove nothing."""
_SURE_AFTER = 0.9
_FOREIGN_BEFORE = 0.35
_OWN_FONT_IS_WRONG = 0.1

_SAMPLE = 100_000
_WINDOWS_SIGNS = {byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0xA0)}

_TONE_MARKS = {"grave": "\u0300", "hook": "\u0309", "tilde": "\u0303", "acute": "\u0301", "dot": "\u0323"}


def _tcvn3() -> dict[str, str]:
    """Pair the signs of TCVN 5712:1993 above 0xA0, read as Latin-1, with the letters they draw."""
    rows = {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
        0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò",
        0xE0: "Ổỏõóọồổỗốộờởỡớợù",
        0xF0: "Ỗủũúụừửữứựỳỷỹýỵ",
    }
    table = {chr(first + place): letter for first, letters in rows.items() for place, letter in enumerate(letters)}
    # U+00FF is Ố in the standard; text editors turned it into a blank so often that it is left alone.
    return table


def _vni() -> dict[str, str]:
    """Pair VNI's letter-and-sign pairs, read as Windows-1252, with the letters they draw."""
    plain = dict(zip("ùøûõï", ("acute", "grave", "hook", "tilde", "dot"), strict=True))
    circumflex = dict(zip("áàåãä", plain.values(), strict=True))
    breve = dict(zip("éèúüë", plain.values(), strict=True))
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for letter in "aeouy":
        table |= {letter + sign: letter + _TONE_MARKS[tone] for sign, tone in plain.items()}
    for letter, stored in (("ơ", "ô"), ("ư", "ö")):
        table |= {stored + sign: letter + _TONE_MARKS[tone] for sign, tone in plain.items()}
    for letter, drawn in (("a", "â"), ("e", "ê"), ("o", "ô")):
        table[letter + "â"] = drawn
        table |= {letter + sign: drawn + _TONE_MARKS[tone] for sign, tone in circumflex.items()}
    table["aê"] = "ă"
    table |= {"a" + sign: "ă" + _TONE_MARKS[tone] for sign, tone in breve.items()}
    composed = {stored: unicodedata.normalize("NFC", drawn) for stored, drawn in table.items()}
    capitals = {stored.upper(): drawn.upper() for stored, drawn in composed.items()}
    mixed = {stored[0].upper() + stored[1:]: drawn.upper() for stored, drawn in composed.items() if len(stored) > 1}
    return composed | mixed | capitals


_TABLES: dict[Encoding, dict[str, str]] = {"TCVN3": _tcvn3(), "VNI": _vni()}
_STORED = {
    encoding: re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    for encoding, table in _TABLES.items()
}
_SIGN = re.compile("[\u0080-\u009f\u00a1-\u00ff]")
# Letters of Vietnamese that no Western code page has: where one stands, the text is Unicode already.
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
# Signs that Western text uses as signs; a "word" of them alone tells nothing.
_MERE_SIGNS = re.compile(r"[\u00a1-\u00bf×÷]+")
_SMALL = re.compile("[a-z]")
_CAPITALS = re.compile(r"[^\W\d_a-z]*[A-Z][^\W\d_a-z]*[A-Z][^\W\d_a-z]*")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_FONT = re.compile(r"\s*(?:(?P<abc>\.vn)|(?P<vni>vni[-\s]))(?P<name>.*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What a font's name says of the text in it; ``capitals``: small letters are drawn as capitals (``.VnTimeH``)."""

    encoding: Encoding
    capitals: bool = False


def font_of(name: str | None) -> LegacyFont | None:
    """Return the encoding that a font's name stands for, ``None`` for Unicode fonts."""
    match = _FONT.fullmatch(name or "")
    if match is None:
        return None
    if match["vni"]:
        return LegacyFont("VNI")
    return LegacyFont("TCVN3", match["name"].rstrip().endswith("H"))


def has_unicode_letters(text: str) -> bool:
    """Say whether a letter stands in ``text`` that legacy fonts cannot hold."""
    return _UNICODE.search(text) is not None


def believed(texts: Iterable[str]) -> bool:
    """Say whether runs in legacy fonts hold legacy text; in papers retyped in Unicode the font's name is a leftover."""
    signs = unicode_letters = 0
    for text in texts:
        signs += len(_SIGN.findall(text))
        unicode_letters += len(_UNICODE.findall(text))
    return unicode_letters <= _OWN_FONT_IS_WRONG * signs


def convert(text: str, encoding: Encoding) -> MappedText:
    r"""Convert text known to be legacy; a letter stored as two signs maps to the first of them.

    >>> convert("Thi ®ua yªu n\u00adíc", "TCVN3").text
    'Thi đua yêu nước'
    >>> convert("Thi ñua yeâu nöôùc", "VNI").text
    'Thi đua yêu nước'
    """
    text = _PRIVATE.sub(lambda sign: chr(ord(sign.group()) - 0xF000), text)
    table = _TABLES[encoding]
    pieces: list[str] = []
    offsets = array("i")
    done = 0
    for match in _STORED[encoding].finditer(text):
        pieces += (text[done : match.start()], table[match.group()])
        offsets.extend(range(done, match.start() + 1))
        done = match.end()
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return MappedText("".join(pieces), offsets)


def convert_run(text: str, font: LegacyFont) -> str:
    """Convert the text of a run set in a legacy font."""
    converted = convert(text, font.encoding).text
    return converted.upper() if font.capitals else converted


def detect(text: str) -> Encoding | None:
    """Say which legacy encoding ``text`` is in; ``None`` unless that is sure."""
    words = [match.group() for match in _WORD.finditer(text)]
    words = [word for word in words if not _MERE_SIGNS.fullmatch(word)]
    if len(words) < _FEWEST_WORDS or _right(words, None) > _FOREIGN_BEFORE:
        return None
    shares: dict[Encoding, float] = {encoding: _right(words, encoding) for encoding in _TABLES}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _SURE_AFTER else None


def restore(text: str) -> tuple[MappedText, Encoding | None]:
    """Convert the legacy parts of ``text``, line by line; with no legacy text in it ``text`` stays as it is.

    Lines with letters only Unicode has are left alone, so a paper pasted together from both kinds comes out whole.
    Capitals with tones share their codes with small letters; in words and lines of capitals they are made capitals.
    """
    mapped = MappedText.of(text)
    if not _SIGN.search(text):
        return mapped, None
    lines = text.splitlines(keepends=True)
    suspects = [line for line in lines if _SIGN.search(line) and not _UNICODE.search(line)]
    encoding = detect("".join(suspects))
    if encoding is None:
        return mapped, None
    parts: list[MappedText] = []
    start = 0
    for line in lines:
        if _SIGN.search(line) and not _UNICODE.search(line) and not _reads_as_it_stands(line, encoding):
            converted = convert(line, encoding)
            drawn = converted.text if encoding == "VNI" else _with_capitals(converted.text, line)
            parts.append(MappedText(drawn, array("i", (start + offset for offset in converted.offsets))))
        else:
            parts.append(MappedText.of(line, start))
        start += len(line)
    return MappedText.join(parts), encoding


def from_bytes(data: bytes) -> str | None:
    """Decode the bytes of a legacy text file; ``None`` when they are nothing of the kind."""
    text = data.decode("latin-1").translate(_WINDOWS_SIGNS)
    if detect(text[:_SAMPLE]) is None:
        return None
    return restore(text)[0].text


def _right(words: list[str], encoding: Encoding | None) -> float:
    return sum(_is_word(word, encoding) for word in words) / len(words)


@lru_cache(maxsize=16384)
def _is_word(word: str, encoding: Encoding | None) -> bool:
    return is_syllable(word if encoding is None else convert(word, encoding).text)


def _reads_as_it_stands(line: str, encoding: Encoding) -> bool:
    """Say whether a line inside a legacy paper is Unicode: its words are syllables and would not be, converted."""
    words = [word for word in _WORD.findall(line) if not _MERE_SIGNS.fullmatch(word)]
    return bool(words) and _right(words, None) > _right(words, encoding)


def _with_capitals(converted: str, stored: str) -> str:
    """Make toned letters capitals where the letters around them are (their count stays)."""
    if not _SMALL.search(stored) and _CAPITALS.search(stored):
        return converted.upper()
    return _CAPITALS.sub(lambda match: match.group().upper(), converted)
