"""Named points at which a test can kill the process, to prove that no moment is a bad one to lose power.

``TDKT_FAULT=point`` or ``point:3`` (the third time it is reached) arms one point for the whole process. The kill is a
real SIGKILL: no ``finally`` runs, no buffer is flushed. Unarmed, a point costs one comparison.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "original-temporary",
    "original-written",
    "catalog-uncommitted",
    "catalog-committed",
    "next-document",
    "vectors-stored",
    "generation-copied",
    "lexical-uncommitted",
    "lexical-committed",
    "vectors-half-indexed",
    "generation-unchecked",
    "swap-uncommitted",
    "swap-committed",
    "cleanup-half-done",
)

_armed, _, _count = os.environ.get("TDKT_FAULT", "").partition(":")
_remaining = int(_count or 1)


def fault(point: str) -> None:
    """Die here if this point is armed."""
    global _remaining
    if point != _armed:
        return
    _remaining -= 1
    if _remaining == 0:
        if hasattr(signal, "SIGKILL"):
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(137)  # Windows: the nearest thing, no handlers and no flushing either
