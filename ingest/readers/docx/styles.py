"""What a Word paragraph takes from its style: outline level, numbering, title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx.numbering import W

_HEADING_NAME = re.compile(r"heading ([1-9])", re.I)


@dataclass(frozen=True, slots=True)
class ParagraphForm:
    """``outline``: heading level from 1, 0 for none; ``number_id``: its list, "" for none, ``level`` from 0."""

    name: str = ""
    outline: int = 0
    number_id: str = ""
    level: int = 0


class Styles:
    """Looks up paragraph styles; the root of ``styles.xml`` is needed once."""

    def __init__(self, root: Any | None) -> None:  # noqa: ANN401
        nodes = [] if root is None else root.findall(W + "style")
        self._nodes = {node.get(W + "styleId"): node for node in nodes}
        defaults = [
            node.get(W + "styleId")
            for node in nodes
            if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true")
        ]
        self._default = defaults[0] if defaults else ""
        self._known: dict[str, ParagraphForm] = {}

    def form_of(self, paragraph: Any) -> ParagraphForm:  # noqa: ANN401
        """Return the form of a paragraph: its own settings over those of its style."""
        properties = paragraph.find(W + "pPr")
        style_id = _attribute(properties, "pStyle") or self._default
        return _over(self._style(style_id, ()), properties)

    def has_borders(self, style_id: str) -> bool:
        """Say whether a table style, or one it is based on, draws lines."""
        seen: set[str] = set()
        while style_id in self._nodes and style_id not in seen:
            seen.add(style_id)
            node = self._nodes[style_id]
            if any(draws_lines(borders) for borders in node.iter(W + "tblBorders", W + "tcBorders")):
                return True
            style_id = _attribute(node, "basedOn") or ""
        return False

    def _style(self, style_id: str, below: tuple[str, ...]) -> ParagraphForm:
        if style_id not in self._nodes or style_id in below:
            return ParagraphForm()
        if style_id not in self._known:
            node = self._nodes[style_id]
            base = self._style(_attribute(node, "basedOn") or "", (*below, style_id))
            name = _attribute(node, "name") or style_id
            heading = _HEADING_NAME.fullmatch(name)
            outline = int(heading[1]) if heading else base.outline
            form = ParagraphForm(name.lower(), outline, base.number_id, base.level)
            self._known[style_id] = _over(form, node.find(W + "pPr"))
        return self._known[style_id]


def draws_lines(borders: Any) -> bool:  # noqa: ANN401
    """Say whether a ``tblBorders`` or ``tcBorders`` element has a visible side."""
    return any(side.get(W + "val") not in (None, "none", "nil") for side in borders)


def _over(form: ParagraphForm, properties: Any | None) -> ParagraphForm:  # noqa: ANN401
    if properties is None:
        return form
    outline, number_id, level = form.outline, form.number_id, form.level
    own_outline = _attribute(properties, "outlineLvl")
    if own_outline is not None:
        outline = int(own_outline) + 1 if int(own_outline) < 9 else 0
    numbered = properties.find(W + "numPr")
    if numbered is not None:
        own_number = _attribute(numbered, "numId")
        number_id = number_id if own_number is None else "" if own_number == "0" else own_number
        level = int(_attribute(numbered, "ilvl") or level)
    return ParagraphForm(form.name, outline, number_id, level)


def _attribute(node: Any | None, name: str) -> str | None:  # noqa: ANN401
    child = None if node is None else node.find(W + name)
    value = None if child is None else child.get(W + "val")
    return None if value is None else str(value)
