"""``tdkt docs history|decide|use|rollback``: copies and versions of a paper, and going back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from assistant.commands.options import JsonOption, ReferenceArgument, StoreOption, YesOption
from assistant.commands.screen import number, out, text, write_json
from assistant.errors import BadInput

if TYPE_CHECKING:
    from vectorstore.records import StoredDocument


def history(reference: ReferenceArgument, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Xem các bản của một văn bản: ngày nạp, bản nào thay bản nào, đã quyết định thế nào."""
    from assistant.versions import standing_of, told
    from assistant.wiring import open_store

    with open_store(store) as opened:
        document = opened.document(reference)
        entries = opened.history(document.id)
        files = {item.id: item.file for item in opened.listed()}
        kin = {key for entry in entries for key in (entry.document_id, entry.other_id)} | {document.id}
        versions = [item for item in opened.listed() if item.id in kin]
    if as_json:
        write_json({"versions": [asdict(item) for item in versions], "history": [asdict(entry) for entry in entries]})
        return
    console = out()
    for item in versions:
        console.print(text(f"{item.id[:8]}  {item.file}, nạp {_time(item.added)}: {standing_of(item, files)}"))
    console.print()
    for entry in entries:
        console.print(text(f"{_time(entry.at)}  {told(entry)}"))


def decide(
    first: Annotated[str, typer.Argument(metavar="BẢN_MỚI", help="Tên tệp hoặc phần đầu mã tài liệu.")],
    second: Annotated[str, typer.Argument(metavar="BẢN_CŨ", help="Tên tệp hoặc phần đầu mã tài liệu.")],
    decision: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="replace|beside|copy",
            help="replace: bản mới thay bản cũ; beside: dùng cả hai; copy: cùng một văn bản, chỉ dùng bản thứ hai.",
        ),
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Quyết định giữa hai tài liệu: thay, dùng cả hai, hay coi là một."""
    from assistant.wiring import open_store
    from vectorstore.records import Decision

    chosen: Decision | None = next((one for one in get_args(Decision) if one == decision), None)
    if chosen is None:
        raise BadInput(f"--as không có cách “{decision}”.", remedy="Chọn replace, beside hoặc copy.")
    with open_store(store) as opened:
        one, two = opened.document(first), opened.document(second)
        if one.id == two.id:
            raise BadInput(
                f"“{first}” và “{second}” là cùng một tài liệu.",
                remedy="Xem mã từng bản: tdkt docs list, rồi gọi bằng mã.",
            )
        with opened.writer() as writer:
            writer.decide(one.id, two.id, chosen)
    told = {
        "replace": f"Từ nay trả lời theo “{one.file}”; “{two.file}” được giữ làm bản cũ.",
        "beside": f"Từ nay dùng cả “{one.file}” và “{two.file}”.",
        "copy": f"“{one.file}” được giữ làm bản trùng; trả lời theo “{two.file}”.",
    }
    if as_json:
        write_json({"decision": decision, "documents": [asdict(one), asdict(two)]})
    else:
        out().print(text(told[decision]))


def use(reference: ReferenceArgument, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Dùng lại một tài liệu đang không dùng; trong hai bản trùng thì chuyển sang bản này."""
    from assistant.wiring import open_store

    with open_store(store) as opened:
        document = opened.document(reference)
        with opened.writer() as writer:
            writer.use(document.id)
    if as_json:
        write_json({"used": asdict(document)})
    elif document.standing == "searched":
        out().print(text(f"“{document.file}” vẫn đang được dùng."))
    else:
        out().print(text(f"Từ nay “{document.file}” được dùng để trả lời."))


def rollback(yes: YesOption = False, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Lùi về danh sách tài liệu của lần lập chỉ mục trước; chạy lần nữa để trở lại."""
    from assistant.wiring import open_store

    with open_store(store) as opened:
        plan = opened.rollback()
        if plan is not None and not yes:
            for words in _changes(plan.resting, plan.restored, plan.missing, "sẽ"):
                out().print(text(words)) if not as_json else None
            typer.confirm(f"Lùi về danh sách ngày {_time(plan.at)}?", abort=True, err=as_json)
        done = opened.roll_back() if plan is not None else None
    if as_json:
        write_json(asdict(done) if done else {"at": None, "resting": [], "restored": [], "missing": 0})
        return
    console = out()
    if done is None:
        console.print(
            text("Chưa có danh sách tài liệu nào trước đó khác với hiện nay, không có gì thay đổi.", "yellow")
        )
        return
    console.print(text(f"Đã lùi về danh sách ngày {_time(done.at)}."))
    for words in _changes(done.resting, done.restored, done.missing, "đã"):
        console.print(text(words))
    console.print(text("Trở lại như trước: tdkt docs rollback. Dùng lại từng tài liệu: tdkt docs use TÀI_LIỆU", "dim"))


def _changes(
    resting: tuple[StoredDocument, ...], restored: tuple[StoredDocument, ...], missing: int, tense: str
) -> list[str]:
    lines = [f"– {tense} ngừng dùng, vẫn giữ trong kho: {item.file}" for item in resting]
    lines += [f"+ {tense} dùng lại: {item.file}" for item in restored]
    if missing:
        lines.append(f"! {number(missing)} tài liệu đã bị xoá hẳn, không lấy lại được; nạp lại bằng tdkt ingest.")
    return lines


def _time(moment: str) -> str:
    """Return an ISO time (UTC) as the clock on this machine shows it."""
    from datetime import datetime

    return f"{datetime.fromisoformat(moment).astimezone():%d/%m/%Y %H:%M}"
