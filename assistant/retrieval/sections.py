"""How well whole sections hold a question's words: an article told in several passages is one answer.

Passages are cut short so that they can be cited; a question that sums an article up finds its words spread over them.
BM25 over words and neighbouring words of the whole section sees them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import compress, count

from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from ingest.records import Chunk
from vectorstore.lexical import bigrams

K1, B = 1.2, 0.75

_Key = tuple[str, tuple[str, ...]]


def section_scores(query: Query, chunks: Sequence[Chunk], library: Library) -> list[float]:
    """Return for each passage the score of its section, from 0 to 1 (the best); of a section, what was found counts."""
    terms = _terms(query, library)
    found: dict[_Key, Counter[str]] = {}
    lengths: Counter[_Key] = Counter()
    for chunk in chunks:
        key = (chunk.document_id, chunk.path)
        held = found.get(key)
        if held is None:
            held = found[key] = Counter()
            _count(held, library.words(" ".join(chunk.path[-1:])), terms)
        words = library.words(chunk.text)
        _count(held, words, terms)
        lengths[key] += len(words)
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


def _count(held: Counter[str], words: Sequence[str], terms: dict[str, float]) -> None:
    last = -1
    for place in compress(count(), map(terms.__contains__, words)):
        word = words[place]
        held[word] += 1
        if not word.isalnum():
            continue
        # Neighbours are simple words with no other simple word between them.
        if last >= 0 and (place == last + 1 or not any(map(str.isalnum, words[last + 1 : place]))):
            pair = f"{words[last]}_{word}"
            if pair in terms:
                held[pair] += 1
        last = place


def _score(held: Counter[str], length: float, terms: dict[str, float]) -> float:
    room = K1 * (1 - B + B * length)
    return sum(terms[term] * count * (K1 + 1) / (count + room) for term, count in held.items())
