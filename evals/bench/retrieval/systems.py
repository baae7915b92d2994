"""What is compared: word search alone, vectors alone, the tutorials' recipe, ours, and ours with parts left out.

Each runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.bench.retrieval.tasks import Task
from evals.errors import MissingExtra
from evals.folding import bare_words

Search = Callable[[str, int], list[tuple[str, str]]]
"""From a question and k to (file, text), best first."""

ABLATED = (
    "vectors",
    "late_interaction",
    "sections",
    "synonyms",
    "abbreviations",
    "spelling",
    "routing",
    "headings",
    "lead_ins",
    "row_sentences",
    "word_pairs",
    "best_sentence",
    "answer_type",
    "learned_ranking",
)
"""Parts of the search that are left out one at a time."""
_ARTICLE = re.compile(r"Điều (\d+[a-zđ]?)\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Models:
    """Models of somebody else in our search: an embedder in place of the shipped one, a cross-encoder besides."""

    embedder: str | None = None
    reranker: str | None = None


SHIPPED = Models()


@dataclass(frozen=True, slots=True)
class Entry:
    """A system of the table and how to open it."""

    name: str
    title: str
    open: Callable[[Task, Path], Search]


def entries(ablate: Sequence[str] = (), models: Models = SHIPPED) -> list[Entry]:
    """Return all systems, ours once more without each part of ``ablate``."""
    rows = [
        Entry("bm25", "BM25 (bm25s), có dấu", lambda task, store: _bm25(task, _accented)),
        Entry("bm25-plain", "BM25 (bm25s), không dấu", lambda task, store: _bm25(task, bare_words)),
        Entry("vectors", "chỉ véc-tơ", lambda task, store: _vectors(task, models.embedder)),
        Entry("recipe", "công thức LangChain, mô hình nhúng của ta", lambda task, store: _recipe(task)),
        Entry("ours", "tdkt", lambda task, store: _ours(task, store, frozenset(), models)),
    ]
    return rows + [Entry(f"-{part}", f"tdkt không có {part}", _without(part, models)) for part in ablate]


def _without(part: str, models: Models) -> Callable[[Task, Path], Search]:
    return lambda task, store: _ours(task, store, frozenset((part,)), models)


def _accented(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _bm25(task: Task, cut: Callable[[str], list[str]]) -> Search:
    try:
        import bm25s
    except ImportError as error:
        raise MissingExtra(
            "Chưa cài thư viện bm25s để so sánh.", remedy='Cài: pip install "tdkt[baselines]"'
        ) from error
    units = task.units()
    index = bm25s.BM25(k1=1.2, b=0.5)
    index.index([cut(text) for _, text in units], show_progress=False)

    def search(question: str, k: int) -> list[tuple[str, str]]:
        found, _ = index.retrieve([cut(question)], k=min(k, len(units)), show_progress=False)
        return [units[int(place)] for place in found[0]]

    return search


def _vectors(task: Task, embedder: str | None) -> Search:
    from vectorstore.embed import load_embedder

    model = load_embedder(embedder)
    units = task.units()
    rows = model.encode_documents([text for _, text in units])

    def search(question: str, k: int) -> list[tuple[str, str]]:
        scores = rows @ model.encode_queries([question])[0]
        return [units[int(place)] for place in (-scores).argsort(kind="stable")[:k]]

    return search


def _recipe(task: Task) -> Search:
    from evals.baselines.recipe import RecipeSystem, shipped

    system = RecipeSystem(task.texts, shipped(), "recipe")
    return lambda question, k: [(row["file"], row["text"]) for row in system.hits(question, (), k)]


def _ours(task: Task, store: Path, without: frozenset[str], models: Models) -> Search:
    from assistant.hits import hit_rows
    from assistant.settings import Settings
    from assistant.wiring import open_assistant

    values: dict[str, object] = {"store": store, "embedder": models.embedder, "reranker": models.reranker}
    if without:
        values["ablate"] = ",".join(sorted(without))
    assistant = open_assistant(settings=Settings.load(values))
    assistant.library.refresh()
    if not task.by_file:
        return lambda question, k: [(row["file"], row["text"]) for row in hit_rows(assistant, question, k)]
    known = frozenset(task.texts)

    def search(question: str, k: int) -> list[tuple[str, str]]:
        found = []
        for one in assistant.search(question, k):
            file = assistant.library.profile(one.chunk.document_id).file
            found.append((file if file in known else article(file, one.chunk.path), one.chunk.text))
        return found

    return search


@cache
def article(file: str, path: tuple[str, ...]) -> str:
    """Return the passage of a law that stands under these headings: its article."""
    numbers = [match[1] for heading in path for match in (_ARTICLE.match(heading),) if match]
    return f"{file.removesuffix('.txt')}#{numbers[-1] if numbers else ''}"
