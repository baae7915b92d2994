"""What opens behind a citation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.intake import Incoming, add_files
from assistant.passages import document_facts, page_parts, page_words, passage, vietnamese_date, visible
from assistant.records import Citation
from assistant.wiring import open_store
from ingest.samples import documents
from vectorstore.errors import DocumentNotFound
from vectorstore.store import Store

DOCUMENTS = Path(__file__).parents[1] / "documents"
PLAN = "ke-hoach-phat-dong.txt"
PDF = next(path for path in documents() if path.suffix == ".pdf")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("store")) as opened:
        report = add_files(opened, [Incoming.at(DOCUMENTS / PLAN), Incoming.at(PDF)])
        assert not report.refused, report.refused
        yield opened


def cite(store: Store, file: str, words: str, page: int | None = None) -> Citation:
    document = store.document(file)
    start = store.text(document.id).index(words)
    end = start + len(words)
    return Citation(1, file, "", "", page, None, "", words, start, end, document_id=document.id)


def test_slices_are_exact(store: Store) -> None:
    citation = cite(store, PLAN, "Toàn huyện trồng mới 12.500 cây xanh")
    opened = passage(store, citation, around=40)
    text = store.text(citation.document_id)
    assert opened.before + opened.quote + opened.after == text[citation.start - 40 : citation.end + 40]
    assert opened.quote == citation.quote
    assert "27/KH-UBND" in opened.title


def test_at_the_edges_of_a_document(store: Store) -> None:
    text = store.text(store.document(PLAN).id)
    first = passage(store, cite(store, PLAN, text[:10]))
    assert (first.before, first.quote) == ("", text[:10])
    last = Citation(1, PLAN, "", "", None, None, "", text[-5:], len(text) - 5, len(text))
    assert passage(store, last).after == ""


def test_page_holds_its_own_words_and_marks_the_quote(store: Store) -> None:
    document = store.document(PDF.name)
    chunks = [chunk for chunk in store.document_chunks(document.id) if chunk.kind == "text" and len(chunk.text) > 40]
    inner = next(chunk for chunk in chunks if chunk.page == 2 and "\n" not in chunk.text)
    outer = next(chunk for chunk in chunks if chunk.page == 3)
    opened = passage(store, cite(store, PDF.name, inner.text[:40], page=2))
    whole = "".join(part.text for part in opened.page_parts)
    assert inner.text[:40] in whole
    assert outer.text[:40] not in whole
    assert "".join(part.text for part in opened.page_parts if part.quoted) == inner.text[:40]
    text = store.text(document.id)
    assert all(text[part.start : part.end] == part.text for part in opened.page_parts)


def test_without_pages_the_surroundings_stand_in(store: Store) -> None:
    opened = passage(store, cite(store, PLAN, "12.500 cây xanh"), around=30)
    assert [part.quoted for part in opened.page_parts] == [False, True, False]
    assert "".join(part.text for part in opened.page_parts) == opened.before + opened.quote + opened.after


def test_pages_together_hold_the_document(store: Store) -> None:
    document = store.read(store.document(PDF.name).id)
    printed = [part for page in document.pages for part in page_parts(store, document.id, page.number)]
    covered = {position for part in printed for position in range(part.start, part.end)}
    assert not "".join(char for at, char in enumerate(document.text) if at not in covered).strip()
    assert len(covered) == sum(part.end - part.start for part in printed)
    assert page_parts(store, document.id, len(document.pages) + 1) == []


def test_document_known_by_file_name_only(store: Store) -> None:
    citation = Citation(1, PLAN, "", "", None, None, "", "ỦY", 0, 2)
    assert passage(store, citation).document.file == PLAN


def test_removed_document_is_a_named_error(store: Store) -> None:
    with pytest.raises(DocumentNotFound):
        passage(store, Citation(1, "khong-co.txt", "", "", None, None, "", "x", 0, 1))


def test_facts_of_a_document(store: Store) -> None:
    facts = dict(document_facts(store.document(PLAN).meta))
    assert facts["Số, ký hiệu"] == "27/KH-UBND"
    assert facts["Ngày ban hành"] == "14/02/2025"
    assert "" not in facts.values()


@pytest.mark.parametrize(
    ("page", "label", "words"),
    [
        (None, None, ""),
        (3, None, "trang 3"),
        (3, "3", "trang 3"),
        (3, "i", "trang 3 (số in trên trang: i)"),
    ],
)
def test_page_words(page: int | None, label: str | None, words: str) -> None:
    assert page_words(page, label) == words


@pytest.mark.parametrize(
    ("iso", "words"), [(None, ""), ("2024", "2024"), ("2024-03", "03/2024"), ("2024-03-05", "05/03/2024")]
)
def test_vietnamese_date(iso: str | None, words: str) -> None:
    assert vietnamese_date(iso) == words


def test_visible_keeps_vietnamese_and_stops_tricks() -> None:
    assert visible("Điều 1.\n\tThưởng") == "Điều 1.\n\tThưởng"
    assert visible("a\x1b[31m\x07\u202eb\u2066") == "a\ufffd[31m\ufffd\ufffdb\ufffd"
