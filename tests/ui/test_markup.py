"""Words put on screen as they are."""

from __future__ import annotations

import re

import pytest

from assistant.passages import Passage
from assistant.records import Citation
from ui.components.answers import quote_html
from ui.components.markup import escape, literal
from ui.components.passages import surroundings_html


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


def test_quotation_marks_are_for_exact_words_only() -> None:
    assert "“một &lt;i&gt;hai&lt;/i&gt;”" in quote_html(citation())
    restated = quote_html(citation(verbatim=False))
    assert "tóm lược, chưa đối chiếu" in restated
    assert "“" not in restated


def test_surroundings_begin_with_a_whole_word() -> None:
    before = "dài " * 200 + "ngay trước "
    shown = surroundings_html(
        Passage(None, "", None, None, "", before, "trích", " sau", len(before), len(before) + 5, True, ())
    )
    assert re.match(r"…\s*dài dài", shown)
    assert "ngay trước <mark>trích</mark> sau" in shown
