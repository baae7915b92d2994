"""One index generation, open for searching: a folder that nobody changes any more."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from vectorstore.chroma import ChromaIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import Manifest

LEXICAL = "lexical"
CHROMA = "chroma"


def folder_of(store: Path, number: int) -> Path:
    """Where generation ``number`` of a store lies."""
    return store / "indexes" / f"{number:06d}"


class Generation:
    """The indexes of one generation; Chroma is opened, and imported, at the first vector search only.

    A thread claims it while it searches. After :meth:`retire` it closes as soon as the last of them is done.
    """

    def __init__(self, store: Path, number: int) -> None:
        """Open a generation. Raises ``IndexDamaged``."""
        self.number = number
        self.folder = folder_of(store, number)
        self.manifest = Manifest.read(self.folder)
        self.lexical = LexicalIndex(self.folder / LEXICAL, create=False)
        self._chroma: ChromaIndex | None = None
        self._lock = Lock()
        self._users = 0
        self._retired = False

    @property
    def chroma(self) -> ChromaIndex:
        """The vector index."""
        with self._lock:
            if self._chroma is None:
                self._chroma = ChromaIndex(self.folder / CHROMA, create=False)
            return self._chroma

    def claim(self) -> None:
        """Keep the generation open until :meth:`release`."""
        with self._lock:
            self._users += 1

    def release(self) -> None:
        """End a claim."""
        with self._lock:
            self._users -= 1
            last = self._retired and self._users == 0
        if last:
            self._close()

    def retire(self) -> None:
        """Close it when nobody uses it any more."""
        with self._lock:
            self._retired = True
            idle = self._users == 0
        if idle:
            self._close()

    def _close(self) -> None:
        self.lexical.close()
        if self._chroma is not None:
            self._chroma.close()
