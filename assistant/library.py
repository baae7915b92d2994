"""The store as the answering steps see it: documents, passages cut into units, and how common a word is.

Chunk ids follow from content, so what was worked out for a chunk stays true and is kept in memory; counts are made anew
when the set of documents changes.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from assistant import learned, lexicon
from assistant.spelling.reading import Speller
from assistant.units import Passage, cut
from assistant.words import joined
from ingest.records import Chunk, DocumentMeta
from vectorstore.lexical import bigrams, tokens
from vectorstore.records import Filter, Term

if TYPE_CHECKING:
    from vectorstore.records import StoredDocument
    from vectorstore.store import Store

_CACHED_PASSAGES = 20_000
_SIMILAR = 12
"""Passages whose spelling helps to read a question."""


@dataclass(frozen=True)
class Profile:
    """What routing knows of a document: its words, its province, its years."""

    id: str
    file: str
    meta: DocumentMeta
    title: frozenset[str]
    kind: tuple[str, ...]
    province: str
    years: frozenset[int]
    title_joined: str


class Library:
    """Documents and words of one store, worked out when first needed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.models = learned.load()
        self._passages: OrderedDict[str, Passage] = OrderedDict()
        self._known: frozenset[str] = frozenset()
        self._profiles: dict[str, Profile] = {}
        self._counts: dict[str, int] = {}
        self._rarities: dict[str, float] = {}
        self._size = 0
        self._siblings: dict[str, list[Chunk]] = {}

    def speller(self, allowed: Collection[str] | None = None) -> Speller:
        """Return a reader of questions that knows the words of the documents; ``allowed`` as in retrieval."""
        condition = None if allowed is None else Filter(document_ids=frozenset(allowed))
        return Speller(
            lambda word: bool(self._profiles) and self.frequency(word) > 0,
            lambda question: self._similar(question, condition) if self._profiles else (),
        )

    def _similar(self, question: str, condition: Filter | None) -> list[str]:
        """Text of the passages that share most words and neighbouring words with a question, accents apart."""
        found = [token for token in tokens(question) if token not in lexicon.load().asking_words]
        terms = [Term("body", token, 1.0) for token in found] + [Term("bigrams", pair, 1.0) for pair in bigrams(found)]
        hits = self.store.search_lexical(terms, _SIMILAR, condition) if terms else []
        return [chunk.text for chunk in self.store.chunks(hit.chunk_id for hit in hits)]

    def refresh(self) -> None:
        """Notice added and removed documents; cheap when nothing changed."""
        documents = self.store.documents()
        known = frozenset(document.id for document in documents)
        if known == self._known:
            return
        self._known = known
        self._counts = {}
        self._rarities = {}
        self._siblings.clear()
        self._profiles = {document.id: self._profile(document) for document in documents}

    @property
    def profiles(self) -> dict[str, Profile]:
        """Every document by id."""
        return self._profiles

    def profile(self, document_id: str) -> Profile:
        """One document."""
        return self._profiles[document_id]

    def chunks_of(self, document_id: str) -> list[Chunk]:
        """Chunks of a document in its order, kept."""
        if document_id not in self._siblings:
            self._siblings[document_id] = self.store.document_chunks(document_id)
        return self._siblings[document_id]

    def passage(self, chunk: Chunk) -> Passage:
        """Return the chunk cut into units, kept."""
        passage = self._passages.get(chunk.id)
        if passage is None:
            passage = self._passages[chunk.id] = cut(chunk)
            if len(self._passages) > _CACHED_PASSAGES:
                self._passages.popitem(last=False)
        return passage

    def passage_after(self, chunk: Chunk, step: int = 1) -> Passage | None:
        """Return the neighbouring passage in the document, ``None`` at its ends."""
        siblings = self.chunks_of(chunk.document_id)
        place = chunk.ordinal + step
        if 0 <= place < len(siblings) and siblings[place].ordinal == place:
            return self.passage(siblings[place])
        return None

    def _count(self, tokens: Sequence[str]) -> None:
        new = [token for token in tokens if token not in self._counts]
        if new:
            self._size, counts = self.store.frequencies(new)
            self._counts.update(zip(new, counts, strict=True))

    def learn(self, tokens: Sequence[str]) -> None:
        """Look up many words at once."""
        self._count(tokens)

    def frequency(self, token: str) -> int:
        """In how many passages an accent-free token stands."""
        self._count((token,))
        return self._counts[token]

    def known(self, tokens: Sequence[str]) -> list[str]:
        """Those tokens that stand in the documents, commonest first."""
        self._count(tokens)
        return sorted((token for token in tokens if self._counts[token]), key=lambda one: (-self._counts[one], one))

    def rarity(self, token: str) -> float:
        """Inverse document frequency, from about 0 (everywhere) to log of the number of passages."""
        known = self._rarities.get(token)
        if known is None:
            count = self.frequency(token)
            known = self._rarities[token] = log(1 + (self._size - count + 0.5) / (count + 0.5))
        return known

    def _profile(self, document: StoredDocument) -> Profile:
        meta = document.meta
        title = " ".join((meta.title, meta.issuer, meta.place))
        years = {int(year) for year in re.findall(r"(?:19|20)\d{2}", f"{meta.subject} {meta.number}")}
        years |= set(meta.period or ())
        if meta.issued:
            years.add(int(meta.issued[:4]))
        return Profile(
            id=document.id,
            file=document.file,
            meta=meta,
            title=frozenset(tokens(title)),
            kind=tuple(tokens(meta.kind)),
            province=main_province(f"{title} {self.store.text(document.id)[:40_000]}"),
            years=frozenset(years),
            title_joined=joined(title),
        )


def main_province(text: str) -> str:
    """Return the province a text is about: the one it names most, if it does so at least three times."""
    flat = joined(text)
    best, most = "", 2
    for syllables, name in lexicon.load().province_names.items():
        if len(syllables) > 2:
            continue
        times = flat.count(f" {' '.join(syllables)} ")
        if times > most:
            best, most = name, times
    return best
