"""The bundled documents: summaries written for the project, so that a first run has something to read."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "documents"


def documents() -> list[Path]:
    """Return the bundled files in name order."""
    return sorted(path for path in FOLDER.iterdir() if path.is_file() and not path.name.startswith("."))


def demo_questions() -> list[str]:
    """Return the questions of the demo, in the order they are asked."""
    lines = (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]
