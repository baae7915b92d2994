"""A typed question, read: slips mended, accents put back, everything that was typed with accents kept."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import lexicon
from assistant.spelling import accents, slips
from assistant.spelling.lattice import Candidate, best
from assistant.spelling.model import Nearby, SyllableModel, load
from ingest.clean import fold, match_form
from ingest.syllables import is_syllable

if TYPE_CHECKING:
    from assistant.spelling.abbreviations import Shortened

FORGOTTEN = 11.0
"""What a missing accent costs, in nats, when the typist sets accents."""
HALVES = 0.7
"""What a set or a missing accent costs when the typist sets some: log 2."""
CARELESS = 3.0
"""How much likelier, in nats, typists are who set all their accents than those who set some."""

# Letters with VNI digits among them make one word; what is joined by "/" or holds other signs is left alone.
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\S*[\d/@_&]\S*")
_LETTERS = re.compile(r"[^\W\d_]+(?:\d+[^\W\d_]*)*")
_CLAUSE = re.compile(r"[.;:?!\n…]")
_VOWEL = re.compile(r"[aeiouy]")
_KEPT = 64
_LONG = 4
"""From so many letters on, a word without a vowel may be a syllable with a letter hit wrongly."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``mended`` is the question with slips put right, ``text`` the same with its accents; both have the same length.

    ``slips`` are the words put right: as typed, as read; ``written`` the abbreviations written out: as typed, in full.
    """

    mended: str
    text: str
    slips: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was read otherwise than typed."""
        return bool(self.slips) or self.mended != self.text


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    typed: str
    column: tuple[Candidate, ...]


class Speller:
    """Reads questions.

    ``known`` says whether the documents hold an accent-free word: such a word is no slip. ``nearby`` gives passages
    with many of a question's accent-free words; their wording weighs where the question leaves something open.
    ``shortened`` is what is needed to write abbreviations out, ``None``: they stay. ``mends``: slips are put right and
    accents put back.
    """

    def __init__(
        self,
        known: Callable[[str], bool] = lambda word: False,
        nearby: Callable[[str], Iterable[str]] = lambda question: (),
        shortened: Shortened | None = None,
        *,
        mends: bool = True,
    ) -> None:
        self._known = known
        self._nearby = nearby
        self.shortened = shortened
        self._mends = mends
        self.kept: OrderedDict[str, Reading] = OrderedDict()
        """The last questions as they were read, abbreviations written out: the one before is read with each of its
        follow-ups, the first part of a question with the second."""

    def keep(self, question: str, reading: Reading) -> Reading:
        """Keep how a question was read."""
        self.kept[question] = reading
        if len(self.kept) > _KEPT:
            self.kept.popitem(last=False)
        return reading

    def read(self, question: str) -> Reading:
        """Read one question (cleaned, NFC)."""
        if not self._mends or not any(character.isalpha() for character in question):
            return Reading(question, question)
        model = load()
        typed = match_form(question)
        bare = fold(typed) == typed
        tokens = self._tokens(question, typed, model, 0.0 if bare else FORGOTTEN)
        if all(len(token.column) == 1 for token in tokens):
            return Reading(question, question)
        careless = tokens if bare else [_Token(token.start, token.end, token.typed, _halved(token)) for token in tokens]
        chosen, score = best([token.column for token in careless], model)
        if not bare and any(chosen):
            strict, total = best([token.column for token in tokens], model)
            if score - CARELESS <= total:
                careless, chosen = tokens, strict
        first = _written(question, tokens, chosen)
        texts = tuple(self._nearby(first.mended)) if first.changed else ()
        if not texts:
            return first
        chosen, _ = best([token.column for token in careless], model, Nearby(model, texts))
        return _written(question, tokens, chosen)

    def _tokens(self, question: str, typed: str, model: SyllableModel, forgotten: float) -> list[_Token]:
        found: list[_Token] = []
        shouted = question.isupper()
        for match in re.finditer(r"\S+", question):
            for start, stop in _pieces(match.group(), match.start()):
                word = question[start:stop]
                if not word[0].isalpha():
                    place = model.number if word[0].isdigit() else model.break_ if _CLAUSE.search(word) else None
                    if place is not None:
                        found.append(_Token(start, stop, word, (Candidate(word, place),)))
                    continue
                column = self._column(word, typed[start:stop], model, forgotten, shouted)
                found.append(_Token(start, stop, word, column))
        return found

    def _column(
        self, word: str, typed: str, model: SyllableModel, forgotten: float, shouted: bool
    ) -> tuple[Candidate, ...]:
        own = Candidate(typed, model.ids.get(typed, model.unknown))
        full = slips.barred(word)
        if full and self._abbreviates(full):
            return Candidate(typed, model.unknown, slips.KEYS_AS_TYPED), Candidate(full, model.unknown)
        shortened = word.isupper() and len(word) > 1 and not shouted
        if is_syllable(typed) or (fold(typed) in model.by_letters and typed.isascii()):
            if shortened:
                return (own,)
            found = accents.candidates(typed, model, forgotten)
            if len(found) > 1 or own.id != model.unknown or self._known(fold(typed)):
                return found
        elif shortened or self._is_word(typed, model):
            return (own,)
        name = word[0].isupper() and not word.isupper()
        return slips.candidates(typed, model, forgotten > 0, name)

    def _is_word(self, typed: str, model: SyllableModel) -> bool:
        """Say whether what is no syllable is none to put right: foreign, known to the documents, an abbreviation."""
        plain = fold(typed)
        if model.knows(typed) or (typed == plain and self._known(typed)):
            return True
        if not _VOWEL.search(plain) and len(plain) < _LONG:
            return True
        return bool(lexicon.load().abbreviation((plain,), (typed,)))

    def _abbreviates(self, capitals: str) -> bool:
        plain = fold(capitals)
        return self._known(plain) or bool(lexicon.load().abbreviation((plain,), (capitals.lower(),)))


def _pieces(chunk: str, at: int) -> list[tuple[int, int]]:
    """Cut what stands between two spaces into words; a number or a joined code is one piece."""
    core = chunk.strip(".,;:?!()[]{}\"'“”‘’…")
    start = at + chunk.find(core) if core else at
    found = []
    if core and _JOINED.fullmatch(core) and not _LETTERS.fullmatch(core):
        found = [(start, start + len(core))]
    elif core:
        found = [(start + m.start(), start + m.end()) for m in _WORD.finditer(core)]
    after = at + len(chunk)
    if found and _CLAUSE.search(chunk[found[-1][1] - at :]):
        found.append((found[-1][1], after))
    return found


def _halved(token: _Token) -> tuple[Candidate, ...]:
    """Return the costs of a typist who sets every other accent."""
    marked = fold(token.typed) != token.typed.lower()
    own = HALVES if marked else 0.0
    if not own and len(token.column) == 1:
        return token.column
    return tuple(
        Candidate(one.form, one.id, HALVES if one.cost == FORGOTTEN else one.cost + own) for one in token.column
    )


def _written(question: str, tokens: list[_Token], chosen: list[int]) -> Reading:
    mended: list[str] = []
    text: list[str] = []
    fixed: list[tuple[str, str]] = []
    end = 0
    for token, place in zip(tokens, chosen, strict=True):
        form = token.column[place].form
        for parts in (mended, text):
            parts.append(question[end : token.start])
        end = token.end
        lowered = match_form(token.typed)
        if form == lowered or place == 0:
            mended.append(token.typed)
            text.append(token.typed)
        elif fold(form) == fold(token.typed):
            mended.append(token.typed)
            text.append(_cased(form, token.typed))
        else:
            right = _cased(form, token.typed)
            fixed.append((token.typed, right))
            mended.append(right)
            text.append(right)
    for parts in (mended, text):
        parts.append(question[end:])
    return Reading("".join(mended), "".join(text), tuple(fixed))


def _cased(form: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form
