"""SQLite as the catalog uses it: schema, connections, transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from typing import Any

from vectorstore.errors import CatalogDamaged

SCHEMA_VERSION = 2
_VARIABLES = 500  # ids per statement; SQLite allows 999 in old builds

# Columns that are long come last: SQLite reads a row from its beginning.
_SCHEMA = """
CREATE TABLE state (revision INTEGER NOT NULL, generation INTEGER NOT NULL, indexed INTEGER NOT NULL);
INSERT INTO state VALUES (0, 0, 0);
CREATE TABLE documents (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL,
    page_count INTEGER NOT NULL, added TEXT NOT NULL, revision INTEGER NOT NULL, media_type TEXT NOT NULL,
    meta TEXT NOT NULL, warnings TEXT NOT NULL, health TEXT NOT NULL, pages TEXT NOT NULL, sections TEXT NOT NULL,
    offsets BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE names (
    position INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX names_of ON names (document_id);
CREATE TABLE chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, context TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER, page_label TEXT, tokens INTEGER NOT NULL,
    label TEXT NOT NULL, cells TEXT NOT NULL);
CREATE INDEX chunks_of ON chunks (document_id, ordinal);
CREATE TABLE vectors (embedder TEXT NOT NULL, digest BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (embedder, digest))
"""

# What later versions of the schema brought, by version; an older catalog is brought up when it is first opened.
_ADDED = {
    2: """
CREATE TABLE standings (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, standing TEXT NOT NULL,
    partner TEXT NOT NULL, file TEXT NOT NULL);
CREATE TABLE sketches (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, rules INTEGER NOT NULL,
    bins BLOB NOT NULL);
CREATE TABLE history (
    position INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL, document_id TEXT NOT NULL,
    file TEXT NOT NULL, other_id TEXT NOT NULL, other_file TEXT NOT NULL);
CREATE INDEX history_of ON history (document_id);
CREATE INDEX history_with ON history (other_id);
CREATE TABLE facts (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (name, document_id));
CREATE TABLE generations (number INTEGER PRIMARY KEY, at TEXT NOT NULL, documents TEXT NOT NULL)
"""
}


class Database:
    """The database at ``path``; while there is none, every read sees a new empty one in memory.

    Any thread may read: a connection is lent for one query or transaction and then waits for the next borrower, so
    there are as many as there ever were threads at once, however many threads come and go.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def create(self) -> None:
        """Make the database, or finish making one that a kill cut short."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _reporting(self.path), closing(_connect(str(self.path))) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            _make(connection)

    def rows(self, query: str, arguments: Sequence[Any] = ()) -> list[Any]:
        """Run a query and return all rows."""
        with _reporting(self.path), self._borrowed() as connection:
            return connection.execute(query, arguments).fetchall()

    def select_in(self, query: str, values: Sequence[Any], *before: object) -> list[Any]:
        """Run a query with ``IN ({})`` over any number of values; the other arguments come before them."""
        rows: list[Any] = []
        for start in range(0, len(values), _VARIABLES):
            batch = values[start : start + _VARIABLES]
            rows += self.rows(query.format(", ".join("?" * len(batch))), (*before, *batch))
        return rows

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run statements as one; on an error none of them happened. ``create`` comes before the first."""
        with _reporting(self.path), self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the idle connections; one that is lent closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open()
        if connection is None:
            with closing(_connect(":memory:")) as empty:
                _make(empty)
                yield empty
            return
        try:
            yield connection
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def _open(self) -> sqlite3.Connection | None:
        if not self.path.is_file():
            return None
        connection = _connect(existing(self.path.absolute()))
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version <= SCHEMA_VERSION:
            if version < SCHEMA_VERSION:
                _make(connection)
            return connection
        connection.close()
        if version == 0:  # its maker was killed before the first commit, or is at work on it
            return None
        raise CatalogDamaged(
            f"Kho {self.path.parent} do một phiên bản tdkt mới hơn tạo ra (lược đồ {version}, bản này đọc được đến"
            f" {SCHEMA_VERSION}).",
            remedy="Cập nhật tdkt, hoặc chọn kho khác bằng `--store`.",
        )


def existing(path: PurePath) -> str:
    """Write an absolute path as the address of a database that must be there.

    Of a folder in a Windows network SQLite takes the address with four slashes only: it knows no hosts.
    """
    address = path.as_uri()
    return (address if address.startswith("file:///") else "file:////" + address.removeprefix("file://")) + "?mode=rw"


def _connect(target: str) -> sqlite3.Connection:
    # check_same_thread is off only because a connection goes from thread to thread, one at a time.
    connection = sqlite3.connect(
        target, uri=target.startswith("file:"), isolation_level=None, check_same_thread=False, timeout=30
    )
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged document survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _make(connection: sqlite3.Connection) -> None:
    """Bring a database, new or of an older version, to the schema of today in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA_VERSION:
        steps = [_SCHEMA] if version == 0 else []
        steps += [script for number, script in _ADDED.items() if number > version]
        for statement in ";".join(steps).split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    """Tell what SQLite finds wrong with the file in our words; a broken constraint is our mistake and stays one."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise CatalogDamaged(
            f"Sổ mục lục của kho ({path}) không đọc hoặc không ghi được: {error}.",
            remedy="Kiểm tra đĩa còn chỗ và quyền ghi; chạy `tdkt doctor`. Nếu tệp đã hỏng, chép lại kho từ bản sao lưu"
            " hoặc nạp lại tài liệu vào kho mới bằng `tdkt ingest … --store THƯ_MỤC`.",
            detail=f"sqlite3 {type(error).__name__}: {error}",
        ) from error
