"""A passage as a person reads it in a list of hits."""

from __future__ import annotations

from ingest.records import Chunk

MAX_WORDS = 200


def reading_text(chunk: Chunk, limit: int = MAX_WORDS) -> str:
    """Return a passage with what introduces it, in at most ``limit`` words.

    The passage itself comes whole as far as it fits; what stands before it (a list's lead-in, the sentence a footnote
    belongs to, a table row written out) takes the room that is left, nearest words first.
    """
    words = chunk.text.split()[:limit]
    room = limit - len(words)
    before = chunk.context.split()
    return " ".join([*(before[-room:] if room else []), *words])
