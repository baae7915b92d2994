"""Vietnamese texts the assistant says, kept apart from code, with the variables each one needs.

A file holds texts under headings ``## name`` or ``## name: variable, variable``; ``say("refusals", "nothing")`` fills
one. A variable that is missing, unknown or undeclared is an error, so a typo in a text fails a test, not a reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HEADING = re.compile(r"^## ([a-z_]+)(?::\s*(.*))?$", re.M)
_VARIABLE = re.compile(r"\{(\w*)\}")


class BadTemplate(ValueError):
    """A text and its variables do not fit."""


@dataclass(frozen=True, slots=True)
class Template:
    """One text with its declared variables."""

    name: str
    variables: frozenset[str]
    text: str

    def fill(self, values: Mapping[str, object]) -> str:
        """Put the values in; every declared variable and nothing else must be given."""
        if values.keys() != self.variables:
            wrong = sorted(values.keys() ^ self.variables)
            raise BadTemplate(f"template {self.name!r}: missing or unknown variables {wrong}")
        return _VARIABLE.sub(lambda match: str(values[match.group(1)]), self.text)


def parse(source: str, file: str = "") -> dict[str, Template]:
    """Read the templates of one file; used and declared variables must be the same."""
    found: dict[str, Template] = {}
    headings = list(_HEADING.finditer(source))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        name = heading.group(1)
        declared = frozenset(part.strip() for part in (heading.group(2) or "").split(",") if part.strip())
        text = " ".join(source[heading.end() : following.start() if following else len(source)].split())
        used = frozenset(_VARIABLE.findall(text))
        if used != declared:
            raise BadTemplate(f"{file}: template {name!r} declares {sorted(declared)} but uses {sorted(used)}")
        if not text or name in found:
            raise BadTemplate(f"{file}: template {name!r} is empty or given twice")
        found[name] = Template(name, declared, text)
    return found


@lru_cache(maxsize=32)
def load(file: str) -> dict[str, Template]:
    """Read ``prompts/<file>.md`` once per process."""
    return parse((FOLDER / f"{file}.md").read_text(encoding="utf-8"), file)


def say(file: str, name: str, /, **values: object) -> str:
    """Fill one text."""
    try:
        template = load(file)[name]
    except KeyError:
        raise BadTemplate(f"no template {name!r} in prompts/{file}.md") from None
    return template.fill(values)
