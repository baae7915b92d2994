"""Compare one index of the current generation with the catalog.

Run as a process of its own (``python -m vectorstore.inspection INDEX STORE``): a damaged Chroma folder can end the
process with a segmentation fault, and that must be a finding and not the end of the examiner. Prints one JSON object:
counts by kind of disagreement.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.catalog import Catalog
from vectorstore.chroma import ChromaIndex
from vectorstore.errors import StoreError
from vectorstore.generation import CHROMA, LEXICAL, folder_of
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import Manifest
from vectorstore.passages import digest, embedded_text

_BATCH = 1000
_SAME = 0.999  # cosine of a vector with itself, after Chroma has normalised and rounded it


def inspect(kind: str, store: Path, catalog_file: Path) -> dict[str, int]:
    """Count what is ``missing``, ``stale``, without vector (``lost``) or with a wrong one (``wrong``)."""
    catalog = Catalog(catalog_file)
    folder = folder_of(store, catalog.state().generation)
    manifest = Manifest.read(folder)
    wanted = catalog.chunk_ids()
    if kind == LEXICAL:
        lexical = LexicalIndex(folder / LEXICAL, create=False)
        held = lexical.ids()
        lexical.close()
        return {"missing": len(wanted - held), "stale": len(held - wanted)}
    chroma = ChromaIndex(folder / CHROMA, create=False)
    held = chroma.ids()
    counts = {"missing": len(wanted - held), "stale": len(held - wanted), "lost": 0, "wrong": 0}
    common = sorted(wanted & held)
    for start in range(0, len(common), _BATCH):
        lost, wrong = _compare(catalog, chroma, manifest.embedder, common[start : start + _BATCH])
        counts["lost"] += lost
        counts["wrong"] += wrong
    chroma.close()
    return counts


def _compare(catalog: Catalog, chroma: ChromaIndex, embedder: str, chunk_ids: list[str]) -> tuple[int, int]:
    """Count the chunks whose vector the index has lost, and those whose vector is not the catalog's."""
    held = chroma.vectors(chunk_ids)
    keys = {chunk.id: digest(embedded_text(chunk)) for chunk in catalog.chunks(chunk_ids)}
    ours = catalog.vectors.read(embedder, list(set(keys.values())))
    wrong = 0
    for chunk_id, vector in held.items():
        expected = ours.get(keys[chunk_id])
        if expected is None or not _same(vector, expected):
            wrong += 1
    return len(chunk_ids) - len(held), wrong


def _same(vector: NDArray[np.float32], expected: NDArray[np.float32]) -> bool:
    if vector.shape != expected.shape:
        return False
    size = float(np.linalg.norm(vector) * np.linalg.norm(expected))
    return not np.any(expected) if size == 0 else float(vector @ expected) / size > _SAME


def main() -> None:
    """Entry point of the process."""
    kind, store, catalog_file = sys.argv[1:]
    try:
        result: dict[str, object] = dict(inspect(kind, Path(store), Path(catalog_file)))
    except StoreError as error:
        result = {"unreadable": error.detail or error.message}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
