"""The project's question sets, each with the documents it asks about, and what a command is told to measure.

``gold/NAME.jsonl`` asks about ``gold/documents/NAME/``; ``bundled`` asks about the documents that come with the
program. What follows an underscore tells sets about the same documents apart: ``office_heldout``. A set without
documents here is for texts that the user has and names with ``--documents`` or ``--store``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from evals.errors import BadGold
from evals.gold import FOLDER, load
from evals.records import GoldQuestion
from evals.stores import BUNDLED as BUNDLED_DOCUMENTS
from evals.stores import prepared

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Questions with what they are asked of: a ``store``, documents to make one of, or both."""

    name: str
    gold: tuple[Path, ...]
    store: Path | None
    documents: tuple[Path, ...]

    def questions(self) -> list[GoldQuestion]:
        """Read the questions. Raises ``BadGold``."""
        return load(self.gold)

    @property
    def provable(self) -> bool:
        """Whether there is anything to ask them of."""
        return self.store is not None or bool(self.documents)

    def prepared(self) -> AbstractContextManager[Path]:
        """Lend the store to measure; one made of documents alone is thrown away afterwards. Raises ``BadGold``."""
        if not self.provable:
            raise BadGold(
                f"Bộ câu hỏi “{self.name}” không kèm tài liệu.",
                remedy="Nêu tài liệu bằng --documents hoặc kho đã nạp bằng --store.",
            )
        return prepared(self.store, self.documents)


def names() -> list[str]:
    """Return the names of all sets."""
    return sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def gold(name: str) -> Path:
    """Return the questions of a set. Raises ``BadGold`` for an unknown name."""
    path = FOLDER / f"{name}.jsonl"
    if not path.is_file():
        raise BadGold(f"Không có bộ câu hỏi tên “{name}”.", remedy=f"Dùng: {', '.join(names())}, hoặc --gold TỆP.")
    return path


def documents(name: str) -> tuple[Path, ...]:
    """Return the folder of documents of a set, nothing when it has none here."""
    about = name.partition("_")[0]
    folder = BUNDLED_DOCUMENTS if about == BUNDLED else FOLDER / "documents" / about
    return (folder,) if folder.is_dir() else ()


def choose(given: Sequence[str], store: Path | None = None, given_documents: Sequence[Path] = ()) -> Chosen:
    """Tell what to measure from the names of a set, or files and folders of questions; nothing is ``bundled``.

    Without a store and documents a set is asked of its own documents, files of the user of the bundled ones. Raises
    ``BadGold`` for several sets at once: each asks about a store of its own.
    """
    given = list(given) or [BUNDLED]
    sets = [one for one in given if one in names()]
    if (sets and len(given) > 1) or any(Path(one).resolve() == FOLDER for one in given):
        raise BadGold(
            "Mỗi bộ câu hỏi của dự án hỏi một kho riêng, không đo chung được.",
            remedy=f"Đo từng bộ: --gold {' | '.join(names())}.",
        )
    questions: tuple[Path, ...]
    if sets:
        name, questions = sets[0], (gold(sets[0]),)
    else:
        name, questions = Path(given[0]).stem, tuple(map(_file, given))
    wanted = tuple(given_documents)
    if store is None and not wanted:
        wanted = documents(name if sets else BUNDLED)
    return Chosen(name, questions, store, wanted)


def _file(given: str) -> Path:
    path = Path(given)
    if not path.exists():
        raise BadGold(
            f"Không có bộ câu hỏi hay tệp câu hỏi “{given}”.",
            remedy=f"Dùng một bộ của dự án ({', '.join(names())}) hoặc đường dẫn tệp JSONL.",
        )
    return path
