"""Questions in, cited answers out: ``open_assistant(store).ask("...")``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.records import Answer, Citation
    from assistant.wiring import open_assistant

__all__ = ["Answer", "Assistant", "Citation", "open_assistant"]

_HOMES = {
    "open_assistant": "assistant.wiring",
    "Assistant": "assistant.pipeline",
    "Answer": "assistant.records",
    "Citation": "assistant.records",
}


def __getattr__(name: str) -> object:
    """Import the names above when first used, so that ``import assistant`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
