"""The search as a LangChain retriever, for chains and agents of others."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict


class PassageRetriever(BaseRetriever):
    """Passages of one store, best first; ``k`` of them.

    ``page_content`` is the chunk's own text; ``metadata`` holds ``file``, ``document``, ``number``, ``section``,
    ``page``, ``start``, ``end``, ``context``, ``rank`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int = 8

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.assistant.search(query, k=self.k)
        documents = []
        for one in found:
            profile = self.assistant.library.profile(one.chunk.document_id)
            metadata = {
                "file": profile.file,
                "document": profile.meta.title,
                "number": profile.meta.number,
                "section": one.chunk.section,
                "page": one.chunk.page,
                "start": one.chunk.start,
                "end": one.chunk.end,
                "context": one.chunk.context,
                "rank": one.rank,
                "score": one.score,
            }
            documents.append(Document(id=one.chunk.id, page_content=one.chunk.text, metadata=metadata))
        return documents
