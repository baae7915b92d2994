"""Kill a process that fills a store, again and again, and see that nothing acknowledged is ever lost.

``python -m vectorstore.torture --kills 50`` takes a few minutes. Each round starts a real process that adds, replaces
and removes documents, kills it with SIGKILL after a random time or at one of the fault points, opens the store
as the next command would and compares it with what the process had acknowledged on its output.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from ingest.records import Chunk, Document, DocumentMeta
from vectorstore.base import Vectors
from vectorstore.doctor import examine
from vectorstore.errors import StoreBusy
from vectorstore.faults import POINTS
from vectorstore.lexical import tokens
from vectorstore.records import Term
from vectorstore.store import Store

_PARAGRAPHS = 6
_DIMENSION = 64
_SYLLABLES = (
    "thi đua khen thưởng phong trào tập thể cá nhân hội đồng tỉnh huyện xã bằng khen giấy chiến sĩ lao động tiên tiến"
    " báo cáo kế hoạch năm quyết định danh hiệu xuất sắc nông thôn mới doanh nghiệp giáo dục y tế"
)


class HashEmbedder:
    """Unit vectors made of word hashes: deterministic, instant, and near for texts that share words."""

    name = "hash-1"
    dimension = _DIMENSION

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; see :class:`vectorstore.base.Embedder`."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                seed = int.from_bytes(sha256(word.encode()).digest()[:4], "little")
                vectors[row] += np.random.default_rng(seed).standard_normal(self.dimension, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(lengths > 0, lengths, 1)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions like documents."""
        return self.encode_documents(texts)


def word_of(number: int) -> str:
    """Return the made-up word that only document ``number`` holds, and holds in each of its chunks."""
    return f"xq{number:05d}z"


def make_document(number: int, version: int = 1) -> tuple[Document, bytes]:
    """Make a small document and its file; the same numbers give the same document, versions have the same name."""
    source = random.Random(f"{number} {version}")
    lines = [f"{word_of(number)} {' '.join(source.choices(_SYLLABLES.split(), k=40))}." for _ in range(_PARAGRAPHS)]
    text = "\n".join(lines)
    data = text.encode()
    key = sha256(data).hexdigest()
    chunks: list[Chunk] = []
    start = 0
    for ordinal, line in enumerate(lines):
        path = (f"{ordinal + 1}. Mục {ordinal + 1}",)
        identity = sha256(f"{key} {path} {line}".encode()).hexdigest()[:24]
        end = start + len(line)
        chunks.append(Chunk(identity, key, ordinal, "text", path, "", line, start, end, None, None, 60))
        start = end + 1
    meta = DocumentMeta(kind="Báo cáo", number=f"{number}/BC-UBND", subject=f"Tổng kết {word_of(number)}")
    offsets = array("i", range(len(text)))
    return Document(key, f"{number:05d}.txt", "text/plain", text, offsets, meta, (), tuple(chunks)), data


def fill(folder: Path, first: int, count: int) -> None:
    """Be the victim: add documents, change and remove some again, and say so on stdout as soon as it stands."""
    with Store.open(folder, HashEmbedder) as store:
        for start in range(first, first + count, 3):
            with store.writer(wait=30) as writer:
                for number in range(start, min(start + 3, first + count)):
                    writer.add(*make_document(number))
                    print(f"+{number}", flush=True)  # noqa: T201
                    if number % 5 == 4:
                        writer.remove(make_document(number - 2)[0].file)
                        print(f"-{number - 2}", flush=True)  # noqa: T201
                    if number % 5 == 1:
                        writer.add(*make_document(number, version=2))
                        print(f"*{number}", flush=True)  # noqa: T201


def victim(
    folder: Path, first: int, count: int, fault: str = "", seconds: float | None = None
) -> tuple[int, list[str]]:
    """Run :func:`fill` in a process; kill it at a fault point or some seconds after it has begun to work.

    Returns its exit status and what it acknowledged.
    """
    home = str(Path(__file__).parents[1])
    environment = {**os.environ, "TDKT_FAULT": fault, "PYTHONPATH": home}
    command = [sys.executable, "-m", __name__ if __name__ != "__main__" else "vectorstore.torture"]
    process = subprocess.Popen(
        [*command, "--fill", str(folder), str(first), str(count)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    lines: list[str] = []
    if seconds is not None:
        lines.append(process.stdout.readline())
        time.sleep(seconds)
        process.kill()
    lines += process.stdout.readlines()
    return process.wait(), [line.strip() for line in lines if line.strip()]


def problems(folder: Path, acknowledged: Sequence[str], ask_doctor: bool = True) -> list[str]:
    """Open the store as the next command would, and list what is not as it was acknowledged."""
    added = {int(line[1:]) for line in acknowledged if line.startswith("+")}
    removed = {int(line[1:]) for line in acknowledged if line.startswith("-")}
    changed = {int(line[1:]) for line in acknowledged if line.startswith("*")}
    # Killed perhaps after removing or changing it, before saying so.
    doubtful = {number - 2 for number in added if number % 5 == 4} | {
        number for number in added - changed if number % 5 == 1
    }
    found: list[str] = []
    with Store.open(folder, HashEmbedder) as store:
        for number in sorted(added - doubtful):
            found += _lacking(store, number, version=2 if number in changed else 1)
        for number in sorted(removed):
            if store.search_lexical([Term("body", word_of(number))], 5):
                found.append(f"document {number} was removed and is still found")
    findings = examine(folder).findings if ask_doctor else ()
    return found + [f"{item.place}/{item.kind}: {item.message}" for item in findings]


def _lacking(store: Store, number: int, version: int) -> list[str]:
    document, data = make_document(number, version)
    expected = {chunk.id for chunk in document.chunks}
    if document.file not in {item.file for item in store.documents()}:
        return [f"document {number} is not in the catalog"]
    lacking: list[str] = []
    if store.original(document.id) != data:
        lacking.append(f"original of document {number} differs")
    if version > 1 and store.original(make_document(number)[0].id) != make_document(number)[1]:
        lacking.append(f"the old version of document {number} is lost")
    if {hit.chunk_id for hit in store.search_lexical([Term("body", word) for word in tokens(word_of(number))], 50)} != (
        expected
    ):
        lacking.append(f"word search does not find all chunks of document {number}")
    nearest = store.search_vectors(f"{document.chunks[0].section}\n{document.chunks[0].text}", 1)
    if not nearest or nearest[0].chunk_id not in expected:
        lacking.append(f"vector search does not find document {number}")
    return lacking


def torture(folder: Path, kills: int, seed: int) -> list[str]:
    """Kill ``kills`` times and return every problem found."""
    chance = random.Random(seed)
    found: list[str] = []
    acknowledged: list[str] = []
    for kill in range(1, kills + 1):
        first = max((int(line[1:]) for line in acknowledged if line.startswith("+")), default=-1) + 1
        if chance.random() < 0.5:
            how = f"{chance.choice(POINTS)}:{chance.randint(1, 3)}"
            status, lines = victim(folder, first, 30, fault=how)
        else:
            seconds = chance.uniform(0, 3)
            how = f"after {seconds:.2f} s"
            status, lines = victim(folder, first, 300, seconds=seconds)
        acknowledged += lines
        new = problems(folder, acknowledged) if any(line.startswith("+") for line in acknowledged) else []
        found += [f"kill {kill} ({how}): {problem}" for problem in new]
        print(f"{kill}/{kills} {how}: exit {status}, {len(lines)} acknowledged, {len(new)} problems", flush=True)  # noqa: T201
    return found


def main() -> int:
    """Entry point of the script and of its victim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fill", nargs=3, metavar=("FOLDER", "FIRST", "COUNT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fill:
        folder, first, count = arguments.fill
        fill(Path(folder), int(first), int(count))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = torture(Path(folder) / "store", arguments.kills, arguments.seed)
    for problem in found:
        print(problem)  # noqa: T201
    print(f"{arguments.kills} kills, {len(found)} problems")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StoreBusy as error:
        sys.exit(error.message)
