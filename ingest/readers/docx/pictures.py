"""Pictures in a Word document that hold text: a decree scanned and pasted, recognised by Tesseract where installed.

How large a picture stands on the page tells a pasted paper from a logo, a stamp or a signature; what Tesseract makes
of it tells it from a photograph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ingest.readers.docx.numbering import W
from ingest.readers.docx.tree import FALLBACK
from ingest.readers.scans.recognition import LARGEST_SIDE, recognised
from ingest.readers.scans.tesseract import REMEDY, RESOLUTION, ReadPage, tesseract
from ingest.syllables import share_of_syllables

if TYPE_CHECKING:
    from ingest.readers.scans.recognition import Picture

MAX_PICTURES = 100
MAX_PIXELS = 60_000_000
"""A page of A3 at 300 dots per inch has 17 million."""

_NARROWEST, _LOWEST = 7.0, 1.5
"""Centimetres on the page: logos, stamps and signatures are smaller."""
_PAGE_SIDE = 12.0
"""Centimetres: what is as long and as wide may be a whole page that lies on its side."""
_SURE = 0.6
_VIETNAMESE = 0.6
_FEWEST_WORDS = 6
_MOST_ENLARGED = 3.0
_SCARCE_TEXT = 400
"""Characters a picture: with fewer the pictures are likely to be what the document is about."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU_PER_CM = 360_000
_CM_PER_INCH = 2.54
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)?")
_CM = {
    "pt": _CM_PER_INCH / 72,
    "in": _CM_PER_INCH,
    "cm": 1.0,
    "mm": 0.1,
    "px": _CM_PER_INCH / 96,
    "": _CM_PER_INCH / 72,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture as it stands on the page: its size in centimetres and what is cut off its sides (parts of 1)."""

    relation: str
    width: float
    height: float
    cropped: tuple[float, float, float, float]


class Pictures:
    """The pictures of a document's body, recognised when made; ``main`` is the part that holds the body."""

    def __init__(self, main: Any, grant: Callable[[float], None] | None) -> None:  # noqa: ANN401
        self._main = main
        self.any = any(relation.reltype.endswith("/image") for relation in main.rels.values())
        self._read: dict[str, ReadPage] = {}
        self._written: list[ReadPage] = []
        self._unsure = 0
        self._unopened = 0
        body = [place for paragraph in main.element.body.iter(W + "p") for place in _placed(paragraph)]
        wanted = {place.relation: place for place in body if place.width >= _NARROWEST and place.height >= _LOWEST}
        self._left_over = max(0, len(wanted) - MAX_PICTURES)
        self._wanted = list(wanted.values())[:MAX_PICTURES]
        self._program = tesseract() if self._wanted else None
        if self._program is not None:
            self._recognise(self._program, grant)

    def in_paragraph(self, paragraph: Any) -> Iterator[ReadPage]:  # noqa: ANN401
        """Yield what was recognised in the pictures of a paragraph, each picture the first time it stands there."""
        for place in _placed(paragraph):
            page = self._read.pop(place.relation, None)
            if page is not None:
                self._written.append(page)
                yield page

    def remedy(self) -> str:
        """Say what to do about a document of pictures only."""
        if self._program is None and self._wanted:
            return REMEDY
        return "Lưu hoặc in tệp ra PDF rồi nạp bản PDF, hoặc nạp bản gốc có chữ."

    def warnings(self, length: int) -> list[str]:
        """Say what was recognised, how surely, and what was not read; ``length``: characters of the document."""
        said: list[str] = []
        if self._written:
            letters = [sum(map(len, page.lines)) for page in self._written]
            mean = sum(page.confidence * n for page, n in zip(self._written, letters, strict=True)) / sum(letters)
            said.append(
                f"{len(self._written)} hình có chữ do máy nhận dạng (OCR), độ tin trung bình {mean:.0%}; đối chiếu số "
                "liệu với bản gốc."
            )
        if self._wanted and self._program is None:
            said.append(
                f"Tệp có {len(self._wanted)} hình lớn có thể là bản chụp văn bản, chữ trong hình chưa được đọc. "
                + REMEDY
            )
            return said
        if self._unsure:
            said.append(f"{self._unsure} hình có chữ nhưng nhận dạng không chắc, không đọc; nên nạp bản rõ hơn.")
        if self._unopened:
            said.append(
                f"{self._unopened} hình hỏng, quá lớn hoặc thuộc loại chưa đọc được (EMF, WMF), chữ trong hình không "
                "được đọc; nếu là bản chụp, lưu tệp thành PDF rồi nạp bản PDF."
            )
        if self._left_over:
            said.append(f"Chỉ nhận dạng chữ trong {MAX_PICTURES} hình đầu tiên, còn {self._left_over} hình chưa đọc.")
        unread = len(self._wanted) - len(self._written) - self._unsure - self._unopened
        if unread > 0 and length < _SCARCE_TEXT * unread:
            said.append(f"Không nhận ra chữ trong {unread} hình; nếu là bản chụp văn bản, nên nạp bản rõ hơn.")
        return said

    def _recognise(self, program: str, grant: Callable[[float], None] | None) -> None:
        places = [place for place in self._wanted if _opens(self._main, place)]
        self._unopened = len(self._wanted) - len(places)
        pages = recognised(
            program,
            lambda index: _drawn(self._main, places[index]),
            range(len(places)),
            grant,
            lambda index: min(places[index].width, places[index].height) >= _PAGE_SIDE,
        )
        for place, page in zip(places, pages, strict=True):
            if _is_text(page):
                self._read[place.relation] = page
            elif len(" ".join(page.lines).split()) >= 2 * _FEWEST_WORDS and _is_vietnamese(page):
                self._unsure += 1


def _is_text(page: ReadPage) -> bool:
    """Whether Tesseract found a text rather than a few letters on a photograph."""
    words = " ".join(page.lines).split()
    return page.confidence >= _SURE and len(words) >= _FEWEST_WORDS and _is_vietnamese(page)


def _is_vietnamese(page: ReadPage) -> bool:
    share = share_of_syllables(" ".join(page.lines))
    return share is not None and share >= _VIETNAMESE


def _placed(paragraph: Any) -> Iterator[_Placed]:  # noqa: ANN401
    """Yield the pictures that stand in a paragraph itself, not in a text box that hangs on it."""
    for node in paragraph.iter(_A + "blip", _V + "imagedata"):
        above = list(node.iterancestors())
        nearest = next(one for one in above if one.tag == W + "p")
        if nearest is not paragraph or any(one.tag == FALLBACK for one in above):
            continue
        relation = node.get(_R + "embed") or node.get(_R + "id")
        if relation is None:
            continue
        frame = next((one for one in above if one.tag in (_WP + "inline", _WP + "anchor")), None)
        if frame is not None:
            extent = frame.find(_WP + "extent")
            width, height = (
                (0.0, 0.0) if extent is None else (int(extent.get(side) or 0) / _EMU_PER_CM for side in ("cx", "cy"))
            )
        else:
            style = next((one.get("style") for one in above if one.tag.startswith(_V) and one.get("style")), "")
            lengths = {name: float(value) * _CM[unit] for name, value, unit in _LENGTH.findall(style)}
            width, height = lengths.get("width", 0.0), lengths.get("height", 0.0)
        yield _Placed(relation, width, height, _cropped(node))


def _cropped(node: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Parts of the picture that are cut off on its left, top, right and bottom."""
    rectangle = None if node.getparent() is None else node.getparent().find(_A + "srcRect")
    if rectangle is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = (min(max(int(rectangle.get(side) or 0) / 100_000, 0.0), 0.95) for side in "ltrb")
    return left, top, right, bottom


def _opens(main: Any, place: _Placed) -> bool:  # noqa: ANN401
    """Whether a picture is there, of a kind that can be drawn, whole and not beyond the limit."""
    from PIL import Image

    relation = main.rels.get(place.relation)
    if relation is None or relation.is_external:
        return False
    try:
        with Image.open(BytesIO(relation.target_part.blob)) as image:
            if image.width * image.height > MAX_PIXELS:
                return False
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return False
    return True


def _drawn(main: Any, place: _Placed) -> Picture:  # noqa: ANN401
    """Draw a picture upright, cut as it is shown and as large as a scanner would give it."""
    import numpy
    from PIL import Image, ImageOps

    with Image.open(BytesIO(main.rels[place.relation].target_part.blob)) as image:
        grey = ImageOps.exif_transpose(_on_paper(image)).convert("L")
    left, top, right, bottom = place.cropped
    if left + right < 1 and top + bottom < 1:
        width, height = grey.size
        grey = grey.crop(
            (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
        )
    enlarged = RESOLUTION * place.width / _CM_PER_INCH / max(grey.width, 1)
    scale = min(max(enlarged, 1.0), _MOST_ENLARGED, LARGEST_SIDE / max(*grey.size, 1))
    if scale != 1.0:
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    return numpy.asarray(grey)


def _on_paper(image: Any) -> Any:  # noqa: ANN401
    """Lay a picture with see-through places on white, as it stands on the page."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    layer = image.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    white.alpha_composite(layer)
    return white
