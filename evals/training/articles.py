"""Groups to learn ranking from that need no marked question: articles of the legal code, found again by other words.

An article's title asks for its text, which is indexed without it; the project's questions on the code ask for the
article they were written for. Laws of the retrieval benchmarks are left out, and so is what is held out to measure on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from assistant.pipeline import Assistant
from assistant.retrieval.ranking import NAMES
from assistant.retrieval.retrieve import CLOSE
from evals.bench.retrieval.systems import article
from evals.bench.retrieval.tasks import LONGEST, Task, documents
from evals.stores import ingest
from evals.training.fit import Group
from vectorstore.training.corpus import Article, load_corpus
from vectorstore.training.questions import load_questions, resolve

PAPERS = 160
"""Papers whose titles ask."""
LEAST = 5
"""Articles of such a paper at least."""
TITLES, QUESTIONS = 600, 700
WORDS = 6
"""Words of a title at least: "Phạm vi điều chỉnh" asks for nothing."""


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles by ``paper#number`` as they are indexed, and (``paper#number``, question) pairs."""

    name: str
    texts: Mapping[str, str]
    asked: tuple[tuple[str, str], ...]


def load(folder: Path) -> tuple[Articles, Articles]:
    """Return titles that ask for their article, and questions written for one; ``folder`` holds the training text."""
    corpus = load_corpus(folder).articles
    papers: dict[str, dict[str, Article]] = {}
    for one in corpus:
        if one.code:
            paper, _, number = one.code.rpartition(".")
            papers.setdefault(paper, {})[number] = one
    resolved = resolve(load_questions(), corpus)
    held_out = {one.code.rpartition(".")[0] for one, _ in resolved.held_out}
    return _titles(papers, held_out), _questions(papers, [(one.code, one.text) for one, _ in resolved.learnt])


def _titles(papers: Mapping[str, Mapping[str, Article]], held_out: set[str]) -> Articles:
    random = Random(2)
    fit = [name for name in sorted(papers) if LEAST <= len(papers[name]) <= LONGEST and name not in held_out]
    used = sorted(random.sample(fit, PAPERS))
    texts = {f"{name}#{number}": one.text for name in used for number, one in papers[name].items()}
    titles = {f"{name}#{number}": one.title for name in used for number, one in papers[name].items()}
    telling = {key: title for key, title in titles.items() if len(title.split()) >= WORDS}
    times = Counter(telling.values())
    asked = [(key, title) for key, title in telling.items() if times[title] == 1]
    random.shuffle(asked)
    return Articles("titles", texts, tuple(asked[:TITLES]))


def _questions(papers: Mapping[str, Mapping[str, Article]], learnt: Sequence[tuple[str, str]]) -> Articles:
    split = [(*code.rpartition(".")[::2], text) for code, text in learnt]
    kept = [(name, number, text) for name, number, text in split if len(papers[name]) <= LONGEST]
    texts = {
        f"{name}#{number}": f"{one.title}\n\n{one.text}" if one.title else one.text
        for name in sorted({name for name, _, _ in kept})
        for number, one in papers[name].items()
    }
    asked = [(f"{name}#{number}", text) for name, number, text in kept]
    Random(1).shuffle(asked)
    return Articles("code", texts, tuple(asked[:QUESTIONS]))


def store_of(articles: Articles, folder: Path) -> Path:
    """Return the store of these articles in ``folder``, made when it is not there."""
    store = folder / articles.name
    if not store.exists():
        task = Task(articles.name, "", articles.texts, (), by_file=True, at=10)
        ingest(documents(task, folder / "texts" / articles.name), store)
    return store


def article_groups(assistant: Assistant, articles: Articles) -> list[Group]:
    """Return the passages looked at for each pair; right is every passage of the article."""
    found = []
    for place, (key, text) in enumerate(articles.asked):
        evidence = assistant.search(text, CLOSE)
        values = np.array([[one.parts[name] for name in NAMES] for one in evidence], dtype=np.float64)
        files = [assistant.library.profile(one.chunk.document_id).file for one in evidence]
        right = [float(article(file, one.chunk.path) == key) for file, one in zip(files, evidence, strict=True)]
        found.append(Group(f"{articles.name}:{key}:{place}", values.reshape(-1, len(NAMES)), np.array(right)))
    return found
