"""Sets a bundled document as PDF in the form of Vietnamese administrative papers, with notes at the foot of the page.

reportlab has no footnotes, so pages are composed here: a block is placed only together with the notes it refers to.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.samples.source import MARK, Block, Script, Table

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph

FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
FONT = Path("/usr/share/fonts/truetype/croscore/Tinos")

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 18 * MM, 22 * MM, 20 * MM
WIDTH = PAGE[0] - LEFT - RIGHT
BODY, SMALL = 13, 10
FOOTER = "Bản tóm lược của dự án tdkt, không phải văn bản gốc"


def font_files(font: Path) -> list[Path]:
    """Return the four faces of the family, e.g. ``Tinos-Bold.ttf``."""
    return [font.parent / f"{font.name}-{face}.ttf" for face in FACES.values()]


def register(font: Path) -> None:
    """Make the family known to reportlab under the name ``Body``; raises ``FileNotFoundError``."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for suffix, path in zip(FACES, font_files(font), strict=True):
        if not path.is_file():
            raise FileNotFoundError(path)
        pdfmetrics.registerFont(TTFont(f"Body{suffix}", str(path)))
    pdfmetrics.registerFontFamily(
        "Body", normal="Body", bold="Body-Bold", italic="Body-Italic", boldItalic="Body-BoldItalic"
    )


def _markup(text: str, size: float = BODY) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    return MARK.sub(rf'<super rise="{size * 0.38:.1f}" size="{size * 0.62:.1f}">\1</super>', text)


def _style(size: float, given: dict[str, float]) -> ParagraphStyle:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle

    base = {"fontName": "Body", "fontSize": size, "leading": size * 1.28, "alignment": TA_JUSTIFY}
    return ParagraphStyle("body", **{**base, "allowWidows": 0, "allowOrphans": 0, **given})


def _paragraph(text: str, size: float = BODY, **style: float) -> Paragraph:
    from reportlab.platypus import Paragraph

    return Paragraph(_markup(text, size), _style(size, style))


def _marks(paragraph: Flowable) -> list[str]:
    """Return the note marks standing in a paragraph: raised digits. Splitting turns its fragments into word lists."""
    found = []
    for frag in getattr(paragraph, "frags", ()):
        for piece, text in frag[1:] if isinstance(frag, list) else [(frag, getattr(frag, "text", ""))]:
            if getattr(piece, "rise", 0) and text.strip().isdigit():
                found.append(text.strip())
    return found


@dataclass
class Composer:
    """Places flowables from the top of the page down and their notes from the foot up."""

    canvas: Canvas
    notes: dict[str, Paragraph]
    number: int = 1
    y: float = PAGE[1] - TOP
    placed: list[str] = field(default_factory=list)

    def note_height(self, labels: list[str]) -> float:
        """Height that these notes take, with the rule above them."""
        height = sum(self.notes[label].wrap(WIDTH, PAGE[1])[1] + 2 for label in labels)
        return height + 10 if labels else 0.0

    def room(self, labels: list[str]) -> float:
        """Space left above the notes already on the page and ``labels``."""
        return self.y - BOTTOM - self.note_height([*self.placed, *labels])

    def place(self, flowable: Flowable, *, before: float = 0, keep: float = 0) -> None:
        """Put a flowable on the page, splitting it where it does not fit; ``keep`` asks for room below it."""
        top = self.y >= PAGE[1] - TOP
        before = 0 if top else before
        labels = _marks(flowable)
        height = flowable.wrap(WIDTH, PAGE[1])[1]
        if before + height + keep <= self.room(labels):
            self._draw(flowable, height, before, labels)
            return
        for first, rest in self._splits(flowable, self.room([]) - before):
            labels = _marks(first)
            height = first.wrap(WIDTH, PAGE[1])[1]
            if not keep and before + height <= self.room(labels):
                self._draw(first, height, before, labels)
                self.turn()
                for part in rest:
                    self.place(part)
                return
        if top:
            raise ValueError("a block does not fit on an empty page")
        self.turn()
        self.place(flowable, keep=keep)

    def _splits(self, flowable: Flowable, room: float) -> Iterator[tuple[Flowable, list[Flowable]]]:
        """Yield ways to split, longest first part first."""
        while room > BODY * 2:
            parts = flowable.split(WIDTH, room)
            if len(parts) > 1:
                yield parts[0], parts[1:]
            room -= BODY * 1.28

    def _draw(self, flowable: Flowable, height: float, before: float, labels: list[str]) -> None:
        self.y -= before + height
        flowable.drawOn(self.canvas, LEFT, self.y)
        self.placed += labels

    def turn(self) -> None:
        """Finish the page and begin the next with its number."""
        self.finish()
        self.canvas.showPage()
        self.number += 1
        self.y, self.placed = PAGE[1] - TOP, []
        self.canvas.setFont("Body", 13)
        self.canvas.drawCentredString(PAGE[0] / 2, PAGE[1] - 15 * MM, str(self.number))

    def finish(self) -> None:
        """Draw the notes, the rule above them and the footer."""
        y = BOTTOM + self.note_height(self.placed)
        if self.placed:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(LEFT, y - 4, LEFT + WIDTH / 3, y - 4)
            y -= 8
        for label in self.placed:
            y -= self.notes[label].wrap(WIDTH, PAGE[1])[1] + 2
            self.notes[label].drawOn(self.canvas, LEFT, y)
        if self.number > 1:
            self.canvas.setFont("Body-Italic", 8)
            self.canvas.drawCentredString(PAGE[0] / 2, 11 * MM, FOOTER)


def _rule(share: float) -> Flowable:
    """Return a short line in the middle of its cell; reportlab's own rule does not centre inside a table."""
    from reportlab.graphics.shapes import Drawing, Line

    class Rule(Drawing):  # type: ignore[misc]
        def wrap(self, width: float, height: float) -> tuple[float, float]:
            self.contents = [Line(width * (0.5 - share / 2), 4, width * (0.5 + share / 2), 4, strokeWidth=0.7)]
            return width, 8

    return Rule(1, 8)


def _letterhead(header: dict[str, Any]) -> Flowable:
    """Return the two-column head: issuing body and number left, national title, place and date right."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.platypus import Table as Grid

    def centred(text: str, size: float = 12) -> Paragraph:
        return _paragraph(text.replace("   ", "\u00a0\u00a0\u00a0"), alignment=TA_CENTER, size=size)

    right_sizes = (12, 13)
    left = [*(centred(line) for line in header["left"]), _rule(0.25)]
    right = [centred(f"**{line}**", size) for line, size in zip(header["right"], right_sizes, strict=False)]
    right.append(_rule(0.5))
    foot = [centred(header["number"], 13), centred(f"*{header['place']}*", 13)]
    grid = Grid([[left, right], foot], colWidths=[WIDTH * 0.38, WIDTH * 0.62])
    padding = [(side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING")]
    grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *padding])
    return grid


def _grid(table: Table, size: float) -> Flowable:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.platypus import Table as Grid

    total = sum(table.widths)
    body = table.text_rows()[table.header_rows :]
    short = [max(len(row[c]) for row in body) <= 16 for c in range(len(table.widths))]
    rows = []
    for r, row in enumerate(table.text_rows()):
        cells: list[Any] = []
        for c, cell in enumerate(row):
            head = r < table.header_rows
            text = f"**{cell}**" if head or cell.startswith("Tổng") else cell
            place = TA_CENTER if head or short[c] else TA_LEFT
            cells.append(_paragraph(text, size=size, alignment=place) if cell else "")
        rows.append(cells)
    grid = Grid(rows, colWidths=[WIDTH * width / total for width in table.widths], repeatRows=table.header_rows)
    style: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.6, "black"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    style += [("SPAN", (c, r), (last_c, last_r)) for r, c, last_r, last_c in table.spans()]
    grid.setStyle(style)
    return grid


def _front(composer: Composer, script: Script) -> None:
    from reportlab.lib.enums import TA_CENTER

    composer.place(_paragraph(f"*{script.note}*", size=SMALL))
    if header := script.head.get("header"):
        composer.place(_letterhead(header), before=10)
    composer.place(_paragraph(f"**{script.head['kind']}**", alignment=TA_CENTER, size=14), before=14)
    composer.place(_paragraph(f"**{script.head['subject']}**", alignment=TA_CENTER, size=14), before=2)
    if attached := script.head.get("attached"):
        composer.place(_paragraph(f"*{attached}*", alignment=TA_CENTER), before=2)
    composer.y -= 8


def _place(composer: Composer, block: Block, ordinal: int, size: float) -> None:
    from reportlab.lib.enums import TA_CENTER

    indent = 10 * MM
    if block.kind == "break":
        composer.turn()
    elif block.table is not None:
        composer.place(_grid(block.table, size), before=8)
    elif block.kind == "heading":
        composer.place(_paragraph(f"**{block.text}**", firstLineIndent=indent), before=7, keep=3 * BODY)
    elif block.kind == "centred":
        composer.place(_paragraph(block.text, alignment=TA_CENTER), before=6, keep=2 * BODY)
    else:
        lead = {"bullet": "- ", "number": f"({ordinal}) "}.get(block.kind, "")
        composer.place(_paragraph(lead + block.text, firstLineIndent=indent), before=6)


def as_pdf(script: Script, font: Path = FONT) -> bytes:
    """Return the document as PDF; the same source and font give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    register(font)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1, pageCompression=1)
    canvas.setTitle(script.head["subject"])
    canvas.setAuthor("dự án tdkt")
    canvas.setSubject(script.note)
    notes = {label: _paragraph(f"[^{label}] {body}", size=SMALL) for label, body in script.notes.items()}
    composer = Composer(canvas, notes)
    _front(composer, script)
    ordinal = 0
    for block in script.blocks:
        ordinal = ordinal + 1 if block.kind == "number" else 0
        _place(composer, block, ordinal, float(script.head.get("table_size", 11)))
    composer.finish()
    canvas.showPage()
    canvas.save()
    return out.getvalue()
