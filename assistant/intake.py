"""Putting files into the store, one at a time, for the command line and the app."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.versions import KinReport, kin_of, note_on_name, notes_on_kin, notes_on_known
from assistant.wiring import open_store
from ingest.errors import IngestError, MissingPath, UnreadableFile

if TYPE_CHECKING:
    from ingest.records import Document
    from vectorstore.records import OnReissue
    from vectorstore.records import StoredDocument as StoredDocument
    from vectorstore.store import Store as Store
    from vectorstore.writer import Writer

log = logging.getLogger(__name__)

FileState = Literal["added", "replaced", "updated", "known", "named", "refused"]
Verdict = Literal["", "tốt", "cần đối chiếu"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be read: its own name and where its bytes are."""

    name: str
    content: Path | bytes

    @classmethod
    def at(cls, path: Path) -> Incoming:
        """Take a file on disk; bytes of its name that are no text are shown as such."""
        return cls(os.fsencode(path.name).decode("utf-8", errors="replace"), path)

    def read(self) -> bytes:
        """Return the bytes of the file."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. ``quality`` is the share of its words that are Vietnamese syllables, 0 to 1.

    ``verdict`` says how far what was read can be trusted; ``warnings`` name the pages and what to do about them.
    ``reason`` and ``remedy`` are set when it was refused; the counts are zero then, and for bytes already known.
    ``kin`` are the documents it is a copy or a version of; ``standing`` says whether it is searched.
    """

    file: str
    state: FileState
    document_id: str = ""
    document: str = ""
    pages: int = 0
    characters: int = 0
    chunks: int = 0
    quality: float | None = None
    verdict: Verdict = ""
    warnings: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""
    standing: str = "searched"
    kin: tuple[KinReport, ...] = ()

    @property
    def reissued(self) -> list[KinReport]:
        """Documents of which this one may be a corrected version, and which are searched beside it."""
        return [one for one in self.kin if one.kind == "beside"]


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of all files, in the order given; ``stopped`` when the user broke off before the last one."""

    files: tuple[FileReport, ...] = ()
    stopped: bool = False
    left: int = field(default=0)

    def of(self, *states: FileState) -> list[FileReport]:
        """Return the files that ended in one of these states."""
        return [report for report in self.files if report.state in states]

    @property
    def refused(self) -> list[FileReport]:
        """Files that did not become documents."""
        return self.of("refused")

    @property
    def taken(self) -> list[FileReport]:
        """Files whose content is new in the store."""
        return self.of("added", "replaced", "updated")

    def to_json(self) -> dict[str, Any]:
        """Return counts and one row per file."""
        return {
            "read": len(self.taken),
            "known": len(self.of("known", "named")),
            "refused": len(self.refused),
            "stopped": self.stopped,
            "left": self.left,
            "files": [asdict(report) for report in self.files],
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands: ``done`` of ``total`` files, now reading ``file``.

    When ``file`` is empty all files are read and the index is being written: the counts are passages then.
    """

    done: int
    total: int
    file: str


def gather(paths: Sequence[Path]) -> tuple[list[Incoming], list[FileReport]]:
    """Find the files behind ``paths`` (files, folders, patterns); paths that do not exist come back as refused."""
    from ingest.pipeline import find_files

    found: dict[Path, None] = {}
    missing: list[FileReport] = []
    for path in _expand(paths):
        try:
            found.update(dict.fromkeys(find_files([path])))
        except MissingPath as error:
            missing.append(FileReport(str(path), "refused", reason=error.message, remedy=error.remedy))
    return [Incoming.at(path) for path in found], missing


def _expand(paths: Sequence[Path]) -> list[Path]:
    """Expand patterns that the shell left alone (Windows shells do)."""
    expanded: list[Path] = []
    for path in paths:
        matches = [] if path.exists() else sorted(Path(path.anchor or ".").glob(_relative(path)))
        expanded.extend(matches or [path])
    return expanded


def _relative(path: Path) -> str:
    return str(path.relative_to(path.anchor)) if path.anchor else str(path)


def add_files(
    store: Store | Path,
    files: Iterable[Incoming | Path],
    *,
    password: str | None = None,
    on_reissue: OnReissue = "beside",
    notify: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> IntakeReport:
    """Read files into the store; a file that cannot be read is refused by name and never stops the others.

    ``store`` is an open store or its folder. Each document is kept as soon as it is read. ``on_reissue``: what becomes
    of the old version when a file turns out to be a corrected one. ``stop`` is asked before each file. Raises
    ``StoreBusy`` when another process is writing.
    """
    if isinstance(store, Path):
        with open_store(store) as opened:
            return add_files(opened, files, password=password, on_reissue=on_reissue, notify=notify, stop=stop)
    from assistant.retrieval.profiles import provinces

    incoming = [Incoming.at(file) if isinstance(file, Path) else file for file in files]
    reports: list[FileReport] = []
    names: set[str] = set()
    with store.writer(progress=lambda done, total: notify(Progress(done, total, ""))) as writer:
        for one in incoming:
            if stop():
                break
            notify(Progress(len(reports), len(incoming), one.name))
            # Two files of one name in one go lie in two folders: they are two papers.
            reports.append(_add(writer, one, password, on_reissue, store, apart=one.name in names))
            names.add(one.name)
    report = IntakeReport(tuple(reports), stopped=len(reports) < len(incoming), left=len(incoming) - len(reports))
    if report.taken:
        provinces(store)  # so that the first question need not wait for it
    return report


def _add(
    writer: Writer, incoming: Incoming, password: str | None, on_reissue: OnReissue, store: Store, apart: bool
) -> FileReport:
    try:
        data = incoming.read()
        content_id = hashlib.sha256(data).hexdigest()
        if writer.known(content_id):
            outcome = writer.add_name(content_id, incoming.name)
            return FileReport(
                incoming.name,
                outcome.change,
                content_id,
                warnings=tuple(notes_on_known(incoming.name, outcome, store)),
                standing=outcome.standing,
            )
        document = _read(incoming, data, password)
    except UnreadableFile as error:
        log.info("refused %s: %s", incoming.name, error.detail)
        return FileReport(incoming.name, "refused", reason=error.message, remedy=error.remedy)
    except OSError as error:
        log.info("cannot open %s: %s", incoming.name, error)
        return FileReport(
            incoming.name,
            "refused",
            reason=f"Không mở được tệp “{incoming.name}”.",
            remedy="Kiểm tra quyền đọc của tệp, hoặc đóng chương trình đang giữ tệp, rồi nạp lại.",
        )
    outcome = writer.add(document, data, on_reissue, apart)
    kin = kin_of(outcome, store)
    report = _report(document, outcome.change)
    notes = [*notes_on_kin(document.file, outcome, kin), *([note_on_name(document.file)] if apart else [])]
    return replace(report, standing=outcome.standing, kin=kin, warnings=(*notes, *report.warnings))


def _read(incoming: Incoming, data: bytes, password: str | None) -> Document:
    from ingest.worker import read_apart

    try:
        return read_apart(data, incoming.name, password)
    except (IngestError, OSError):
        raise
    except Exception as error:
        # A bug that one hostile file brings out must not cost the user the rest of the folder.
        log.exception("bug while reading %s", incoming.name)
        raise UnreadableFile(
            f"Chương trình gặp lỗi khi đọc tệp “{incoming.name}” ({type(error).__name__}).",
            remedy="Mở tệp bằng phần mềm gốc, lưu lại thành .docx hoặc .pdf rồi nạp lại; báo người phụ trách phần mềm.",
            detail=repr(error),
        ) from error


def _report(document: Document, state: FileState) -> FileReport:
    characters = sum(page.characters for page in document.health)
    quality = (
        sum(page.syllable_share * page.characters for page in document.health) / characters if characters else None
    )
    return FileReport(
        document.file,
        state,
        document.id,
        document.meta.title or document.file,
        document.page_count,
        len(document.text),
        len(document.chunks),
        None if quality is None else round(quality, 3),
        "cần đối chiếu" if document.warnings else "tốt",
        document.warnings,
    )
