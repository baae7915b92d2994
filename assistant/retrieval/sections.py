"""How well whole sections hold a question's words: an article told in several passages is one answer.

Passages are cut short so that they can be cited; a question that sums an article up finds its words spread over them.
BM25 over words and neighbouring words of the whole section sees them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.retrieval.library import Library
from assistant.retrieval.numbered_words import NumberedWords, Numbers
from assistant.retrieval.query import Query
from ingest.records import Chunk
from vectorstore.lexical import bigrams

K1, B = 1.2, 0.75

_Key = tuple[str, tuple[str, ...]]


def section_scores(query: Query, chunks: Sequence[Chunk], library: Library) -> list[float]:
    """Return for each passage the score of its section, from 0 to 1 (the best); of a section, what was found counts."""
    terms = _terms(query, library)
    found: dict[_Key, dict[str, int]] = {}
    lengths: Counter[_Key] = Counter()
    texts: list[tuple[dict[str, int], Numbers]] = []
    for chunk in chunks:
        key = (chunk.document_id, chunk.path)
        held = found.get(key)
        if held is None:
            held = found[key] = {}
            texts.append((held, library.numbered.of(" ".join(chunk.path[-1:]))))
        words = library.numbered.of(chunk.text)
        texts.append((held, words))
        lengths[key] += len(words)
    _count(texts, terms, library.numbered)
    mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
    scores = {key: _score(held, lengths[key] / (mean or 1.0), terms) for key, held in found.items()}
    best = max(scores.values(), default=0.0) or 1.0
    return [scores[chunk.document_id, chunk.path] / best for chunk in chunks]


def _terms(query: Query, library: Library) -> dict[str, float]:
    """Return the question's own words and neighbours with how rare they are."""
    words = [word.text for word in query.understood.words if not word.inherited]
    every = [*words, *(bigrams(words) if "word_pairs" not in query.without else ())]
    library.learn(every)
    return {term: times * library.rarity(term) for term, times in Counter(every).items()}


def _count(texts: Sequence[tuple[dict[str, int], Numbers]], terms: dict[str, float], known: NumberedWords) -> None:
    """Count in each text the terms and the neighbours among them; all texts are looked through at once."""
    every = np.concatenate([np.zeros(0, dtype=np.int32), *(words for _, words in texts)])
    numbers = [known.numbers[term] for term in terms if term in known.numbers]
    asked = np.zeros(len(known.words), dtype=bool)
    asked[numbers] = True
    places = np.flatnonzero(asked[every])
    owners = np.searchsorted(np.cumsum([len(words) for _, words in texts]), places, side="right")
    owner, last, before = -1, 0, ""
    for place, number, text in zip(places.tolist(), every[places].tolist(), owners.tolist(), strict=True):
        held, word = texts[text][0], known.words[number]
        held[word] = held.get(word, 0) + 1
        if not word.isalnum():
            continue
        # Neighbours are simple words of one text with no other simple word between them.
        pair = f"{before}_{word}"
        if text == owner and pair in terms and not any(known.words[n].isalnum() for n in every[last + 1 : place]):
            held[pair] = held.get(pair, 0) + 1
        owner, last, before = text, place, word


def _score(held: dict[str, int], length: float, terms: dict[str, float]) -> float:
    room = K1 * (1 - B + B * length)
    return sum(terms[term] * count * (K1 + 1) / (count + room) for term, count in held.items())
