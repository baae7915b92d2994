"""Office packages (zip archives): refused before they inflate beyond reason, their damage told in one way."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from ingest.errors import DamagedFile, UnreadableFile
from ingest.records import Source

MAX_INFLATED = 400 * 1024 * 1024
_MAX_RATIO = 150
_RATIO_MATTERS = 20 * 1024 * 1024


def read_package(data: bytes, file: str, read: Callable[[bytes, str], Source], program: str, ending: str) -> Source:
    """Read a package with ``read``; ``program`` ("Word") and its ``ending`` (".docx") are for the message.

    Raises :class:`DamagedFile` for whatever ``read`` did not foresee, :class:`UnreadableFile` for a file that would
    inflate to far more than its size.
    """
    try:
        check_inflated_size(data, file)
        return read(data, file)
    except UnreadableFile:
        raise
    except Exception as error:
        raise DamagedFile(
            f"Không đọc được “{file}”: tệp {program} hỏng hoặc không đầy đủ.",
            remedy=f"Mở thử bằng {program}; nếu mở được, lưu lại thành {ending} rồi nạp lại.",
            detail=f"{type(error).__name__}: {error}",
        ) from error


def check_inflated_size(data: bytes, file: str) -> None:
    """Refuse, from the zip directory alone, an archive that inflates beyond reason."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        inflated = sum(entry.file_size for entry in archive.infolist())
    if inflated > MAX_INFLATED or (inflated > _RATIO_MATTERS and inflated > _MAX_RATIO * len(data)):
        raise UnreadableFile(
            f"“{file}” nén bất thường: {len(data) / 1e6:.1f} MB bung thành {inflated / 1e6:.0f} MB.",
            remedy="Tệp có thể độc hại. Chỉ nạp tệp lấy từ nguồn tin cậy, lưu lại bằng chương trình gốc.",
        )
