"""Questions written for the project, each with the number of the article of the legal code that answers it.

``questions.tsv`` holds a number and a question per line, no text of the law: the articles come from the training text.
One article in ten is never learnt from, so that recall on its questions stays a fair figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.training.corpus import Article

QUESTIONS = Path(__file__).with_name("questions.tsv")
PARTS = 100
HELD_OUT = 10
"""How many of the :data:`PARTS` that articles fall into by their number are held out."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the number of its article in the legal code (``36.3.LQ.1``)."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Questions with the place of their article: to learn from, and held out; ``missing`` have none in the text."""

    learnt: tuple[tuple[Question, int], ...]
    held_out: tuple[tuple[Question, int], ...]
    missing: tuple[Question, ...]


def load_questions(path: Path = QUESTIONS) -> list[Question]:
    """Read the questions in their order. Raises :class:`ValueError` naming a line that is not number, tab, question."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        code, tab, text = line.partition("\t")
        if not (code.strip() and tab and text.strip()):
            raise ValueError(f"{path.name}, line {number}: expected a number, a tab and a question")
        questions.append(Question(code.strip(), text.strip()))
    return questions


def resolve(questions: Sequence[Question], articles: Sequence[Article], share: float = 1.0) -> Resolved:
    """Find each question's article; ``share`` of the articles that may be learnt from are.

    A number that no article of the text has, or more than one, is missing: its law may be left out as a benchmark's.
    """
    places = _places(articles)
    learnt, held_out, missing = [], [], []
    for question in questions:
        place = places.get(question.code)
        part = part_of(question.code)
        if place is None:
            missing.append(question)
        elif part < HELD_OUT:
            held_out.append((question, place))
        elif part < HELD_OUT + share * (PARTS - HELD_OUT):
            learnt.append((question, place))
    return Resolved(tuple(learnt), tuple(held_out), tuple(missing))


def part_of(code: str) -> int:
    """Return which of :data:`PARTS` parts an article falls into: by its number alone, so the same in every run."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big") % PARTS


def _places(articles: Sequence[Article]) -> Mapping[str, int]:
    places: dict[str, int] = {}
    twice = set()
    for place, article in enumerate(articles):
        if article.code in places:
            twice.add(article.code)
        places[article.code] = place
    return {code: place for code, place in places.items() if code and code not in twice}
