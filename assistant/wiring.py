"""From settings to a working assistant, or to a store whose documents are changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from vectorstore.base import Embedder
    from vectorstore.rerank import Reranker
    from vectorstore.store import Store


def open_assistant(
    store: Path | str | None = None, settings: Settings | None = None, generation: int | None = None
) -> Assistant:
    """Open a store for reading and return its assistant; models are loaded by the first search.

    ``generation``: search in this index generation only, as is done to try one out before it is used.
    """
    from assistant.pipeline import Assistant
    from vectorstore.store import Store

    if settings is None:
        settings = Settings.load({"store": store} if store else None)
    elif store:
        settings = replace(settings, store=Path(store))

    def reranker() -> Reranker:
        from vectorstore.rerank import CrossEncoderReranker

        return CrossEncoderReranker(settings.reranker or "")

    return Assistant(
        Store.open(settings.store, embedder_of(settings), generation),
        hits=settings.hits,
        without=settings.ablate,
        reranker=reranker if settings.reranker else None,
    )


def open_store(folder: Path | None = None) -> Store:
    """Open the store to read or change documents; the embedder is loaded when first needed."""
    from vectorstore.store import Store

    settings = load_settings(folder)
    return Store.open(settings.store, embedder_of(settings))


def store_of(assistant: Assistant) -> Store:
    """Return the store that an assistant reads, as the thing that can also be written to and closed."""
    from vectorstore.store import Store

    store = assistant.store
    if not isinstance(store, Store):
        raise TypeError(f"the assistant reads a {type(store).__name__}")
    return store


def load_settings(folder: Path | None = None) -> Settings:
    """Return the settings, with the store given on the command line if there is one."""
    return Settings.load({"store": folder} if folder else {})


def embedder_of(settings: Settings) -> Callable[[], Embedder]:
    """Return what loads the configured embedder."""

    def load() -> Embedder:
        from vectorstore.embed import load_embedder

        return load_embedder(settings.embedder, settings.api_key)

    return load


def is_busy(error: Exception) -> bool:
    """Whether an error says that somebody else is writing to the store."""
    from vectorstore.errors import StoreBusy

    return isinstance(error, StoreBusy)
