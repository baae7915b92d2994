"""What a run was taken with, told to a reader in Vietnamese. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "taken": "đo lúc",
        "suite": "bộ câu hỏi",
        "gold": "mã băm bộ câu hỏi",
        "questions": "số câu hỏi",
        "seconds": "thời gian đo, giây",
        "engine": "cách soạn",
        "ablate": "phần bỏ ra",
        "perturbations": "cách biến đổi",
        "seed": "hạt giống",
        "peak_mib": "bộ nhớ cao nhất, MiB",
        "load_seconds": "thời gian nạp, giây",
        "entrant": "phương án",
        "corpus": "mã băm tài liệu",
        "documents": "tài liệu",
        "code.version": "phiên bản",
        "code.commit": "bản mã nguồn",
        "code.changed": "có sửa đổi chưa ghi",
        "machine.python": "Python",
        "machine.system": "hệ điều hành",
        "machine.cores": "số nhân",
        "index.documents": "chỉ mục: số tài liệu",
        "index.chunks": "chỉ mục: số đoạn",
        "index.pages": "chỉ mục: số trang",
        "index.generation": "chỉ mục: thế hệ",
        "index.behind": "chỉ mục: chưa kịp danh mục",
        "index.embedder": "chỉ mục: mô hình véc-tơ",
        "index.dimension": "chỉ mục: số chiều",
    }
)
"""Names of what runs remember; what has none here is shown by its own."""


def moment(iso: object) -> str:
    """Write a time the Vietnamese way.

    >>> moment("2026-03-05T07:08:09+00:00")
    '07:08 ngày 05/03/2026 (UTC)'
    """
    with suppress(ValueError):
        return f"{datetime.fromisoformat(str(iso)):%H:%M ngày %d/%m/%Y (%Z)}"
    return str(iso)


def told(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return name and value of everything a run was taken with, what is empty left out."""
    flat: dict[str, Any] = {}
    for name, value in manifest.items():
        flat |= {f"{name}.{key}": one for key, one in value.items()} if isinstance(value, Mapping) else {name: value}
    return [
        (NAMES.get(name, name.replace("settings.", "thiết lập: ")), _written(name, value))
        for name, value in flat.items()
        if name != "name" and value not in (None, "", "None", [], ())
    ]


def _written(name: str, value: object) -> str:
    if name == "taken":
        return moment(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if value == "yes":
        return "có"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
