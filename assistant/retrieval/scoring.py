"""How well words cover a question: the one measure behind ranking passages, choosing units and refusing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.retrieval.query import Concept, Query, Telling

CONTEXT = 0.55
"""What a word counts when it stands in the sentence before, the lead-in or the rest of the sentence."""
PATH = 0.45
"""What a word counts when it stands in the headings above."""
TITLE = 0.35
"""What a word counts when only the document's title holds it."""
WRONG_ACCENT = 0.45
"""What a word counts when the accents typed are not those in the text (đường for đương)."""
UNLIKELY_ACCENT = 0.8
"""What it counts when they are not those that were put back."""


def floor(query: Query, path: str, title: str) -> list[float]:
    """Return what each concept counts for standing in the headings or the title, the same for a passage's units."""
    return headings(query, path, title)[0]


def headings(query: Query, path: str, title: str) -> tuple[list[float], float]:
    """Return :func:`floor`, and the share from 0 to 1 of the question's weight that the headings hold."""
    known = query.headings.get((path, title))
    if known is None:
        above, names = frozenset(path.split()), frozenset(title.split())
        stands = [_holds(concept, above, path) for concept in query.concepts]
        counts = [
            PATH if held else TITLE if concept.text in names else 0.0
            for held, concept in zip(stands, query.concepts, strict=True)
        ]
        share = sum(weight for place, _, weight, _, _ in query.telling if stands[place]) / query.total
        known = query.headings[path, title] = counts, share
    return known


def coverage(
    query: Query,
    words: Collection[str],
    joined: str,
    accented: Collection[str],
    before: Collection[str] = (),
    before_joined: str = "",
    floor: Sequence[float] = (),
) -> float:
    """Share from 0 to 1 of the question's weight that a text holds.

    ``words`` and ``accented`` are its tokens as sets, ``joined`` its accent-free tokens between spaces; ``before`` are
    the words around it, ``floor`` what headings and title give.
    """
    return held(query.telling, words, joined, accented, before, before_joined, floor)[0] / query.total


def held(
    telling: Iterable[Telling],
    words: Collection[str],
    joined: str,
    accented: Collection[str],
    before: Collection[str] = (),
    before_joined: str = "",
    floor: Sequence[float] = (),
) -> tuple[float, float]:
    """Return the weight of the concepts that a text holds with its surroundings, and alone; see :func:`coverage`."""
    total = alone = 0.0
    for place, concept, weight, text, typed in telling:
        # The inner loop of ranking: a plain hit needs no call.
        if text in words:
            if not typed or not accented or typed in accented:
                total += weight
                alone += weight
                continue
        elif not concept.alternatives:
            found = CONTEXT if before and text in before else 0.0
            if floor and found < floor[place]:
                found = floor[place]
            total += weight * found
            continue
        found = presence(concept, words, joined, accented)
        alone += weight * found
        if found < CONTEXT and before and (text in before or _holds(concept, before, before_joined)):
            found = CONTEXT
        if floor and found < floor[place]:
            found = floor[place]
        total += weight * found
    return total, alone


def sort_out(query: Query, vocabulary: frozenset[str], floor: Sequence[float]) -> tuple[list[Telling], float]:
    """Return the concepts that a text of these words can hold, and the weight that headings give the others."""
    possible, rest = [], 0.0
    for row, others in zip(query.telling, query.wordings, strict=True):
        if row[3] in vocabulary or (others and any(words <= vocabulary for words in others)):
            possible.append(row)
        else:
            rest += row[2] * floor[row[0]]
    return possible, rest


def presence(concept: Concept, words: Collection[str], joined: str, accented: Collection[str]) -> float:
    """Say from 0 to 1 how well a text itself holds one concept."""
    found = 0.0
    if concept.text in words:
        found = 1.0 if not accented or not concept.spelled or _spelled(concept, accented) else WRONG_ACCENT
        if found < 1.0 and not concept.accented:
            found = UNLIKELY_ACCENT
    if found < 1.0:
        for phrase, strength in concept.alternatives:
            if strength > found and phrase in joined:
                found = strength
    return found


def _spelled(concept: Concept, accented: Collection[str]) -> bool:
    """Say whether a text has the word as typed, or as it was read."""
    return concept.spelled in accented or concept.meant in accented


def _holds(concept: Concept, words: Collection[str], joined: str) -> bool:
    if concept.text in words:
        return True
    for phrase, strength in concept.alternatives:  # noqa: SIM110 - a generator takes twice as long in this inner loop
        if strength >= 0.7 and phrase in joined:
            return True
    return False


def neighbours(query: Query, joined: str) -> float:
    """Share from 0 to 1 of the question's syllable pairs that stand side by side in a text."""
    total = query.pairs_total
    return sum([weight for pair, weight in query.pairs if pair in joined]) / total if total else 0.0
