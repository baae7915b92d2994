"""Words that a machine recognised from a picture are told as such wherever they are cited."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from rich.console import Console

from assistant.commands.answers import show_answer
from assistant.pipeline import Assistant
from assistant.reading.wording import short_title
from ingest.pipeline import read_bytes
from ingest.readers import ocr
from vectorstore.embed import load_embedder
from vectorstore.store import Store

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = [
    "BÁO CÁO",
    "Kết quả công tác thi đua, khen thưởng năm 2022 tỉnh Lạng Sơn",
    "I. TỔ CHỨC BỘ MÁY",
    "Hội đồng Thi đua - Khen thưởng tỉnh có 14 ủy viên, do Chủ tịch",
    "Ủy ban nhân dân tỉnh làm Chủ tịch Hội đồng.",
]


def scan() -> bytes:
    """One page as a scanner at 200 dots per inch would give it."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1654, 2339), 250)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(page).text((160, 200 + 70 * number), line, font=ImageFont.truetype(str(FONT), 36), fill=10)
    buffer = BytesIO()
    page.save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


@pytest.mark.skipif(ocr.tesseract() is None, reason="cần Tesseract tiếng Việt: tesseract-ocr-vie")
@pytest.mark.skipif(not FONT.is_file(), reason="cần phông chữ DejaVu: fonts-dejavu-core")
def test_a_citation_from_a_scan_says_how_sure_its_words_are(tmp_path: Path) -> None:
    data = scan()
    document = read_bytes(data, "quét.pdf")
    with Store.open(tmp_path, load_embedder) as store:
        with store.writer() as writer:
            writer.add(document, data)
        answer = Assistant(store).ask("Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn có bao nhiêu ủy viên?")
    assert answer.status == "answered"
    surely = document.pages[0].confidence
    assert surely is not None
    assert {citation.confidence for citation in answer.citations} == {surely}
    (notice,) = [notice for notice in answer.notices if "OCR" in notice]
    assert f"trang 1 của “{short_title(document.meta, document.file)}”" in notice
    assert f"độ tin cậy {surely * 100:.0f} %" in notice
    console = Console(file=StringIO(), width=300, highlight=False, markup=False)
    show_answer(console, answer)
    assert f"trang 1, nhận dạng ảnh, độ tin cậy {surely * 100:.0f} %" in console.file.getvalue()
    assert notice in answer.to_json()["notices"]
