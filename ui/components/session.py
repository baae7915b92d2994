"""What is shared (the opened assistant of a store) and what belongs to one reader (the conversation)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from assistant.pipeline import Assistant
from assistant.records import Answer, Turn
from assistant.wiring import load_settings, store_of

if TYPE_CHECKING:
    from assistant.intake import Store


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer, in the session of the reader who asked."""

    question: str
    answer: Answer


@st.cache_resource(show_spinner=False)
def _open(store: str) -> Assistant:
    # Only the opened store is shared between readers; nothing any of them typed.
    from assistant.wiring import open_assistant

    return open_assistant(store)


def store() -> Store:
    """Return the store behind the assistant."""
    return store_of(assistant())


def assistant() -> Assistant:
    """Return the assistant of the configured store, opened once per process."""
    return _open(str(load_settings().store))


def exchanges() -> list[Exchange]:
    """Return this reader's conversation, to read and append to."""
    found: list[Exchange] = st.session_state.setdefault("exchanges", [])
    return found


def history() -> tuple[Turn, ...]:
    """Return the conversation as the assistant wants it."""
    return tuple(
        turn
        for exchange in exchanges()
        for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer.answer))
    )
