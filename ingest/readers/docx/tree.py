"""Walking the XML of a Word document: blocks, characters, text boxes, rows and cells, each once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.docx.numbering import W

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs show in the place of a newer drawing: the same once more."""
_NO_TEXT = {W + name for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "tblPr", "tcPr", "trPr")} | {
    FALLBACK
}


def blocks(container: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for node in container:
        if node.tag in (W + "p", W + "tbl"):
            yield node
        elif node.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}:
            yield from blocks(node)


def content(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the nodes of a paragraph that hold characters; deleted text and text boxes are passed over."""
    for child in node:
        if child.tag in _NO_TEXT or child.tag == W + "txbxContent":
            continue
        yield child
        yield from content(child)


def text_boxes(paragraph: Any) -> list[Any]:  # noqa: ANN401
    """Return the contents of the text boxes that hang on a paragraph itself."""
    return [
        box
        for box in paragraph.iter(W + "txbxContent")
        if not any(above.tag == FALLBACK for above in box.iterancestors())
        and next(above for above in box.iterancestors(W + "p")) is paragraph
    ]


def table_rows(table: Any) -> list[Any]:  # noqa: ANN401
    """Return the rows of a table itself, without rows whose deletion is tracked."""
    rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is table]
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def row_cells(row: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Yield width in columns and node of each cell of a row; cells of tables inside the cells are not the row's."""
    table = next(row.iterancestors(W + "tbl"))
    for cell in row.iter(W + "tc"):
        if next(cell.iterancestors(W + "tbl")) is table:
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            yield max(1, int(span.get(W + "val") or 1)) if span is not None else 1, cell


def tracked_changes(body: Any) -> list[str]:  # noqa: ANN401
    """Say, for the reader, how many changes wait for approval; nothing where none do."""
    added = sum(1 for _ in body.iter(W + "ins", W + "moveTo"))
    dropped = sum(1 for _ in body.iter(W + "del", W + "moveFrom"))
    if not added and not dropped:
        return []
    return [
        f"Tài liệu còn {added + dropped} chỗ sửa đổi chưa duyệt (Track Changes): đọc theo bản chấp nhận hết "
        f"({added} chỗ thêm, {dropped} chỗ xóa)."
    ]
