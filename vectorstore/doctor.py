"""Examine a store and rebuild its indexes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vectorstore import inspection
from vectorstore.base import Embedder
from vectorstore.build import Accept, Progress, build
from vectorstore.catalog import Catalog
from vectorstore.database import existing
from vectorstore.errors import CatalogDamaged, DocumentNotFound, IndexDamaged
from vectorstore.generation import CHROMA, LEXICAL, folder_of
from vectorstore.lock import writing
from vectorstore.manifest import RULES, Manifest
from vectorstore.originals import Originals
from vectorstore.store import CATALOG, ORIGINALS

_PATIENCE = 600  # seconds for one index; a damaged one can also hang
_NAMES = {LEXICAL: "Chỉ mục từ khóa", CHROMA: "Chỉ mục vectơ"}
_COUNTED = {
    "missing": "thiếu {} đoạn có trong kho",
    "stale": "còn {} đoạn không có trong kho nữa",
    "lost": "có {} đoạn mất vectơ",
    "wrong": "có {} đoạn mang vectơ sai",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; ``place`` is "catalog", "originals", "indexes", "lexical" or "chroma".

    ``kind`` names it for programs, ``message`` (Vietnamese) for people; ``repairable`` says whether ``repair`` mends
    it: what is derived can be rebuilt, the catalog and the originals cannot.
    """

    place: str
    kind: str
    message: str
    repairable: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found, with the counts of the catalog; ``rebuilt`` says that it comes after a repair."""

    findings: tuple[Finding, ...]
    documents: int = 0
    chunks: int = 0
    generation: int = 0
    embedder: str = ""
    rebuilt: bool = False

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def examine(folder: Path) -> Report:
    """Compare everything in a store with its catalog, and the catalog with itself. Changes nothing."""
    return _report(folder)


def repair(
    folder: Path,
    embedder: Callable[[], Embedder],
    progress: Progress | None = None,
    accept: Accept | None = None,
) -> Report:
    """Build the indexes from nothing with the configured embedder, then examine the store.

    Raises ``StoreBusy`` when another process writes, ``CatalogDamaged`` when there is no catalog to build from and
    ``CanariesLost`` when the embedder is another one and its index does not find what it must (see ``build``).
    """
    catalog = Catalog(folder / CATALOG)
    try:
        with writing(folder):
            catalog.create()
            build(folder, catalog, embedder, anew=True, progress=progress, accept=accept)
            Originals(folder / ORIGINALS).sweep(catalog.ids())
    finally:
        catalog.close()
    return _report(folder, rebuilt=True)


def _report(folder: Path, rebuilt: bool = False) -> Report:
    if not (folder / CATALOG).is_file():
        return Report((), rebuilt=rebuilt)
    broken = tuple(_database(folder / CATALOG))
    if broken:
        return Report(broken, rebuilt=rebuilt)
    catalog = Catalog(folder / CATALOG)
    try:
        state = catalog.state()
        documents, chunks, _ = catalog.counts()
        findings = [*_documents(catalog), *_originals(catalog, Originals(folder / ORIGINALS))]
        findings += _indexes(folder, catalog)
        embedder = _label(folder, state.generation)
        return Report(tuple(findings), documents, chunks, state.generation, embedder, rebuilt)
    except CatalogDamaged as error:
        return Report((Finding("catalog", "unreadable", error.message, repairable=False),), rebuilt=rebuilt)
    finally:
        catalog.close()


def _label(folder: Path, generation: int) -> str:
    try:
        return Manifest.read(folder_of(folder, generation)).embedder if generation else ""
    except IndexDamaged:
        return ""


def _database(path: Path) -> Iterator[Finding]:
    """Let SQLite check its own file."""
    try:
        with closing(sqlite3.connect(existing(path.absolute()), uri=True)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            problems += [f"{row[0]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        problems = [str(error)]
    for problem in problems:
        yield Finding("catalog", "integrity", f"Sổ mục lục {path} hỏng: {problem}.", repairable=False)


def _documents(catalog: Catalog) -> Iterator[Finding]:
    """See that every document can be read and every chunk is what its offsets say."""
    for item in catalog.listed():
        try:
            document = catalog.read(item.id)
            fits = len(document.text) == len(document.offsets) and all(
                document.text[chunk.start : chunk.end] == chunk.text for chunk in document.chunks
            )
        except (ValueError, TypeError, KeyError, DocumentNotFound):
            fits = False
        if not fits:
            message = f"Nội dung của “{item.file}” ({item.id[:12]}) trong kho không nhất quán; nạp lại tệp này."
            yield Finding("catalog", "document", message, repairable=False)


def _originals(catalog: Catalog, originals: Originals) -> Iterator[Finding]:
    for item in catalog.listed():
        try:
            originals.read(item.id)
        except CatalogDamaged as error:
            message = f"“{item.file}”: {error.message} {error.remedy}"
            yield Finding("originals", "original", message, repairable=False)


def _indexes(folder: Path, catalog: Catalog) -> Iterator[Finding]:
    state = catalog.state()
    if state.behind:
        count = len(catalog.changed_since(state.indexed))
        message = f"Chỉ mục chưa theo kịp kho ({count} tài liệu mới hoặc sửa, có thể có tài liệu đã xóa)."
        yield Finding("indexes", "behind", message)
    if state.generation == 0:
        return
    generation = folder_of(folder, state.generation)
    try:
        manifest = Manifest.read(generation)
    except IndexDamaged as error:
        yield Finding("indexes", "unreadable", error.message)
        return
    if manifest.rules != RULES:
        yield Finding("indexes", "rules", "Chỉ mục do một phiên bản tdkt khác dựng, cần dựng lại.")
    with ThreadPoolExecutor() as pool:
        problems = pool.map(lambda kind: list(_inspected(kind, folder, behind=state.behind)), _NAMES)
    for kind, found in zip(_NAMES, problems, strict=True):
        yield from (Finding(kind, problem, f"{_NAMES[kind]} {message}.") for problem, message in found)


def _inspected(kind: str, folder: Path, behind: bool) -> Iterator[tuple[str, str]]:
    """Have one index inspected by a process of its own; what kills it is what was found."""
    home = str(Path(inspection.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-m", inspection.__name__, kind, str(folder), str(folder / CATALOG)]
    try:
        process = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        yield "unreadable", f"không trả lời trong {_PATIENCE} giây"
        return
    if process.returncode != 0:
        lines = process.stderr.strip().splitlines()
        yield "unreadable", f"làm tiến trình kiểm tra dừng (mã {process.returncode}){': ' + lines[-1] if lines else ''}"
        return
    result = json.loads(process.stdout.strip().splitlines()[-1])
    if "unreadable" in result:
        yield "unreadable", f"không đọc được: {result['unreadable']}"
        return
    for problem, pattern in _COUNTED.items():
        # What the catalog is ahead by was reported as one finding; it is not damage.
        if result.get(problem) and not (behind and problem in ("missing", "stale", "wrong")):
            yield problem, pattern.format(result[problem])
