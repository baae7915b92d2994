"""Texts as numbers of their words: many texts are looked through for a few words at once, and held in little memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vectorstore.lexical import tokens

Numbers = NDArray[np.int32]
_KEPT = 20_000
"""Texts whose numbers are kept."""


class NumberedWords:
    """Accent-free tokens numbered as they are met: ``words`` by number, ``numbers`` by word."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}
        self._lock = Lock()
        self._texts: OrderedDict[str, Numbers] = OrderedDict()

    def of(self, text: str) -> Numbers:
        """Return the numbers of the tokens of a text in its order, kept."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = np.array([self._number(token) for token in tokens(text)], dtype=np.int32)
            if len(self._texts) > _KEPT:
                self._texts.popitem(last=False)
        return found

    def _number(self, word: str) -> int:
        number = self.numbers.get(word)
        if number is None:
            with self._lock:
                number = self.numbers.get(word, len(self.words))
                if number == len(self.words):
                    self.words.append(word)  # first, for whoever finds the number looks the word up
                    self.numbers[word] = number
        return number
