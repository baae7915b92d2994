"""Telling the officer of copies and versions: what was found, what was done with it, how to change that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vectorstore.records import AddOutcome, Entry, Relation, StoredDocument
    from vectorstore.store import Store

STANDINGS = {
    "searched": "đang dùng",
    "copy": "bản trùng",
    "old": "bản cũ",
    "resting": "không dùng",
}
"""What a document is in the store for, in a word or two."""

_EVENTS = {
    "added": "nạp vào kho",
    "updated": "đọc lại cùng tệp, nội dung đọc được có khác",
    "named": "cùng nội dung, thêm tên",
    "version": "là bản mới cùng tên tệp, thay",
    "copy": "là bản trùng của",
    "replace": "là bản mới, thay",
    "beside": "đứng cạnh, cùng dùng với",
    "used": "được dùng lại",
    "rested": "ngừng dùng do lùi về danh sách trước",
    "removed": "bỏ khỏi kho",
}


KinKind = Literal["copy", "chosen", "beside", "replaced", "outdated"]

_WHY = {
    "scan": "bản kia là bản quét, chữ do máy nhận dạng",
    "letters": "chữ đọc ra rõ hơn",
    "format": "tệp dạng này cho biết rõ hơn trang hoặc đề mục, bảng, chú thích",
    "first": "hai bản đọc rõ như nhau và bản này nạp trước",
}


@dataclass(frozen=True, slots=True)
class KinReport:
    """A document that a new file is kin to.

    ``copy``: the new file is its copy. ``chosen``: it is a copy of the new file. ``beside``: the new file may be a
    corrected version, both are searched. ``replaced``: the new file takes its place. ``outdated``: it is later and
    takes the place of the new file.
    """

    kind: KinKind
    file: str
    document_id: str
    shared: float
    changed: tuple[tuple[str, str], ...] = ()
    why: str = "first"


def kin_of(outcome: AddOutcome, store: Store) -> tuple[KinReport, ...]:
    """Return what became of the documents that a new one is related to."""
    return tuple(
        KinReport(
            _kind(relation, outcome, store.document(relation.other_id)),
            store.document(relation.other_id).file,
            relation.other_id,
            relation.shared,
            relation.changed,
            relation.why,
        )
        for relation in outcome.relations
    )


def _kind(relation: Relation, outcome: AddOutcome, other: StoredDocument) -> KinKind:
    if relation.kind == "copy":
        return "chosen" if other.standing == "copy" else "copy"
    if other.standing == "old" and other.partner == outcome.document_id:
        return "replaced"
    return "outdated" if outcome.standing == "old" else "beside"


def notes_on_kin(file: str, outcome: AddOutcome, kin: Iterable[KinReport]) -> Iterator[str]:
    """Tell of a new file's copies and versions, with the command that changes what was done."""
    for one in kin:
        mine, other = code(outcome.document_id), code(one.document_id)
        match one.kind:
            case "copy" | "chosen":
                used, kept = (one.file, file) if one.kind == "copy" else (file, one.file)
                unused = mine if one.kind == "copy" else other
                yield (
                    f"“{file}” và “{one.file}” là cùng một văn bản (giống {one.shared:.0%}). Trả lời theo “{used}”, vì"
                    f" {_WHY[one.why]}; “{kept}” được giữ trong kho nhưng không trích dẫn lần thứ hai."
                    f" Muốn đổi: tdkt docs use {unused}"
                )
            case "beside":
                yield (
                    f"“{file}” có thể là bản ban hành lại của “{one.file}” (giống {one.shared:.0%}{_changes(one)})."
                    f" Hiện dùng cả hai. Nếu bản mới thay bản cũ: tdkt docs decide {mine} {other} --as replace"
                    " (hoặc --as copy nếu là cùng một văn bản)"
                )
            case "replaced":
                yield (
                    f"“{file}” thay “{one.file}” (giống {one.shared:.0%}{_changes(one)}); bản cũ được giữ, không dùng"
                    f" để trả lời. Muốn dùng cả hai: tdkt docs decide {mine} {other} --as beside"
                )
            case "outdated":
                yield (
                    f"“{file}” ban hành trước “{one.file}” nên là bản cũ, được giữ nhưng không dùng để trả lời."
                    f" Muốn dùng cả hai: tdkt docs decide {mine} {other} --as beside"
                )
    if outcome.replaced_id:
        yield (
            f"“{file}” thay bản cũ cùng tên; bản cũ được giữ, không dùng để trả lời. Muốn dùng lại bản cũ:"
            f" tdkt docs use {code(outcome.replaced_id)}"
        )


def _changes(one: KinReport) -> str:
    if not one.changed:
        return ""
    told = "; ".join(f"“{old}” → “{new}”" for old, new in one.changed[:3])
    return f"; số liệu khác: {told}"


def note_on_name(file: str) -> str:
    """Tell of a file that has the name of another one from another folder."""
    return f"Có hơn một tệp tên “{file}” trong lần nạp này; mỗi tệp là một văn bản riêng, gọi bằng mã (tdkt docs list)."


def notes_on_known(file: str, outcome: AddOutcome, store: Store) -> Iterator[str]:
    """Tell of a file whose bytes were there already but are not searched, or are searched again."""
    if outcome.replaced_id:
        old = code(outcome.replaced_id)
        yield f"“{file}” trở lại nội dung đã từng nạp; bản vừa thay được giữ. Muốn dùng lại bản đó: tdkt docs use {old}"
    elif outcome.standing != "searched":
        partner = f" của “{store.document(outcome.partner).file}”" if outcome.partner else ""
        state = STANDINGS[outcome.standing] + (partner if outcome.standing == "copy" else "")
        mine = code(outcome.document_id)
        yield f"“{file}” đã có trong kho nhưng không dùng để trả lời ({state}). Muốn dùng: tdkt docs use {mine}"


def code(document_id: str) -> str:
    """Return what names a document on the command line beyond doubt."""
    return document_id[:12]


def standing_of(document: StoredDocument, files: dict[str, str]) -> str:
    """Say how a document stands; ``files`` maps ids to file names."""
    partner = files.get(document.partner, "")
    if document.standing == "copy" and partner:
        return f"bản trùng của {partner}"
    if document.standing == "old" and partner:
        return f"bản cũ, đã thay bằng {partner}"
    return STANDINGS[document.standing]


def told(entry: Entry) -> str:
    """Say one line of history without its time."""
    words = f"{entry.file} ({entry.document_id[:8]}) {_EVENTS[entry.event]}"
    return f"{words} {entry.other_file} ({entry.other_id[:8]})" if entry.other_id else words
