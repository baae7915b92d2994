"""Late interaction: how well each token of a question is met by the likest token of a passage.

Static vectors stand for single tokens, so a passage's are known before anybody asks; a question costs one small matrix
product for all passages looked at. It finds other wordings that the vector of a whole passage blurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.small_products import one_thread

if TYPE_CHECKING:
    from vectorstore.embed import StaticEmbedder

Ids = NDArray[np.int64]


class LateInteraction:
    """Token vectors of the shipped model, of length 1, with the weight the model gives each token."""

    def __init__(self, model: StaticEmbedder) -> None:
        self._model = model
        self._vectors = model.token_vectors
        self._weights = model.token_weights

    def tokens(self, text: str) -> Ids:
        """Return the different tokens of a text, at least one."""
        ids = np.unique(np.array(self._model.token_ids(text), dtype=np.int64))
        return ids if len(ids) else np.zeros(1, dtype=np.int64)

    def scores(self, question: str, passages: Sequence[Ids]) -> list[float]:
        """Score each passage (its :meth:`tokens`) from 0 to 1: the weighted mean of every token's best cosine."""
        asked = self._model.token_ids(question)
        weights = self._weights[asked]
        if not passages or not weights.sum() > 0:
            return [0.0] * len(passages)
        every = np.concatenate(passages)
        # As numpy.unique with its inverse, which would sort every token of every passage.
        place = np.zeros(len(self._vectors), dtype=np.intp)
        place[every] = 1
        different = np.flatnonzero(place)
        place[different] = np.arange(len(different))
        with one_thread():
            cosines = self._vectors[different] @ self._vectors[asked].T
        starts = np.cumsum([0, *(len(ids) for ids in passages[:-1])])
        # A row a token of the passages: rows are copied whole, columns would be value by value.
        best = np.ascontiguousarray(np.maximum.reduceat(cosines.take(place[every], axis=0), starts, axis=0).T)
        scores: list[float] = np.maximum(weights @ best / weights.sum(), 0.0).tolist()
        return scores


@cache
def load() -> LateInteraction:
    """Return late interaction over the shipped model, loaded once."""
    from vectorstore.embed import shipped

    return LateInteraction(shipped())
