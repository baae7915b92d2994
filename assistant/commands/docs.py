"""``tdkt docs``: what is in the store."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.group import Command, Group
from assistant.commands.options import JsonOption, ReferenceArgument, StoreOption, YesOption
from assistant.commands.screen import number, out, print_table, text, write_json
from assistant.commands.versions import decide, history, rollback, use
from assistant.errors import BadInput

if TYPE_CHECKING:
    from vectorstore.records import StoredDocument
    from vectorstore.store import Store

docs = typer.Typer(
    cls=Group,
    help="Xem, bớt tài liệu trong kho; chọn giữa các bản của một văn bản.",
    no_args_is_help=True,
    options_metavar="[TUỲ CHỌN]",
    subcommand_metavar="LỆNH …",
    add_completion=False,
)


@docs.command("list", cls=Command, options_metavar="[TUỲ CHỌN]")
def list_documents(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Liệt kê tài liệu trong kho."""
    from assistant.passages import vietnamese_date
    from assistant.versions import standing_of

    opened = _open(store)
    documents = opened.listed()
    opened.close()
    if as_json:
        write_json({"documents": [_row(document) for document in documents]})
        return
    console = out()
    if not documents:
        console.print(text("Kho chưa có tài liệu. Nạp bằng: tdkt ingest THƯ_MỤC", "yellow"))
        return
    files = {document.id: document.file for document in documents}
    rows = (
        (
            document.id[:8],
            document.file,
            document.meta.title or "–",
            vietnamese_date(document.meta.issued) or "–",
            number(document.pages) if document.pages else "–",
            number(document.chunks),
            standing_of(document, files),
        )
        for document in documents
    )
    print_table(console, ("Mã", "Tệp", "Văn bản", "Ngày", "Trang", "Đoạn", "Tình trạng"), rows)
    unused = sum(document.standing != "searched" for document in documents)
    more = f", trong đó {number(unused)} không dùng để trả lời" if unused else ""
    console.print(text(f"{number(len(documents))} tài liệu{more}."))


@docs.command("show", cls=Command, options_metavar="[TUỲ CHỌN]")
def show(
    reference: ReferenceArgument,
    page: Annotated[int | None, typer.Option("--page", min=1, metavar="SỐ", help="In chữ của trang này.")] = None,
    whole: Annotated[bool, typer.Option("--text", help="In toàn bộ chữ của tài liệu.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem thông tin và chữ của một tài liệu."""
    from assistant.passages import document_facts, page_parts
    from assistant.versions import standing_of

    opened = _open(store)
    try:
        document = opened.document(reference)
        partner = {document.partner: opened.document(document.partner).file} if document.partner else {}
        words = opened.text(document.id) if whole else None
        if page is not None:
            parts = page_parts(opened, document.id, page)
            if not parts and page > document.pages:
                pages = f"có {number(document.pages)} trang" if document.pages else "không chia trang"
                raise BadInput(
                    f"“{document.file}” {pages}, không có trang {page}.", remedy="Bỏ --page hoặc dùng --text."
                )
            words = "\n".join(part.text.strip("\n") for part in parts)
    finally:
        opened.close()
    if as_json:
        write_json(_row(document) | ({} if words is None else {"text": words}))
        return
    console = out()
    console.print(text(document.meta.title or document.file, "bold cyan"))
    if words is not None:
        console.print(text(words))
        return
    counts = [
        ("Tệp", ", ".join(document.names or (document.file,))),
        ("Mã", document.id),
        ("Trang", number(document.pages) if document.pages else "không chia trang"),
        ("Đoạn", number(document.chunks)),
        ("Nạp lúc", document.added),
        ("Tình trạng", standing_of(document, partner)),
    ]
    for name, value in (*document_facts(document.meta), *counts):
        console.print(text(f"{name}: {value}"))
    for warning in document.warnings:
        console.print(text(f"Lưu ý: {warning}", "yellow"))


@docs.command("remove", cls=Command, options_metavar="[TUỲ CHỌN]")
def remove(
    references: Annotated[list[str], typer.Argument(metavar="TÀI_LIỆU...", help="Tên tệp hoặc phần đầu mã tài liệu.")],
    yes: YesOption = False,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Xoá hẳn ngay, không lùi lại được bằng docs rollback.")
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bỏ tài liệu khỏi kho (tệp gốc của bạn không bị đụng tới); đến lần thay đổi sau mới xoá hẳn."""
    from assistant.versions import code, standing_of

    opened = _open(store)
    try:
        named = {document.id: document for document in map(opened.document, references)}
        if not yes:
            names = "; ".join(text(document.file).plain for document in named.values())
            typer.confirm(f"Bỏ {len(named)} tài liệu khỏi kho: {names}?", abort=True, err=as_json)
        with opened.writer() as writer:
            removed = [writer.remove(document_id, for_good) for document_id in named]
        left = [item for item in opened.listed() if item.file in {one.file for one in removed}]
    finally:
        opened.close()
    if as_json:
        write_json({"removed": [_row(document) for document in removed]})
        return
    for document in removed:
        out().print(text(f"Đã bỏ {document.file}."))
    for document in left:
        words = f"Trong kho còn một bản khác của {document.file} ({standing_of(document, {})})."
        out().print(text(f"{words} Dùng lại hoặc bỏ nốt: tdkt docs use (remove) {code(document.id)}", "yellow"))
    if not for_good:
        out().print(text("Bỏ nhầm thì lấy lại bằng: tdkt docs rollback", "dim"))


for _command in (history, decide, use, rollback):
    docs.command(_command.__name__, cls=Command, options_metavar="[TUỲ CHỌN]")(_command)


def _open(store: Path | None) -> Store:
    from assistant.wiring import open_store

    return open_store(store)


def _row(document: StoredDocument) -> dict[str, Any]:
    row = asdict(document)
    row["names"], row["warnings"] = list(document.names), list(document.warnings)
    return row
