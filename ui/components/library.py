"""The side bar: what is in the store, and adding files to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import ui.texts as texts
from assistant.commands.failures import OURS
from assistant.intake import Incoming, IntakeReport, Progress, add_files
from assistant.passages import vietnamese_date
from assistant.versions import standing_of
from assistant.wiring import is_busy
from ui.components.markup import escape, literal
from ui.components.session import store

if TYPE_CHECKING:
    from assistant.intake import StoredDocument

SHOWN = 50


def draw_library() -> None:
    """Draw the documents of the store and the upload form."""
    st.subheader(texts.LIBRARY, anchor=False)
    documents = store().listed()
    if documents:
        used = [document for document in documents if document.standing == "searched"]
        pages, chunks = sum(d.pages for d in used), sum(d.chunks for d in used)
        st.caption(literal(texts.COUNTS.format(documents=len(used), pages=pages, chunks=chunks)))
        with st.expander(literal(texts.DOCUMENTS)):
            _draw_documents(documents)
    else:
        st.caption(literal(texts.EMPTY))
    _draw_upload()


def _draw_documents(documents: list[StoredDocument]) -> None:
    if len(documents) > SHOWN:
        wanted = st.text_input(texts.FIND_DOCUMENT).casefold().strip()
        documents = [d for d in documents if wanted in f"{d.file} {d.meta.title}".casefold()]
    rows = []
    files = {document.id: document.file for document in documents}
    for document in documents[:SHOWN]:
        standing = "" if document.standing == "searched" else standing_of(document, files)
        facts = (document.file, vietnamese_date(document.meta.issued), f"{document.chunks} đoạn", standing)
        small = " · ".join(part for part in facts if part)
        rows.append(f"<li>{escape(document.meta.title or document.file)}<br><small>{escape(small)}</small></li>")
    st.html(f'<ul class="tdkt-documents">{"".join(rows)}</ul>')
    if len(documents) > SHOWN:
        st.caption(literal(texts.MORE_DOCUMENTS.format(count=len(documents) - SHOWN)))


def _draw_upload() -> None:
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(texts.UPLOAD, accept_multiple_files=True, help=texts.UPLOAD_HELP)
        sent = st.form_submit_button(texts.UPLOAD_BUTTON, width="stretch")
    if sent and files:
        report = _add([Incoming(file.name, file.getvalue()) for file in files])
        if report is not None:
            st.session_state.upload_report = report
            st.rerun()
    report = st.session_state.get("upload_report")
    if report is not None:
        _draw_report(report)


def _add(incoming: list[Incoming]) -> IntakeReport | None:
    bar = st.progress(0.0)

    def notify(progress: Progress) -> None:
        words = texts.READING.format(file=progress.file) if progress.file else texts.INDEXING
        bar.progress(progress.done / max(progress.total, 1), literal(words))

    try:
        return add_files(store(), incoming, notify=notify)
    except OURS as error:
        st.error(literal(texts.BUSY if is_busy(error) else f"{error.message} {error.remedy}"))
        return None
    finally:
        bar.empty()


def _draw_report(report: IntakeReport) -> None:
    for file in report.taken:
        st.success(literal(texts.ADDED.format(file=file.file, chunks=file.chunks)))
        for warning in file.warnings:
            st.warning(literal(f"{file.file}: {warning}"))
    for file in report.of("known", "named"):
        st.info(literal(texts.KNOWN.format(file=file.file)))
    for file in report.refused:
        st.error(literal(texts.REFUSED_FILE.format(file=file.file, reason=file.reason, remedy=file.remedy)))
