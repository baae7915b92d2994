"""The question against the library's words: every syllable with its weight and what else may stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nsmallest
from itertools import pairwise

from assistant import ablation, lexicon
from assistant.question import addresses
from assistant.question.telling_words import Word
from assistant.question.understand import Understood
from assistant.retrieval.library import Library
from assistant.words import join, joined
from vectorstore.lexical import bigrams
from vectorstore.records import Term

EXPANSION = 0.25
"""Weight of a lexicon alternative in search; it never replaces what was typed."""
LIKELY = 0.7
"""Strength from which an alternative counts as said."""
_JOINT = re.compile(r"[/-]")
TYPED, RESTORED = 0.8, 0.3
"""Weight in search of accents that were typed and of those put back."""
_I_OR_Y = re.compile(r"(h|k|l|m|s|t|qu)([iy])")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Concept:
    """One syllable of the question.

    ``meant`` is ``typed`` with the accents that were left out. ``weight`` is its class weight times its rarity;
    ``alternatives`` are joined phrases that say the same (sure ones,
    from abbreviations and corrections, count in full).
    """

    text: str
    typed: str
    weight: float
    rarity: float
    inherited: bool
    alternatives: tuple[tuple[str, float], ...] = ()
    meant: str = ""

    @property
    def key(self) -> str:
        """The token between spaces."""
        return f" {self.text} "

    def said_in(self, text: str) -> bool:
        """Whether a joined text has the word, or what surely or likely stands for it."""
        if not self.alternatives:  # as most words: an inner loop of every check
            return self.key in text
        return self.key in text or any(strength >= LIKELY and key in text for key, strength in self.alternatives)

    @property
    def accented(self) -> bool:
        """Whether the user typed accents on it."""
        return self.typed != self.text

    @property
    def spelled(self) -> str:
        """The form a text should have: as typed if with accents, else as meant; empty when nothing is known of it."""
        if self.accented:
            return self.typed
        return self.meant if self.meant != self.text else ""


Telling = tuple[int, Concept, float, str, str]


@dataclass(frozen=True)
class Query:
    """All concepts of a question; ``pairs`` are neighbouring syllables of which at least one tells something.

    ``anchors`` are the passages the answer before came from, where the question is a follow-up.
    """

    understood: Understood
    concepts: tuple[Concept, ...]
    corrections: tuple[tuple[str, str], ...]
    expansions: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]
    search_text: str
    prior: Mapping[str, float] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()
    without: frozenset[str] = ablation.NOTHING

    @cached_property
    def typed(self) -> Understood:
        """The question as answers are fitted to its type; of no type when that is left out."""
        if "answer_type" not in self.without:
            return self.understood
        return replace(self.understood, kinds=("other",), counted=(), defined="")

    @cached_property
    def words(self) -> str:
        """The question's accent-free words between spaces."""
        return joined(self.understood.text)

    @cached_property
    def written_out(self) -> str:
        """Its words with abbreviations and known wording written out."""
        sure = [key for concept in self.concepts for key, strength in concept.alternatives if strength >= 1.0]
        return " | ".join(dict.fromkeys([self.words, *sure]))

    @cached_property
    def places(self) -> tuple[addresses.Place, ...]:
        """Articles, items and notes named by number."""
        return addresses.named(self.understood.text)

    @cached_property
    def leading(self) -> list[str]:
        """Ids of the two documents of the highest prior, the higher first."""
        return nsmallest(2, self.prior, key=lambda one: (-self.prior[one], one))

    @cached_property
    def total(self) -> float:
        """Sum of the weights, never zero."""
        return sum(concept.weight for concept in self.concepts) or 1.0

    @cached_property
    def telling(self) -> tuple[Telling, ...]:
        """Concepts that weigh anything: place, concept, weight, text, and the form with accents where one is known."""
        return tuple(
            (place, one, one.weight, one.text, one.spelled) for place, one in enumerate(self.concepts) if one.weight
        )

    @cached_property
    def wordings(self) -> tuple[tuple[frozenset[str], ...], ...]:
        """For each of :attr:`telling`, the words of every alternative."""
        return tuple(
            tuple(frozenset(phrase.split()) for phrase, _ in concept.alternatives)
            for _, concept, _, _, _ in self.telling
        )

    @cached_property
    def headings(self) -> dict[tuple[str, str], tuple[list[float], float]]:
        """What headings and title give this question, kept for the passages that share them."""
        return {}

    @cached_property
    def pairs(self) -> tuple[tuple[str, float], ...]:
        """Neighbouring syllables joined, with weight."""
        found = []
        for left, right in pairwise(self.concepts if "word_pairs" not in self.without else ()):
            if (
                left.inherited == right.inherited
                and max(left.weight, right.weight) > 0.5
                and left.weight
                and right.weight
            ):
                found.append((f" {left.text} {right.text} ", min(left.weight, right.weight) + 0.5))
        return tuple(found)

    @cached_property
    def pairs_total(self) -> float:
        """Sum of the pairs' weights."""
        return sum(weight for _, weight in self.pairs)


def build(understood: Understood, library: Library) -> Query:
    """Weigh the words against the library and write the search terms."""
    words = understood.words
    alternatives: dict[int, list[tuple[str, float]]] = {}
    corrections: list[tuple[str, str]] = []
    expansions: list[tuple[str, str]] = []
    extra: list[tuple[lexicon.Phrase, float]] = []
    folded, typed = [word.text for word in words], [word.typed for word in words]
    others = [_i_or_y(text) for text in folded]
    library.learn([*folded, *filter(None, others)])
    for match in _matches(folded, typed, [word.meant or word.typed for word in words]):
        if ("abbreviations" if match.sure else "synonyms") in library.without:
            continue
        if all(words[place].weight == 0 for place in range(match.start, match.end)):
            continue
        for phrase in match.alternatives:
            strength = 1.0 if match.sure else 0.7
            for place in range(match.start, match.end):
                alternatives.setdefault(place, []).append((phrase.key, strength))
            extra.append((phrase, 0.8 if match.sure else EXPANSION))
            expansions.append((" ".join(typed[match.start : match.end]), " ".join(phrase.typed)))
    for start, length, short in _shortened(understood, folded):
        for place in range(start, start + length):
            alternatives.setdefault(place, []).append((short.key, 1.0))
        extra.append((short, 0.8))
    for place, word in enumerate(words):
        if place not in alternatives and "/" in word.text and not library.frequency(word.text):
            # "152/2025" is how people write "152/2025/NĐ-CP".
            alternatives[place] = [(join(_JOINT.split(word.text)), 1.0)]
        elif "spelling" in library.without:
            continue
        elif place not in alternatives and word.weight and not library.frequency(word.text):
            for other in nearest(word.text, library)[:2]:
                alternatives.setdefault(place, []).append((f" {other} ", 0.8))
                extra.append((lexicon.Phrase((other,), (other,)), 0.6))
                corrections.append((word.text, other))
    for place, (word, other) in enumerate(zip(words, others, strict=True)):
        if other and word.weight and library.frequency(other):
            alternatives.setdefault(place, []).append((f" {other} ", 1.0))
            extra.append((lexicon.Phrase((other,), (other,)), 0.8))
    concepts = tuple(_concept(word, tuple(alternatives.get(place, ())), library) for place, word in enumerate(words))
    return Query(
        understood,
        concepts,
        tuple(corrections),
        tuple(dict.fromkeys(expansions)),
        ablation.searched(_terms(understood, words, extra), library.without),
        " ".join(part for part in (understood.inherited, understood.read) if part),
        without=library.without,
    )


def _i_or_y(text: str) -> str:
    """Return the other way to write a syllable that both spellings of the school and the office know: "tỉ", "tỷ"."""
    match = _I_OR_Y.fullmatch(text)
    return f"{match[1]}{'y' if match[2] == 'i' else 'i'}" if match else ""


def _matches(folded: list[str], typed: list[str], meant: list[str]) -> Iterable[lexicon.Match]:
    """Lexicon entries in the question as typed, then those that only its accents show."""
    known = lexicon.load()
    found = dict.fromkeys(known.matches(folded, typed))
    if meant != typed:
        found |= dict.fromkeys(known.matches(folded, meant))
    return found


def _concept(word: Word, alternatives: tuple[tuple[str, float], ...], library: Library) -> Concept:
    rarity = library.rarity(word.text)
    if alternatives and not library.frequency(word.text):
        known = [library.rarity(token) for key, strength in alternatives if strength >= 0.8 for token in key.split()]
        rarity = max(known, default=rarity)
    return Concept(word.text, word.typed, word.weight * rarity, rarity, word.inherited, alternatives, word.meant)


def _shortened(understood: Understood, folded: Sequence[str]) -> Iterable[tuple[int, int, lexicon.Phrase]]:
    """Find the words an abbreviation was written out to; it was typed, so it says as much as they do."""
    for typed, full in understood.written:
        words, short = lexicon.phrase(full).folded, lexicon.phrase(typed)
        for start in range(len(folded) - len(words) + 1):
            if tuple(folded[start : start + len(words)]) == words:
                yield start, len(words), short


def nearest(token: str, library: Library) -> list[str]:
    """Tokens of the documents one edit away, commonest first; nothing for numbers and very short tokens."""
    if len(token) < 3 or not token.isalpha():
        return []
    splits = [(token[:cut], token[cut:]) for cut in range(len(token) + 1)]
    edits = {left + right[1:] for left, right in splits if right}
    edits |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    edits |= {left + letter + right[1:] for left, right in splits if right for letter in _ALPHABET}
    edits |= {left + letter + right for left, right in splits for letter in _ALPHABET}
    return library.known([edit for edit in edits if len(edit) > 1])


def _terms(
    understood: Understood, words: Iterable[Word], extra: Iterable[tuple[lexicon.Phrase, float]]
) -> Iterable[Term]:
    """Search terms over all fields: body and neighbours lead, headings and lead-ins help, typed accents add."""
    weights: dict[tuple[str, str], float] = {}

    def add(field: str, text: str, weight: float) -> None:
        if weight > weights.get((field, text), 0.0):
            weights[field, text] = weight

    words = list(words)
    for word in words:
        add("body", word.text, word.weight)
        add("path", word.text, word.weight * 0.5)
        add("context", word.text, word.weight * 0.6)
        if word.typed != word.text:
            add("accented", word.typed, word.weight * TYPED)
        if word.meant not in (word.typed, word.text, ""):
            add("accented", word.meant, word.weight * RESTORED)
    for left, right in pairwise(words):
        if left.weight and right.weight and left.inherited == right.inherited:
            for pair in bigrams([left.text, right.text]):
                add("bigrams", pair, 0.5 * (left.weight + right.weight) / 2)
    for phrase, weight in extra:
        for token in phrase.folded:
            add("body", token, weight)
            add("path", token, weight * 0.5)
            add("context", token, weight * 0.6)
        for pair in bigrams(list(phrase.folded)):
            add("bigrams", pair, weight)
    return [Term(field, text, weight) for (field, text), weight in weights.items() if weight > 0]
