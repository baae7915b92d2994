"""How fast files are read and what that takes: ``python -m ingest.bench FILE_OR_FOLDER...``.

Every file is read in a process of its own. Per file: its pages, processor seconds of the reader alone and of the whole
way to passages (the faster of two runs, so that imports do not count), pages per second of the reader, wall seconds of
the first run (recognising scans happens in other programs), and the peak of resident memory in MiB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.pipeline import find_files, read_bytes
from ingest.readers import read

COLUMNS = ("file", "pages", "reader_s", "whole_s", "pages_per_s", "wall_s", "peak_mib", "said")


def measure(path: Path) -> dict[str, Any]:
    """Read one file twice in this process and say what it took; a refusal is an outcome like another."""
    data = path.read_bytes()
    row: dict[str, Any] = {"file": path.name, "pages": 0, "said": ""}
    began = time.perf_counter()
    try:
        reader_s, source = _faster(lambda: read(data, path.name))
        row["wall_s"] = round((time.perf_counter() - began) / 2, 2)
        whole_s, _ = _faster(lambda: read_bytes(data, path.name))
    except IngestError as error:
        return row | {"wall_s": round(time.perf_counter() - began, 2), "peak_mib": _peak(), "said": error.message}
    pages = sum(1 for page in source.pages if page.number)
    row |= {"pages": pages, "reader_s": round(reader_s, 2), "whole_s": round(whole_s, 2), "peak_mib": _peak()}
    return row | {"pages_per_s": round(pages / reader_s) if reader_s and pages else None}


def _faster(work: Callable[[], Any]) -> tuple[float, Any]:
    """Run twice; return the fewer processor seconds and the result."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        result = work()
        taken.append(time.process_time() - began)
    return min(taken), result


def _peak() -> int | None:
    """Peak resident memory of this process in MiB; ``None`` where the system cannot tell."""
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> int:
    """Measure every file and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(measure(options.paths[0])))
        return 0
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write("\t".join(COLUMNS) + "\n")
    for path in find_files(options.paths):
        done = subprocess.run(
            [sys.executable, "-m", "ingest.bench", "--one", str(path)], capture_output=True, check=True
        )
        row = json.loads(done.stdout)
        sys.stdout.write("\t".join("" if row.get(name) is None else str(row[name]) for name in COLUMNS) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
