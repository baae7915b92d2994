"""What each document is in the store for, and the history of it: statements that run inside the catalog's transactions.

Only documents that stand as ``searched`` are indexed. A change from or to it counts as a change of content, so that the
next generation shows it. A document without a row in ``standings`` is searched.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import get_args

from vectorstore.likeness import Sketch
from vectorstore.records import Decision, Event, OnReissue, Relation, Standing

SEARCHED = "NOT EXISTS (SELECT 1 FROM standings s WHERE s.document_id = d.id AND s.standing <> 'searched')"
"""Condition on ``documents d``."""
_KEPT = 2
"""Lists of searched documents kept: that of the current generation and that of the last one that differed."""


def now() -> str:
    """Return the time as ISO, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def advance(connection: sqlite3.Connection) -> int:
    """Count one change of content and return its number."""
    row = connection.execute("UPDATE state SET revision = revision + 1 RETURNING revision").fetchone()
    return int(row[0])


def of(connection: sqlite3.Connection, document_id: str) -> tuple[Standing, str]:
    """Return how a document stands, and its partner."""
    row = connection.execute("SELECT standing, partner FROM standings WHERE document_id = ?", (document_id,)).fetchone()
    return (row[0], row[1]) if row else (get_args(Standing)[0], "")


def place(
    connection: sqlite3.Connection, document_id: str, standing: Standing, partner: str = "", file: str = ""
) -> None:
    """Let a document stand so from now on; ``file`` is the name it has just lost."""
    before, _ = of(connection, document_id)
    connection.execute(
        "INSERT INTO standings VALUES (?, ?, ?, ?) ON CONFLICT (document_id)"
        " DO UPDATE SET standing = excluded.standing, partner = excluded.partner, file = excluded.file",
        (document_id, standing, partner, file or file_of(connection, document_id)),
    )
    if (before == "searched") != (standing == "searched"):
        revision = advance(connection)
        if standing == "searched":
            connection.execute("UPDATE documents SET revision = ? WHERE id = ?", (revision, document_id))


def file_of(connection: sqlite3.Connection, document_id: str) -> str:
    """Return the first name of a document, or the last it had."""
    for source in ("names WHERE document_id = ? ORDER BY position", "standings WHERE document_id = ?"):
        row = connection.execute(f"SELECT file FROM {source}", (document_id,)).fetchone()
        if row:
            return str(row[0])
    return ""


def remember(connection: sqlite3.Connection, event: Event, document_id: str, other: str = "") -> None:
    """Write a line of history."""
    files = file_of(connection, document_id), file_of(connection, other) if other else ""
    connection.execute(
        "INSERT INTO history (at, event, document_id, file, other_id, other_file) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), event, document_id, files[0], other, files[1]),
    )


def keep_sketch(connection: sqlite3.Connection, document_id: str, rules: int, sketch: Sketch) -> None:
    """Keep what tells the kin of a document."""
    row = (document_id, rules, sketch.astype("<u4").tobytes())
    connection.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?, ?)", row)


# -- one document and another


def succeed(connection: sqlite3.Connection, old: str, new: str, file: str) -> None:
    """Let ``new``, which has got the name ``file``, take the place of ``old``; copies of ``old`` stay its copies."""
    if of(connection, new)[0] != "searched":
        connection.execute("UPDATE standings SET partner = ? WHERE standing = 'copy' AND partner = ?", (new, old))
        place(connection, new, "searched")
    place(connection, old, "old", new, file)
    remember(connection, "version", new, old)


def join(connection: sqlite3.Connection, head: str, copy: str) -> None:
    """Let ``copy``, and what was a copy of it, be copies of ``head``."""
    connection.execute("UPDATE standings SET partner = ? WHERE standing = 'copy' AND partner = ?", (head, copy))
    place(connection, copy, "copy", head)
    remember(connection, "copy", copy, head)


def relate(
    connection: sqlite3.Connection, document_id: str, relations: Iterable[Relation], on_reissue: OnReissue
) -> None:
    """Place a new document among those it is related to."""
    for relation in relations:
        other = relation.other_id
        if relation.kind == "copy":
            better = relation.better and of(connection, other)[0] == "searched"
            join(connection, *((document_id, other) if better else (other, document_id)))
        elif on_reissue == "beside":
            remember(connection, "beside", document_id, other)
        else:
            new, old = (document_id, other) if relation.newer else (other, document_id)
            place(connection, old, "old", new)
            remember(connection, "replace", new, old)


def decide(connection: sqlite3.Connection, first: str, second: str, decision: Decision) -> None:
    """Let ``first`` replace ``second``, stand beside it, or be a copy of it."""
    if decision == "copy":
        place(connection, second, "searched")
        join(connection, second, first)
        return
    place(connection, first, "searched")
    if decision == "replace":
        place(connection, second, "old", first)
    else:
        place(connection, second, "searched")
    remember(connection, decision, first, second)


def use(connection: sqlite3.Connection, document_id: str) -> None:
    """Search a document again; of two copies it is the one that is searched from now on."""
    standing, partner = of(connection, document_id)
    place(connection, document_id, "searched")
    remember(connection, "used", document_id)
    if standing == "copy" and of(connection, partner)[0] == "searched":
        join(connection, document_id, partner)


def remove(connection: sqlite3.Connection, document_id: str, for_good: bool) -> None:
    """Take a document out of the store; a copy of it takes its place, the names are free."""
    heir = connection.execute(
        "SELECT s.document_id FROM standings s JOIN documents d ON d.id = s.document_id"
        " WHERE s.standing = 'copy' AND s.partner = ? ORDER BY d.sequence LIMIT 1",
        (document_id,),
    ).fetchone()
    standing, partner = of(connection, document_id)
    if heir and standing in ("searched", "old"):
        connection.execute(
            "UPDATE standings SET partner = ? WHERE standing = 'copy' AND partner = ?", (heir[0], document_id)
        )
        place(connection, heir[0], standing, partner)
    place(connection, document_id, "removed")
    remember(connection, "removed", document_id)
    connection.execute("DELETE FROM names WHERE document_id = ?", (document_id,))
    connection.execute("UPDATE standings SET partner = '' WHERE partner = ?", (document_id,))
    if for_good:
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))


# -- generations


def record(connection: sqlite3.Connection, generation: int) -> None:
    """Write down which documents a generation shows; one that shows the same as the last takes its place."""
    searched = sorted(row[0] for row in connection.execute(f"SELECT id FROM documents d WHERE {SEARCHED}"))
    last = connection.execute("SELECT number, documents FROM generations ORDER BY number DESC LIMIT 1").fetchone()
    if last and json.loads(last[1]) == searched:
        connection.execute("UPDATE generations SET number = ? WHERE number = ?", (generation, last[0]))
    else:
        connection.execute("INSERT INTO generations VALUES (?, ?, ?)", (generation, now(), json.dumps(searched)))
    newest = f"SELECT number FROM generations ORDER BY number DESC LIMIT {_KEPT}"
    connection.execute(f"DELETE FROM generations WHERE number NOT IN ({newest})")


def roll_back(connection: sqlite3.Connection, resting: Iterable[str], restored: Iterable[str]) -> None:
    """Take documents out of use and search others again, which get back a name that went to one of the former."""
    resting = set(resting)
    for document_id in sorted(resting):
        place(connection, document_id, "resting")
        remember(connection, "rested", document_id)
    for document_id in sorted(restored):
        file = file_of(connection, document_id)
        held = connection.execute("SELECT document_id FROM names WHERE file = ?", (file,)).fetchone()
        if held is None:
            connection.execute("INSERT INTO names (file, document_id) VALUES (?, ?)", (file, document_id))
        elif held[0] in resting:
            connection.execute("UPDATE names SET document_id = ? WHERE file = ?", (document_id, file))
        place(connection, document_id, "searched")
        remember(connection, "used", document_id)


def purge(connection: sqlite3.Connection) -> None:
    """Delete removed documents that no rollback could bring back."""
    kept: set[str] = set()
    for (documents,) in connection.execute("SELECT documents FROM generations").fetchall():
        kept.update(json.loads(documents))
    gone = connection.execute("SELECT document_id FROM standings WHERE standing = 'removed'").fetchall()
    connection.executemany("DELETE FROM documents WHERE id = ?", [row for row in gone if row[0] not in kept])
