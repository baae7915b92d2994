"""BM25 over windows of words, by bm25s: what lexical search alone gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.errors import MissingExtra
from evals.folding import bare_words
from evals.records import AnswerRow, CitationRow, HitRow, Message

SIZE, STEP = 180, 90
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words of one document, at its offsets."""

    file: str
    start: int
    end: int
    text: str


def windows(texts: Mapping[str, str], size: int = SIZE, step: int = STEP) -> list[Window]:
    """Cut every text into overlapping windows; the last one ends with the text."""
    found: list[Window] = []
    for file, text in texts.items():
        words = [match.span() for match in _WORD.finditer(text)]
        for first in range(0, max(1, len(words) - size + step), step):
            piece = words[first : first + size]
            if piece:
                found.append(Window(file, piece[0][0], piece[-1][1], text[piece[0][0] : piece[-1][1]]))
    return found


class WindowSystem:
    """Accent-free BM25 over windows; answers with the top window, or with the best sentences of the top few."""

    def __init__(self, texts: Mapping[str, str], name: str, sentences: int = 0) -> None:
        """Index ``texts`` (file name to text). ``sentences`` 0 answers with the whole top window."""
        try:
            import bm25s
        except ImportError as error:
            raise MissingExtra(
                "Chưa cài thư viện bm25s để đo phương án so sánh.", remedy='Cài: pip install "tdkt[baselines]"'
            ) from error
        self.name = name
        self._sentences = sentences
        self._windows = windows(texts)
        self._index = bm25s.BM25(k1=1.2, b=0.5)
        self._index.index([bare_words(window.text) for window in self._windows], show_progress=False)

    def _search(self, question: str, k: int) -> list[tuple[Window, float]]:
        k = min(k, len(self._windows))
        found, scores = self._index.retrieve([bare_words(question)], k=k, show_progress=False)
        return [(self._windows[int(at)], float(score)) for at, score in zip(found[0], scores[0], strict=True)]

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Return windows, best first; the history is not read."""
        return [
            HitRow(rank=rank, score=score, file=window.file, page=None, section="", text=window.text)
            for rank, (window, score) in enumerate(self._search(question, k), 1)
        ]

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Answer with text as it stands; never refuses."""
        found = self._search(question, 4)
        if self._sentences:
            pieces = self._best_sentences(question, found)
        else:
            pieces = [(window, window.text) for window, _ in found[:1]]
        citations = [_citation(marker, window, piece) for marker, (window, piece) in enumerate(pieces, 1)]
        answer = " ".join(f"{piece} [{marker}]" for marker, (_, piece) in enumerate(pieces, 1))
        score = found[0][1] if found else 0.0
        return AnswerRow(status="answered", answer=answer, citations=citations, engine=self.name, confidence=score)

    def _best_sentences(self, question: str, found: Sequence[tuple[Window, float]]) -> list[tuple[Window, str]]:
        wanted = set(bare_words(question))
        scored: dict[str, tuple[float, Window]] = {}
        for rank, (window, _) in enumerate(found):
            for sentence in _SENTENCE.split(window.text):
                words = set(bare_words(sentence))
                if len(words) >= 4:
                    share = len(words & wanted) / (len(wanted) or 1) - 0.002 * len(words) - 0.03 * rank
                    scored[sentence] = max(scored.get(sentence, (-1.0, window)), (share, window), key=lambda s: s[0])
        best = sorted(scored.items(), key=lambda item: -item[1][0])[: self._sentences]
        return [(window, sentence) for sentence, (_, window) in best]


def _citation(marker: int, window: Window, quote: str) -> CitationRow:
    start = window.start + max(0, window.text.find(quote))
    return CitationRow(
        marker=marker, file=window.file, document=window.file, number="", page=None, page_label=None, section="",
        quote=quote, start=start, end=start + len(quote), verbatim=True,
    )  # fmt: skip
