"""Opening a citation: the document, its page, and the words highlighted where they stand."""

from __future__ import annotations

import streamlit as st

import ui.texts as texts
from assistant.commands.failures import OURS
from assistant.passages import Passage, document_facts, page_words, passage
from assistant.records import Citation
from ui.components.markup import escape, literal
from ui.components.session import store

LINES_BEFORE = 4
CHARACTERS_BEFORE = 320


@st.dialog(texts.PASSAGE, width="large")
def open_passage(citation: Citation) -> None:
    """Show a citation over the page; Esc closes it."""
    try:
        shown = passage(store(), citation)
    except OURS as error:
        st.warning(literal(f"{texts.GONE} {error.message}"))
        return
    st.html(f"<strong>{escape(shown.title)}</strong>")
    st.html(facts_html(_place(shown)))
    st.html(f'<div class="tdkt-page" tabindex="0">{surroundings_html(shown)}</div>')
    if shown.page is not None:
        label = texts.WHOLE_PAGE.format(page=page_words(shown.page, shown.page_label))
        with st.expander(literal(label)):
            st.html(f'<div class="tdkt-page" tabindex="0">{page_html(shown)}</div>')
    with st.expander(literal(texts.FACTS)):
        st.html(facts_html([*document_facts(shown.document.meta), (texts.FILE, shown.document.file)]))
    for warning in shown.document.warnings:
        st.warning(literal(f"{texts.DOCUMENT_WARNINGS}: {warning}"))


def _place(shown: Passage) -> list[tuple[str, str]]:
    page = page_words(shown.page, shown.page_label).removeprefix("trang ") or texts.NO_PAGES
    facts = [(texts.FILE, shown.document.file), (texts.PAGE, page), (texts.SECTION, shown.section)]
    return [(name, value) for name, value in facts if value]


def surroundings_html(shown: Passage) -> str:
    """Return the words with what stands before and after them."""
    # Little before, so that the words themselves are in sight without scrolling.
    lines = shown.before.split("\n")[-LINES_BEFORE:]
    before = _last_words("\n".join(lines), CHARACTERS_BEFORE)
    lead = "…" if shown.start > len(before) else ""
    return f"{lead}{escape(before)}<mark>{escape(shown.quote)}</mark>{escape(shown.after)}…"


def _last_words(text: str, most: int) -> str:
    """Return the end of a text, at most so many characters, beginning with a whole word."""
    if len(text) <= most or text[-most - 1].isspace():
        return text[-most:]
    return text[-most:].partition(" ")[2]


def page_html(shown: Passage) -> str:
    """Return the page's text with the words marked; a rule where body and notes are apart."""
    pieces: list[str] = []
    last = None
    for part in shown.page_parts:
        if last is not None and part.start != last:
            pieces.append('<hr class="tdkt-gap">')
        words = escape(part.text)
        pieces.append(f"<mark>{words}</mark>" if part.quoted else words)
        last = part.end
    return "".join(pieces)


def facts_html(facts: list[tuple[str, str]]) -> str:
    """Return (name, value) pairs as a definition list."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="tdkt-facts">{rows}</dl>'
