from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.pipeline import read_document
from ingest.records import Document, Section

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")
FILES = ("reports/001_a888b15ccf0e55dc.txt", "files/001.pdf", "hard/001-table.docx")


@pytest.fixture(scope="module")
def papers() -> dict[str, Document]:
    return {name: read_document(SHARED / name) for name in FILES}


def rows(document: Document) -> list[Section]:
    return [section for section in document.sections if section.kind == "row"]


def stated(sections: Iterable[Section]) -> list[tuple[str, str, list[str]]]:
    """Year, field and figures of every row; where a figure stands is another matter."""
    result = []
    for section in sections:
        cells = {cell.header: cell.value for cell in section.cells}
        figures = [cell.value for cell in section.cells if cell.header.startswith("Diễn hình") or not cell.header]
        result.append((cells.get("Năm", ""), cells.get("Lĩnh vực", ""), [figure for figure in figures if figure]))
    return result


def test_a_table_is_the_same_from_text_pdf_and_word(papers: dict[str, Document]) -> None:
    text, pdf, word = (stated(rows(papers[name])) for name in FILES)
    assert len(text) == 71
    assert pdf == text
    assert word == text
    assert sorted({year for year, _, _ in text if year}) == [str(year) for year in range(2014, 2024)]


@pytest.mark.parametrize("name", FILES)
def test_totals_and_blanks(papers: dict[str, Document], name: str) -> None:
    found = stated(rows(papers[name]))
    assert found[-1][2] == ["10.984", "17.889"]
    assert [figures for year, field, figures in found if (year, field) == ("2018", "Kinh tế")] == [[]]
    assert [figures for year, field, figures in found if (year, field) == ("2021", "Y tế")] == [["910", "5025"]]
    blank = next(section for section in rows(papers[name]) if ("Năm", "2018") in
                 {(cell.header, cell.value) for cell in section.cells})  # fmt: skip
    assert {cell.value for cell in blank.cells if cell.header.startswith("Diễn hình")} == {""}


def test_cells_of_a_shifted_block_are_kept_as_printed_without_a_header(papers: dict[str, Document]) -> None:
    text, pdf, _ = (papers[name] for name in FILES)
    unsure = [section for section in rows(text) if any(cell.value and not cell.header for cell in section.cells)]
    assert {cell.value for section in unsure for cell in section.cells if cell.header == "Năm"} == {"2018"}
    for section in unsure:
        for cell in section.cells:
            assert cell.start < 0 or text.text[cell.start : cell.end] == cell.value
    assert not [section for section in rows(pdf) if any(cell.value and not cell.header for cell in section.cells)]
    assert [warning for warning in text.warnings if f"{len(unsure)} dòng lệch cột" in warning]
    assert not [warning for warning in pdf.warnings if "lệch cột" in warning]
