"""What the user is told when a command fails: our errors in one line, a bug with where its log is."""

from __future__ import annotations

import contextlib
import logging
import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from assistant.commands.screen import err, text, write_json
from assistant.errors import AssistantError
from ingest.errors import IngestError
from vectorstore.errors import StoreError

OURS = (IngestError, StoreError, AssistantError)
"""The three error trees whose messages are written for the user."""


def tell(message: str, remedy: str = "", *, as_json: bool = False) -> None:
    """Write an error for the user to standard error, and for machines to standard output when asked."""
    console = err()
    line = text("Lỗi: ", "bold red")
    line.append_text(text(message))
    console.print(line)
    if remedy:
        console.print(text(f"→ {remedy}"))
    if as_json:
        write_json({"status": "error", "error": message, "remedy": remedy})


def tell_interrupted() -> None:
    """Say what Ctrl-C left behind."""
    kept = "Đã dừng theo yêu cầu (Ctrl-C). Những gì đã ghi xong vẫn được giữ nguyên; chạy lại lệnh để làm tiếp."
    err().print(text(kept))


def tell_usage(error: Exception, *, as_json: bool = False) -> None:
    """Explain a wrongly written command line; typer's own messages are English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tdkt"
    param = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or (param.get_error_hint() if param is not None else "")
    if isinstance(name, (list, tuple)):
        name = " / ".join(name)
    # typer keeps these classes in a private module, so they are told apart by name.
    match type(error).__name__:
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            message = f"Không có tuỳ chọn {name}." + (f" Có phải: {', '.join(sorted(near))}?" if near else "")
        case "MissingParameter":
            message = f"Thiếu {name}."
        case "BadParameter":
            message = f"Giá trị đưa cho {name} không hợp lệ."
        case "BadOptionUsage":
            message = f"Tuỳ chọn {name} thiếu giá trị hoặc viết chưa đúng."
        case _:
            message = "Câu lệnh viết chưa đúng hoặc thừa tham số."
    tell(message, f"Xem cách dùng: {command} --help", as_json=as_json)


def log_folder() -> Path:
    """Return the folder for error logs, made if need be: the user's own, else the system's temporary one."""
    from platformdirs import user_log_path

    try:
        return user_log_path("tdkt", appauthor=False, ensure_exists=True)
    except OSError:
        return Path(tempfile.gettempdir())


def write_log(bug: BaseException) -> Path | None:
    """Write the traceback of a bug to a log file of its own and return its path, ``None`` when nothing is writable."""
    name = f"tdkt-{datetime.now():%Y%m%d-%H%M%S-%f}.log"
    body = "\n".join(
        [
            f"tdkt {sys.argv[1:2]} on Python {sys.version}",
            "".join(traceback.format_exception(bug)),
            str(getattr(bug, "detail", "")),
        ]
    )
    for folder in (log_folder(), Path(tempfile.gettempdir())):
        try:
            path = folder / name
            path.write_text(body, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return None


def tell_bug(bug: BaseException, *, as_json: bool = False) -> None:
    """Say that the program itself failed and where the traceback was written."""
    path = write_log(bug)
    where = f"Chi tiết ghi ở {path}; gửi tệp này cho người phụ trách phần mềm." if path else ""
    tell(
        f"Lỗi chương trình ({type(bug).__name__}).",
        f"{where} Chạy lại với `tdkt --debug …` để xem tại chỗ.",
        as_json=as_json,
    )


def log_to_file() -> None:
    """Keep what libraries warn about in a file instead of on screen; no file is made before there is something."""
    root = logging.getLogger()
    if not any(isinstance(handler, _LateFile) for handler in root.handlers):
        handler = _LateFile(logging.WARNING)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)


class _LateFile(logging.Handler):
    """Writes to ``tdkt.log`` in the log folder, opened at the first record."""

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record; a log that cannot be written is no reason to fail."""
        with (
            contextlib.suppress(OSError),
            (log_folder() / "tdkt.log").open("a", encoding="utf-8", errors="backslashreplace") as file,
        ):
            file.write(self.format(record) + "\n")
