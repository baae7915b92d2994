"""Pictures in Word documents: pasted papers become text where Tesseract is installed, logos and photographs do not."""

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from ingest.errors import NoText
from ingest.pipeline import read_bytes
from ingest.readers import read
from ingest.readers.docx import pictures as docx_pictures
from tests.ingest.test_readers_ocr import LINES, needs_tesseract, picture

TYPED = "Kèm theo Quyết định khen thưởng của cơ quan, đề nghị các đơn vị thực hiện."
LONG = [
    "QUYẾT ĐỊNH",
    "Điều 1. Tặng Giấy khen cho các tập thể và cá nhân đã có thành tích",
    "xuất sắc trong phong trào thi đua yêu nước ở cơ quan, đơn vị năm",
    "2023, kèm theo tiền thưởng theo quy định hiện hành.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
]


def as_file(image, form="PNG"):
    buffer = BytesIO()
    image.save(buffer, form)
    buffer.seek(0)
    return buffer


def pasted(lines, height=0.3):
    """Draw lines as on the upper part of a scanned page."""
    page = picture(lines)
    return page.crop((0, 0, page.width, round(height * page.height)))


def saved(document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_tesseract
def test_a_pasted_decision_is_read_where_it_stands_and_says_how_surely():
    document = docx.Document()
    document.add_paragraph(TYPED)
    document.add_picture(as_file(pasted(LONG)), width=Cm(16))
    document.add_paragraph("Nơi nhận: như trên.")
    granted = []
    found = read_bytes(saved(document), "công văn.docx", grant=granted.append)
    article = (
        "Điều 1. Tặng Giấy khen cho các tập thể và cá nhân đã có thành tích xuất sắc trong phong trào thi đua yêu nước "
        "ở cơ quan, đơn vị năm 2023, kèm theo tiền thưởng theo quy định hiện hành."
    )
    places = [found.text.index(part) for part in (TYPED, article, "Điều 2. Quyết định", "Nơi nhận")]
    assert places == sorted(places)
    assert found.page_of(places[0]).confidence is None
    assert found.page_of(places[1]).confidence > 0.8
    assert found.page_of(places[3]).confidence is None
    assert found.page_count == 0
    assert {chunk.page for chunk in found} == {None}
    (health,) = found.health
    assert (health.page, health.confidence) == (0, found.page_of(places[1]).confidence)
    assert any("1 hình có chữ do máy nhận dạng (OCR)" in warning and "%" in warning for warning in found.warnings)
    assert granted and granted[0] > 0


@needs_tesseract
def test_a_picture_in_a_table_cell_a_small_one_and_one_shown_twice():
    document = docx.Document()
    document.add_paragraph(TYPED)
    table = document.add_table(2, 3, style="Table Grid")
    texts = ["TT", "Đơn vị", "Quyết định", "1", "Sở", ""]
    for cell, text in zip((one for row in table.rows for one in row.cells), texts, strict=True):
        cell.text = text
    decision = as_file(pasted(LINES, 0.15))
    table.cell(1, 2).paragraphs[0].add_run().add_picture(decision, width=Cm(12))
    document.add_picture(decision, width=Cm(15))
    document.add_picture(as_file(pasted(["CON DẤU CỦA CƠ QUAN BAN HÀNH VĂN BẢN NÀY"], 0.15)), width=Cm(4))
    source = read(saved(document), "a.docx")
    assert source.text.count("1.250 tập thể và 16.068 cá nhân") == 1
    assert source.text.index("1\tSở") < source.text.index("1.250 tập thể")
    assert "CON DẤU" not in source.text


@needs_tesseract
def test_what_is_cut_off_a_picture_is_not_read_and_see_through_ground_is_paper():
    document = docx.Document()
    document.add_paragraph(TYPED)
    grey = pasted(LONG)
    ink = grey.point(lambda value: 255 - value)
    clear = grey.point(lambda value: 0).convert("RGB")
    clear.putalpha(ink)
    shape = document.add_picture(as_file(clear), width=Cm(16))
    fill = shape._inline.find(".//{*}blipFill")
    cut = fill.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {"b": "40000"})
    fill.insert(1, cut)
    text = read(saved(document), "a.docx").text
    assert "Tặng Giấy khen" in text
    assert "Điều 2" not in text


@needs_tesseract
def test_a_picture_of_an_older_word_is_read():
    document = docx.Document()
    document.add_paragraph(TYPED)
    document.add_picture(as_file(pasted(LINES)), width=Cm(16))
    paragraph = document.paragraphs[-1]
    relation = paragraph._p.find(".//{*}blip").get(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
    )
    for run in paragraph.runs:
        paragraph._p.remove(run._r)
    namespaces = nsdecls("w", "r") + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    paragraph._p.append(
        parse_xml(
            f'<w:r {namespaces}><w:pict><v:shape style="width:453.6pt;height:192pt"><v:imagedata r:id="{relation}"/>'
            "</v:shape></w:pict></w:r>"
        )
    )
    assert "1.250 tập thể và 16.068 cá nhân" in read(saved(document), "a.docx").text


@needs_tesseract
def test_photographs_do_not_become_text():
    from PIL import Image

    document = docx.Document()
    document.add_paragraph(TYPED * 20)
    document.add_picture(as_file(Image.effect_noise((1200, 800), 90), "JPEG"), width=Cm(16))
    document.add_picture(as_file(Image.linear_gradient("L").resize((1200, 800)), "JPEG"), width=Cm(16))
    source = read(saved(document), "a.docx")
    assert source.text.strip() == TYPED * 20
    assert source.pages == ()
    assert source.warnings == ()


@needs_tesseract
def test_pictures_beyond_the_limits_are_counted_not_read(monkeypatch):
    monkeypatch.setattr(docx_pictures, "MAX_PICTURES", 1)
    monkeypatch.setattr(docx_pictures, "MAX_PIXELS", 1_000_000)
    document = docx.Document()
    document.add_paragraph(TYPED)
    document.add_picture(as_file(picture(LINES)), width=Cm(16))
    document.add_picture(as_file(pasted(LINES)), width=Cm(16))
    source = read(saved(document), "a.docx")
    assert source.text.strip() == TYPED
    assert [warning.split()[0] for warning in source.warnings] == ["1", "Chỉ"]


def test_without_tesseract_a_warning_names_the_remedy(monkeypatch):
    monkeypatch.setattr(docx_pictures, "tesseract", lambda: None)
    document = docx.Document()
    document.add_picture(as_file(pasted(LINES)), width=Cm(16))
    with pytest.raises(NoText, match="chỉ có hình") as caught:
        read(saved(document), "bản chụp.docx")
    assert "tesseract-ocr-vie" in caught.value.remedy
    document.add_paragraph(TYPED * 20)
    (warning,) = read(saved(document), "a.docx").warnings
    assert "1 hình lớn" in warning
    assert "tesseract-ocr-vie" in warning


def test_a_logo_needs_no_warning():
    document = docx.Document()
    document.add_paragraph("Công văn ngắn.")
    document.add_picture(as_file(pasted(LINES)), width=Cm(3))
    assert read(saved(document), "a.docx").warnings == ()
