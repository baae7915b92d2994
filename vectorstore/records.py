"""What goes into the store and what a search gives back. Scores go up with relevance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.records import DocumentMeta


@dataclass(frozen=True, slots=True)
class Hit:
    """One chunk found by one index."""

    chunk_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Term:
    """One weighted term of a lexical query; ``field`` is one of ``lexical.FIELDS``."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found. ``None`` means no restriction.

    ``groups`` are the reader's groups: a document of other groups is not found, a document without groups is found
    by everybody.
    """

    document_ids: frozenset[str] | None = None
    groups: frozenset[str] | None = None

    def admits(self, document_id: str, groups: tuple[str, ...]) -> bool:
        """Whether a document of these groups may be found."""
        if self.document_ids is not None and document_id not in self.document_ids:
            return False
        return self.groups is None or not groups or not self.groups.isdisjoint(groups)


@dataclass(frozen=True, slots=True)
class Passage:
    """What the indexes are given of one chunk; ``vectorstore.passages`` decides what is in it.

    ``body`` is what the chunk says, ``path`` where it stands (document title, headings), ``context`` what it needs to
    be understood; ``embedded`` is the text whose vector stands for it.
    """

    chunk_id: str
    document_id: str
    body: str
    path: str
    context: str
    embedded: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the catalog knows it.

    ``file`` is the name it first came under, ``names`` all names of the same bytes; ``added`` is an ISO time (UTC);
    ``chunks``, ``pages`` and ``characters`` are counts.
    """

    id: str
    file: str
    names: tuple[str, ...]
    media_type: str
    meta: DocumentMeta
    chunks: int
    pages: int
    characters: int
    added: str
    warnings: tuple[str, ...]


Change = Literal["added", "known", "named", "replaced", "updated"]


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What adding a document did.

    ``added``: new. ``known``: the same bytes stood there under this name. ``named``: the same bytes stood there, this
    name is new. ``replaced``: new, and the document ``replaced_id`` that had this name and no other is gone.
    ``updated``: the same bytes, now read differently (another version of the reader).
    """

    change: Change
    document_id: str
    replaced_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoreStats:
    """Counts of a store and the state of its indexes.

    ``generation`` is 0 before the first one is built; ``behind`` says that the catalog holds changes which the
    current generation does not show yet. ``size`` is in bytes, of everything in the folder.
    """

    documents: int
    chunks: int
    pages: int
    generation: int
    behind: bool
    embedder: str
    dimension: int
    size: int
