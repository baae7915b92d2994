"""The steps of :mod:`assistant.pipeline` as LangChain runnables; imported only when a caller wants the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.records import Answer
from assistant.state import Request, State

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


def chain(assistant: Assistant) -> Runnable[Any, Answer]:
    """Compose the assistant's own step functions; ``ask`` runs the very same ones."""
    read, find, write, prove = assistant.steps
    return (
        RunnableLambda(_start).with_config(run_name="start")
        | RunnableLambda(read).with_config(run_name="understand")
        | RunnableLambda(find).with_config(run_name="retrieve")
        | RunnableLambda(write).with_config(run_name="extract")
        | RunnableLambda(prove).with_config(run_name="verify and cite")
        | RunnableLambda(_end).with_config(run_name="answer")
    )


def _start(given: Any) -> State:  # noqa: ANN401 - a question, a request or its fields
    if isinstance(given, Request):
        return State(given)
    if isinstance(given, str):
        return State(Request(given))
    return State(Request(**given))


def _end(state: State) -> Answer:
    assert state.answer is not None
    return state.answer
