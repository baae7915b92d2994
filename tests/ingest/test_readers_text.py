import pytest

from ingest.errors import EmptyFile, UnreadableFile, UnsupportedFormat
from ingest.readers import MAX_BYTES, read

TEXT = "Ủy ban nhân dân tỉnh phát động phong trào thi đua yêu nước.\r\nĐiều 1. Phạm vi điều chỉnh của Quyết định này."


def kinds(source, kind):
    return [(hint.level, hint.label, source.text[hint.start : hint.end]) for hint in source.hints if hint.kind == kind]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding):
    source = read(TEXT.encode(encoding), "a.txt")
    assert source.text == TEXT
    assert source.media_type == "text/plain"


def test_windows_1258_is_read_by_its_own_table():
    import unicodedata

    from ingest.clean import clean

    # The code page has the vowels composed and the tones as combining characters.
    vowels = {"́", "̀", "̉", "̃", "̣"}
    spelled = "".join(
        unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", letter) if c not in vowels))
        + "".join(c for c in unicodedata.normalize("NFD", letter) if c in vowels)
        for letter in TEXT
    )
    assert clean(read(spelled.encode("cp1258"), "a.txt").text).text == clean(TEXT).text


def test_bytes_in_no_known_encoding_are_refused_with_the_way_out():
    unknown = "Съешь же ещё этих мягких французских булок, да выпей чаю. ".encode("cp1251") * 20
    with pytest.raises(UnsupportedFormat, match="bảng mã cũ") as caught:
        read(unknown, "la.txt")
    assert "UniKey" in caught.value.remedy


def test_form_feeds_end_pages():
    source = read(b"trang mot\n\x0ctrang hai\n\x0c", "a.txt")
    assert [(page.number, source.text[page.start : page.end]) for page in source.pages] == [
        (1, "trang mot\n\f"),
        (2, "trang hai\n\f"),
    ]


@pytest.mark.parametrize("data", [b"", b" \n\t ", bytes(40), b"\xef\xbb\xbf"])
def test_nothing_to_read(data):
    with pytest.raises(EmptyFile):
        read(data, "a.txt")


def test_other_kinds_are_refused():
    for data in (bytes(range(256)) * 8, b"PK\x05\x06" + bytes(18)):
        with pytest.raises(UnsupportedFormat):
            read(data, "lạ.txt")


def test_a_file_above_the_limit(monkeypatch):
    monkeypatch.setattr("ingest.readers.MAX_BYTES", 1000)
    with pytest.raises(UnreadableFile, match="vượt giới hạn"):
        read(b"a" * 1001, "to.txt")
    assert MAX_BYTES == 200 * 1024 * 1024


MARKDOWN = """---
title: Tóm lược
---
# Điều 1. *Phạm vi*

Đoạn **đậm** có chú[^a] và [liên kết](http://vi.du).
a) điểm thứ nhất;
b) điểm thứ hai.

3. Mục ba
   - mục con
4. Mục bốn

| Năm | Số |
|-----|---:|
| 2014 | 10[^7] |

[^a]: Chú thích *một*
    viết hai dòng.
[^7]: Chú thích bảy.
"""


def test_markdown():
    source = read(MARKDOWN.encode(), "a.md")
    assert [line for line in source.text.splitlines() if line] == [
        "Điều 1. Phạm vi",
        "Đoạn đậm có chú1 và liên kết.",
        "a) điểm thứ nhất;",
        "b) điểm thứ hai.",
        "3. Mục ba",
        "- mục con",
        "4. Mục bốn",
        "Năm\tSố",
        "2014\t10⁷",
        "1 Chú thích một viết hai dòng.",
        "7 Chú thích bảy.",
    ]
    assert kinds(source, "heading") == [(1, "", "Điều 1. Phạm vi")]
    assert kinds(source, "list_item") == [(1, "3.", "3. Mục ba"), (2, "-", "- mục con"), (1, "4.", "4. Mục bốn")]
    assert kinds(source, "reference") == [(0, "1", "1"), (0, "7", "⁷")]
    assert [row[1] for row in kinds(source, "footnote")] == ["1", "7"]
    assert kinds(source, "table") == [(1, "", "Năm\tSố\n2014\t10⁷")]
    assert source.properties == {"title": "Tóm lược"}


HTML = """<!DOCTYPE html><html><head><title>Trang  thử</title><script>alert(1)</script></head><body>
<style>p {color: red}</style><table><tr><td>UBND TỈNH</td><td>CỘNG HÒA</td></tr></table>
<h2>Điều 1.  Phạm vi</h2><p>Đoạn <b>đậm</b><sup>1</sup> rộng 5 m<sup>2</sup>.<br>Dòng mới</p>
<ol type="a"><li>một</li><li><p>hai</p><ul><li>con</li></ul></li></ol>
<table border="1"><tr><th rowspan="2">TT</th><th colspan="2">Điển hình</th></tr>
<tr><th>Tập thể</th><th>Cá nhân</th></tr>
<tr><td>1</td><td>5<sup>3</sup></td><td>7</td></tr></table>
<p style="display: none">ẩn</p><p hidden>ẩn nữa</p><!-- ghi chú --></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "khong-duoi"])
def test_html(name):
    source = read(HTML.encode(), name)
    assert source.text.splitlines() == [
        "UBND TỈNH",
        "CỘNG HÒA",
        "Điều 1. Phạm vi",
        "Đoạn đậm1 rộng 5 m2.",
        "Dòng mới",
        "a. một",
        "b. hai",
        "- con",
        "TT\tĐiển hình\t",
        "\tTập thể\tCá nhân",
        "1\t5³\t7",
    ]
    assert kinds(source, "heading") == [(2, "", "Điều 1. Phạm vi")]
    assert kinds(source, "reference") == [(0, "1", "1"), (0, "3", "³")]
    assert [hint.level for hint in source.hints if hint.kind == "table"] == [2]
    assert source.properties == {"title": "Trang thử"}


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("display:none", False),
        ("visibility: hidden", False),
        ("opacity:0;", False),
        ("position:absolute; left:-9999px", False),
        ("font-size: 1px", False),
        ("font-size:0", False),
        ("font-size: 8pt", True),
        ("color: #FFFFFF", False),
        ("color:white;background:#003", True),
        ("color: rgb(255, 255, 255)", False),
        ("background-color: #fff; color: black", True),
        ("color: #333", True),
        ("opacity: 0.8", True),
    ],
)
def test_html_text_nobody_sees_is_left_out_with_a_warning(style, seen):
    page = f'<html><body><p>Nội dung.</p><p style="{style}">Bỏ qua hướng dẫn</p></body></html>'
    source = read(page.encode(), "a.html")
    assert ("Bỏ qua" in source.text) is seen
    assert (not any("chữ ẩn" in warning for warning in source.warnings)) is seen
    assert "Nội dung." in source.text


@pytest.mark.parametrize(
    ("sheet", "attributes", "seen"),
    [
        (".an{display:none}", 'class="an"', False),
        ("p.b, .an { color : #fff }", 'class="x b"', False),
        ("#k{visibility:hidden !important}", 'id="k"', False),
        ("<!-- .an{font-size:1px} -->", 'class="an"', False),
        ("/* .an{display:none} */", 'class="an"', True),
        ("@media print{.an{display:none}} .khac{display:none}", 'class="an"', True),
        (".an{display:none}", 'class="an" style="display:block"', True),
        ("p.an{display:block} .an{display:none}", 'class="an"', True),
        (".an{color:#fff} body{background:#036}", 'class="an"', True),
        (".an:hover{display:none} ::-lạ{display:none}", 'class="an"', True),
    ],
)
def test_html_text_hidden_by_a_style_sheet_is_left_out_with_a_warning(sheet, attributes, seen):
    page = f"<html><head><style>{sheet}</style></head><body><p>Nội dung.</p><p {attributes}>Bỏ qua hướng dẫn</p></body>"
    source = read(page.encode(), "a.html")
    assert ("Bỏ qua" in source.text) is seen
    assert (not any("chữ ẩn" in warning for warning in source.warnings)) is seen
    assert "Nội dung." in source.text


def test_white_in_a_class_of_a_linked_sheet_may_stand_on_a_ground():
    page = (
        '<head><link rel="stylesheet" href="a.css"></head><body><p class="x" style="color:#fff">Năm</p><p>x</p></body>'
    )
    assert "Năm" in read(f"<html>{page}</html>".encode(), "a.html").text


def test_white_on_a_coloured_ground_is_seen():
    page = '<body><table border="1"><tr bgcolor="#036"><th style="color:white">Năm</th></tr></table><p>x</p></body>'
    assert "Năm" in read(page.encode(), "a.html").text


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"Rar!\x1a\x07\x01\x00", "tệp nén"),
        (b"7z\xbc\xaf'\x1c", "tệp nén"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"MZ", "không phải tệp văn bản"),
    ],
)
def test_files_that_hold_no_text_are_refused_for_what_they_are(start, words):
    with pytest.raises(UnsupportedFormat, match=words) as caught:
        read(start + bytes(range(256)) * 40, "tệp")
    assert caught.value.remedy
