"""``tdkt version``."""

from __future__ import annotations

import platform

from assistant.commands.options import JsonOption, StoreOption
from assistant.commands.screen import out, text, write_json


def version(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """In phiên bản và nơi đặt kho tài liệu."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    from assistant.wiring import load_settings

    try:
        number = installed("tdkt")
    except PackageNotFoundError:
        number = "chưa cài đặt (chạy từ mã nguồn)"
    folder = load_settings(store).store
    if as_json:
        write_json({"version": number, "python": platform.python_version(), "store": str(folder)})
        return
    out().print(text(f"tdkt {number} (Python {platform.python_version()})"))
    out().print(text(f"Kho tài liệu: {folder}"))
