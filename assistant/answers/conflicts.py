"""Documents that state the same thing with different values: both told, each with paper and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers.calculations.measures import measures
from assistant.drafts import Draft, Statement
from assistant.question.answer_types import DATE, DOCUMENT_NUMBER, MONEY, NUMBER, PERCENT, YEAR
from assistant.question.question_types import Kind
from assistant.question.understand import Understood
from assistant.reading.selection import Choice, telling_clauses
from assistant.reading.spans import span_of
from assistant.reading.wording import dated_title, shorten, shown
from assistant.retrieval.library import Library
from assistant.retrieval.naming import naming
from assistant.retrieval.profiles import Profile
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from assistant.retrieval.units import Unit
from ingest.clean import fold
from prompts import say
from vectorstore.lexical import tokens

ALIKE = 0.6
"""Share of the rarer words of the shorter unit, its figures left out, that the other must have too;"""
HELD = 0.35
"""it must hold this share of what the best unit holds of the question,"""
LEAST = 0.2
"""and the best one this share of it."""
CITED = 0.6
"""Documents cited by number fill reports, so a number needs units that hold this share of the question."""
READ = 24
ROOM = 330
_ASKED: tuple[Kind, ...] = ("how_many", "ratio", "money", "when", "document")
_SPENT = re.compile(r"\b(?:kinh phi|tien|chi|von|quy|muc thuong)\b")
_SHARE = re.compile(r"\b(?:ty le|ti le|ty trong|phan tram)\b|%")
# "Xã A, ngày 05 tháng 3 năm 2025": the paper's own date line.
_DATE_LINE = re.compile(r"^\W*(?:[^,.;:]{2,40},\s*)?ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*$", re.I)
_PAPER_KIND = re.compile(r"([a-z]+ [a-z]+)(?: so)?\W*$")
_NUMBER_LAST = re.compile(r"(?:là|đạt|gồm|:)\s*(?:khoảng |trên |gần )?(\d+(?:\.\d{3})*)\s*(?:[.,;]|$)")


def answer(query: Query, choices: Sequence[Choice], library: Library) -> Draft | None:
    """Tell both sides where two papers differ on the value asked for, ``None`` when they do not.

    Where it is asked whether they agree, both are told when they do as well.
    """
    checks = query.understood.asks("consistency")
    if len(library.profiles) < 2 or not (checks or query.understood.asks(*_ASKED)):
        return None
    # Where one paper is named, what another says is not asked.
    if not checks and (meant(query) or any(len(mention.documents) == 1 for mention in naming(query, library))):
        return None
    usable = [choice for choice in choices[:READ] if _usable(query, choice) and _in_question(query, choice, library)]
    sure = CITED if query.understood.kind == "document" else LEAST
    if not usable or max(usable[0].covered, usable[0].own) < sure:
        return None
    read = [_Read(query, choices, choice) for choice in usable]
    # What would be told otherwise is what another paper may contradict.
    best = next((one for one in (read if checks else read[:1]) if one.values), None)
    if best is None:
        return None
    least = max(HELD * best.choice.covered, CITED if sure == CITED else 0.0)
    for other in read:
        if other.document == best.document or other.choice.covered < least or len(other.values) != len(best.values):
            continue
        if likeness(best.telling.unit, other.telling.unit, library) < ALIKE:
            continue
        agree = bool(other.values & best.values)
        if agree and not checks:
            return None  # Papers that agree need no comparison.
        if _same_matter(best.telling, other.telling, library):
            head = "differ" if not checks else "agree" if agree else "disagree"
            return _sides((best.telling, other.telling), library, head)
    return None


@dataclass(frozen=True)
class _Read:
    """A choice, the clause of it that tells, and the values that clause states, read when they matter."""

    query: Query
    choices: Sequence[Choice]
    choice: Choice

    @cached_property
    def telling(self) -> Choice:
        return telling_clauses(self.query, self.choices, self.choice, limit=1)[0]

    @cached_property
    def values(self) -> frozenset[str]:
        return values(self.query.understood, self.telling.unit.text)

    @property
    def document(self) -> str:
        return self.choice.unit.chunk.document_id


def likeness(one: Unit, other: Unit, library: Library) -> float:
    """Share from 0 to 1 of the words of the shorter unit that both have, rare words counting more, figures nothing."""
    words = [{word for word in unit.set if word.isalpha()} for unit in (one, other)]
    weights = {word: 1 + library.rarity(word) for word in words[0] | words[1]}
    least = min(sum(weights[word] for word in own) for own in words)
    return sum(weights[word] for word in words[0] & words[1]) / least if least else 0.0


def _usable(query: Query, choice: Choice) -> bool:
    unit = choice.unit
    # A list of papers is a table: its rows say number and day of each, in few words, most of them the question's.
    listed = unit.kind == "row" and query.understood.asks("document", "when") and choice.covered >= CITED
    if (unit.kind == "row" and not listed) or unit.chunk.kind in ("front", "back"):
        return False
    return not unit.text.rstrip(" *").endswith(":") and not _DATE_LINE.match(unit.text)


def values(understood: Understood, text: str) -> frozenset[str]:
    """Return the values of the kind asked for that a text states, in comparable form; empty when it states none."""
    kind = next((kind for kind in understood.kinds if kind in _ASKED), "other")
    if kind == "other" and understood.asks("consistency"):
        kind = (
            "ratio" if _SHARE.search(understood.folded) else "money" if _SPENT.search(understood.folded) else "counts"
        )
    if kind == "when":
        return _days(understood, text)
    if kind == "document":
        return _papers(understood, text)
    if kind == "ratio":
        return frozenset(re.sub(r"\s", "", match) for match in PERCENT.findall(text))
    if kind == "money":
        return frozenset(" ".join(match.lower().split()) for match in MONEY.findall(text))
    if kind == "how_many":
        return _counts(understood, text)
    if kind == "counts":
        # "Số hội thi có khớp không": figures of what the question names.
        asked = frozenset(tokens(understood.text))
        beside = {one.printed.lstrip("0") for one in measures(text) if one.kind.split(" ")[0] in asked}
        return frozenset(beside or _NUMBER_LAST.findall(text))
    return frozenset()


def _days(understood: Understood, text: str) -> frozenset[str]:
    """Dates as "5/11/2024"; where the question names a figure, those of the clauses that have it."""
    figures = [number for number in understood.numbers if not YEAR.fullmatch(number)]
    clauses = [one for one in text.split(";") if all(number in one for number in figures)]
    found = (day for clause in clauses for day in DATE.findall(clause))
    return frozenset("/".join(part.lstrip("0") for part in re.findall(r"\d+", day)) for day in found)


def _papers(understood: Understood, text: str) -> frozenset[str]:
    """Numbers of documents, only those of the kind asked for where the text names kinds: "quyết định số nào"."""
    found = [(fold(text[: match.start()]), match.group()) for match in DOCUMENT_NUMBER.finditer(text)]
    kinds = [(_PAPER_KIND.search(before), number) for before, number in found]
    asked = [number for kind, number in kinds if kind and kind.group(1) in understood.folded]
    return frozenset(re.sub(r"\s", "", number) for number in asked or [number for _, number in found])


def _counts(understood: Understood, text: str) -> frozenset[str]:
    """Numbers beside the counted noun; else money, or the one number that closes "… là 52"."""
    if not understood.counted:
        money = frozenset(" ".join(match.lower().split()) for match in MONEY.findall(text))
        return money or frozenset(_NUMBER_LAST.findall(text))
    folded = fold(text)
    noun = understood.counted[0]
    beside = {
        match.group().lstrip("0")
        for match in NUMBER.finditer(text)
        if not YEAR.fullmatch(match.group())
        and re.match(rf"\s*(?:\w+\s+)?{re.escape(noun)}\b", folded[match.end() : match.end() + 30])
    }
    if beside:
        return frozenset(beside)
    last = _NUMBER_LAST.findall(text)
    return frozenset(last) if noun in folded.split() and len(last) == 1 else frozenset()


def _same_matter(first: Choice, second: Choice, library: Library) -> bool:
    """Say whether two papers speak of the same place and time."""
    one = library.profile(first.unit.chunk.document_id)
    two = library.profile(second.unit.chunk.document_id)
    if one.province and two.province and one.province != two.province:
        return False
    return not (one.meta.period and two.meta.period and one.meta.period != two.meta.period)


def _in_question(query: Query, choice: Choice, library: Library) -> bool:
    """Say whether a paper is of a year asked for and the letters that name a body in the question are its own."""
    profile = library.profile(choice.unit.chunk.document_id)
    years = frozenset(query.understood.years)
    if years and not years & _years(choice, profile):
        return False
    marks = [
        concept.text
        for concept in query.concepts
        if len(concept.text) == 1 and concept.text.isalpha() and concept.weight >= concept.rarity
    ]
    words = _words(profile, choice)
    return all(mark in words for mark in marks)


def _years(choice: Choice, profile: Profile) -> frozenset[int]:
    """Years the passage names; of a paper that is for no year those it bears, and the one before it was issued."""
    chunk = choice.unit.chunk
    named = frozenset(int(year) for year in YEAR.findall(f"{chunk.context} {chunk.section} {chunk.text}"))
    if named and not profile.years & named:
        return named
    before = int(profile.meta.issued[:4]) - 1 if profile.meta.issued and profile.meta.period is None else 0
    return named | profile.years | {before}


def _words(profile: Profile, choice: Choice) -> frozenset[str]:
    return profile.title | choice.unit.set | choice.unit.around


def _sides(chosen: Sequence[Choice], library: Library, head: str) -> Draft:
    """Say both, older paper first, and which is newer where both bear a date."""
    profiles = {choice.unit.chunk.document_id: library.profile(choice.unit.chunk.document_id) for choice in chosen}
    ordered = sorted(chosen, key=lambda choice: profiles[choice.unit.chunk.document_id].meta.issued or "")
    dates = [profiles[choice.unit.chunk.document_id].meta.issued for choice in ordered]
    newer = len(ordered) - 1 if all(dates) and dates[0] != dates[-1] else -1
    statements = [Statement(say("answers", head), ())]
    for number, choice in enumerate(ordered):
        profile = profiles[choice.unit.chunk.document_id]
        title = dated_title(profile.meta, profile.file)
        told = shorten(shown(choice.unit), ROOM)
        name = "side_newer" if number == newer else "side"
        statements.append(Statement(say("answers", name, title=title, statement=told), (span_of(choice.unit),)))
    return Draft("sides", tuple(statements))
