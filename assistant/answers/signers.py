"""Who signed a document: read from its signature block."""

from __future__ import annotations

import re

from assistant.drafts import Draft, Span, Statement
from assistant.question.question_types import asks_signer
from assistant.reading.wording import plain, short_title
from assistant.retrieval.library import Library
from assistant.retrieval.query import Query
from assistant.retrieval.routing import meant
from assistant.retrieval.scoring import coverage
from assistant.words import join
from prompts import say
from vectorstore.lexical import accented_tokens, tokens

HELD = 0.45
"""Share of the question that title and issuer of the document meant hold,"""
LEAD = 0.1
"""and by how much more than any other's."""


def answer(query: Query, library: Library) -> Draft | None:
    """Answer from the signature of the document meant, ``None`` when none is meant or it bears no name."""
    if not asks_signer(query.understood.folded):
        return None
    document = meant(query) or _titled(query, library)
    if not document:
        return None
    profile = library.profile(document)
    signer = profile.meta.signer
    if not signer:
        return None
    for chunk in library.chunks_of(document):
        if chunk.kind == "back" and signer in chunk.text:
            lines = [plain(line) for line in chunk.text.split("\n")]
            role = ", ".join(_spoken(line) for line in lines if line and line != signer)
            title = short_title(profile.meta, profile.file)
            text = say("answers", "signer", title=title, role=role, name=signer)
            return Draft("fact", (Statement(text, (Span(chunk, chunk.start, chunk.end),)),))
    return None


def _titled(query: Query, library: Library) -> str:
    """Return the document whose title and issuer clearly say most of the question, or the only one there is."""
    held = {
        one.id: coverage(query, frozenset(words), join(words), frozenset(accented_tokens(name)))
        for one in library.profiles.values()
        for name in (f"{one.meta.kind} {one.meta.subject} {one.meta.issuer}",)
        for words in (tokens(name),)
    }
    order = sorted(held, key=lambda one: (-held[one], one))
    if len(order) == 1:
        return order[0]
    return order[0] if order and held[order[0]] >= HELD and held[order[0]] - held[order[1]] >= LEAD else ""


def _spoken(line: str) -> str:
    """Return a line of a signature block in ordinary letters: "KT. GIÁM ĐỐC" gives "KT. Giám đốc"."""
    return re.sub(r"\w[\w ]+$", lambda found: found.group().capitalize(), line) if line.isupper() else line
