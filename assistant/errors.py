"""What can go wrong while answering.

::

    AssistantError
    ├── BadSettings       a setting is unknown or has a wrong value
    └── BadInput          a question file or an option cannot be read

``message`` and ``remedy`` are Vietnamese, for the user; ``detail`` is English, for the log.
"""

from __future__ import annotations


class AssistantError(Exception):
    """A problem told to the user in Vietnamese: what happened and what to do next."""

    def __init__(self, message: str, *, remedy: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.detail = detail


class BadSettings(AssistantError):
    """A setting is unknown or has a wrong value."""


class BadInput(AssistantError):
    """A question file or an option cannot be read."""
