"""Lending the current index generation to searches while newer ones take its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from vectorstore.catalog import Catalog
from vectorstore.errors import IndexDamaged
from vectorstore.generation import Generation


class Generations:
    """The generation of a store that is open, for any number of threads."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._folder = folder
        self._catalog = catalog
        self._generation: Generation | None = None
        self._lock = Lock()

    def close(self) -> None:
        """Close the generation as soon as nobody uses it."""
        with self._lock:
            generation, self._generation = self._generation, None
        if generation is not None:
            generation.retire()

    @contextmanager
    def opened(self, number: int) -> Iterator[Generation]:
        """Lend a generation; opened anew only when its number changes."""
        generation = self._claimed(number)
        try:
            yield generation
        finally:
            generation.release()

    def _claimed(self, number: int) -> Generation:
        retired: Generation | None = None
        with self._lock:
            if self._generation is None or self._generation.number < number:
                opened = self._open_generation(number)
                retired, self._generation = self._generation, opened
            generation = self._generation
            generation.claim()
        if retired is not None:
            retired.retire()
        return generation

    def _open_generation(self, number: int) -> Generation:
        """Open a generation, or the one that replaced it while we looked."""
        while True:
            try:
                return Generation(self._folder, number)
            except IndexDamaged:
                newer = self._catalog.state().generation
                if newer == number:
                    raise
                number = newer
