"""A system made worse on purpose, in the ways that a gate must notice.

Each wrapper leaves everything else as it was, so that a gate which stays green under it is blind to just that fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from evals.records import AnswerRow, CitationRow, HitRow, Message, System

_NUMBER = re.compile(r"\[\d+\]|\d+(?:[.,]\d+)*")


class Mutant:
    """A system whose rows pass through two functions on their way out."""

    def __init__(
        self,
        system: System,
        name: str,
        on_answer: Callable[[AnswerRow, Sequence[HitRow]], AnswerRow] = lambda row, hits: row,
        on_hits: Callable[[list[HitRow]], list[HitRow]] = lambda hits: hits,
    ) -> None:
        """Wrap ``system``; ``on_answer`` also sees the passages, for faults that invent answers from them."""
        self.name = f"{system.name}: {name}"
        self._system = system
        self._on_answer = on_answer
        self._on_hits = on_hits

    def answer(self, question: str, history: Sequence[Message]) -> AnswerRow:
        """Answer, with the fault."""
        row = self._system.answer(question, history)
        return self._on_answer(row, self._system.hits(question, history, 5))

    def hits(self, question: str, history: Sequence[Message], k: int) -> list[HitRow]:
        """Search, with the fault."""
        return self._on_hits(self._system.hits(question, history, k))


def broken_retrieval(system: System) -> Mutant:
    """Lose the best passages, as a stale index would; what is left comes in reverse."""
    return Mutant(system, "mất kết quả tìm kiếm", on_hits=lambda hits: list(reversed(hits[10:])))


def swap_digits(text: str) -> str:
    """Swap the first two digits that differ in every number; markers stay.

    >>> swap_digits("20 thành viên, 1.156 tập thể [12]")
    '02 thành viên, 1.516 tập thể [12]'
    """
    return _NUMBER.sub(lambda match: match[0] if match[0].startswith("[") else _swapped(match[0]), text)


def _swapped(number: str) -> str:
    places = [index for index, char in enumerate(number) if char.isdigit()]
    # From the second pair on where there is one: a leading zero would give the fault away.
    for left, right in [*pairwise(places[1:]), *pairwise(places)]:
        if number[left] != number[right]:
            changed = list(number)
            changed[left], changed[right] = changed[right], changed[left]
            return "".join(changed)
    return number


def swapped_digits(system: System) -> Mutant:
    """Every number of every answer has two digits swapped."""

    def change(row: AnswerRow, hits: Sequence[HitRow]) -> AnswerRow:
        return AnswerRow({**row, "answer": swap_digits(row.get("answer") or "")})

    return Mutant(system, "đảo chữ số", change)


def neighbouring_page(system: System) -> Mutant:
    """Every citation names the page after the one its words stand on."""

    def turned(citation: CitationRow) -> CitationRow:
        page = citation.get("page")
        return citation if page is None else CitationRow({**citation, "page": page + 1})

    def change(row: AnswerRow, hits: Sequence[HitRow]) -> AnswerRow:
        return AnswerRow({**row, "citations": [turned(citation) for citation in row.get("citations") or []]})

    return Mutant(system, "dẫn trang bên cạnh", change)


def hedging(system: System) -> Mutant:
    """Every answer opens by saying that the documents may not hold it."""

    def change(row: AnswerRow, hits: Sequence[HitRow]) -> AnswerRow:
        if row.get("status") != "answered":
            return row
        return AnswerRow({**row, "answer": "Tài liệu không nêu rõ, nhưng có thể là: " + (row.get("answer") or "")})

    return Mutant(system, "rào trước mọi câu", change)


def answering_everything(system: System) -> Mutant:
    """Answer what would be refused with the best passage instead."""

    def change(row: AnswerRow, hits: Sequence[HitRow]) -> AnswerRow:
        if row.get("status") != "refused":
            return row
        passage = (hits[0].get("text") or "") if hits else "Có."
        return AnswerRow({**row, "status": "answered", "answer": " ".join(passage.split()[:60]), "citations": []})

    return Mutant(system, "câu nào cũng trả lời", change)


MUTATIONS: Mapping[str, Callable[[System], Mutant]] = MappingProxyType(
    {
        "broken_retrieval": broken_retrieval,
        "swapped_digits": swapped_digits,
        "neighbouring_page": neighbouring_page,
        "hedging": hedging,
        "answering_everything": answering_everything,
    }
)
