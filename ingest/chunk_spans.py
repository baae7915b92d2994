"""Text too long for one chunk cut into spans that fit: at sentence ends, else at semicolons, commas, spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest import patterns as p
from ingest.sentences import clauses, split

MIN_WORDS, AIM_WORDS, MAX_WORDS = 60, 100, 135


class Measure:
    """Decides what fits: a token budget, and a limit in words."""

    def __init__(self, text: str, count: Callable[[str], int], budget: int) -> None:
        self.text = text
        self.count = count
        self.budget = budget

    def fits(self, start: int, end: int) -> bool:
        """Whether the text between two offsets is short enough for one chunk."""
        slice_ = self.text[start:end]
        return self.words(start, end) <= MAX_WORDS and self.count(slice_) <= self.budget

    def words(self, start: int, end: int) -> int:
        """Count the words between two offsets."""
        return p.word_count(self.text[start:end])


def spans(begin: int, end: int, measure: Measure) -> list[tuple[int, int]]:
    """Cut the text between two offsets into spans that fit and are of about the same length."""
    text = measure.text
    atoms = [
        atom
        for start, stop in ((begin + first, begin + last) for first, last in split(text[begin:end]))
        for atom in _atoms(start, stop, measure)
    ]
    total = measure.words(begin, end)
    aim = total / max(1, round(total / AIM_WORDS))
    runs = [[0, 1]]
    for position in range(1, len(atoms)):
        start, stop = atoms[runs[-1][0]][0], atoms[runs[-1][1] - 1][1]
        enough = measure.words(start, stop) + measure.words(*atoms[position]) / 2 > aim
        rest = measure.words(atoms[position][0], atoms[-1][1])
        if (enough and rest >= MIN_WORDS // 3) or not measure.fits(start, atoms[position][1]):
            runs.append([position, position + 1])
        else:
            runs[-1][1] = position + 1
    _balance_end(runs, atoms, measure)
    return [(atoms[first][0], atoms[last - 1][1]) for first, last in runs]


def _balance_end(runs: list[list[int]], atoms: Sequence[tuple[int, int]], measure: Measure) -> None:
    """Move sentences from the last chunk but one to the last when that one is very short."""
    if len(runs) < 2 or measure.words(atoms[runs[-1][0]][0], atoms[-1][1]) >= MIN_WORDS // 2:
        return
    first, last = runs[-2][0], runs[-1][1]

    def uneven(cut: int) -> int:
        left = measure.words(atoms[first][0], atoms[cut - 1][1])
        return abs(left - measure.words(atoms[cut][0], atoms[last - 1][1]))

    cuts = [
        cut for cut in range(first + 1, last)
        if measure.fits(atoms[first][0], atoms[cut - 1][1]) and measure.fits(atoms[cut][0], atoms[last - 1][1])
    ]  # fmt: skip
    if cuts:
        best = min(cuts, key=uneven)
        runs[-2][1] = runs[-1][0] = best


def _atoms(start: int, end: int, measure: Measure) -> Iterator[tuple[int, int]]:
    """Parts of a sentence that each fit and are not much longer than a chunk should be."""
    if measure.fits(start, end) and measure.words(start, end) <= MAX_WORDS:
        yield start, end
        return
    text = measure.text[start:end]
    parts = clauses(text)
    if len(parts) < 2:
        parts = _at_commas(text)
    if len(parts) < 2:
        middle = text.rfind(" ", 1, len(text) // 2 + 1)
        if middle <= 0:
            middle = len(text) // 2
        parts = [(0, len(text[:middle].rstrip())), (middle + (text[middle] == " "), len(text))]
        if parts[0][1] == 0 or parts[1][0] >= len(text):
            yield start, end
            return
    for part_start, part_end in parts:
        yield from _atoms(start + part_start, start + part_end, measure)


def _at_commas(text: str) -> list[tuple[int, int]]:
    """Cut at the comma nearest to the middle."""
    commas = [index + 1 for index, char in enumerate(text) if char == "," and text[index + 1 : index + 2] == " "]
    if not commas:
        return [(0, len(text))]
    middle = min(commas, key=lambda index: abs(index - len(text) // 2))
    return [(0, middle), (middle + 1, len(text))]
