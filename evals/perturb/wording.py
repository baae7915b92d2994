"""Wording that means the same: abbreviations, capitals, politeness."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from random import Random

_LIST = Path(__file__).with_name("abbreviations.txt")


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=") for line in lines if "=" in line and not line.startswith("#")]
    short = {full.strip(): abbreviation.strip() for full, abbreviation in pairs}
    longest_first = sorted(short, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE), short


def abbreviated(text: str, random: Random) -> str:
    """Write every known term as officers abbreviate it."""
    pattern, short = _abbreviations()
    return pattern.sub(lambda match: short[match[0].lower()], unicodedata.normalize("NFC", text))


def upper(text: str, random: Random) -> str:
    """Write everything in capitals."""
    return unicodedata.normalize("NFC", text).upper()


_OPENINGS = (
    "Dạ cho em hỏi ",
    "Cho em hỏi là ",
    "Anh/chị ơi cho em hỏi ",
    "Xin phép cho hỏi ",
    "Kính nhờ anh chị cho biết ",
)
_CLOSINGS = (" ạ?", " với ạ?", " ạ, em cảm ơn.", " giúp em với ạ?")


def polite(text: str, random: Random) -> str:
    """Wrap the question in the politeness of a chat with an officer."""
    core = unicodedata.normalize("NFC", text).strip()
    first, second = ([*core.split(" ", 2), "", ""])[:2]
    # An acronym or a name of two words keeps its capitals, an ordinary first word loses its own.
    if (first[1:].islower() or len(first) == 1) and not second[:1].isupper():
        core = core[:1].lower() + core[1:]
    return random.choice(_OPENINGS) + core.rstrip(" ?.!") + random.choice(_CLOSINGS)
