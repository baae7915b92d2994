"""What can go wrong while measuring.

::

    EvalError (an AssistantError: the command line tells it to the user)
    ├── BadGold        a gold file or an officer's table cannot be used; ``problems`` names every place
    ├── BadRun         a stored run is missing or incomplete
    ├── BadFloors      the floors file cannot be used
    └── MissingExtra   a baseline needs a package of the optional extra ``baselines``

``message`` and ``remedy`` are Vietnamese, for the user; ``detail`` is English, for the log.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import AssistantError


class EvalError(AssistantError):
    """A problem with an evaluation, told to the user in Vietnamese: what happened and what to do next."""


class BadGold(EvalError):
    """Questions that cannot be used; ``problems`` holds one Vietnamese line per place."""

    def __init__(self, message: str, *, remedy: str = "", detail: str = "", problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *(f"- {problem}" for problem in problems)]), remedy=remedy, detail=detail)
        self.problems = tuple(problems)


class BadRun(EvalError):
    """A stored run is missing, damaged or does not match."""


class BadFloors(EvalError):
    """The file of floors is missing or names nothing that can be measured."""


class MissingExtra(EvalError):
    """A baseline needs a package that is not installed."""
