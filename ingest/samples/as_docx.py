"""Writes a bundled document as DOCX with Word's own automatic numbering and heading styles."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from ingest.samples.source import Block, Script, Table

# python-docx builds its element classes at run time; a type checker sees nothing of them.
Element = Any

EPOCH = dt.datetime(2026, 11, 20)
NUMBERING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADING_FORMATS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."))
HEADINGS, ITEMS, BULLETS = 1, 2, 3


def _levels(formats: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        for level, (kind, text) in enumerate(formats)
    )


def _numbering_parts() -> list[str]:
    """Return the three numberings: headings in three levels, "(1)" items, dashes."""
    formats = {HEADINGS: HEADING_FORMATS, ITEMS: (("decimal", "(%1)"),), BULLETS: (("bullet", "-"),)}
    kinds = {HEADINGS: "multilevel", ITEMS: "singleLevel", BULLETS: "singleLevel"}
    return [
        f'<w:abstractNum xmlns:w="{NUMBERING}" w:abstractNumId="{key}"><w:multiLevelType w:val="{kinds[key]}"/>'
        f"{_levels(levels)}</w:abstractNum>"
        for key, levels in formats.items()
    ] + [f'<w:num xmlns:w="{NUMBERING}" w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in formats]


class Writer:
    """Fills a python-docx document from blocks."""

    def __init__(self) -> None:
        from docx import Document

        self.document = Document()
        self.last_list = 0
        self._set_numbering()
        self._set_styles()

    def _set_numbering(self) -> None:
        from docx.oxml import parse_xml

        self.numbering = self.document.part.numbering_part.element
        for child in list(self.numbering):
            self.numbering.remove(child)
        for part in _numbering_parts():
            self.numbering.append(parse_xml(part))

    def _set_styles(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt, RGBColor

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(18)
        section.top_margin, section.bottom_margin = Mm(22), Mm(20)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Number", "List Bullet"):
            style = self.document.styles[name]
            style.font.name, style.font.size = "Times New Roman", Pt(13)
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(0)
            style.paragraph_format.line_spacing = 1.15
            if name.startswith("Heading"):
                self._plain_heading(style, RGBColor(0, 0, 0))
                self._number(style.element, HEADINGS, int(name[-1]) - 1)
            elif name != "Normal":
                self._number(style.element, ITEMS if name == "List Number" else BULLETS, 0)
        self.document.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    @staticmethod
    def _plain_heading(style: Element, black: Element) -> None:
        from docx.oxml.ns import qn

        style.font.color.rgb, style.font.bold, style.font.italic = black, True, False
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)

    @staticmethod
    def _number(element: Element, numbering: int, level: int) -> None:
        properties = element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = numbering

    def restart(self) -> int:
        """Return a numbering whose items begin at (1) again."""
        from docx.oxml import parse_xml

        key = 10 + self.last_list
        self.last_list += 1
        self.numbering.append(
            parse_xml(
                f'<w:num xmlns:w="{NUMBERING}" w:numId="{key}"><w:abstractNumId w:val="{ITEMS}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return key

    def runs(self, paragraph: Element, text: str) -> Element:
        """Add ``text`` to a paragraph, bold and italic where it says so."""
        for part in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
            bold, italic = part.startswith("**"), part.startswith("*") and not part.startswith("**")
            if part:
                run = paragraph.add_run(part.strip("*") if bold or italic else part)
                run.bold, run.italic = bold or None, italic or None
        return paragraph

    def centred(self, holder: Element, text: str, size: float) -> None:
        """Add a centred line to the document or a cell."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.runs(holder.add_paragraph(), text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs:
            run.font.size = Pt(size)

    def front(self, script: Script) -> None:
        """Write the note, the letterhead and the title block."""
        from docx.shared import Mm, Pt

        note = self.runs(self.document.add_paragraph(), f"*{script.note}*")
        for run in note.runs:
            run.font.size = Pt(10)
        if header := script.head.get("header"):
            grid = self.document.add_table(rows=2, cols=2)
            self._widths(grid, (Mm(62), Mm(100)))
            sides = (header["left"], [f"**{line}**" for line in header["right"]])
            for c, lines in enumerate(sides):
                for line in lines:
                    self.centred(grid.rows[0].cells[c], line, 12)
            self.centred(grid.rows[1].cells[0], header["number"], 13)
            self.centred(grid.rows[1].cells[1], f"*{header['place']}*", 13)
            for cell in (cell for row in grid.rows for cell in row.cells):
                cell._tc.remove(cell.paragraphs[0]._p)
        self.centred(self.document, f"**{script.head['kind']}**", 14)
        self.centred(self.document, f"**{script.head['subject']}**", 14)
        if attached := script.head.get("attached"):
            self.centred(self.document, f"*{attached}*", 13)

    def block(self, block: Block, numbering: int) -> None:
        """Write one block; ``numbering`` is the list that a numbered item belongs to."""
        from docx.shared import Mm

        if block.table is not None:
            self.table(block.table)
        elif block.kind == "break":
            self.document.add_page_break()  # type: ignore[no-untyped-call]
        elif block.kind == "heading":
            self.runs(self.document.add_paragraph(style=f"Heading {block.level}"), block.text)
        elif block.kind == "bullet":
            self.runs(self.document.add_paragraph(style="List Bullet"), block.text)
        elif block.kind == "number":
            paragraph = self.runs(self.document.add_paragraph(style="List Number"), block.text)
            self._number(paragraph._p, numbering, 0)
        elif block.kind == "centred":
            self.centred(self.document, block.text, 13)
        else:
            paragraph = self.runs(self.document.add_paragraph(), block.text)
            paragraph.paragraph_format.first_line_indent = Mm(10)

    def table(self, table: Table) -> None:
        """Write a ruled table; its header lines repeat on every page."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        grid = self.document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
        grid.style = "Table Grid"
        self._widths(grid, [Mm(162 * width / sum(table.widths)) for width in table.widths])
        for r, row in enumerate(table.text_rows()):
            for c, text in enumerate(row):
                cell = grid.rows[r].cells[c]
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                self.runs(cell.paragraphs[0], f"**{text}**" if r < table.header_rows and text else text)
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(11)
                cell.paragraphs[0].alignment = 0
        for r, c, last_r, last_c in table.spans():
            merged = grid.cell(r, c).merge(grid.cell(last_r, last_c))
            for empty in [p for p in merged.paragraphs[1:] if not p.text]:
                merged._tc.remove(empty._p)
        for r, line in enumerate(grid.rows):
            properties = line._tr.get_or_add_trPr()
            properties.append(properties.makeelement(qn("w:cantSplit"), {}))
            if r < table.header_rows:
                properties.append(properties.makeelement(qn("w:tblHeader"), {}))

    @staticmethod
    def _widths(grid: Element, widths: Sequence[Element]) -> None:
        """Set column widths both in the grid and in the cells: Word reads one, LibreOffice the other."""
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width


def _fixed_times(data: bytes) -> bytes:
    """Rewrite the zip with one date for every member, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()


def as_docx(script: Script) -> bytes:
    """Return the document as DOCX; the same source gives the same content."""
    if script.notes:
        raise ValueError(f"{script.name}: notes are written in PDF, Markdown and HTML only")
    writer = Writer()
    properties = writer.document.core_properties
    properties.author = properties.last_modified_by = "dự án tdkt"
    properties.title, properties.comments = script.head["subject"], script.note
    properties.created = properties.modified = EPOCH
    properties.language, properties.revision = "vi-VN", 1
    writer.front(script)
    numbering, previous = 0, ""
    for block in script.blocks:
        if block.kind == "number" and previous != "number":
            numbering = writer.restart()
        writer.block(block, numbering)
        previous = block.kind
    out = io.BytesIO()
    writer.document.save(out)
    return _fixed_times(out.getvalue())
