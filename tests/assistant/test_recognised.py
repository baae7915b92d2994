"""Words that a machine recognised from a picture are told as such wherever they are cited."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from assistant.commands.answers import show_answer
from assistant.pipeline import Assistant
from assistant.reading.wording import short_title
from ingest.pipeline import read_bytes
from ingest.readers.scans import ocr
from vectorstore.embed import load_embedder
from vectorstore.store import Store

if TYPE_CHECKING:
    from PIL import Image

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = [
    "BÁO CÁO",
    "Kết quả công tác thi đua, khen thưởng năm 2022 tỉnh Lạng Sơn",
    "I. TỔ CHỨC BỘ MÁY",
    "Hội đồng Thi đua - Khen thưởng tỉnh có 14 ủy viên, do Chủ tịch",
    "Ủy ban nhân dân tỉnh làm Chủ tịch Hội đồng.",
]


def drawn() -> Image.Image:
    """One page as a scanner at 200 dots per inch would give it."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1654, 2339), 250)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(page).text((160, 200 + 70 * number), line, font=ImageFont.truetype(str(FONT), 36), fill=10)
    return page


def scan() -> bytes:
    """The page as a file of its own."""
    drawn().save(buffer := BytesIO(), "PDF", resolution=200)
    return buffer.getvalue()


def pasted() -> bytes:
    """The page as a picture in a Word document."""
    import docx
    from docx.shared import Cm

    drawn().save(picture := BytesIO(), "PNG")
    document = docx.Document()
    document.add_paragraph("Gửi kèm bản chụp báo cáo.")
    document.add_picture(picture, width=Cm(16))
    document.save(buffer := BytesIO())
    return buffer.getvalue()


def attached() -> bytes:
    """The page as an attachment of a message."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@vi.du", "b@vi.du", "Gửi báo cáo"
    message["Date"] = "Mon, 02 Jan 2023 08:00:00 +0700"
    message.set_content("Gửi kèm bản chụp báo cáo.")
    message.add_attachment(scan(), maintype="application", subtype="pdf", filename="quét.pdf")
    return message.as_bytes()


@pytest.mark.skipif(ocr.tesseract() is None, reason="cần Tesseract tiếng Việt: tesseract-ocr-vie")
@pytest.mark.skipif(not FONT.is_file(), reason="cần phông chữ DejaVu: fonts-dejavu-core")
@pytest.mark.parametrize(("make", "name", "place"), [
    (scan, "quét.pdf", "trang 1"), (pasted, "công văn.docx", "hình trong tệp"), (attached, "thư.eml", "hình trong tệp")
])  # fmt: skip
def test_a_citation_from_a_picture_says_how_sure_its_words_are(
    make: Callable[[], bytes], name: str, place: str, tmp_path: Path
) -> None:
    data = make()
    document = read_bytes(data, name)
    with Store.open(tmp_path, load_embedder) as store:
        with store.writer() as writer:
            writer.add(document, data)
        answer = Assistant(store).ask("Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn có bao nhiêu ủy viên?")
    assert answer.status == "answered"
    (surely,) = {page.confidence for page in document.pages} - {None}
    assert {citation.page for citation in answer.citations} == {1 if document.page_count else None}
    assert {citation.confidence for citation in answer.citations} == {surely}
    (notice,) = [notice for notice in answer.notices if "OCR" in notice]
    assert f"{place} của “{short_title(document.meta, document.file)}”" in notice
    assert f"độ tin cậy {surely * 100:.0f} %" in notice
    console = Console(file=StringIO(), width=300, highlight=False, markup=False)
    show_answer(console, answer)
    assert f"nhận dạng ảnh, độ tin cậy {surely * 100:.0f} %" in console.file.getvalue()
    assert notice in answer.to_json()["notices"]
