"""What of a chunk is indexed and what is embedded: the one place that decides it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from ingest.records import Chunk, DocumentMeta
from vectorstore.records import Passage

RULES = 1
"""Version of what is written below; an index made under another version is built anew."""


def passages(meta: DocumentMeta, chunks: Iterable[Chunk]) -> Iterator[Passage]:
    """Turn the chunks of one document into passages, in their order."""
    for chunk in chunks:
        yield Passage(
            chunk_id=chunk.id,
            document_id=chunk.document_id,
            body=chunk.text,
            path=" > ".join(part for part in (meta.title, *chunk.path) if part),
            context=chunk.context,
            embedded=embedded_text(chunk),
        )


def embedded_text(chunk: Chunk) -> str:
    """Return the text whose vector stands for a chunk: headings, context, body.

    The document's title is left out: it is the same for all chunks of a document and would pull their vectors
    together. The lexical path field has it, which is where a question that names the document finds it.
    """
    return "\n".join(part for part in (chunk.section, chunk.context, chunk.text) if part)


def digest(text: str) -> bytes:
    """Key under which the vector of ``text`` is cached (32 bytes)."""
    return sha256(text.encode()).digest()
