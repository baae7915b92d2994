"""What is no question on the documents: greetings, thanks, hard words, another language, another subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from assistant import lexicon
from assistant.question.telling_words import Word
from ingest.clean import fold, match_form
from vectorstore.lexical import accented_tokens

Social = Literal["", "empty", "greeting", "thanks", "about", "insult", "foreign", "out_of_subject"]


@cache
def _spoken(phrase: str) -> re.Pattern[str]:
    """Match a phrase as typed; one of telling words only ("giá vàng") also where accents were left out."""
    syllables = accented_tokens(match_form(phrase))
    known = lexicon.load()
    bare = [fold(syllable) for syllable in syllables]
    loose = len(bare) > 1 and not (known.function_words | known.asking_words) & set(bare)
    ways = [f"(?:{own}|{part})" if loose else own for own, part in zip(syllables, bare, strict=True)]
    return re.compile(f" {' '.join(ways)} ")


def social_kind(text: str, own: Sequence[Word], foreign: bool) -> Social:
    """Say what a text is if no question on the documents; "" for a question."""
    subjects = lexicon.load().subjects
    if not any(character.isalnum() for character in text):
        return "empty"
    lowered = f" {' '.join(accented_tokens(match_form(text)))} "

    def says(phrases: Sequence[str]) -> bool:
        return any(_spoken(phrase).search(lowered) for phrase in phrases)

    short = sum(word.weight >= 1 for word in own) <= 4
    if says(subjects["lời nặng"]) and short:
        return "insult"
    if says(subjects["giới thiệu"]):
        return "about"
    if short and says(subjects["cảm ơn"]) and "?" not in text:
        return "thanks"
    if short and says(subjects["chào"]) and "?" not in text and len(own) <= 6:
        return "greeting"
    if foreign:
        return "foreign"
    requests = [phrase for line in subjects["việc ngoài phạm vi"] for phrase in line.split("|")]
    topics = [phrase for line in subjects["đề tài ngoài phạm vi"] for phrase in line.split("|")]
    if says(requests) or says(topics):
        return "out_of_subject"
    return ""
