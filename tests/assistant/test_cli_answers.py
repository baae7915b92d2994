"""How an answer is put into words in the terminal."""

from __future__ import annotations

import io

from rich.console import Console

from assistant.commands.answers import citation_line, quote_line, show_answer
from assistant.records import Answer, Citation


def citation(**parts: object) -> Citation:
    values: dict = {
        "marker": 1,
        "file": "a.pdf",
        "document": "Quyết định số 9/QĐ-SVN về khen thưởng",
        "number": "9/QĐ-SVN",
        "page": 7,
        "page_label": "5",
        "section": "Điều 2",
        "quote": "Thưởng  kèm\ntheo 02 suất.",
        "start": 10,
        "end": 35,
    }
    return Citation(**(values | parts))


def shown(answer: Answer) -> str:
    console = Console(file=io.StringIO(), width=200, highlight=False, markup=False)
    show_answer(console, answer)
    return console.file.getvalue()


def test_place_names_document_page_label_section_and_file() -> None:
    line = citation_line(citation()).plain
    assert line == ("[1] Quyết định số 9/QĐ-SVN về khen thưởng, trang 7 (số in trên trang: 5), Điều 2 (tệp a.pdf)")


def test_place_says_that_a_page_was_recognised_from_a_picture() -> None:
    line = citation_line(citation(confidence=0.874)).plain
    assert "(số in trên trang: 5), nhận dạng ảnh, độ tin cậy 87 %, Điều 2" in line


def test_number_is_added_where_the_title_lacks_it() -> None:
    assert "Quyết định, số 9/QĐ-SVN, trang 7" in citation_line(citation(document="Quyết định")).plain


def test_place_begins_with_the_file_where_there_is_no_title() -> None:
    assert citation_line(citation(document="")).plain.startswith("[1] a.pdf, số 9/QĐ-SVN, trang 7")


def test_format_without_pages() -> None:
    assert "trang" not in citation_line(citation(page=None, page_label=None)).plain


def test_exact_words_stand_in_quotation_marks() -> None:
    assert quote_line(citation()).plain == "“Thưởng kèm theo 02 suất.”"


def test_restatement_is_marked_and_never_quoted() -> None:
    line = quote_line(citation(verbatim=False)).plain
    assert line == "(tóm lược, chưa đối chiếu) Thưởng kèm theo 02 suất."


def test_caution_and_notices_are_plain() -> None:
    words = shown(Answer("answered", "Có [1].", (citation(),), caution=True, notices=("Văn bản đã được sửa đổi.",)))
    assert words.index("Thận trọng") < words.index("Có [1].")
    assert "- Văn bản đã được sửa đổi." in words
    assert "Thận trọng" not in shown(Answer("answered", "Có [1].", (citation(),)))


def test_what_was_read_stands_above_the_answer_and_once() -> None:
    read = "Đang hiểu là: Danh hiệu nào dành cho tập thể?"
    words = shown(
        Answer("answered", "Có [1].", (citation(),), notices=(read, "Bản dự thảo."), question_notices=(read,))
    )
    assert words.index(read) < words.index("Có [1].") < words.index("Lưu ý") < words.index("- Bản dự thảo.")
    assert words.count(read) == 1
    assert "Lưu ý" not in shown(Answer("answered", "Có [1].", notices=(read,), question_notices=(read,)))


def test_markup_of_documents_is_shown_as_it_is() -> None:
    words = shown(Answer("answered", "[bold]x[/bold] :smile: \x1b[31m [1]", (citation(quote="[red]y"),)))
    assert "[bold]x[/bold] :smile:" in words
    assert "“[red]y”" in words
    assert "\x1b" not in words
