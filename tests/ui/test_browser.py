"""One walk through the app in a real browser: ask, open the citation, see the words; nothing leaves this machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.intake import Incoming, add_files
from assistant.wiring import open_store
from ingest.samples import documents

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUESTION = "Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?"
WORDS = "1. Toàn huyện trồng mới 12.500 cây xanh trong năm 2025."

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: run `make system`"),
]


@pytest.fixture
def address(store: Path) -> Iterator[str]:
    """The app, started the way a user starts it."""
    pdf = next(path for path in documents() if path.suffix == ".pdf")
    with open_store(store) as opened:
        assert not add_files(opened, [Incoming.at(pdf)]).refused
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant.cli", "ui", "--no-browser", "--json", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())["address"]
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_ask_and_open_a_citation(address: str, width: int, height: int) -> None:
    from playwright.sync_api import sync_playwright

    pictures = ROOT / "screenshots"
    pictures.mkdir(exist_ok=True)
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
        page.set_default_timeout(60_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda channel: asked.append(channel.url))
        page.goto(address)
        field = page.get_by_test_id("stChatInputTextArea")
        field.wait_for()
        page.screenshot(path=pictures / f"{width}-start.png")
        field.fill(QUESTION)
        field.press("Enter")
        page.locator(".tdkt-quote").first.wait_for()
        page.screenshot(path=pictures / f"{width}-answer.png")
        citation = page.locator("[class*='st-key-cite-'] button").first
        citation.focus()
        page.keyboard.press("Enter")
        words = page.locator(".tdkt-page mark").first
        words.wait_for()
        assert words.inner_text() == WORDS
        box = words.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height, "the words are in sight without scrolling"
        page.screenshot(path=pictures / f"{width}-citation.png")
        page.keyboard.press("Escape")
        words.wait_for(state="detached")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
