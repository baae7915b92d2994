"""The store as the answering steps see it: documents, passages cut into units, and how common a word is.

What was worked out for a chunk is kept in memory, and everything is made anew when documents or indexes change.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from math import log
from sys import intern
from typing import TYPE_CHECKING, Any, TypeVar

from assistant import ablation, learned, lexicon
from assistant.retrieval.profiles import Profile, Titles, profile_of, provinces
from assistant.retrieval.units import Passage, cut
from assistant.spelling.abbreviations import Shortened
from assistant.spelling.reading import Speller
from assistant.words import joined
from ingest.clean import fold
from ingest.records import Chunk
from vectorstore import late_interaction
from vectorstore.lexical import bigrams, tokens
from vectorstore.passages import embedded_text
from vectorstore.records import Filter, Term

if TYPE_CHECKING:
    from vectorstore.late_interaction import Ids
    from vectorstore.rerank import Reranker
    from vectorstore.store import Store

_Made = TypeVar("_Made")
_CACHED_PASSAGES = 20_000
SELDOM = 3
"""Passages that may hold initials which in a question still stand for a province."""
_SIMILAR = 12
"""Passages whose spelling helps to read a question."""


_PERSON = re.compile(r"\b(?:họ và tên|họ tên|họ, tên)[^:\n]{0,20}:\s*([^;:,.\n]{3,40})", re.I)
FORM = 4
"""First passages of a paper in which a form states whose it is."""


class Library:
    """Documents and words of one store, worked out when first needed.

    ``without`` names parts left out for measuring; ``reranker`` loads the cross-encoder, if one is configured.
    """

    def __init__(
        self,
        store: Store,
        without: frozenset[str] = ablation.NOTHING,
        reranker: Callable[[], Reranker] | None = None,
    ) -> None:
        self.store = store
        self.without = without
        self._load_reranker = reranker
        self.models = ablation.models(learned.load(), without)
        self._passages: OrderedDict[str, Passage] = OrderedDict()
        self._token_ids: OrderedDict[str, Ids] = OrderedDict()
        self._version = (-1, -1)
        self._chunks: OrderedDict[str, Chunk] = OrderedDict()
        self._profiles: dict[str, Profile] = {}
        self._series: dict[str, dict[int, Profile]] | None = None
        self._titles: Titles | None = None
        self.bodies: frozenset[str] = frozenset()
        """Offices that have papers in the store."""
        self._counts: dict[str, int] = {}
        self._rarities: dict[str, float] = {}
        self._size = 0
        self._siblings: dict[str, list[Chunk]] = {}
        self._shortened: Shortened | None = None
        self._words: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._said: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self._kept: dict[tuple[str, str], Any] = {}

    def speller(self, allowed: Collection[str] | None = None) -> Speller:
        """Return a reader of questions that knows the words of the documents; ``allowed`` as in retrieval."""
        condition = None if allowed is None else Filter(document_ids=frozenset(allowed))
        return Speller(
            lambda word: bool(self._profiles) and self.frequency(word) > 0,
            lambda question: self._similar(question, condition) if self._profiles else (),
            None if "abbreviations" in self.without else self._shorten(),
            mends="spelling" not in self.without,
        )

    def _shorten(self) -> Shortened:
        """Return what abbreviations are read by: provinces of the documents by initials that these hardly use."""
        if self._shortened is None:
            found = {}
            for name in sorted({profile.province for profile in self.profiles.values() if profile.province}):
                short = "".join(syllable[0] for syllable in tokens(name) if syllable.isalpha())
                if self.frequency(short) <= SELDOM:
                    found[short] = name
            self._shortened = Shortened(found, self.frequency)
        return self._shortened

    def _similar(self, question: str, condition: Filter | None) -> list[str]:
        """Text of the passages that share most words and neighbouring words with a question, accents apart."""
        found = [token for token in tokens(question) if token not in lexicon.load().asking_words]
        terms = [Term("body", token, 1.0) for token in found] + [Term("bigrams", pair, 1.0) for pair in bigrams(found)]
        hits = self.store.search_lexical(terms, _SIMILAR, condition) if terms else []
        return [chunk.text for chunk in self.chunks([hit.chunk_id for hit in hits])]

    @cached_property
    def reranker(self) -> Reranker | None:
        """The cross-encoder, loaded by the first search; ``None`` when none is configured."""
        return self._load_reranker() if self._load_reranker else None

    def refresh(self) -> None:
        """Notice added and removed documents; cheap when nothing changed."""
        version = self.store.version()
        if version == self._version:
            return
        self._version = version
        documents = self.store.documents()
        self._counts = {}
        self._rarities = {}
        self._series = self._titles = self._shortened = None
        self._siblings.clear()
        self._said.clear()
        self._persons.clear()
        self._kept.clear()
        self._chunks.clear()
        self._passages.clear()
        self._token_ids.clear()
        found = provinces(self.store)
        self._profiles = {
            document.id: profile_of(document, found[document.id]) for document in documents if document.id in found
        }
        self.bodies = frozenset[str]().union(*(profile.bodies for profile in self._profiles.values()))

    @property
    def profiles(self) -> dict[str, Profile]:
        """Every document by id."""
        return self._profiles

    @property
    def series(self) -> dict[str, dict[int, Profile]]:
        """By document id the papers of its kind that its body writes every year, by year; kept until documents change.

        Only papers for one year are in a series, and only where there are two or more.
        """
        series = self._series
        if series is None:
            found: dict[tuple[str, str], dict[int, Profile]] = {}
            for profile in self._profiles.values():
                period = profile.meta.period
                if period and period[0] == period[1] and profile.kind and profile.meta.issuer:
                    own = found.setdefault((" ".join(profile.kind), fold(profile.meta.issuer)), {})
                    own.setdefault(period[0], profile)
            series = self._series = {one.id: own for own in found.values() if len(own) > 1 for one in own.values()}
        return series

    @property
    def titles(self) -> Titles:
        """The words of all titles; kept until documents change."""
        titles = self._titles
        if titles is None:
            titles = self._titles = Titles.of(self._profiles.values())
        return titles

    def profile(self, document_id: str) -> Profile:
        """One document."""
        return self._profiles[document_id]

    def chunks_of(self, document_id: str) -> list[Chunk]:
        """Chunks of a document in its order, kept."""
        siblings = self._siblings.get(document_id)
        if siblings is None:
            siblings = self._siblings[document_id] = self.store.document_chunks(document_id)
        return siblings

    def kept(self, what: str, document_id: str, make: Callable[[], _Made]) -> _Made:
        """Return what was made of a document, made once until documents change."""
        found: _Made | None = self._kept.get((what, document_id))
        if found is None:
            found = self._kept[what, document_id] = make()
        return found

    def said(self, document_id: str) -> str:
        """Return the accent-free words of a whole document between spaces, kept."""
        said = self._said.get(document_id)
        if said is None:
            said = self._said[document_id] = joined(" ".join(chunk.text for chunk in self.chunks_of(document_id)))
        return said

    def person(self, document_id: str) -> str:
        """Return the joined names of whom a paper is about, as its form states ("Họ và tên: …"), and of its signer."""
        person = self._persons.get(document_id)
        if person is None:
            stated = _PERSON.search("\n".join(chunk.text for chunk in self.chunks_of(document_id)[:FORM]))
            signer = self.profile(document_id).meta.signer
            person = self._persons[document_id] = joined(f"{stated.group(1) if stated else ''} {signer}")
        return person

    def chunks(self, ids: Sequence[str]) -> list[Chunk]:
        """Return chunks in the order asked for, kept; unknown ids are skipped."""
        # Another thread may empty what is kept at any moment: what was found once is used.
        found = {identifier: chunk for identifier in ids if (chunk := self._chunks.get(identifier))}
        unknown = [identifier for identifier in ids if identifier not in found]
        if unknown:
            read = {chunk.id: chunk for chunk in self.store.chunks(unknown)}
            found |= read
            self._chunks.update(read)
            while len(self._chunks) > _CACHED_PASSAGES:
                self._chunks.popitem(last=False)
        return [found[identifier] for identifier in ids if identifier in found]

    def passage(self, chunk: Chunk) -> Passage:
        """Return the chunk cut into units, kept."""
        passage = self._passages.get(chunk.id)
        if passage is None:
            passage = self._passages[chunk.id] = cut(chunk, self.without)
            if len(self._passages) > _CACHED_PASSAGES:
                self._passages.popitem(last=False)
        return passage

    def token_ids(self, chunk: Chunk) -> Ids:
        """Return the different tokens of what is embedded of a chunk, kept."""
        ids = self._token_ids.get(chunk.id)
        if ids is None:
            ids = self._token_ids[chunk.id] = late_interaction.load().tokens(embedded_text(chunk))
            if len(self._token_ids) > _CACHED_PASSAGES:
                self._token_ids.popitem(last=False)
        return ids

    def words(self, text: str) -> tuple[str, ...]:
        """Return the accent-free tokens of a text, kept."""
        words = self._words.get(text)
        if words is None:
            words = self._words[text] = tuple(map(intern, tokens(text)))
            if len(self._words) > _CACHED_PASSAGES:
                self._words.popitem(last=False)
        return words

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
