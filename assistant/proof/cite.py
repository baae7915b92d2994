"""Turn the spans of a draft into numbered citations and the answer's text with its markers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts import Draft, Span, Statement
from assistant.records import Citation
from assistant.retrieval.library import Library

_GAP = 3
"""Characters between two pieces of one sentence at most: a semicolon and the space behind it."""
_ENDS = re.compile(r"[.?!…:]$")


def cite(draft: Draft, library: Library) -> tuple[str, tuple[Citation, ...]]:
    """Return the text with ``[n]`` after the words each span proves, and the spans as citations, each numbered once."""
    citations: list[Citation] = []
    seen: dict[tuple[str, int, int], int] = {}
    told = ""
    for number, statement in enumerate(draft.statements):
        markers = []
        for span in statement.spans:
            key = (span.chunk.document_id, span.start, span.end)
            if key not in seen:
                seen[key] = len(citations) + 1
                citations.append(citation(span, seen[key], library))
            markers.append(seen[key])
        sentence = _sentence(statement, markers)
        if number and _goes_on(draft.statements[number - 1], statement, library):
            told = f"{told.rstrip('.')}; {sentence}"
        else:
            told = f"{told} {sentence}".lstrip()
    return told, tuple(citations)


def _goes_on(before: Statement, statement: Statement, library: Library) -> bool:
    """Whether a statement continues the enumeration of the one before it, from where that one stopped."""
    if not (before.spans and statement.spans):
        return False
    last, first = before.spans[-1], statement.spans[0]
    if last.chunk.document_id != first.chunk.document_id or not 0 <= first.start - last.end <= _GAP:
        return False
    between = library.store.printed(first.chunk.document_id).text[last.end - 1 : first.start]
    return ";" in between or statement.text.strip()[:1].islower()


def _sentence(statement: Statement, markers: Sequence[int]) -> str:
    text = statement.text.strip()
    marks = "".join(f"[{marker}]" for marker in dict.fromkeys(markers))
    if not marks:
        return text if _ENDS.search(text) else f"{text}."
    if text.endswith(":"):
        return f"{text} {marks}"
    return f"{text.rstrip('.')} {marks}." if not text.endswith(("…", "”", "?", "!")) else f"{text} {marks}"


def citation(span: Span, marker: int, library: Library) -> Citation:
    """One citation: the exact words and everything needed to find them on paper."""
    chunk = span.chunk
    profile = library.profile(chunk.document_id)
    meta = profile.meta
    printed = library.store.printed(chunk.document_id)
    start, end = _trimmed(printed.text, span.start, span.end)
    # The quote's own page: its passage may have begun on the one before.
    page = printed.page_of(start)
    return Citation(
        marker=marker,
        file=profile.file,
        document=meta.title or profile.file,
        number=meta.number,
        page=(page.number or None) if page else None,
        page_label=page.label if page else None,
        section=section(span),
        quote=printed.text[start:end],
        start=start,
        end=end,
        verbatim=not meta.restated,
        document_id=chunk.document_id,
        confidence=page.confidence if page else None,
    )


def section(span: Span) -> str:
    """Heading path with what the chunk itself is: an article or clause by its label, a note by its number, a row."""
    chunk = span.chunk
    parts = list(chunk.path)
    if chunk.kind == "footnote" and chunk.label:
        parts.append(f"chú thích {chunk.label}")
    elif chunk.kind == "row":
        parts.append("bảng")
    elif chunk.label and not any(part.startswith(chunk.label) for part in parts):
        parts.append(chunk.label)
    return " > ".join(parts)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
