"""Builds the embedder's tokenizer: syllables, two-syllable words and both once more without accents.

Vietnamese writes a space between the syllables of a word, so "thi đua" is two tokens to most tokenizers and its
meaning is lost in the mean. Pairs of syllables that keep company far more often than chance become tokens of their
own. Every token is also there without accents, because questions are often typed without them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
SPACE = "▁"

# Letters, digits and what joins them inside a number of a document ("06/2022/QH15", "NĐ-CP") make runs of syllables;
# everything else separates.
_SYLLABLE = re.compile(r"[^\W_]+")
_RUN = re.compile(r"[^\W_]+(?:[ \t]+[^\W_]+)*")
_SEPARATOR = r"[^\p{L}\p{N} ]+"

# hoà -> hòa, thuý -> thúy: where the tone stands in an open syllable is a matter of taste, not of meaning.
_OLD_TONES = {
    old: new
    for olds, news in (("oà oá oả õa oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"))
    for old, new in zip(olds.split(), news.split(), strict=True)
    if old != new
} | {"oã": "õa", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}


def strip_accents(text: str) -> str:
    """Return lower-case ``text`` without accents, đ as d."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def modern_tones(syllable: str) -> str:
    """Put the tone mark of an open syllable where the newer spelling has it: hoà as hòa, quý stays."""
    ending = syllable[-2:]
    if ending in _OLD_TONES and not syllable.startswith("qu"):
        return syllable[:-2] + _OLD_TONES[ending]
    return syllable


def runs(text: str) -> Iterable[list[str]]:
    """Cut ``text`` into runs of lower-case syllables that no punctuation interrupts."""
    for match in _RUN.finditer(unicodedata.normalize("NFC", text).lower()):
        yield _SYLLABLE.findall(match.group())


def count_tokens(texts: Iterable[str], syllables: int, pairs: int) -> dict[str, int]:
    """Choose tokens and count them: the most frequent ``syllables`` and the ``pairs`` that hold together best.

    A pair's rank is its count times its pointwise mutual information, at least 3 bits; tokens are written with single
    spaces and modern tone placement.
    """
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run in runs(text):
            run = [modern_tones(syllable) for syllable in run]
            single.update(run)
            double.update(pairwise(run))
    total = sum(single.values())
    tokens = {syllable: n for syllable, n in single.most_common(syllables) if n >= 5 or not syllable.isdigit()}
    held = []
    for (first, second), n in double.items():
        if n < 20 or first not in tokens or second not in tokens or (first + second).isdigit():
            continue
        information = math.log2(n * total / (single[first] * single[second]))
        if information >= 3:
            held.append((n * information, f"{first} {second}", n))
    held.sort(reverse=True)
    tokens.update({pair: n for _, pair, n in held[:pairs]})
    return tokens


def with_stripped(tokens: dict[str, int]) -> dict[str, int]:
    """Add every token without its accents; the count of a stripped form is the sum over the forms it stands for."""
    stripped: Counter[str] = Counter()
    for token, n in tokens.items():
        stripped[strip_accents(token)] += n
    merged = dict(tokens)
    for token, n in stripped.items():
        merged[token] = max(n, merged.get(token, 0))
    return merged


def old_spellings(token: str) -> list[str]:
    """Return the spellings of ``token`` with the tone on the other vowel, without ``token`` itself."""
    new_tones = {new: old for old, new in _OLD_TONES.items()}
    syllables = token.split(" ")
    forms = [[s, s[:-2] + new_tones[s[-2:]]] if s[-2:] in new_tones and s[:2] != "qu" else [s] for s in syllables]
    spellings = [""]
    for options in forms:
        spellings = [f"{head} {option}".strip() for head in spellings for option in options]
    return [spelling for spelling in spellings if spelling != token]


def build_tokenizer(tokens: dict[str, int]) -> Tokenizer:
    """Make a tokenizer of ``tokens``, ids in their order after the unknown token (id 0).

    It reads lower-case and picks the most probable cut into tokens, so a word of two syllables wins over its parts.
    """
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFC, Lowercase, Replace
    from tokenizers.normalizers import Sequence as Normalizers
    from tokenizers.pre_tokenizers import Metaspace, Split
    from tokenizers.pre_tokenizers import Sequence as PreTokenizers

    total = sum(tokens.values())
    vocabulary = [(UNKNOWN, 0.0)]
    vocabulary += [(SPACE + token.replace(" ", SPACE), math.log(n / total)) for token, n in tokens.items()]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = Normalizers(
        [NFC(), Lowercase(), Replace(Regex(_SEPARATOR), " \n "), Replace(Regex(r" +"), " ")]
    )
    tokenizer.pre_tokenizer = PreTokenizers(
        [Split(Regex(r" ?\n ?| $"), behavior="removed"), Metaspace(prepend_scheme="always", split=False)]
    )
    return tokenizer


def syllable_counts(tokens: Sequence[str]) -> np.ndarray:
    """Count the syllables of each token."""
    return np.array([token.count(" ") + 1 for token in tokens], dtype=np.int32)
