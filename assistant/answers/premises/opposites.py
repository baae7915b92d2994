"""Words of the question that the sentence about it contradicts: another rank, the opposite direction or outcome.

Only careful conflicts are recognised, each with the sentence that otherwise matches the question: another rank after
the same word, up where it went down between the same figures, a goal missed that was reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.calculations.surroundings import clause_end, clause_start
from assistant.drafts import Draft, Span, Statement
from assistant.reading.selection import Choice, clauses_of
from assistant.reading.wording import shorten, shown
from assistant.retrieval.query import Query
from ingest.clean import fold
from prompts import say

SURE = 0.55
"""Share of the question a sentence must hold before it may contradict it."""
READ = 12
"""Choices whose sentences may."""
_RANK = r"(?:nhat|nhi|ba|tu|nam|[ivxlc]+|\d+)\b"
# "hạng Nhất, Nhì, Ba" names three ranks; the word before tells whose they are.
_RANKED = re.compile(
    rf"(?:\b([a-z]+)\s+)?\b(hang|lan thu|muc do|cap do|giai)\s+"
    rf"({_RANK}(?:\s*(?:,|-|va|hoac|den)\s*(?:hang\s+)?{_RANK})*)"
)
_UP = re.compile(r"\b(?:tang|nang len|cao hon|vuot|di len)\b")
_DOWN = re.compile(r"\b(?:giam|tut|ha|sut|thap hon|di xuong)\b")
_FIGURE = re.compile(r"(?<![\d.,/])(?:\d+(?:[.,]\d+)+|\d+(?=\s?%))(?![\d/]|[.,]\d)")
_GOAL = r"(?:muc tieu|chi tieu|ke hoach|yeu cau)"
_MISSED = re.compile(
    rf"\b(?:khong|chua) (?:dat|hoan thanh|du)\b[^,;]{{0,40}}?\b{_GOAL}|\b(?:hut|thieu|lo)\b[^,;]{{0,25}}?\b{_GOAL}|"
    rf"\b{_GOAL}\b[^,;]{{0,60}}?\b(?:khong|chua) (?:dat|hoan thanh|du)\b"
)
_REACHED = re.compile(
    rf"(?<!khong )(?<!chua )\b(?:vuot|dat va vuot|hoan thanh)\b(?: (?:muc|so|[\d.,]+%?))*[^,;]{{0,25}}?\b{_GOAL}|"
    rf"(?<!khong )(?<!chua )(?<!la )\bdat {_GOAL}"
)

_MEASURED = re.compile(rf"\b{_GOAL}\b[^;.)]{{0,40}}?\d")


def answer(query: Query, claim: str, choices: Sequence[Choice]) -> Draft | None:
    """Set the claim right with the stating sentence, ``None`` when there is no clear conflict."""
    sentences = [fold(choice.unit.sentence_text) for choice in choices[:READ]]
    found: list[tuple[bool, Choice, str]] = []
    for choice, sentence in zip(choices, sentences, strict=False):
        asked = conflict(claim, sentence)
        if asked and any(_states(asked, other) for other in sentences):
            continue  # What another sentence says as the question has it is not wrong.
        if asked and _sure(query, choice, asked):
            found.append((bool(_MEASURED.search(sentence)), choice, asked))
    if not found:
        return None
    # A sentence that says what the goal was explains more.
    measured = [one for one in found if one[0]]
    _, choice, asked = (measured or found)[0]
    understood = query.understood
    start = understood.folded.find(asked)
    typed = understood.text[start : start + len(asked)] if start >= 0 else asked
    statement = shorten(_telling(choices, choice, claim), 420)
    # "Không đúng “không đạt …”" says no twice.
    denied = re.match(r"(?:khong|chua)\b", asked) is not None
    name, told = ("premise_denied", {}) if denied else ("premise", {"asked": typed})
    text = say("answers", name, statement=statement, **told)
    return Draft("premise", (Statement(text, (Span(choice.unit.chunk, *choice.unit.sentence),)),))


def _telling(choices: Sequence[Choice], choice: Choice, claim: str) -> str:
    """Return the clause of a long sentence in which the conflict stands and which holds most of the question."""
    clauses = [one for one in clauses_of(choices, choice) if conflict(claim, fold(one.unit.text))]
    best = max(clauses, key=lambda one: (one.own + one.pairs, -one.unit.start), default=choice)
    return shown(best.unit)


def _sure(query: Query, choice: Choice, asked: str) -> bool:
    """Say whether the rest of the question, without the words in conflict, is what the sentence is about."""
    rest = query.total - sum(concept.weight for concept in query.concepts if concept.text in asked.split())
    return rest > 0 and choice.covered * query.total / rest >= SURE


def _states(asked: str, sentence: str) -> bool:
    """Say whether a sentence has the very rank asked about, or a goal missed (reached) as the question has it."""
    if _RANKED.fullmatch(asked):
        return asked in sentence
    return any(outcome.search(asked) and outcome.search(sentence) for outcome in (_MISSED, _REACHED))


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
    return _other_rank(question, sentence) or _other_way(question, sentence) or _other_outcome(question, sentence)


def _other_rank(question: str, sentence: str) -> str:
    for owner, word, rank in _RANKED.findall(question):
        others = _told_ranks(sentence, word)
        own = [told for whose, told in others if whose == owner] or [told for _, told in others]
        if own and not any(_ranks(rank) & told for told in own) and len(set.union(*own)) == 1:
            return f"{word} {rank}"
    return ""


def _other_way(question: str, sentence: str) -> str:
    """Up for down between the same figures, as the clause with them has it."""
    down, up = _DOWN.search(question), _UP.search(question)
    said = down or up
    if said is None or (down and up):
        return ""
    asked = set(_FIGURE.findall(question))
    shared = [match for match in _FIGURE.finditer(sentence) if match.group() in asked]
    if not shared:
        return ""
    start = clause_start(sentence, shared[0].start())
    clause = sentence[start : max(clause_end(sentence, match.end()) for match in shared)]
    other, same = (_UP, _DOWN) if down else (_DOWN, _UP)
    # "Năm 2014 đạt 50%, đến năm 2023 đạt 70%": the order of the two figures tells where the clause has no word for it.
    turned = len(shared) > 1 and question.rfind(shared[0].group()) > question.find(shared[-1].group())
    told = other.search(clause) or (turned and other.search(sentence))
    return said.group() if told and not same.search(clause) else ""


def _other_outcome(question: str, sentence: str) -> str:
    """Return what the question says of a goal that the sentence has the other way: missed for reached."""
    for asked, other in ((_MISSED, _REACHED), (_REACHED, _MISSED)):
        claim = asked.search(question)
        if claim and not other.search(question) and other.search(sentence) and not asked.search(sentence):
            return claim.group()
    return ""
