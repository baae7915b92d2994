"""The documents of a store, to check citations against."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from evals.folding import document_key

if TYPE_CHECKING:
    from vectorstore.store import Store

_KEPT = 64


class StoreLibrary:
    """Reads whole documents from a store, by file name; the same document under another format's name is found too."""

    def __init__(self, store: Store) -> None:
        """Take an open store."""
        self._store = store
        self._read = lru_cache(maxsize=_KEPT)(store.read)
        self._context = lru_cache(maxsize=None)(self._look_around)

    @cached_property
    def _ids(self) -> tuple[dict[str, str], dict[str, str]]:
        """Map names, and what is left of them without their format, to document ids."""
        documents = self._store.documents()
        exact = {name: document.id for document in documents for name in (*document.names, document.file)}
        return exact, {document_key(name): key for name, key in reversed(exact.items())}

    def _id(self, file: str) -> str | None:
        exact, keys = self._ids
        return exact.get(file) or keys.get(document_key(file))

    def files(self) -> list[str]:
        """Return the file name of every document."""
        return [document.file for document in self._store.documents()]

    def text(self, file: str) -> str | None:
        """Return the cleaned text, ``None`` for an unknown document."""
        document_id = self._id(file)
        return None if document_id is None else self._read(document_id).text

    def pages(self, file: str, start: int, end: int) -> frozenset[int]:
        """Return the pages on which the characters of a span are printed."""
        document_id = self._id(file)
        if document_id is None:
            return frozenset()
        document = self._read(document_id)
        pages = (document.page_of(offset) for offset in range(start, end) if not document.text[offset].isspace())
        return frozenset(page.number for page in pages if page is not None and page.number)

    def context(self, file: str, start: int, end: int) -> str:
        """Return lead-ins, captions, headers and carried values of the sections that overlap a span, and the title."""
        return self._context(file, start, end)

    def _look_around(self, file: str, start: int, end: int) -> str:
        document_id = self._id(file)
        if document_id is None:
            return ""
        document = self._read(document_id)
        meta = document.meta
        lines = [meta.title, meta.issuer, f"năm {meta.issued[:4]}" if meta.issued else ""]
        for part in document.sections:
            if part.start < end and start < part.end:
                lead_in = document.text[slice(*part.lead_in)] if part.lead_in else ""
                lines += [lead_in, part.caption, *(f"{cell.header}: {cell.value}" for cell in part.cells)]
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def sections(self, file: str, start: int, end: int) -> frozenset[str]:
        """Return the heading paths of the passages and sections that overlap a span."""
        document_id = self._id(file)
        if document_id is None:
            return frozenset()
        document = self._read(document_id)
        chunks = {chunk.section for chunk in document.chunks if chunk.start < end and start < chunk.end}
        parts = (part for part in document.sections if part.start < end and start < part.end)
        return frozenset(chunks | {" > ".join(part.path) for part in parts})
