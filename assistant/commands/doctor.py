"""``tdkt doctor``: do the indexes agree with the catalog?"""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.options import JsonOption, StoreOption
from assistant.commands.screen import out, text, write_json


def doctor(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Dựng lại chỉ mục từ danh mục.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra kho: đối chiếu các chỉ mục với danh mục, và dựng lại khi cần."""
    raise NotImplementedError
