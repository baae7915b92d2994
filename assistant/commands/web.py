"""``tdkt ui``: the app in the browser, served to this machine only."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from assistant.commands.options import JsonOption, StoreOption
from assistant.commands.screen import err, out, text, write_json
from assistant.errors import AssistantError, BadInput

ADDRESS = "127.0.0.1"
PORT = 8501
MAX_UPLOAD_MB = 50
START_SECONDS = 60


def ui(
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65535, metavar="CỔNG", help=f"Cổng; mặc định {PORT} hoặc cổng trống kế tiếp."
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Không tự mở trình duyệt.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mở trang hỏi đáp trong trình duyệt, chỉ trên máy này. Ctrl-C để tắt."""
    from assistant.wiring import load_settings

    folder = load_settings(store).store
    chosen = _free_port(port)
    address = f"http://{ADDRESS}:{chosen}"
    server = subprocess.Popen(command_line(chosen), env=_environment(folder), stdout=subprocess.DEVNULL)
    _stop_with_us()
    try:
        _wait(server, address)
        if as_json:
            write_json({"address": address, "store": str(folder), "pid": server.pid})
        else:
            out().print(text(f"Trang hỏi đáp: {address}  (Ctrl-C để tắt)", "bold"))
        if not no_browser:
            webbrowser.open(address)
        server.wait()
    except KeyboardInterrupt:
        err().print(text("Đã tắt trang hỏi đáp."))
    finally:
        _stop(server)


def command_line(port: int) -> list[str]:
    """Build the command that serves the app: loopback only, known host names only, no telemetry, no traces."""
    app = _app_file()
    flags = {
        "server.address": ADDRESS,
        "server.port": port,
        "server.headless": "true",
        "server.allowedHosts": [ADDRESS, "localhost"],
        "server.corsAllowedOrigins": [f"http://{ADDRESS}:{port}", f"http://localhost:{port}"],
        "server.enableCORS": "true",
        "server.enableXsrfProtection": "true",
        "server.enableStaticServing": "false",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": MAX_UPLOAD_MB,
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        "client.toolbarMode": "minimal",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": ADDRESS,
        "theme.base": "light",
        "theme.primaryColor": "#9b1c1c",
        "theme.backgroundColor": "#ffffff",
        "theme.secondaryBackgroundColor": "#f4f1ea",
        "theme.textColor": "#1c1917",
        "theme.linkColor": "#1d4ed8",
        "theme.font": "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
    }
    words = [sys.executable, "-m", "streamlit", "run", str(app)]
    for name, value in flags.items():
        for one in value if isinstance(value, list) else [value]:
            words += [f"--{name}", str(one)]
    return words


def _app_file() -> Path:
    # The app is found, not imported: nothing below the screens may import them.
    found = importlib.util.find_spec("ui")
    if found is None or not found.submodule_search_locations:
        raise AssistantError("Không tìm thấy phần giao diện của chương trình.", remedy="Cài lại tdkt.")
    return Path(next(iter(found.submodule_search_locations))) / "app.py"


def _environment(folder: Path) -> dict[str, str]:
    root = str(_app_file().parent.parent)
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return os.environ | {
        "TDKT_STORE": str(folder),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "ANONYMIZED_TELEMETRY": "False",
    }


def _free_port(port: int | None) -> int:
    for candidate in [port] if port else range(PORT, PORT + 50):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex((ADDRESS, candidate)) != 0:
                return candidate
    raise BadInput(
        f"Cổng {port or PORT} đang có chương trình khác dùng.", remedy="Chọn cổng khác, ví dụ: tdkt ui --port 8600"
    )


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    # Proxies configured for the office must not be asked for our own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            with opener.open(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssistantError(
        "Trang hỏi đáp không khởi động được.",
        remedy="Thử cổng khác bằng --port; nếu vẫn lỗi, chạy: python -m streamlit hello",
        detail=f"exit code {server.poll()}",
    )


def _stop_with_us() -> None:
    """Turn a request to end this process into an exit that also ends the server."""

    def leave(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + signum)

    signal.signal(signal.SIGTERM, leave)


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
