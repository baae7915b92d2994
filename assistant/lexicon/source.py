"""The officers' files as they are written: reading them and cutting a wording line into its two sides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FILES = ("abbreviations", "wording", "places", "stopwords", "subjects")
"""What look-up needs; ``checks.yaml`` is for the linter alone."""
ARROW = "->"


@dataclass(frozen=True, slots=True)
class Group:
    """One line of wording: every phrase of ``asked`` also looks for the phrases of ``written`` but itself.

    A line without an arrow has the same phrases on both sides.
    """

    field: str
    line: str
    asked: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def directed(self) -> bool:
        """Whether the line has an arrow."""
        return ARROW in self.line


def read(name: str, folder: Path = FOLDER) -> Any:  # noqa: ANN401 - whatever the YAML file holds
    """Parse one file, with the C parser where PyYAML has it (ten times faster)."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((folder / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)


def digest(folder: Path = FOLDER) -> str:
    """Return a hash of all files' content; line ends do not count, since a checkout may change them."""
    found = hashlib.sha256()
    for name in FILES:
        found.update((folder / f"{name}.yaml").read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def group(field: str, line: str) -> Group:
    """Cut a wording line.

    >>> group("kinh tế", "hãng | công ty -> doanh nghiệp").asked
    ('hãng', 'công ty')
    """
    left, arrow, right = line.partition(ARROW)
    asked = _phrases(left)
    return Group(field, line, asked, _phrases(right) if arrow else asked)


def groups(wording: dict[str, list[str]]) -> tuple[Group, ...]:
    """Cut all lines of ``wording.yaml`` in order."""
    return tuple(group(field, line) for field, lines in wording.items() for line in lines)


def readings(full: str) -> tuple[str, ...]:
    """Cut the readings of an abbreviation."""
    return _phrases(full)


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))
