"""What is searched and what counts as found: our question sets, and two public benchmarks that nothing was tuned on."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from evals import gold
from evals.baselines.windows import windows
from evals.errors import BadGold
from evals.metrics.retrieval import ranks
from evals.perturb import accents, keyboard
from evals.perturb.apply import SEED
from evals.records import GoldQuestion, HitRow
from evals.stores import BUNDLED, ingest

CHANGES: Mapping[str, Callable[[str, Random], str]] = {
    "clean": lambda text, random: text,
    "no_accents": accents.no_accents,
    "slips": lambda text, random: keyboard.neighbour_key(text, random),
}
"""Ways a question is typed."""
TITLES: Mapping[str, str] = {
    "reports": "câu hỏi về năm báo cáo",
    "bundled": "câu hỏi về bộ tài liệu kèm chương trình",
    "law": "câu hỏi về văn bản luật",
    "code": "câu hỏi của dự án về pháp điển, điều để riêng",
    "alqac": "ALQAC, điều luật",
    "xquad": "XQuAD tiếng Việt, đoạn văn",
}
"""Every task and its Vietnamese name."""
LONGEST = 120
"""Articles of a paper of the legal code at most: a few long ones would be most of what is searched."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question and what must be found: the files, or the first evidence line of ``gold``."""

    id: str
    question: str
    files: tuple[str, ...] = ()
    gold: GoldQuestion | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over texts (file name to text).

    ``by_file``: a file is one passage and files are what is found; else a hit must hold the evidence line, by the rule
    of the outside marker. ``at`` is the k of the headline figure, ``ks`` all of them.
    """

    name: str
    title: str
    texts: Mapping[str, str]
    items: tuple[Item, ...]
    by_file: bool
    at: int
    ks: tuple[int, ...] = (1, 3, 5, 8, 10)

    def units(self) -> list[tuple[str, str]]:
        """Return what rivals index: (file, text) of passages, or of windows of 180 words of longer texts."""
        if self.by_file:
            return list(self.texts.items())
        return [(window.file, window.text) for window in windows(self.texts)]

    def typed(self, way: str) -> list[Item]:
        """Return the questions as typed in one of :data:`CHANGES`; the same on every run."""
        change = CHANGES[way]
        return [replace(item, question=change(item.question, Random(f"{SEED}:{way}:{item.id}"))) for item in self.items]

    def recall(self, item: Item, hits: Sequence[tuple[str, str]]) -> list[float]:
        """Return the share found among the first k (file, text), for each k."""
        if item.gold is None:
            files = list(dict.fromkeys(file for file, _ in hits))
            return [sum(one in files[:k] for one in item.files) / len(item.files) for k in self.ks]
        rows = [
            HitRow(rank=rank, score=0.0, file=file, page=None, section="", text=text)
            for rank, (file, text) in enumerate(hits, 1)
        ]
        rank = ranks(item.gold, rows)[0]
        return [float(rank is not None and rank <= k) for k in self.ks]


def questions(path: Path) -> tuple[Item, ...]:
    """Return the answerable questions of a gold file that stand alone."""
    return tuple(
        Item(one.id, one.question, gold=one)
        for one in gold.load([path])
        if one.answerable and one.evidence and not one.history
    )


def code(folder: Path) -> Task:
    """Return the project's questions on articles of the legal code that no model learnt from; found is the article.

    Searched are the papers these articles stand in, each whole; papers of more than :data:`LONGEST` articles are left
    out. ``folder`` holds the training text.
    """
    from vectorstore.training.corpus import load_corpus
    from vectorstore.training.questions import load_questions, resolve

    papers: dict[str, dict[str, str]] = {}
    corpus = load_corpus(folder).articles
    for article in corpus:
        if article.code:
            paper, _, number = article.code.rpartition(".")
            papers.setdefault(paper, {})[f"{paper}#{number}"] = f"{article.title}\n\n{article.text}"
    asked = [one for one, _ in resolve(load_questions(), corpus).held_out]
    named = {one: one.code.rpartition(".")[0] for one in asked}
    kept = [one for one in asked if len(papers[named[one]]) <= LONGEST]
    texts = {name: text for paper in sorted({named[one] for one in kept}) for name, text in papers[paper].items()}
    items = [
        Item(f"code-{place}", one.text, (f"{named[one]}#{one.code.rpartition('.')[2]}",))
        for place, one in enumerate(kept)
    ]
    return Task("code", TITLES["code"], texts, tuple(items), by_file=True, at=10)


def alqac(folder: Path) -> Task:
    """Return ALQAC: 729 questions, 2,249 articles of 17 laws; found is the article."""
    articles = {
        _article(row["law"], row["article"]): row["text"] for row in _rows(folder / "alqac_law_articles.jsonl.gz")
    }
    items = [
        Item(f"alqac-{number}", row["question"], tuple(_article(law, article) for law, article in row["relevant"]))
        for number, row in enumerate(_rows(folder / "alqac_questions.jsonl.gz"))
    ]
    return Task("alqac", TITLES["alqac"], articles, tuple(items), by_file=True, at=10)


def xquad(folder: Path) -> Task:
    """Return XQuAD in Vietnamese: 1,190 questions, 240 passages; found is the passage."""
    passages: dict[str, str] = {}
    names: dict[str, str] = {}
    items = []
    for number, row in enumerate(_rows(folder / "xquad_vi.jsonl.gz")):
        name = names.setdefault(row["context"], f"{len(names):03d}-{_slug(row['title'])}.txt")
        passages[name] = row["context"]
        items.append(Item(f"xquad-{number}", row["question"], (name,)))
    return Task("xquad", TITLES["xquad"], passages, tuple(items), by_file=True, at=5)


def documents(task: Task, folder: Path) -> list[Path]:
    """Write the texts of a task as files; articles of one law make one file, as a law comes."""
    folder.mkdir(parents=True, exist_ok=True)
    whole: dict[str, list[str]] = {}
    for name, text in task.texts.items():
        law, _, article = name.partition("#")
        whole.setdefault(law if article else name, []).append(f"Điều {article}. {text}" if article else text)
    for name, parts in whole.items():
        (folder / (name if name.endswith(".txt") else f"{name}.txt")).write_text("\n\n".join(parts), encoding="utf-8")
    return [folder]


def _article(law: str, number: str) -> str:
    return f"{law}#{number}"


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title)[:60]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise BadGold(f"Không thấy tệp {path.name}.", remedy="Nêu đúng thư mục bằng --shared.", detail=str(path))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def own(name: str, title: str, path: Path, store: Path) -> Task:
    """Return one of our question sets over the documents of a store, as every system gets them: the cleaned text."""
    from vectorstore.embed import load_embedder
    from vectorstore.store import Store

    with Store.open(store, load_embedder) as opened:
        texts = {document.file: opened.text(document.id) for document in opened.documents()}
    return Task(name, title, texts, questions(path), by_file=False, at=5)


def prepared(name: str, shared: Path | None, work: Path, embedder: str | None = None) -> tuple[Task, Path]:
    """Make a task and ingest its documents; return it and the store. A store of an earlier run is used again.

    Each embedder has a store of its own.
    """
    store = work / "stores" / (f"{name}-{sha256(embedder.encode()).hexdigest()[:8]}" if embedder else name)
    if name in ("bundled", "reports", "law"):
        folder, path = _own(name, shared)
        if not store.exists():
            ingest([folder], store, embedder)
        return own(name, TITLES[name], path, store), store
    folder = _folder(shared, name)
    task = code(folder / "train") if name == "code" else {"alqac": alqac, "xquad": xquad}[name](folder / "bench")
    if not store.exists():
        ingest(documents(task, work / "texts" / name), store, embedder)
    return task, store


def _own(name: str, shared: Path | None) -> tuple[Path, Path]:
    """Return the documents of one of our question sets, and its file."""
    if name == "bundled":
        return BUNDLED, gold.FOLDER / "bundled.jsonl"
    if name == "law":
        return _folder(shared, name) / "corpus" / "regulations", gold.FOLDER / "law.jsonl"
    return _folder(shared, name) / "corpus" / "reports", _folder(shared, name) / "gold" / "dev.jsonl"


def _folder(shared: Path | None, name: str) -> Path:
    if shared is None:
        raise BadGold(f"Bộ “{name}” cần thư mục dùng chung.", remedy="Thêm --shared THƯ_MỤC.")
    return shared
