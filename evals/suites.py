"""The project's question sets, each with the documents it asks about.

``gold/NAME.jsonl`` asks about ``gold/documents/NAME/``; ``bundled`` asks about the documents that come with the
program. A set without documents here is for texts that the user has and names with ``--documents`` or ``--store``.
"""

from __future__ import annotations

from pathlib import Path

from evals.errors import BadGold
from evals.gold import FOLDER
from evals.stores import BUNDLED as BUNDLED_DOCUMENTS

BUNDLED = "bundled"


def names() -> list[str]:
    """Return the names of all sets."""
    return sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def gold(name: str) -> Path:
    """Return the questions of a set. Raises ``BadGold`` for an unknown name."""
    path = FOLDER / f"{name}.jsonl"
    if not path.is_file():
        raise BadGold(f"Không có bộ câu hỏi tên “{name}”.", remedy=f"Dùng: {', '.join(names())}, hoặc --gold TỆP.")
    return path


def documents(name: str) -> Path:
    """Return the folder of documents of a set. Raises ``BadGold`` when it has none here."""
    folder = BUNDLED_DOCUMENTS if name == BUNDLED else FOLDER / "documents" / name
    if not folder.is_dir():
        raise BadGold(
            f"Bộ câu hỏi “{name}” không kèm tài liệu.",
            remedy="Nêu tài liệu bằng --documents hoặc kho đã nạp bằng --store.",
        )
    return folder
