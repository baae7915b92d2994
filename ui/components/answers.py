"""Drawing an answer: what it says, how sure it is, and every citation as a button that opens it."""

from __future__ import annotations

import re

import streamlit as st

import ui.texts as texts
from assistant.passages import CAUTION, RESTATED, place_words
from assistant.records import Answer, Citation
from ui.components.markup import escape, literal
from ui.components.passages import open_passage

_MARKER = re.compile(r"\[(\d+)\]")


def draw_answer(answer: Answer, key: str) -> None:
    """Draw one answer; ``key`` tells its buttons from those of other answers on the page."""
    for notice in answer.question_notices:
        st.html(f'<p class="tdkt-reading">{escape(notice)}</p>')
    if answer.caution:
        st.warning(literal(CAUTION), icon=":material/warning:")
    if answer.status == "answered":
        markers = {citation.marker for citation in answer.citations}
        st.html(f'<div class="tdkt-answer">{_with_markers(answer.answer, markers)}</div>')
    elif answer.status == "refused":
        st.info(f"**{literal(texts.REFUSED)}**\n\n{literal(answer.answer)}", icon=":material/search_off:")
    else:
        st.error(f"**{literal(texts.FAILED)}**\n\n{literal(answer.answer)}", icon=":material/error:")
    if answer.citations:
        st.html(
            f'<p class="tdkt-heading">{escape(texts.SOURCES if answer.status == "answered" else texts.NEAREST)}</p>'
        )
    for citation in answer.citations:
        _draw_citation(citation, f"{key}-{citation.marker}")
    if answer.answer_notices:
        items = "".join(f"<li>{escape(notice)}</li>" for notice in answer.answer_notices)
        st.html(f'<p class="tdkt-heading">{escape(texts.NOTICES)}</p><ul class="tdkt-notices">{items}</ul>')


def quote_html(citation: Citation) -> str:
    """Return the cited words: in quotation marks only when they are the document's own."""
    words = escape(" ".join(citation.quote.split()))
    if citation.verbatim:
        return f'<div class="tdkt-quote">“{words}”</div>'
    return f'<div class="tdkt-quote"><span class="tdkt-restated">{escape(RESTATED)}</span>{words}</div>'


def _draw_citation(citation: Citation, key: str) -> None:
    if st.button(literal(f"[{citation.marker}] {place_words(citation)}"), key=f"cite-{key}", type="tertiary"):
        open_passage(citation)
    st.html(quote_html(citation))


def _with_markers(text: str, markers: set[int]) -> str:
    """Escape the answer and set off the markers that have a citation."""

    def mark(match: re.Match[str]) -> str:
        return f'<span class="tdkt-marker">{match[0]}</span>' if int(match[1]) in markers else match[0]

    return _MARKER.sub(mark, escape(text))
