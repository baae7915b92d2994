"""Makes (question or question-like text, passage) pairs.

Three kinds: an article's title with the beginning of its text, a piece of a sentence with the sentences around it, and
a question written for the project with the article that answers it. Questions are often typed without accents, so each
first side is also kept stripped.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.training.corpus import Article
from vectorstore.training.questions import Question

_SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+|\n+")

# A title that many articles share ("Phạm vi điều chỉnh") says nothing about its text.
MAX_SAME_TITLE = 4
MAX_WORDS = 2_500
# An answer is rarely far down an article, and the passages that are searched are not longer.
PASSAGE_WORDS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts whose vectors should be near each other, and the place of the article both belong to.

    ``asks``: the query stands for a question (a title, a written question), not for a sentence among others.
    """

    query: str
    passage: str
    article: int
    asks: bool = True


def make_pairs(articles: Sequence[Article], seed: int) -> list[Pair]:
    """Return title pairs and sentence pairs of all ``articles``, in their order."""
    generator = random.Random(seed)
    titles = Counter(_key(article.title) for article in articles)
    pairs: list[Pair] = []
    for place, article in enumerate(articles):
        words = article.text.split()[:MAX_WORDS]
        if len(words) < 12:
            continue
        if titles[_key(article.title)] <= MAX_SAME_TITLE and len(article.title.split()) >= 2:
            start = generator.randrange(max(1, min(len(words) - 60, 120))) if generator.random() < 0.3 else 0
            passage = " ".join(words[start : start + generator.randint(60, PASSAGE_WORDS)])
            pairs.append(Pair(article.title, passage, place))
        pairs.extend(_sentence_pairs(article, place, generator))
    return pairs


def question_pairs(
    questions: tuple[tuple[Question, int], ...], articles: Sequence[Article], copies: int, seed: int
) -> list[Pair]:
    """Return every question ``copies`` times with its article (its place), each time with the title or without."""
    generator = random.Random(seed)
    pairs = []
    for question, place in questions * copies:
        passage = opening(articles[place], with_title=generator.random() < 0.5)
        pairs.append(Pair(question.text, passage, place))
    return pairs


def opening(article: Article, *, with_title: bool) -> str:
    """Return the first :data:`PASSAGE_WORDS` words of an article, under its title if it has one and that is wanted."""
    head = f"{article.title}. " if with_title and article.title else ""
    return head + " ".join(article.text.split()[:PASSAGE_WORDS])


def _sentence_pairs(article: Article, number: int, generator: random.Random) -> list[Pair]:
    """One pair of a short article, two of a long one: part of a sentence, and its surroundings (mostly) without it."""
    text = article.text[:12_000]
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if 5 <= len(part.split()) <= 60]
    if len(sentences) < 3:
        return []
    pairs = []
    for _ in range(2 if len(sentences) >= 8 else 1):
        chosen = generator.randrange(len(sentences))
        place, length = max(0, chosen - generator.randint(1, 3)), generator.randint(60, 180)
        around: list[str] = []
        while place < len(sentences) and sum(len(part.split()) for part in around) < length:
            # Left in one time in four: a real answer does share words with its question.
            if place != chosen or generator.random() < 0.25:
                around.append(sentences[place])
            place += 1
        if around:
            head = f"{article.title}. " if generator.random() < 0.3 else ""
            pairs.append(Pair(_piece(sentences[chosen], generator), head + " ".join(around), number, asks=False))
    return pairs


def _piece(sentence: str, generator: random.Random) -> str:
    """Cut a sentence down to the length of a question."""
    words = sentence.split()
    if len(words) <= 18:
        return sentence
    start = generator.randrange(len(words) - 8)
    return " ".join(words[start : start + generator.randint(8, 18)])


def _key(title: str) -> str:
    return title.lower().strip(". ")
