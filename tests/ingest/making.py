"""Small papers made on the spot for the reader tests."""

from io import BytesIO
from pathlib import Path

import pytest

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/dejavu-serif-fonts/DejaVuSerif.ttf",
    "/usr/share/fonts/TTF/DejaVuSerif.ttf",
    "/Library/Fonts/Times New Roman.ttf",
    "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)


def canvas_on(buffer: BytesIO, **options):
    """Open a reportlab canvas with a font that has Vietnamese letters, registered as "Paper"."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = next((path for path in FONTS if Path(path).is_file()), None)
    if font is None:
        pytest.skip("cần phông chữ DejaVu: apt-get install fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("Paper", font))
    return Canvas(buffer, pagesize=(595, 842), **options)


def paper(pages, **options) -> bytes:
    """Make a PDF: each page a list of lines, each line (x, y, [(text, size, rise), ...])."""
    buffer = BytesIO()
    canvas = canvas_on(buffer, **options)
    for lines in pages:
        for x, y, runs in lines:
            for text, size, rise in runs:
                canvas.setFont("Paper", size)
                canvas.drawString(x, y + rise, text)
                x += canvas.stringWidth(text, "Paper", size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def plain(x, y, text, size=13):
    return (x, y, [(text, size, 0)])
