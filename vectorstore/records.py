"""What goes into the store and what a search gives back. Scores go up with relevance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.records import DocumentMeta


class Hit(NamedTuple):
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


Standing = Literal["searched", "copy", "old", "resting", "removed"]
"""What a document is in the store for.

``searched``: answers may cite it. ``copy``: the same paper in another file, ``partner``, is searched. ``old``: the
version ``partner`` took its place. ``resting``: taken out of use by a rollback. ``removed``: goes for good
with the next write after which no rollback could bring it back; listed nowhere.
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the catalog knows it.

    ``file`` is the name it first came under, ``names`` all names of the same bytes (the last one it had, for a version
    whose name belongs to a newer one); ``added`` is an ISO time (UTC); ``chunks``, ``pages`` and ``characters`` are
    counts. ``partner`` is the id that its ``standing`` speaks of, "" for none.
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
    standing: Standing = "searched"
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a document is to another one in the store.

    ``copy``: the same paper, so far as their words tell. ``reissue``: the same paper with other words or figures;
    ``changed`` holds some of those, as the other and as this document has them. ``newer`` says whether this document is
    the later version; ``shared`` is the share of runs of three words that both have, 0 to 1. ``better`` says whether a
    copy reads better than the other, ``why`` what the preferred one was preferred for: the other is a scan, letters
    are clearer, the format states more of the structure, or it was there first.
    """

    kind: Literal["copy", "reissue"]
    other_id: str
    shared: float
    changed: tuple[tuple[str, str], ...] = ()
    newer: bool = True
    better: bool = False
    why: Literal["scan", "letters", "format", "first"] = "first"


OnReissue = Literal["beside", "replace"]
"""What becomes of the old version when a corrected one comes: both are searched, or the new one only."""

Decision = Literal["replace", "beside", "copy"]
"""What one document is to be to another: its newer version, a paper of its own, or the same paper."""

Event = Literal["added", "updated", "named", "version", "copy", "replace", "beside", "used", "rested", "removed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a document's history; ``at`` is an ISO time (UTC), the ``other`` document "" where there is none.

    ``version``: the document took the place of ``other`` under the same name. ``copy``: it is the same paper as
    ``other``, which is searched. ``replace``: it took the place of ``other``. ``beside``: both are searched. ``used``:
    it is searched again. ``rested``: a rollback took it out of use.
    """

    at: str
    event: Event
    document_id: str
    file: str
    other_id: str
    other_file: str


@dataclass(frozen=True, slots=True)
class Rollback:
    """What going back to the documents of an earlier generation changes; ``at`` is when that one was made (ISO, UTC).

    ``resting`` are searched now and will not be, ``restored`` the other way round; ``missing`` counts documents of that
    generation that are gone for good.
    """

    at: str
    resting: tuple[StoredDocument, ...]
    restored: tuple[StoredDocument, ...]
    missing: int


Change = Literal["added", "known", "named", "replaced", "updated"]


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What adding a document did.

    ``added``: new. ``known``: the same bytes stood there under this name. ``named``: the same bytes stood there, this
    name is new. ``replaced``: new, and the document ``replaced_id`` that had this name and no other is its old version.
    ``updated``: the same bytes, now read differently (another version of the reader). ``standing`` and ``partner`` as
    in :class:`StoredDocument`; ``relations`` to documents that were there before it.
    """

    change: Change
    document_id: str
    replaced_id: str | None = None
    standing: Standing = "searched"
    partner: str = ""
    relations: tuple[Relation, ...] = ()


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
