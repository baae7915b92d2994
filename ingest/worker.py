"""Reading files in a process of its own, within limits of time and memory.

A file made to crash, hang or swell its reader ends that process and is refused; the program goes on. The process
stays warm for the next file. Run as ``python -m ingest.worker`` it is that process: frames of a length and a pickle
come in on standard input and go out on standard output. The password travels in such a frame only.
"""

from __future__ import annotations

import atexit
import io
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ingest import errors
from ingest.errors import UnreadableFile
from ingest.readers.outside import kill_tree
from ingest.records import Document

_LENGTH = struct.Struct("<Q")
_ALLOWED = {("array", "array"), ("array", "_array_reconstructor"), ("builtins", "mappingproxy")}
_REMEDY = "Mở tệp bằng phần mềm gốc, lưu lại hoặc in ra PDF, tách nhỏ nếu tệp quá dài, rồi nạp lại."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    ``seconds``: slow steps such as recognising scans are granted more on top. ``memory``: bytes of address space, which
    Windows cannot limit.
    """

    seconds: float = 300.0
    memory: int = 4 * 1024**3


DEFAULT_LIMITS = Limits()


class WorkerBug(Exception):
    """The reader raised something unforeseen; the message holds its trace, for the log."""


class Worker:
    """One reading process, started when first needed. Not for use by several threads at once."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[Any, ...] | None] = queue.Queue()

    def read_bytes(self, data: bytes, file: str, password: str | None = None) -> Document:
        """Read a file as :func:`ingest.pipeline.read_bytes` does.

        Raises what it raises, :class:`UnreadableFile` for a file that broke a limit or its reader, and
        :class:`WorkerBug` for an error that the reader did not foresee.
        """
        process = self._running()
        try:
            _write(process.stdin, (data, file, password))
            return self._answer(file)
        except BaseException as error:
            if not isinstance(error, (errors.IngestError, WorkerBug)):
                self.close()
            if isinstance(error, OSError):  # Windows has another error for a pipe that nobody reads any more
                raise _stopped(file, "worker's pipe broke") from error
            raise

    def close(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            kill_tree(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def _answer(self, file: str) -> Document:
        until = time.monotonic() + self.limits.seconds
        while True:
            try:
                answer = self._answers.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                self.close()
                raise UnreadableFile(
                    f"Đọc “{file}” quá lâu nên đã dừng (giới hạn {self.limits.seconds:.0f} giây).", remedy=_REMEDY
                ) from None
            if answer is None:
                code = self._process.wait() if self._process is not None else None
                self.close()
                raise _stopped(file, f"worker ended with {code}")
            kind, *values = answer
            if kind == "grant":
                until += float(values[0])
            elif kind == "document":
                document: Document = values[0]
                return document
            elif kind == "refused":
                name, message, remedy, detail = values
                raise getattr(errors, name, UnreadableFile)(message, remedy=remedy, detail=detail)
            elif kind == "memory":
                self.close()
                raise UnreadableFile(
                    f"Đọc “{file}” cần nhiều hơn {self.limits.memory / 1024**3:.0f} GB bộ nhớ nên đã dừng.",
                    remedy=_REMEDY,
                )
            else:
                raise WorkerBug(str(values[0]))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        root = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker", str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers = queue.Queue()
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process


_shared = Worker()
_one_at_a_time = threading.Lock()
atexit.register(_shared.close)


def read_apart(data: bytes, file: str, password: str | None = None) -> Document:
    """Read a file in the warm process that all callers share, one file at a time. See :meth:`Worker.read_bytes`."""
    with _one_at_a_time:
        return _shared.read_bytes(data, file, password)


def _stopped(file: str, detail: str) -> UnreadableFile:
    return UnreadableFile(
        f"Trình đọc dừng đột ngột khi đọc “{file}”, tệp không được nạp.", remedy=_REMEDY, detail=detail
    )


def _write(stream: IO[bytes] | None, value: object) -> None:
    if stream is None:
        raise BrokenPipeError("no pipe")
    frame = pickle.dumps(value, protocol=5)
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def _frames(stream: IO[bytes]) -> Iterator[bytes]:
    while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
        size = _LENGTH.unpack(head)[0]
        frame = stream.read(size)
        if len(frame) < size:
            return
        yield frame


class _Records(pickle.Unpickler):
    """Unpickles our records only: what comes out of a process that read a hostile file is not trusted with more."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if module == "ingest.records" or (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _listen(stream: IO[bytes] | None, answers: queue.Queue[tuple[Any, ...] | None]) -> None:
    """Queue what the process answers; ``None`` when it has ended."""
    try:
        for frame in _frames(stream) if stream is not None else ():
            answers.put(_Records(io.BytesIO(frame)).load())
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        pass
    finally:
        answers.put(None)


@contextmanager
def _limited(memory: int) -> Iterator[None]:
    if sys.platform != "win32" and memory:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))
    yield


def _serve(memory: int) -> None:
    """Answer one file after the other until the parent goes away."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up among the answers.
    os.dup2(2, 1)
    with _limited(memory):
        for frame in _frames(incoming):
            _write(outgoing, _outcome(outgoing, frame))


def _outcome(outgoing: IO[bytes], frame: bytes) -> tuple[Any, ...]:
    try:
        from ingest.pipeline import read_bytes

        data, file, password = pickle.loads(frame)
        return ("document", read_bytes(data, file, password, grant=lambda more: _write(outgoing, ("grant", more))))
    except UnreadableFile as error:
        if "MemoryError" in error.detail:
            return ("memory",)
        return ("refused", type(error).__name__, error.message, error.remedy, error.detail)
    except MemoryError:
        return ("memory",)
    except Exception:  # noqa: BLE001
        import traceback

        return ("bug", traceback.format_exc(limit=-8))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
