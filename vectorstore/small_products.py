"""Small matrix products on one thread.

NumPy's BLAS wakes a thread per core for a product that takes a millisecond on one; where the cores have other work, as
on an office PC or a server with several readers, waiting for all of them takes tens of times as long as the product.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Keep BLAS on one thread inside the context; what was set before holds again after it."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    """Find the libraries once: looking takes longer than a product."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
