"""Running programs of the computer (LibreOffice, Tesseract…) within a time limit, none of them left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


class ProgramFailed(Exception):
    """The program could not be started, ran past its time or ended with an error; the message is for the log."""


def run(
    command: Sequence[str], seconds: float, *, data: bytes | None = None, environment: Mapping[str, str] | None = None
) -> bytes:
    """Run a program and return what it wrote; ``data`` is what it reads. Raises :class:`ProgramFailed`."""
    try:
        process = _started(command, data is not None, environment)
    except OSError as error:
        raise ProgramFailed(f"{command[0]}: {error}") from error
    try:
        written, said = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed(f"{command[0]}: still running after {seconds:.0f} s") from error
    finally:
        if process.poll() is None:
            kill_tree(process)
            process.communicate()
    if process.returncode:
        raise ProgramFailed(f"{command[0]}: exit {process.returncode}: {said[-500:].decode(errors='replace')}")
    return written


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process started in its own session (POSIX) or its own tree (Windows), with all it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _started(command: Sequence[str], reads: bool, environment: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    with _own_memory():
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


@contextmanager
def _own_memory() -> Iterator[None]:
    """Lift this process's own memory limit while a program starts, which would inherit it and need more."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == hard:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
