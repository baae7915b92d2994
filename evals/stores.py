"""The store that is measured: the user's choice, or a fresh one made from documents."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.errors import EvalError

BUNDLED = Path(__file__).resolve().parents[1] / "ingest" / "samples" / "documents"
_SOME_REFUSED = 3


def ingest(documents: Sequence[Path], store: Path, embedder: str | None = None) -> str:
    """Read documents into a store with the command line, as a user would; return what it printed.

    ``embedder``: another one than is configured. Raises ``EvalError`` when it fails. Refused files are no failure: they
    show as questions lost at "not read".
    """
    command = [sys.executable, "-m", "assistant.cli", "ingest", *map(str, documents), "--store", str(store)]
    environment = os.environ | ({"TDKT_EMBEDDER": embedder} if embedder else {})
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, encoding="utf-8", errors="replace", env=environment
    )
    if done.returncode not in (0, _SOME_REFUSED):
        raise EvalError(
            f"Không nạp được tài liệu để đo (mã {done.returncode}).",
            remedy="Chạy `tdkt ingest` với các tệp ấy để xem lỗi.",
            detail=done.stderr[-2000:],
        )
    return done.stdout


@contextmanager
def prepared(store: Path | None, documents: Sequence[Path]) -> Iterator[Path]:
    """Yield the store to measure: ``store`` (with ``documents`` added to it), else a temporary one of ``documents``."""
    if store is not None:
        if documents:
            ingest(documents, store)
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="tdkt-eval-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "store"
        ingest(documents, made)
        yield made
