"""A question may presuppose something the documents contradict: "vì sao có 25 thành viên" where there are 20.

Only three careful conflicts are recognised, each between the question and the sentence that otherwise matches it:
another number before the same noun, another rank after the same word, the opposite direction between the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Draft, Span, Statement
from assistant.question.understand import Understood
from assistant.reading.selection import Choice, clauses_of
from assistant.reading.wording import shorten, shown
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

SURE = 0.55
"""Share of the question a sentence must hold before it may contradict it."""
_NUMBER_NOUN = re.compile(r"(?<![\w./,-])(\d+(?:[.,]\d+)*)\s+([a-z]+(?:\s+[a-z]+)?)")
_RANK = r"(?:nhat|nhi|ba|tu|nam|[ivxlc]+|\d+)\b"
# "hạng Nhất, Nhì, Ba" names three ranks; the word before tells whose they are.
_RANKED = re.compile(
    rf"(?:\b([a-z]+)\s+)?\b(hang|lan thu|muc do|cap do|giai)\s+"
    rf"({_RANK}(?:\s*(?:,|-|va|hoac|den)\s*(?:hang\s+)?{_RANK})*)"
)
# A question of another kind claims something only where it asks to be told that it is so, or before its last comma.
_CONFIRMS = re.compile(r"\b(?:a|ha|nhi|the|vay|chu)\W*$")
# "Trong 12 người được khen, …" limits what is asked; it claims nothing.
_LIMITS = re.compile(r"\W*(?:trong|tu|voi|theo|neu|khi|muon|de|o|tai|den|sau|truoc)\b")
_ASKS = re.compile(r"\b(?:bao nhieu|may|nao|gi|ai|dau|bn)\b")
_UP = re.compile(r"\b(?:tang|nang len|cao hon|vuot|di len)\b")
_DOWN = re.compile(r"\b(?:giam|tut|ha|sut|thap hon|di xuong)\b")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")


def answer(query: Query, choices: Sequence[Choice]) -> Draft | None:
    """Correct the premise with the stating sentence, ``None`` when there is no clear conflict."""
    understood = query.understood
    claim = claimed(understood)
    if not claim:
        return None
    sentences = [fold(choice.unit.sentence_text) for choice in choices[:12]]
    for choice, sentence in zip(choices, sentences, strict=False):
        asked = conflict(claim, sentence)
        if asked and asked[0].isdigit() and any(_states(asked, other) for other in sentences):
            continue  # What another sentence says as the question has it is not wrong.
        if asked and _sure(query, choice, asked):
            start = understood.folded.find(asked)
            typed = understood.text[start : start + len(asked)] if start >= 0 else asked
            statement = shorten(_telling(choices, choice, asked), 420)
            text = say("answers", "premise", asked=typed, statement=statement)
            return Draft("premise", (Statement(text, (Span(choice.unit.chunk, *choice.unit.sentence),)),))
    return None


def claimed(understood: Understood) -> str:
    """Return the accent-free part of a question that says something is so, empty where it only asks."""
    if understood.inherited:
        return ""
    confirms = _CONFIRMS.search(fold(understood.question)) and not _ASKS.search(understood.folded)
    if confirms or understood.asks("why", "yes_no"):
        return understood.folded
    head, comma, _ = understood.folded.rpartition(",")
    asks = _ASKS.search(head) or _LIMITS.match(head) or understood.asks("compare", "permit")
    return head if comma and not asks else ""


def _telling(choices: Sequence[Choice], choice: Choice, asked: str) -> str:
    """Return the clause of a long sentence in which the conflict stands and which holds most of the question."""
    clauses = [one for one in clauses_of(choices, choice) if conflict(asked, fold(one.unit.text))]
    best = max(clauses, key=lambda one: (one.own + one.pairs, -one.unit.start), default=choice)
    return shown(best.unit)


def _sure(query: Query, choice: Choice, asked: str) -> bool:
    """Say whether the rest of the question, without the words in conflict, is what the sentence is about."""
    rest = query.total - sum(concept.weight for concept in query.concepts if concept.text in asked.split())
    return rest > 0 and choice.covered * query.total / rest >= SURE


def _states(asked: str, sentence: str) -> bool:
    return re.search(rf"(?<![\d.,/]){re.escape(asked)}", sentence) is not None


def _told_ranks(sentence: str, word: str) -> list[tuple[str, set[str]]]:
    """Return whose ranks a sentence tells; after a comma they are still the last owner's."""
    told, owner = [], ""
    for whose, same, found in _RANKED.findall(sentence):
        owner = whose or owner
        if same == word:
            told.append((owner, _ranks(found)))
    return told


def _ranks(told: str) -> set[str]:
    return set(re.findall(_RANK, re.sub(r"\b(?:va|hoac|den|hang)\b", " ", told)))


def conflict(question: str, sentence: str) -> str:
    """Return the accent-free words of the question that the accent-free sentence contradicts, or nothing."""
    for number, noun in _NUMBER_NOUN.findall(question):
        if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,]*\d)", sentence):
            continue
        others = [other for other, same in _NUMBER_NOUN.findall(sentence) if same == noun]
        if len(noun.split()) == 2 and others:
            return f"{number} {noun}"
    for owner, word, rank in _RANKED.findall(question):
        others = _told_ranks(sentence, word)
        own = [told for whose, told in others if whose == owner] or [told for _, told in others]
        if own and not any(_ranks(rank) & told for told in own) and len(set.union(*own)) == 1:
            return f"{word} {rank}"
    shared = set(_PERCENT.findall(question)) & set(_PERCENT.findall(sentence))
    down, up = _DOWN.search(question), _UP.search(question)
    if shared and down and not up and _UP.search(sentence) and not _DOWN.search(sentence):
        return down.group()
    if shared and up and not down and _DOWN.search(sentence) and not _UP.search(sentence):
        return up.group()
    return ""
