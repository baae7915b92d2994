"""The real assistant as a measured system, and the documents that citations are held against."""

from __future__ import annotations

import pytest

from assistant.errors import BadSettings
from evals.gold import load
from evals.suites import BUNDLED, gold
from evals.systems import RecordedSystem, describe, open_system


def test_rows_have_the_fields_of_the_contract(real):
    row = real.answer(load([gold(BUNDLED)])[0].question, ())
    assert row["status"] == "answered" and row["elapsed_ms"] > 0 and 0 <= row["confidence"] <= 1
    fields = {
        "marker",
        "file",
        "document",
        "number",
        "page",
        "page_label",
        "section",
        "quote",
        "start",
        "end",
        "verbatim",
    }
    assert row["citations"] and all(set(citation) == fields for citation in row["citations"])
    hits = real.hits(load([gold(BUNDLED)])[0].question, (), 5)
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert all(hit["file"] in real.library.files() and len(hit["text"].split()) <= 200 for hit in hits)


def test_history_reaches_the_assistant(real):
    follow_up = next(question for question in load([gold(BUNDLED)]) if question.history)
    with_turns = real.hits(follow_up.question, follow_up.history, 10)
    assert [hit["text"] for hit in with_turns] != [hit["text"] for hit in real.hits(follow_up.question, (), 10)]


def test_a_question_that_crashes_is_an_error_row(real, monkeypatch):
    def crash(*arguments):
        raise RuntimeError("boom")

    monkeypatch.setattr(real.assistant, "ask", crash)
    row = real.answer("Có gì?", ())
    assert (row["status"], row["notices"]) == ("error", ["RuntimeError: boom"])


def test_a_run_remembers_what_it_was_taken_with(real):
    described = describe(real)
    assert len(described["corpus"]) == 64 and described["index"]["documents"] == len(described["documents"])
    assert described["index"]["embedder"]
    assert described["settings"] == {"embedder": "None", "reranker": "None", "hits": "50", "words": "200", "ablate": ""}


def test_asking_for_what_the_assistant_has_not_is_an_error(bundled_store):
    with pytest.raises(BadSettings, match="magic"):
        open_system(bundled_store, ablate=["magic"])


def test_parts_left_out_reach_the_assistant_its_name_and_the_record(bundled_store):
    system = open_system(bundled_store, ablate=["vectors,lists"])
    assert system.assistant.library.without == {"vectors", "lists"}
    assert system.name == "tdkt − lists − vectors"
    assert describe(system)["settings"]["ablate"] == "lists, vectors"
    system.store.close()


def test_the_library_knows_pages_sections_and_surroundings(real):
    file = next(name for name in real.library.files() if name.endswith(".pdf"))
    text = real.library.text(file)
    assert real.library.pages(file, 0, 10) == {1}
    assert max(real.library.pages(file, 0, len(text))) > 1
    assert real.library.pages(file, len(text) - 20, len(text)) != {1}
    assert len(real.library.sections(file, 0, len(text))) > 3
    assert "năm 20" in real.library.context(file, 0, 10)


def test_a_document_is_found_under_its_name_only(real):
    file = real.library.files()[0]
    assert real.library.text(file) == real.library.text(file.rsplit(".", 1)[0] + ".txt")
    assert real.library.text("khong-co.txt") is None
    assert real.library.pages("khong-co.txt", 0, 1) == frozenset()


def test_recorded_rows_are_told_apart_by_their_history():
    turns = [{"role": "user", "content": "Trước?"}]
    system = RecordedSystem({("Ai?", "Trước?"): {"status": "answered", "answer": "b"}}, {})
    assert system.answer("Ai?", turns)["answer"] == "b"
    assert system.answer("Ai?", ())["status"] == "error"
    assert system.hits("Ai?", (), 3) == []
