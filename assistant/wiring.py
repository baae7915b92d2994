"""From settings to a working assistant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.pipeline import Assistant
from assistant.settings import Settings

if TYPE_CHECKING:
    from vectorstore.base import Embedder
    from vectorstore.rerank import Reranker


def open_assistant(
    store: Path | str | None = None, settings: Settings | None = None, generation: int | None = None
) -> Assistant:
    """Open a store for reading and return its assistant; models are loaded by the first search.

    ``generation``: search in this index generation only, as is done to try one out before it is used.
    """
    from vectorstore.store import Store

    if settings is None:
        settings = Settings.load({"store": store} if store else None)
    elif store:
        settings = replace(settings, store=Path(store))

    def embedder() -> Embedder:
        from vectorstore.embed import load_embedder

        return load_embedder(settings.embedder, settings.api_key)

    def reranker() -> Reranker:
        from vectorstore.rerank import CrossEncoderReranker

        return CrossEncoderReranker(settings.reranker or "")

    return Assistant(
        Store.open(settings.store, embedder, generation),
        hits=settings.hits,
        without=settings.ablate,
        reranker=reranker if settings.reranker else None,
    )
