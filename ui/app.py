"""The app: ask, read the cited answer, open a citation. Started by ``tdkt ui``."""

from __future__ import annotations

import streamlit as st

from assistant.commands.failures import OURS, write_log
from assistant.intake import example_questions
from ui import texts
from ui.components.answers import draw_answer
from ui.components.library import draw_library
from ui.components.markup import literal
from ui.components.session import Exchange, assistant, exchanges, history
from ui.components.style import draw_style


def draw_page() -> None:
    """Draw the whole page for this reader."""
    st.set_page_config(page_title=texts.TITLE, page_icon=":material/menu_book:", layout="centered")
    draw_style()
    st.title(texts.TITLE, anchor=False)
    st.caption(literal(texts.LEAD))
    with st.sidebar:
        draw_library()
    empty = not assistant().store.documents()
    if empty:
        st.info(literal(texts.EMPTY_ASK))
    question = st.chat_input(texts.ASK, disabled=empty)
    if not exchanges() and not empty and not question:
        question = _draw_examples()
    _draw_exchanges()
    if question:
        _answer(question)


def _draw_examples() -> str | None:
    """Offer questions to begin with; return the one chosen."""
    st.html(f'<p class="tdkt-heading">{texts.EXAMPLES}</p>')
    chosen = None
    for number, question in enumerate(example_questions(assistant().store)):
        if st.button(literal(question), key=f"example-{number}", width="stretch"):
            chosen = question
    return chosen


def _draw_exchanges() -> None:
    for number, exchange in enumerate(exchanges()):
        with st.chat_message("user", avatar=":material/person:"):
            st.html(_plain(exchange.question))
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            draw_answer(exchange.answer, key=str(number))


def _answer(question: str) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.html(_plain(question))
    with st.spinner(texts.ASKING):
        answer = assistant().ask(question, history=history())
    exchanges().append(Exchange(question, answer))
    st.rerun()


def _plain(question: str) -> str:
    from ui.components.markup import escape

    return f'<div class="tdkt-answer">{escape(question)}</div>'


def run() -> None:
    """Draw the page; an error becomes words a reader can act on."""
    try:
        draw_page()
    except OURS as error:
        st.error(literal(f"{error.message} {error.remedy}"))
    except Exception as bug:  # noqa: BLE001 - the last line of defence: a bug becomes a message and a log
        st.error(literal(texts.BUG.format(log=write_log(bug))))


run()
