"""Small hand-made material: a paged document, gold over it, rows a careful system would give."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from evals.records import AnswerRow, Case, CitationRow, GoldQuestion, HitRow

FILE = "quyet-dinh-mau.pdf"
PAGE_ONE = "Điều 1. Hội đồng xét tặng của Sở có 19 thành viên. Chủ tịch Hội đồng là Giám đốc Sở. "
PAGE_TWO = (
    "Điều 2. Năm 2021 Sở tặng giấy khen cho 1.256 tập thể và 47 cá nhân. Hồ sơ gồm tờ trình; biên bản họp; báo cáo. "
)
TEXT = PAGE_ONE + PAGE_TWO


class PaperLibrary:
    """One document of two pages and two articles."""

    def text(self, file):
        return TEXT if file == FILE else None

    def pages(self, file, start, end):
        return frozenset({1 if start < len(PAGE_ONE) else 2})

    def sections(self, file, start, end):
        return frozenset({"Điều 1" if start < len(PAGE_ONE) else "Điều 2"})

    def context(self, file, start, end):
        return "Quyết định mẫu"


def citation(words: str, marker: int = 1, **fields) -> CitationRow:
    """A correct citation of words of the document."""
    start = TEXT.index(words)
    place = 1 if start < len(PAGE_ONE) else 2
    row = CitationRow(
        marker=marker, file=FILE, document="Quyết định", number="", page=place, page_label=str(place),
        section=f"Điều {place}", quote=words, start=start, end=start + len(words), verbatim=True,
    )  # fmt: skip
    return CitationRow({**row, **fields})


def question(**fields) -> GoldQuestion:
    """A question about the size of the council, changed as asked."""
    base = GoldQuestion(
        id="q-1",
        question="Hội đồng xét tặng của Sở có bao nhiêu thành viên?",
        kind="fact_number",
        style="formal",
        answerable=True,
        answer="Hội đồng có 19 thành viên.",
        must_contain=(("19 thành viên", "19 người"),),
        source=(FILE,),
        evidence=("Hội đồng xét tặng của Sở có 19 thành viên.",),
        section="Điều 1",
    )
    return replace(base, **fields)


def row(answer: str, *citations: CitationRow, status: str = "answered", **fields) -> AnswerRow:
    """An answer row."""
    return AnswerRow({"id": "q-1", "status": status, "answer": answer, "citations": list(citations), **fields})


def hit(text: str, file: str = FILE, **fields) -> HitRow:
    """A passage."""
    return HitRow({"rank": 0, "score": 1.0, "file": file, "text": text, **fields})


def case(asked: GoldQuestion | None = None, answer: AnswerRow | None = None, hits=None, library=None) -> Case:
    """A case; the default question."""
    return Case(asked or question(), answer, None if hits is None else tuple(hits), library)


SUPPORTED = row(
    "Hội đồng xét tặng của Sở có 19 thành viên [1].", citation("Hội đồng xét tặng của Sở có 19 thành viên.")
)


@pytest.fixture(scope="session")
def library():
    return PaperLibrary()


@pytest.fixture(scope="session")
def make():
    """The factories above, for tests that build their own rows."""
    return SimpleNamespace(
        file=FILE, text=TEXT, page_one=PAGE_ONE, supported=SUPPORTED,
        citation=citation, question=question, row=row, hit=hit, case=case,
    )  # fmt: skip


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory):
    """A store of the bundled documents, made once by the command line."""
    from evals.stores import BUNDLED, ingest

    folder = tmp_path_factory.mktemp("bundled") / "store"
    ingest([BUNDLED], folder)
    return folder


@pytest.fixture(scope="session")
def real(bundled_store):
    """The real assistant over the bundled documents."""
    from evals.systems import open_system

    system = open_system(bundled_store)
    yield system
    system.store.close()


@pytest.fixture(scope="session")
def recorded(real):
    """What the real assistant gave for every bundled question: asked once, played back by the tests."""
    from evals.execution import execute
    from evals.gold import load
    from evals.suites import BUNDLED, gold
    from evals.systems import RecordedSystem, asked

    rows = execute(load([gold(BUNDLED)]), real)
    key = lambda row: asked(row.question.question, row.question.history)  # noqa: E731
    system = RecordedSystem({key(row): row.answer for row in rows}, {key(row): row.hits for row in rows}, "tdkt")
    return SimpleNamespace(system=system, questions=[row.question for row in rows], library=real.library)
