"""The files as they came, under the SHA-256 of their bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from vectorstore.errors import CatalogDamaged
from vectorstore.faults import fault

_TEMPORARY = ".part"
_PATIENCE = (0.05, 0.2, 0.5, 1.0, 2.0)  # seconds between tries


class Originals:
    """One file per document: ``ab/abcdef...``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document_id: str) -> Path:
        """Where the original of a document lies."""
        return self.folder / document_id[:2] / document_id

    def write(self, document_id: str, data: bytes) -> None:
        """Store a file so that it is there whole or not at all, whatever happens to the process or the power."""
        if sha256(data).hexdigest() != document_id:
            raise ValueError(f"document id {document_id} is not the SHA-256 of the original's bytes")
        target = self.path(document_id)
        if target.is_file() and target.stat().st_size == len(data):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(_TEMPORARY)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fault("original-temporary")
        _rename(temporary, target)
        _sync_folder(target.parent)
        fault("original-written")

    def read(self, document_id: str) -> bytes:
        """Return the bytes of the original. Raises ``CatalogDamaged`` if they are gone or changed."""
        path = self.path(document_id)
        data = path.read_bytes() if path.is_file() else None
        if data is None or sha256(data).hexdigest() != document_id:
            raise CatalogDamaged(
                f"Tệp gốc {path} {'không còn' if data is None else 'đã bị thay đổi'}.",
                remedy="Nạp lại tệp đó bằng `tdkt ingest` để chép lại bản gốc vào kho.",
            )
        return data

    def sweep(self, document_ids: Collection[str]) -> None:
        """Delete what belongs to no document: originals of removed documents and what a kill left behind."""
        for path in self.folder.glob("*/*"):
            if path.name not in document_ids:
                with suppress(PermissionError):  # Windows does not delete what somebody has open: the next time, then
                    path.unlink(missing_ok=True)


def _rename(temporary: Path, target: Path) -> None:
    """Rename; on Windows a virus scanner may hold a file just written for a moment."""
    for seconds in _PATIENCE:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
