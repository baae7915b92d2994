"""What answers read again and again, kept in memory: the list of documents and the text of the last few."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from ingest.records import Printed
from vectorstore.catalog import Catalog
from vectorstore.records import StoredDocument

_PAPERS = 16
"""Documents whose text is kept in memory: an answer quotes a few, again and again."""


class Papers:
    """The documents of a catalog as they stand now, for any number of threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = Lock()
        self._texts: OrderedDict[tuple[str, int], Printed] = OrderedDict()
        self._list: tuple[tuple[int, int], list[StoredDocument]] | None = None

    def searched(self) -> list[StoredDocument]:
        """Read the list once for each state of the catalog: every question asks for it."""
        stamp = self._catalog.stamp()
        with self._lock:
            if self._list is None or self._list[0] != stamp:
                self._list = stamp, self._catalog.documents()
            return self._list[1]

    def printed(self, document_id: str) -> Printed:
        """Return the cleaned text of a document with the way to its pages. Raises ``DocumentNotFound``."""
        key = (document_id, self._catalog.state().revision)
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        paper = self._catalog.printed(document_id)
        with self._lock:
            self._texts[key] = paper
            while len(self._texts) > _PAPERS:
                self._texts.popitem(last=False)
        return paper
