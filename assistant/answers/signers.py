"""Who signed a document: read from its signature block."""

from __future__ import annotations

from assistant.drafts import Draft, Span, Statement
from assistant.question.question_types import asks_signer
from assistant.reading.wording import short_title
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from prompts import say


def answer(query: Query, library: Library) -> Draft | None:
    """Answer from the signature of the document meant, ``None`` when none is meant or it bears no name."""
    if not asks_signer(query.understood.folded):
        return None
    document = meant(query) or (next(iter(library.profiles)) if len(library.profiles) == 1 else "")
    if not document:
        return None
    profile = library.profile(document)
    signer = profile.meta.signer
    if not signer:
        return None
    for chunk in library.chunks_of(document):
        if chunk.kind == "back" and signer in chunk.text:
            role = ", ".join(line.strip() for line in chunk.text.split("\n") if line.strip() and line.strip() != signer)
            title = short_title(profile.meta, profile.file)
            text = say("answers", "signer", title=title, role=role, name=signer)
            return Draft("fact", (Statement(text, (Span(chunk, chunk.start, chunk.end),)),))
    return None
