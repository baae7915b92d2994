"""What can be configured, read once by the command line and the screens.

Order: arguments, then ``TDKT_*`` environment variables, then the defaults below. Nothing below ``wiring`` reads them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.ablation import NOTHING, parse
from assistant.errors import BadSettings

PREFIX = "TDKT_"


class Secret(str):
    """A value that never shows itself."""

    def __repr__(self) -> str:
        return "'***'" if self else "''"


NO_SECRET = Secret()


@dataclass(frozen=True, slots=True)
class Settings:
    """One assistant's configuration.

    ``store`` folder of documents and indexes; ``embedder`` name or path of a sentence-transformers model, or the
    address of an embedding server with the model behind ``#``, ``None`` for the one shipped; ``reranker`` name or path
    of a cross-encoder that puts the first passages in order, ``None`` for none; ``hits`` passages read per question;
    ``words`` words of a hit's text shown at most; ``api_key`` for a configured model server; ``ablate`` parts left
    out, to measure what they are worth (see :mod:`assistant.ablation`).
    """

    store: Path
    embedder: str | None = None
    reranker: str | None = None
    hits: int = 50
    words: int = 200
    api_key: Secret = NO_SECRET
    ablate: frozenset[str] = NOTHING

    @classmethod
    def load(cls, values: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
        """Combine given values with the environment; an unknown or wrong value raises :class:`BadSettings`."""
        names = {field.name for field in fields(cls)}
        given = dict(values or {})
        for name in given:
            if name not in names:
                raise BadSettings(
                    f"Không có thiết lập nào tên “{name}”.",
                    remedy=f"Các thiết lập dùng được: {', '.join(sorted(names))}.",
                    detail=f"unknown setting {name!r}",
                )
        for key, value in (os.environ if environment is None else environment).items():
            name = key.removeprefix(PREFIX).lower()
            if key.startswith(PREFIX) and name in names and value:
                given.setdefault(name, value)
        if not given.get("store"):
            given["store"] = default_store()
        return cls(
            store=Path(str(given["store"])).expanduser(),
            embedder=str(given["embedder"]) if given.get("embedder") else None,
            reranker=str(given["reranker"]) if given.get("reranker") else None,
            hits=_positive("hits", given.get("hits", cls.__dataclass_fields__["hits"].default)),
            words=_positive("words", given.get("words", cls.__dataclass_fields__["words"].default)),
            api_key=Secret(given.get("api_key") or ""),
            ablate=parse(given.get("ablate") or ()),
        )


def default_store() -> Path:
    """Return the user's own data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("tdkt", appauthor=False)) / "store"


def _positive(name: str, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise BadSettings(
            f"Thiết lập “{name}” phải là số nguyên dương, đang là “{value}”.",
            remedy=f"Sửa biến môi trường {PREFIX}{name.upper()} hoặc giá trị truyền vào.",
            detail=f"{name}={value!r}",
        )
    return number
