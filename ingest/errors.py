"""What can go wrong while reading files.

::

    IngestError
    ├── UnreadableFile        the file cannot become a document; it is refused by name
    │   ├── EmptyFile
    │   ├── DamagedFile
    │   ├── ProtectedFile     needs a password
    │   ├── NoText            no text layer: a scan
    │   └── UnsupportedFormat
    └── MissingPath           the user named a file or folder that does not exist

``message`` and ``remedy`` are Vietnamese, for the user; ``detail`` is English, for the log.
"""

from __future__ import annotations


class IngestError(Exception):
    """A problem with an input, told to the user in Vietnamese: what happened and what to do next."""

    def __init__(self, message: str, *, remedy: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.detail = detail


class UnreadableFile(IngestError):
    """The file cannot become a document."""


class EmptyFile(UnreadableFile):
    """The file has no bytes or no characters."""


class DamagedFile(UnreadableFile):
    """The file is not a whole file of its kind."""


class ProtectedFile(UnreadableFile):
    """The file is encrypted."""


class NoText(UnreadableFile):
    """The file has pages but no text layer."""


class UnsupportedFormat(UnreadableFile):
    """The file's kind is not read."""


class MissingPath(IngestError):
    """A path named by the user does not exist."""
