"""What can go wrong in the store.

::

    StoreError
    ├── StoreBusy             another process is writing
    ├── EmbedderMismatch      the index was built with another embedder
    ├── EmbedderUnavailable   the configured embedder, or cross-encoder, cannot be loaded
    ├── CanariesLost          an index of another embedder does not find what it must; the old one stays
    ├── StoreEmpty            nothing was ingested yet
    ├── DocumentNotFound      no document matches the name the user gave
    ├── IndexDamaged          a derived index does not agree with the catalog
    └── CatalogDamaged        the catalog itself, or an original file, cannot be read

``message`` and ``remedy`` are Vietnamese, for the user; ``detail`` is English, for the log.
"""

from __future__ import annotations


class StoreError(Exception):
    """A problem with the store, told to the user in Vietnamese: what happened and what to do next."""

    def __init__(self, message: str, *, remedy: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.detail = detail


class StoreBusy(StoreError):
    """Another process holds the writer's lock."""


class EmbedderMismatch(StoreError):
    """The index was built with another embedder than the one configured."""


class EmbedderUnavailable(StoreError):
    """The configured embedder, or cross-encoder, cannot be loaded."""


class CanariesLost(StoreError):
    """An index made with another embedder does not find what it must find; the old one stays in use."""


class StoreEmpty(StoreError):
    """The store holds no document."""


class DocumentNotFound(StoreError):
    """No document, or more than one, matches what the user named."""


class IndexDamaged(StoreError):
    """A derived index cannot be opened or does not agree with the catalog."""


class CatalogDamaged(StoreError):
    """The catalog or an original file cannot be read; there is nothing to rebuild it from but the user's files."""
