import shutil
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, EmptyFile, NoText
from ingest.pipeline import read_bytes
from ingest.readers import read
from ingest.readers.scans import ocr
from ingest.readers.scans import tesseract as engine

needs_tesseract = pytest.mark.skipif(ocr.tesseract() is None, reason="cần Tesseract tiếng Việt: tesseract-ocr-vie")

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/dejavu-serif-fonts/DejaVuSerif.ttf",
    "/Library/Fonts/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)
LINES = [
    "Phong trào thi đua yêu nước được triển khai rộng khắp ở các cơ quan,",
    "đơn vị; đã tặng thưởng 1.250 tập thể và 16.068 cá nhân năm 2023.",
]


def picture(lines):
    """Draw lines of text as a scanner would see them, at 200 dots per inch."""
    from PIL import Image, ImageDraw, ImageFont

    font = next((path for path in FONTS if Path(path).is_file()), None)
    if font is None:
        pytest.skip("cần phông chữ DejaVu: apt-get install fonts-dejavu-core")
    page = Image.new("L", (1654, 2339), 250)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((160, 200 + 60 * number), line, font=ImageFont.truetype(font, 36), fill=10)
    return page


def scan(pages):
    """Make a PDF: a list of lines is a picture page, a text a page with a text layer."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(80, 700, page)
        else:
            canvas.drawImage(ImageReader(picture(page)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@needs_tesseract
def test_a_scan_is_read_and_marked_with_its_confidence():
    granted = []
    document = read_bytes(scan([LINES, LINES[::-1]]), "quét.pdf", grant=granted.append)
    assert "1.250 tập thể và 16.068 cá nhân" in document.text
    assert [page.number for page in document.pages] == [1, 2]
    assert all(0.8 < page.confidence <= 1 for page in document.pages)
    assert [health.confidence for health in document.health] == [page.confidence for page in document.pages]
    assert any("OCR" in warning and "%" in warning for warning in document.warnings)
    assert granted and granted[0] > 0


@needs_tesseract
def test_picture_pages_among_text_pages_are_filled_in():
    text = "This page has a text layer of its own, long enough to be one."
    source = read(scan([text, LINES, text]), "lẫn.pdf")
    first, second, third = (source.text[page.start : page.end] for page in source.pages)
    assert "text layer" in first
    assert "text layer" in third
    assert "16.068" in second
    assert [page.confidence is not None for page in source.pages] == [False, True, False]
    assert not any("chỉ có hình" in warning for warning in source.warnings)
    assert any(warning.startswith("Trang 2:") and "OCR" in warning for warning in source.warnings)


HEADER = "Phu luc kem theo Quyet dinh so 12/QD-UBND"


def headed(pages, width=515):
    """Make a PDF whose pages carry a typed header and number over a text or, in a frame, a picture of lines."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(buffer := BytesIO(), pagesize=(595, 842))
    for number, page in enumerate(pages, start=1):
        canvas.drawString(80, 815, HEADER)
        canvas.drawString(290, 20, str(number))
        if isinstance(page, str):
            canvas.drawString(80, 700, page)
        else:
            canvas.drawImage(ImageReader(picture(page)), 40, 40, width, width * 1.4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@needs_tesseract
def test_pictures_under_a_typed_header_are_pages_too():
    text = "This page has a text layer of its own, long enough to be one."
    source = read(headed([text, LINES, LINES[::-1]]), "a.pdf")
    assert source.text.count("1.250 tập thể và 16.068 cá nhân") == 2
    assert source.text.count(HEADER) == 3
    assert [(page.label, page.confidence is None) for page in source.pages] == [("1", True), ("2", False), ("3", False)]
    assert any(warning.startswith("Trang 2, 3: chữ do máy nhận dạng") for warning in source.warnings)
    furniture = [source.text[hint.start : hint.end] for hint in source.hints if hint.kind == "furniture"]
    assert furniture == [HEADER, "1", HEADER, "2", HEADER, "3"]


def test_a_logo_under_a_typed_header_is_no_page():
    text = "This page has a text layer of its own, long enough to be one."
    source = read(headed([text, [], text], width=90), "a.pdf")
    assert source.text.count(HEADER) == 3
    assert source.warnings == ()


@needs_tesseract
def test_pictures_are_read():
    buffer = BytesIO()
    picture(LINES).save(buffer, "PNG")
    source = read(buffer.getvalue(), "ảnh.png")
    assert "16.068 cá nhân" in source.text
    assert source.pages[0].confidence > 0.8
    with pytest.raises(DamagedFile, match="hình"):
        read(buffer.getvalue()[:60], "cắt.png")


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_scanned_on_their_side_or_head_are_turned(turn):
    buffer = BytesIO()
    picture(LINES).rotate(turn, expand=True).save(buffer, "PDF", resolution=200)
    document = read_bytes(buffer.getvalue(), "quét nghiêng.pdf")
    assert "1.250 tập thể và 16.068 cá nhân" in document.text
    assert document.pages[0].confidence > 0.8


@needs_tesseract
def test_a_picture_of_several_pages_is_read_page_by_page():
    buffer = BytesIO()
    picture(LINES[:1]).save(buffer, "TIFF", save_all=True, append_images=[picture(LINES[1:])])
    document = read_bytes(buffer.getvalue(), "fax.tif")
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_of(document.text.index("16.068")).number == 2


@needs_tesseract
def test_a_photo_is_turned_as_the_camera_noted():
    from PIL import Image

    notes = Image.Exif()
    notes[0x0112] = 6
    buffer = BytesIO()
    picture(LINES).rotate(90, expand=True).save(buffer, "JPEG", exif=notes)
    assert "16.068 cá nhân" in read(buffer.getvalue(), "ảnh chụp.jpg").text


@needs_tesseract
def test_a_scan_without_a_word_is_empty():
    with pytest.raises(EmptyFile, match="nhận dạng chữ"):
        read(scan([[]]), "trắng.pdf")


def test_without_tesseract_a_scan_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(ocr, "tesseract", lambda: None)
    with pytest.raises(NoText, match="bản chụp") as caught:
        read(scan([LINES]), "quét.pdf")
    assert "tesseract-ocr-vie" in caught.value.remedy
    text = "This page has a text layer of its own, long enough to be one."
    source = read(scan([text, LINES]), "lẫn.pdf")
    assert any("chỉ có hình" in warning for warning in source.warnings)
    assert any("tesseract-ocr-vie" in warning for warning in source.warnings)


def test_a_program_without_vietnamese_does_not_count(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "_PLACES", ())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert ocr.tesseract() is None
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "no-such-program"))
    assert ocr.tesseract() is None


def row(line, left, word, confidence, block=1):
    return "\t".join(map(str, (5, 1, block, 1, line, 1, left, 10, 20 * len(word), 30, confidence, word)))


def test_words_become_lines_and_columns_side_by_side_are_kept_apart():
    table = "\n".join(
        [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
            row(1, 0, "SỞ", 90), row(1, 50, "NỘI", 90), row(1, 400, "CỘNG", 90), row(1, 490, "HÒA", 90),
            row(2, 0, "Số:", 80), row(2, 400, "Độc", 80), row(2, 470, "lập", 80),
            row(3, 0, "Thân", 100), row(3, 90, "bài", 100),
            row(4, 0, "~|x", 5), row(5, 0, " ", 95),
        ]
    )  # fmt: skip
    page = engine._page_of(table)
    assert page.lines == ("SỞ NỘI", "Số:", "CỘNG HÒA", "Độc lập", "Thân bài")
    assert 0.85 < page.confidence < 0.95
