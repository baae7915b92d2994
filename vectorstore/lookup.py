"""Which document a person means."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from vectorstore.errors import DocumentNotFound
from vectorstore.records import StoredDocument

_SHORTEST_ID = 4


def find(documents: Sequence[StoredDocument], reference: str) -> StoredDocument:
    """Find a document by file name, id, or the beginning of its id; of several of a name, the one searched.

    Raises ``DocumentNotFound``.
    """
    wanted = normalize("NFC", reference.strip())
    found = [item for item in documents if wanted in item.names or item.id == wanted]
    if not found:
        found = [item for item in documents if wanted.casefold() in {name.casefold() for name in item.names}]
    if not found and len(wanted) >= _SHORTEST_ID:
        found = [item for item in documents if item.id.startswith(wanted.lower())]
    if len(found) > 1:
        found = [item for item in found if item.standing == "searched"] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise DocumentNotFound(
            f"Trong kho không có tài liệu nào tên hoặc mã là “{reference}”.",
            remedy="Chạy `tdkt docs list` để xem tên và mã các tài liệu trong kho.",
        )
    choices = "; ".join(f"{item.id[:12]} ({item.file})" for item in found)
    raise DocumentNotFound(
        f"“{reference}” ứng với {len(found)} tài liệu: {choices}.",
        remedy="Gọi tài liệu bằng mã, viết thêm vài ký tự của mã để chỉ còn một tài liệu.",
    )
