"""One writer at a time.

The lock is the operating system's: it falls with the process that holds it, however that process ends, so a lock file
left on the disk means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import StoreBusy

FILE = "writer.lock"


@contextmanager
def writing(folder: Path, wait: float = 0) -> Iterator[None]:
    """Be the only writer of a store; wait up to ``wait`` seconds, then raise ``StoreBusy``."""
    folder.mkdir(parents=True, exist_ok=True)
    # A lock object of our own each time: two threads of one process exclude each other too.
    lock = FileLock(folder / FILE, timeout=wait, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreBusy(
            f"Kho {folder} đang được một lệnh khác ghi (nạp, xóa tài liệu hoặc dựng lại chỉ mục).",
            remedy="Đợi lệnh đó xong rồi chạy lại. Nếu không thấy lệnh nào, tìm và kết thúc tiến trình tdkt còn treo;"
            " không cần xóa tệp khóa.",
            detail=f"lock held: {folder / FILE}",
        ) from error
    try:
        yield
    finally:
        lock.release()
