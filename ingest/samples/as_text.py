"""Writes a bundled document as Markdown, plain text or HTML."""

from __future__ import annotations

import html
import re
import textwrap

from ingest.samples.source import MARK, Block, Script, Table

EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


def plain(text: str) -> str:
    """Drop the emphasis signs."""
    return EMPHASIS.sub(lambda match: match[1] or match[2], text)


def front(script: Script) -> list[str]:
    """Return the title lines: kind, subject, what it is attached to."""
    return [str(script.head[key]) for key in ("kind", "subject", "attached") if script.head.get(key)]


def _pipe_table(table: Table) -> list[str]:
    rows = table.text_rows()
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + "|".join(" --- " for _ in rows[0]) + "|"
    return [*lines[: table.header_rows], rule, *lines[table.header_rows :]]


def as_markdown(script: Script) -> str:
    """Return the document as Markdown; its title is the only heading of level 1."""
    kind, *rest = front(script)
    parts = [script.note, f"# {kind}", *(f"**{line}**" for line in rest)]
    ordinal = 0
    for block in script.blocks:
        ordinal = ordinal + 1 if block.kind == "number" else 0
        if block.kind == "heading":
            parts.append("#" * (block.level + 1) + f" {block.text}")
        elif block.table is not None:
            parts.append("\n".join(_pipe_table(block.table)))
        elif block.kind == "bullet":
            parts.append(f"- {block.text}")
        elif block.kind == "number":
            parts.append(f"{ordinal}. {block.text}")
        elif block.kind != "break":
            parts.append(block.text)
    parts += [f"[^{label}]: {body}" for label, body in script.notes.items()]
    text = "\n\n".join(parts) + "\n"
    return re.sub(r"(?m)^((?:- |\d+\. ).*)\n\n(?=- |\d+\. )", r"\1\n", text)


def _text_lines(script: Script) -> list[str]:
    lines = [script.note, ""]
    lines += [plain(line) for line in front(script)] + [""]
    ordinal = 0
    for block in script.blocks:
        ordinal = ordinal + 1 if block.kind == "number" else 0
        if block.table is not None:
            lines += ["\t".join(plain(cell) for cell in row) for row in block.table.text_rows()] + [""]
        elif block.kind == "bullet":
            lines += [f"- {plain(block.text)}"]
        elif block.kind == "number":
            lines += [f"({ordinal}) {plain(block.text)}"]
        elif block.kind != "break":
            lines += [plain(block.text), ""]
    return lines


def as_text(script: Script) -> str:
    """Return the document as text; ``wrap`` in the head breaks lines at that width, as a printed page would."""
    lines = _text_lines(script)
    width = int(script.head.get("wrap", 0))
    if width:
        lines = [
            part
            for line in lines
            for part in (
                [line] if "\t" in line else textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False)
            )
            or [""]
        ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _inline(text: str) -> str:
    marked = EMPHASIS.sub(
        lambda match: f"<strong>{match[1]}</strong>" if match[1] else f"<em>{match[2]}</em>", html.escape(text)
    )
    return MARK.sub(r'<sup id="ref\1"><a href="#note\1">\1</a></sup>', marked)


def _html_table(table: Table) -> str:
    spans = {(r, c): (last_r - r + 1, last_c - c + 1) for r, c, last_r, last_c in table.spans()}
    lines = ["<table>", "<thead>"]
    for r, row in enumerate(table.rows):
        if r == table.header_rows:
            lines += ["</thead>", "<tbody>"]
        tag = "th" if r < table.header_rows else "td"
        cells = []
        for c, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            down, across = spans.get((r, c), (1, 1))
            size = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            cells.append(f"<{tag}{size}>{_inline(cell)}</{tag}>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _html_block(block: Block) -> str:
    if block.table is not None:
        return _html_table(block.table)
    if block.kind == "heading":
        return f"<h{block.level + 1}>{_inline(block.text)}</h{block.level + 1}>"
    if block.kind in ("bullet", "number"):
        return f"<li>{_inline(block.text)}</li>"
    return "" if block.kind == "break" else f"<p>{_inline(block.text)}</p>"


def as_html(script: Script) -> str:
    """Return the document as a page of HTML."""
    kind, *rest = front(script)
    body = [f"<p><em>{_inline(script.note)}</em></p>", f"<h1>{_inline(kind)}</h1>"]
    body += [f"<p><strong>{_inline(line)}</strong></p>" for line in rest]
    open_list = ""
    for block in script.blocks:
        wanted = {"bullet": "ul", "number": "ol"}.get(block.kind, "")
        if wanted != open_list:
            body += [f"</{open_list}>"] * bool(open_list) + [f"<{wanted}>"] * bool(wanted)
            open_list = wanted
        body.append(_html_block(block))
    body += [f"</{open_list}>"] * bool(open_list)
    body += [f'<p id="note{label}"><sup>{label}</sup> {_inline(text)}</p>' for label, text in script.notes.items()]
    head = f'<meta charset="utf-8">\n<title>{html.escape(plain(rest[0] if rest else kind))}</title>'
    style = "<style>table{border-collapse:collapse}td,th{border:1px solid;padding:.3em}</style>"
    inside = "\n".join(line for line in body if line)
    return f'<!doctype html>\n<html lang="vi">\n<head>\n{head}\n{style}\n</head>\n<body>\n{inside}\n</body>\n</html>\n'
