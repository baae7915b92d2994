"""Questions to begin with: what the documents of a store can answer, offered where nothing was asked yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vectorstore.store import Store


def example_questions(store: Store, most: int = 4) -> list[str]:
    """Return questions that the documents of this store can answer, to begin a conversation with."""
    from ingest import samples

    documents = store.documents()
    bundled = {path.name for path in samples.documents()}
    if bundled and bundled <= {document.file for document in documents}:
        return samples.demo_questions()[:most]
    questions = []
    for document in documents:
        kind, number = document.meta.kind, document.meta.number
        # A number left blank ("Số: …/KH") names no document.
        name = f"{kind} số {number}" if kind and number and "số" not in document.meta.blanks else ""
        if name and document.meta.issued:
            questions.append(f"{name} được ban hành ngày nào?")
        if name and document.meta.subject:
            questions.append(f"{name} về việc gì?")
    return questions[:most]
