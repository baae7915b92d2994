"""What an index generation says of itself: ``manifest.json`` in its folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from vectorstore import lexical, passages
from vectorstore.errors import IndexDamaged

FILE = "manifest.json"
RULES = f"{lexical.ANALYSIS}.{passages.RULES}"
"""Version of everything between a chunk and what an index holds of it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The label of a generation.

    ``revision`` is the catalog's that it shows, ``documents`` and ``chunks`` are counts, ``churn`` is how many chunks
    were written or removed since the generation was last built from nothing.
    """

    embedder: str
    dimension: int
    rules: str
    revision: int
    documents: int
    chunks: int
    churn: int

    def write(self, folder: Path) -> None:
        """Put the label on a generation."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the label of a generation. Raises ``IndexDamaged``."""
        try:
            values = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return cls(**{field.name: values[field.name] for field in fields(cls)})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"Không đọc được nhãn chỉ mục {folder / FILE}.",
                remedy="Chạy `tdkt doctor --rebuild` để dựng lại chỉ mục từ kho; tài liệu đã nạp vẫn còn nguyên.",
                detail=f"{type(error).__name__}: {error}",
            ) from error
