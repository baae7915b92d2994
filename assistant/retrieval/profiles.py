"""What is known of each document before its text is read: title, kind, province, offices, years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from math import log
from typing import TYPE_CHECKING

from assistant import lexicon
from assistant.retrieval.bodies import bodies_of
from assistant.words import joined
from ingest.records import DocumentMeta
from vectorstore.lexical import tokens

if TYPE_CHECKING:
    from vectorstore.records import StoredDocument
    from vectorstore.store import Store

_LEADING = 6
"""Words of a title that a question can be held against."""


@dataclass(frozen=True)
class Profile:
    """What routing knows of a document: its words, its province, the offices it is of, its years."""

    id: str
    file: str
    meta: DocumentMeta
    title: frozenset[str]
    kind: tuple[str, ...]
    province: str
    bodies: frozenset[str]
    years: frozenset[int]
    title_joined: str


@dataclass(frozen=True)
class Titles:
    """The telling words of all titles: by word the documents that have it with its weight, and what is a title's most.

    A word weighs more the fewer titles have it; function words and those of every title weigh nothing.
    """

    holding: dict[str, list[tuple[str, float]]]
    most: dict[str, float]

    @classmethod
    def of(cls, profiles: Collection[Profile]) -> Titles:
        """Weigh the words of all titles against one another."""
        shared = Counter(token for profile in profiles for token in profile.title)
        nothing = lexicon.load().function_words
        weights = {
            token: log(1 + len(profiles) / count)
            for token, count in shared.items()
            if token not in nothing and count < len(profiles)
        }
        holding: dict[str, list[tuple[str, float]]] = {}
        most = {}
        for profile in profiles:
            own = [token for token in profile.title if token in weights]
            for token in own:
                holding.setdefault(token, []).append((profile.id, weights[token]))
            most[profile.id] = sum(sorted((weights[token] for token in own), reverse=True)[:_LEADING])
        return cls(holding, most)


def profile_of(document: StoredDocument, province: str) -> Profile:
    """Return what routing knows of a document about a province ("" for none)."""
    meta = document.meta
    title = _title(meta)
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
        province=province,
        bodies=bodies_of(meta),
        years=frozenset(years),
        title_joined=joined(title),
    )


def provinces(store: Store) -> dict[str, str]:
    """Return the province each document is about, by id.

    Reading every text takes long in a large store, so what a text says of it is worked out once and kept there.
    """
    names = repr(sorted(lexicon.load().province_names.items()))
    return store.facts(
        f"province {sha256(names.encode()).hexdigest()[:16]}",
        lambda document: main_province(f"{_title(document.meta)} {store.text(document.id)[:40_000]}"),
    )


def _title(meta: DocumentMeta) -> str:
    return " ".join((meta.title, meta.issuer, meta.place))


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
