"""Word documents (.docx, .docm): paragraphs, automatic numbering, tables and notes in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ingest.errors import NoText
from ingest.readers.docx.numbering import Numbering, W, in_form, read_numbering
from ingest.readers.docx.pictures import Pictures
from ingest.readers.docx.runs import RunForms, SetSpan, unicode_spans
from ingest.readers.docx.styles import Styles, draws_lines
from ingest.readers.docx.tree import blocks, content, row_cells, table_rows, text_boxes, tracked_changes
from ingest.readers.marks import SUPERSCRIPTS, is_exponent
from ingest.readers.packages import read_package
from ingest.readers.scans.recognition import write_page
from ingest.readers.side_by_side import UNDER, Row, SetByTabs, form_of
from ingest.readers.transcript import Transcript
from ingest.records import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WML = "application/vnd."
_OTHER_LABELS = (
    _WML + "ms-word.document.macroEnabled.main+xml",
    _WML + "ms-word.template.macroEnabledTemplate.main+xml",
    _WML + "openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_NOTE_KINDS = ("footnote", "endnote")
_AS_TEXT = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MARK = re.compile(r"\d{1,3}|\*{1,3}")
_LAYOUT_ROWS = 4
_LAYOUT_COLUMNS = 3

Span = tuple[str, str]
"""Text and the label of the note it refers to, "" for running text."""


def read_docx(data: bytes, file: str, grant: Callable[[float], None] | None = None) -> Source:
    """Read a Word document; notes stand at the end, headers and footers at the beginning as furniture.

    Pictures that hold text are recognised where they stand; ``grant`` is told how many seconds that may take.

    Raises :class:`DamagedFile`, :class:`EmptyFile`, :class:`NoText` for a document of pictures only, or
    :class:`UnreadableFile` for a file that would inflate to far more than its size.
    """
    return read_package(data, file, lambda inside, name: _read(inside, name, grant), "Word", ".docx")


def _read(data: bytes, file: str, grant: Callable[[float], None] | None) -> Source:
    main = _main_part(data)
    parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in main.rels.values()}
    styles = _root(parts, "styles")
    notes = {kind: _root(parts, kind + "s") for kind in _NOTE_KINDS}
    writer = _Writer(
        styles=Styles(styles),
        numbering=read_numbering(_root(parts, "numbering")),
        notes={kind: _notes(root, kind) for kind, root in notes.items()},
        forms=RunForms(styles, [main.element, *(root for root in notes.values() if root is not None)]),
        pictures=Pictures(main, grant),
    )
    for relation in main.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            writer.furniture(_parsed(relation.target_part))
    writer.block(main.element.body)
    writer.write_notes()
    if not writer.transcript.text.strip() and writer.pictures.any:
        raise NoText(
            f"“{file}” chỉ có hình (bản chụp dán vào Word), không có chữ để đọc.", remedy=writer.pictures.remedy()
        )
    core = main.core_properties
    return writer.transcript.source(
        file,
        MEDIA_TYPE,
        wrapped=False,
        properties={"title": core.title, "author": core.author, "subject": core.subject},
        warnings=(
            *tracked_changes(main.element),
            *writer.forms.warnings(),
            *writer.pictures.warnings(writer.transcript.length),
        ),
    )


def _main_part(data: bytes) -> Any:  # noqa: ANN401
    """Open the package; documents with macros and templates differ from a plain document in their label only."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for label in _OTHER_LABELS:
        PartFactory.part_type_for[label] = DocumentPart
    part = Package.open(BytesIO(data)).main_document_part
    if not isinstance(part, DocumentPart):
        raise ValueError(f"main part is {part.content_type}")
    return part


def _root(parts: dict[str, Any], name: str) -> Any | None:  # noqa: ANN401
    relation = parts.get(name)
    return None if relation is None or relation.is_external else _parsed(relation.target_part)


def _parsed(part: Any) -> Any:  # noqa: ANN401
    from docx.oxml import parse_xml

    return parse_xml(part.blob)


def _notes(root: Any | None, kind: str) -> dict[str, Any]:  # noqa: ANN401
    """Return the notes by their id, without the separators Word keeps among them."""
    nodes = [] if root is None else root.findall(W + kind)
    return {node.get(W + "id"): node for node in nodes if node.get(W + "type") in (None, "normal")}


@dataclass(slots=True)
class _Writer:
    """Walks the document once and writes what it passes."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, Any]]
    forms: RunForms
    pictures: Pictures
    transcript: Transcript = field(default_factory=Transcript)
    _cited: dict[tuple[str, str], str] = field(default_factory=dict)
    _furniture: set[str] = field(default_factory=set)
    _beside: SetByTabs = field(default_factory=SetByTabs)

    def block(self, container: Any) -> None:  # noqa: ANN401
        """Write paragraphs and tables of a body, a cell or a text box."""
        for node in blocks(container):
            if node.tag == W + "p":
                self._paragraph(node)
            else:
                self._end_beside()
                self._table(node)
        self._end_beside()

    def _end_beside(self) -> None:
        for text in self._beside.taken():
            self.transcript.line(text)

    def furniture(self, root: Any) -> None:  # noqa: ANN401
        """Write the lines of a page header or footer, each once; bare page numbers are left out."""
        for paragraph in root.iter(W + "p"):
            text = " ".join("".join(text for text, _ in self._spans(paragraph)).split())
            if any(character.isalpha() for character in text) and text not in self._furniture:
                self._furniture.add(text)
                self.transcript.line(text, "furniture")

    def write_notes(self) -> None:
        """Write the notes in the order in which the text refers to them, then those it does not refer to."""
        for (kind, note_id), label in list(self._cited.items()):
            node = self.notes[kind].pop(note_id, None)
            if node is not None:
                self._note(node, label)
        for kind in _NOTE_KINDS:
            for note_id, node in self.notes[kind].items():
                self._note(node, self._label(kind, note_id))

    def _note(self, node: Any, label: str) -> None:  # noqa: ANN401
        paragraphs = ["".join(text for text, _ in self._spans(paragraph)) for paragraph in node.iter(W + "p")]
        body = "\n".join(" ".join(text.split()) for text in paragraphs if text.strip())
        if body:
            self.transcript.line(f"{label} {body}", "footnote", label=label)

    def _paragraph(self, node: Any) -> None:  # noqa: ANN401
        form = self.styles.form_of(node)
        spans = self._spans(node)
        text = "".join(text for text, _ in spans).strip(" ")
        number = self.numbering.label(form.number_id, form.level) if form.number_id and text.strip() else ""
        if text.strip() and not self._beside.takes(text, number):
            self._end_beside()
            spans = [(text.replace("\t", " "), label) for text, label in spans]
            start = self.transcript.length
            self.transcript.write(number)
            self._write_spans(spans)
            end, label = self.transcript.length, number.strip()
            if form.outline:
                self.transcript.hint("heading", start, end, form.outline, label)
            elif form.name == "title":
                self.transcript.hint("title", start, end)
            elif form.name.startswith("toc "):
                self.transcript.hint("furniture", start, end)
            elif number:
                self.transcript.hint("list_item", start, end, form.level + 1, label)
            self.transcript.write("\n")
        self._pictures(node)
        for box in text_boxes(node):
            self.block(box)

    def _pictures(self, paragraph: Any) -> None:  # noqa: ANN401
        """Write what was recognised in the pictures of a paragraph."""
        for page in self.pictures.in_paragraph(paragraph):
            start = self.transcript.length
            write_page(self.transcript, page)
            self.transcript.recognised(start, self.transcript.length, page.confidence)

    def _write_spans(self, spans: list[Span]) -> None:
        for text, label in spans:
            start = self.transcript.length
            self.transcript.write(text)
            if label:
                self.transcript.hint("reference", start, self.transcript.length, label=label)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        cells = [list(row_cells(row)) for row in table_rows(table)]
        if self._is_layout(table, cells):
            for row in cells:
                for _, cell in row:
                    self.block(cell)
            return
        mark = self.numbering.mark()
        texts = [[self._cell(cell) for _, cell in row] for row in cells]
        if form := form_of(texts):
            self.numbering.back(mark)
            for number in self.transcript.asked(texts, form):
                self.block(cells[number][form.answer][1])
            return
        rows: list[Row] = []
        header = 0
        for row_node, row, said in zip(table_rows(table), cells, texts, strict=True):
            spans = [span for span, _ in row]
            rows.append([part for span, text in zip(spans, said, strict=True) for part in (text, *[None] * (span - 1))])
            if header == len(rows) - 1 and row_node.find(f"{W}trPr/{W}tblHeader") is not None:
                header += 1
        if any(cell for row in rows for cell in row):
            self.transcript.table(rows, header or None)
        for paragraph in table.iter(W + "p"):
            self._pictures(paragraph)

    def _is_layout(self, table: Any, cells: list[list[tuple[int, Any]]]) -> bool:  # noqa: ANN401
        """Say whether a table only places text side by side, like the heads and signatures of official papers."""
        columns = max((sum(span for span, _ in row) for row in cells), default=0)
        if columns <= 1:
            return True
        if len(cells) >= _LAYOUT_ROWS and columns >= _LAYOUT_COLUMNS:
            return False
        style = table.find(f"{W}tblPr/{W}tblStyle")
        if style is not None and self.styles.has_borders(style.get(W + "val")):
            own = table.findall(f"{W}tblPr/{W}tblBorders")
            return bool(own) and not any(map(draws_lines, own))
        return not any(draws_lines(borders) for borders in table.iter(W + "tblBorders", W + "tcBorders"))

    def _cell(self, cell: Any) -> str:  # noqa: ANN401
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(W + "val") != "restart":
            return UNDER
        texts: list[str] = []
        for paragraph in cell.iter(W + "p"):
            form = self.styles.form_of(paragraph)
            spans = [text.translate(SUPERSCRIPTS) if label else text for text, label in self._spans(paragraph)]
            text = "".join(spans)
            if form.number_id and (text.strip() or len(cell.findall(W + "p")) == 1):
                text = self.numbering.label(form.number_id, form.level) + text
            if text.strip():
                texts.append(text)
        return " ".join(texts)

    def _spans(self, paragraph: Any) -> list[Span]:  # noqa: ANN401
        spans: list[SetSpan] = []
        for node in content(paragraph):
            name = node.tag
            if name == W + "t":
                self._add_text(spans, node.text or "", node.getparent())
            elif name in _AS_TEXT:
                spans.append(SetSpan(_AS_TEXT[name], ""))
            elif name == W + "sym":
                spans.append(SetSpan(chr(int(node.get(W + "char") or "20", 16)), ""))
            elif name in (W + "footnoteReference", W + "endnoteReference"):
                label = self._label(name.removeprefix(W).removesuffix("Reference"), node.get(W + "id"))
                spans.append(SetSpan(label, label))
        return unicode_spans(spans, self.forms)

    def _add_text(self, spans: list[SetSpan], text: str, run: Any) -> None:  # noqa: ANN401
        """Add a run's text; raised digits typed by hand are reference marks like the automatic ones."""
        if self.forms.is_unseen(run, text):
            return
        raised = run.find(f"{W}rPr/{W}vertAlign")
        mark = text.strip()
        if raised is not None and raised.get(W + "val") == "superscript" and _MARK.fullmatch(mark):
            before = "".join(earlier.text for earlier in spans)
            spans.append(SetSpan(mark, "" if is_exponent(before, mark) else mark))
        else:
            spans.append(SetSpan(text, "", self.forms.font(run)))

    def _label(self, kind: str, note_id: str) -> str:
        """Return the number of a note, given in the order of the references; endnotes are i, ii, iii."""
        key = (kind, note_id)
        if key not in self._cited:
            number = sum(1 for cited, _ in self._cited if cited == kind) + 1
            self._cited[key] = str(number) if kind == "footnote" else in_form(number, "lowerRoman")
        return self._cited[key]
