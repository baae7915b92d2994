"""The app: ask, read the cited answer, open a citation. Started by ``tdkt ui``."""

from __future__ import annotations

import streamlit as st

import ui.texts as texts
from assistant.commands.failures import OURS, write_log
from assistant.suggestions import example_questions
from ui.components.answers import draw_answer
from ui.components.icon import icon
from ui.components.library import draw_library
from ui.components.markup import escape, literal
from ui.components.session import Exchange, assistant, exchanges, history, store
from ui.components.style import draw_style


def draw_page() -> None:
    """Draw the whole page for this reader: the question on top, the newest answer right below it."""
    st.set_page_config(page_title=texts.TITLE, page_icon=icon(), layout="centered")
    draw_style()
    st.title(texts.TITLE, anchor=False)
    st.caption(literal(texts.LEAD))
    with st.sidebar:
        draw_library()
    empty = not store().documents()
    if empty:
        st.info(literal(texts.EMPTY_ASK))
    # Inside a container the field stays on top: an answer with many citations is read from its first line.
    question = st.container().chat_input(texts.ASK, disabled=empty)
    if not question and not empty and not exchanges():
        question = _draw_examples()
    if question:
        _answer(question)
    _draw_exchanges()
    if exchanges() and st.button(literal(texts.NEW_CHAT), key="new"):
        exchanges().clear()
        st.rerun()


def _draw_examples() -> str | None:
    """Offer questions to begin with; return the one chosen."""
    chosen = None
    questions = example_questions(store())
    if questions:
        st.html(f'<p class="tdkt-heading">{escape(texts.EXAMPLES)}</p>')
    for number, question in enumerate(questions):
        if st.button(literal(question), key=f"example-{number}", width="stretch"):
            chosen = question
    return chosen


def _draw_exchanges() -> None:
    for number, exchange in reversed(list(enumerate(exchanges()))):
        st.html(f'<div class="tdkt-question">{escape(exchange.question)}</div>')
        draw_answer(exchange.answer, key=str(number))


def _answer(question: str) -> None:
    with st.spinner(texts.ASKING):
        answer = assistant().ask(question, history=history())
    exchanges().append(Exchange(question, answer))
    # Drawn anew, so that the examples give way and the side bar is up to date.
    st.rerun()


def run() -> None:
    """Draw the page; an error becomes words a reader can act on."""
    try:
        draw_page()
    except OURS as error:
        st.error(literal(f"{error.message} {error.remedy}"))
    except Exception as bug:  # noqa: BLE001 - the last line of defence: a bug becomes a message and a log
        st.error(literal(texts.BUG.format(log=write_log(bug))))


run()
