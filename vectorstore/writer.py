"""The writing side of a store: what one command changes while it holds the writer's lock."""

from __future__ import annotations

from collections.abc import Callable

from ingest.records import Document
from vectorstore.catalog import Catalog
from vectorstore.faults import fault
from vectorstore.kin import Kin
from vectorstore.likeness import RULES, sketch
from vectorstore.originals import Originals
from vectorstore.records import AddOutcome, Decision, OnReissue, StoredDocument


class Writer:
    """Changes to the catalog; each is one transaction and stands when the method returns."""

    def __init__(self, catalog: Catalog, originals: Originals, check: Callable[[], None]) -> None:
        """Use :meth:`vectorstore.store.Store.writer`; ``check`` runs before the first document is added."""
        self._catalog = catalog
        self._originals = originals
        self._check: Callable[[], None] | None = check
        self._kin: Kin | None = None

    def known(self, content_id: str) -> bool:
        """Whether the bytes with this SHA-256 stand in the store."""
        return self._catalog.holds(content_id)

    def add(
        self, document: Document, original: bytes, on_reissue: OnReissue = "beside", apart: bool = False
    ) -> AddOutcome:
        """Add a document; one that had its name and no other name is its old version from now on.

        A copy of a document that is there is kept and not searched, or the other way round, whichever reads better.
        ``on_reissue``: what becomes of a document of another name of which this is a corrected version; ``apart``: the
        one that has its name is another paper. Raises ``EmbedderMismatch``, before anything is written, if the index
        has vectors of another embedder.
        """
        if self._check is not None:
            self._check()
            self._check = None
        fault("next-document")
        self._originals.write(document.id, original)
        outcome = self._put(document, on_reissue, apart)
        fault("catalog-committed")
        return outcome

    def _put(self, document: Document, on_reissue: OnReissue, apart: bool) -> AddOutcome:
        if self.known(document.id):
            return self._catalog.put(document)
        if self._kin is None:
            self._kin = Kin(self._catalog)
        made = sketch(document.text)
        holder = self._catalog.lineage.named(document.file)
        before = (holder[0],) if holder and holder[1] == 1 and not apart else ()
        relations = self._kin.of(document, made, apart=before)
        outcome = self._catalog.put(document, relations, on_reissue, (RULES, made), apart)
        self._kin.add(document, made)
        return outcome

    def add_name(self, content_id: str, file: str) -> AddOutcome:
        """Record that a file of this name has the same bytes. Raises ``DocumentNotFound``."""
        return self._catalog.add_name(content_id, file)

    def decide(self, first: str, second: str, decision: Decision) -> tuple[StoredDocument, StoredDocument]:
        """Settle what document ``first`` is to ``second``; both by name, id or beginning of an id.

        Returns both as they were. Raises ``DocumentNotFound``.
        """
        one, two = self._catalog.find(first), self._catalog.find(second)
        if one.id != two.id:
            self._catalog.lineage.decide(one.id, two.id, decision)
        self._kin = None
        return one, two

    def use(self, reference: str) -> StoredDocument:
        """Search a document again that is a copy, an old version or out of use. Raises ``DocumentNotFound``."""
        document = self._catalog.find(reference)
        if document.standing != "searched":
            self._catalog.lineage.use(document.id)
        self._kin = None
        return document

    def remove(self, reference: str, for_good: bool = False) -> StoredDocument:
        """Remove a document with all its names, by name, id or beginning of an id. Raises ``DocumentNotFound``.

        Unless ``for_good``, a rollback can bring it back until the next change.
        """
        document = self._catalog.find(reference)
        self._catalog.lineage.remove(document.id, for_good)
        self._kin = None
        return document
