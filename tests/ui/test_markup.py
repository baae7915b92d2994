"""Words put on screen as they are."""

from __future__ import annotations

import pytest

from assistant.records import Citation
from ui.components.answers import citation_label, quote_html
from ui.components.markup import escape, literal


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Điều 2", "Điều 2"),
        ("a_b*c", r"a\_b\*c"),
        ("[x](http://e.vn)", r"\[x\]\(http\:\/\/e\.vn\)"),
        ("# đầu", r"\# đầu"),
        ("hai\ndòng", "hai dòng"),
        ("$x$", r"\$x\$"),
        (":red[x]", r"\:red\[x\]"),
        (":smile:", "\\:\u2060smile\\:"),
        ("a\u202eb", "a\ufffdb"),
    ],
)
def test_literal_leaves_nothing_to_markdown(words: str, label: str) -> None:
    assert literal(words) == label


def test_escape() -> None:
    assert escape("<b>\"x\" & 'y'\x1b</b>") == "&lt;b&gt;&quot;x&quot; &amp; &#x27;y&#x27;\ufffd&lt;/b&gt;"


def citation(**parts: object) -> Citation:
    values: dict = {
        "marker": 2,
        "file": "<img src=x>.pdf",
        "document": "",
        "number": "9/QĐ",
        "page": 3,
        "page_label": "1",
        "section": "Điều 1",
        "quote": "một <i>hai</i>",
        "start": 0,
        "end": 5,
    }
    return Citation(**(values | parts))


def test_label_names_the_place() -> None:
    assert citation_label(citation()) == "[2] <img src=x>.pdf, số 9/QĐ, trang 3 (số in trên trang: 1), Điều 1"


def test_label_says_that_a_page_was_recognised_from_a_picture() -> None:
    assert "trang 3, nhận dạng ảnh, độ tin cậy 87 %," in citation_label(citation(page_label=None, confidence=0.874))


def test_quotation_marks_are_for_exact_words_only() -> None:
    assert "“một &lt;i&gt;hai&lt;/i&gt;”" in quote_html(citation())
    restated = quote_html(citation(verbatim=False))
    assert "tóm lược, chưa đối chiếu" in restated
    assert "“" not in restated
