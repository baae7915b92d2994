"""Lines that state nothing: a note on where a text was taken from, the file name of an attachment."""

from __future__ import annotations

import re

from assistant.retrieval.units import Unit

_NOTE = re.compile(r"\W*\[[^\]]{8,}\]\W*|[^.;:]{3,90}\.(?:docx?|pdf|xlsx?|rtf|zip)\W*", re.I)


def idle(unit: Unit) -> bool:
    """Say whether a unit is such a line."""
    return unit.chunk.kind != "row" and _NOTE.fullmatch(unit.text) is not None
