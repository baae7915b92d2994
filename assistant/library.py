"""The store as the answering steps see it: documents, passages cut into units, and how common a word is.

What was worked out for a chunk is kept in memory, and everything is made anew when documents or indexes change.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from assistant import ablation, learned, lexicon
from assistant.units import Passage, cut
from assistant.words import joined
from ingest.records import Chunk, DocumentMeta
from vectorstore import late_interaction
from vectorstore.lexical import tokens
from vectorstore.passages import embedded_text

if TYPE_CHECKING:
    from vectorstore.late_interaction import Ids
    from vectorstore.records import StoredDocument
    from vectorstore.store import Store

_CACHED_PASSAGES = 20_000


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
    """Documents and words of one store, worked out when first needed; ``without`` parts left out for measuring."""

    def __init__(self, store: Store, without: frozenset[str] = ablation.NOTHING) -> None:
        self.store = store
        self.without = without
        self.models = ablation.models(learned.load(), without)
        self._passages: OrderedDict[str, Passage] = OrderedDict()
        self._token_ids: OrderedDict[str, Ids] = OrderedDict()
        self._version = (-1, -1)
        self._chunks: OrderedDict[str, Chunk] = OrderedDict()
        self._profiles: dict[str, Profile] = {}
        self._counts: dict[str, int] = {}
        self._rarities: dict[str, float] = {}
        self._size = 0
        self._siblings: dict[str, list[Chunk]] = {}

    def refresh(self) -> None:
        """Notice added and removed documents; cheap when nothing changed."""
        version = self.store.version()
        if version == self._version:
            return
        self._version = version
        documents = self.store.documents()
        self._counts = {}
        self._rarities = {}
        self._siblings.clear()
        self._chunks.clear()
        self._passages.clear()
        self._token_ids.clear()
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
        siblings = self._siblings.get(document_id)
        if siblings is None:
            siblings = self._siblings[document_id] = self.store.document_chunks(document_id)
        return siblings

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
