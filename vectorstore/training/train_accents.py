"""Trains the syllable model that puts accents back on questions typed without them.

Usage: ``python -m vectorstore.training.train_accents --text DIR --out vectorstore/models/tdkt-vi-accents``

Counts syllables, pairs and triples in state legal texts, and with extra weight in the project's own text: bundled
documents, lexicon, everyday question words and questions, none of which legal prose has. What is rare is left out;
counts are kept as logarithms of one byte. ``tdkt_accents.npz`` holds plain arrays, so that a lookup is a binary search.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.clean import clean
from vectorstore.syllable_runs import BREAK, NUMBER, UNKNOWN, pieces
from vectorstore.training.corpus import load_corpus
from vectorstore.training.questions import HELD_OUT, load_questions, part_of

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
QUESTION_WORDS = Path(__file__).with_name("question_words.txt")
OWN = (ROOT / "ingest" / "samples" / "sources", ROOT / "assistant" / "lexicon")
MODEL = "tdkt_accents.npz"
STEP = 14.0
"""A count c is stored as the whole number next to STEP · ln c; one step is 7 %."""

FILE_NAME = re.compile(r"\S*\w-[\w-]+\.\w+")
ACCENTED = 0.3
"""Share of a question's words with an accent, from which on its author set them."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the result depends on besides the text.

    ``syllable``, ``pair`` and ``triple`` are how often one must be read to be kept; ``own`` is how many times the
    project's own text counts; one article in ``held_out`` is kept back for measuring.
    """

    syllable: int = 10
    pair: int = 2
    triple: int = 3
    own: int = 30
    held_out: int = 200


def own_texts() -> Iterator[str]:
    """Text written for the project: bundled documents, lexicon, question words, questions that may be learnt from."""
    for folder in OWN:
        for path in sorted(folder.glob("*.md")) + sorted(folder.glob("*.yaml")):
            text = path.read_text(encoding="utf-8").replace("|", "\n").replace("->", "\n")
            yield FILE_NAME.sub("\n", text)  # "ke-hoach-2024.pdf" would teach that nobody sets accents
    yield "\n".join(question_words(QUESTION_WORDS.read_text(encoding="utf-8").splitlines()))
    learnt = (one.text for one in load_questions() if part_of(one.code) >= HELD_OUT)
    yield "\n".join(text for text in learnt if typed_with_accents(text))


def typed_with_accents(question: str) -> bool:
    """Say whether accents were set: about three syllables in four have one.

    >>> typed_with_accents("Ai ký quyết định khen thưởng?"), typed_with_accents("ai ky quyet dinh khen thuong")
    (True, False)
    """
    words = question.split()
    return sum(not word.isascii() for word in words) >= ACCENTED * len(words)


def question_words(lines: Sequence[str]) -> Iterator[str]:
    """Write out every line, once for each phrase of the longest list it names; ``= name`` begins a list."""
    lists: dict[str, list[str]] = {}
    frames: list[str] = []
    into = frames
    for line in lines:
        if line.startswith("="):
            into = lists.setdefault(line.removeprefix("=").strip(), [])
        elif line.strip() and not line.startswith("#"):
            into.append(line.strip())
    for frame in frames:
        named = [name for name in lists if f"{{{name}}}" in frame]
        for turn in range(max((len(lists[name]) for name in named), default=1)):
            text = frame
            for name in named:
                text = text.replace(f"{{{name}}}", lists[name][turn % len(lists[name])])
            yield text.replace(",", ".")


def encode(texts: Iterable[str], names: dict[str, int]) -> array[int]:
    """All texts as one run of ids, a break after each; new syllables get the next id in ``names``."""
    found = array("I")
    for text in texts:
        for piece in pieces(text):
            found.append(names.setdefault(piece, len(names)))
        found.append(names[BREAK])
    return found


def count(stream: Integers, own: Integers, size: int, recipe: Recipe) -> dict[str, NDArray[np.unsignedinteger[Any]]]:
    """Count runs of one, two and three ids; sorted, pruned, in the layout of the file."""
    single = np.bincount(stream, minlength=size) + recipe.own * np.bincount(own, minlength=size)
    pairs, often = _tally(_joined(stream, size, 2), _joined(own, size, 2), recipe.own, recipe.pair)
    first, second = np.divmod(pairs, size)
    row_starts = np.searchsorted(first, np.arange(size + 1))
    triples, thrice = _tally(_joined(stream, size, 3), _joined(own, size, 3), recipe.own, recipe.triple)
    head, third = np.divmod(triples, size)
    place = np.searchsorted(pairs, head)
    kept = (place < len(pairs)) & (pairs[np.minimum(place, len(pairs) - 1)] == head)
    followers = np.bincount(place[kept], minlength=len(pairs))
    return {
        "single": _steps(single),
        "pair_rows": row_starts.astype(np.uint32),
        "pair_second": second.astype(np.uint16),
        "pair_count": _steps(often),
        "triple_rows": followers.astype(np.uint16),
        "triple_third": third[kept].astype(np.uint16),
        "triple_count": _steps(thrice[kept]),
    }


def _joined(stream: Integers, size: int, length: int) -> Integers:
    """Every run of ``length`` ids as one number, without those that have unknown syllables or breaks inside."""
    keys = np.zeros(max(0, len(stream) - length + 1), dtype=np.int64)
    sound = np.ones(len(keys), dtype=bool)
    for offset in range(length):
        part = stream[offset : offset + len(keys)]
        keys = keys * size + part
        sound &= part != 0
        if 0 < offset < length - 1:
            sound &= part != 1
    return keys[sound]


def _tally(keys: Integers, own: Integers, times: int, least: int) -> tuple[Integers, Integers]:
    found, counts = np.unique(keys, return_counts=True)
    ours, more = np.unique(own, return_counts=True)
    every = np.union1d(found, ours)
    total = np.zeros(len(every), dtype=np.int64)
    total[np.searchsorted(every, found)] += counts
    total[np.searchsorted(every, ours)] += times * more
    kept = total >= least
    return every[kept], total[kept]


def _steps(counts: Integers) -> NDArray[np.uint8]:
    return np.rint(STEP * np.log(np.maximum(counts, 1))).clip(0, 255).astype(np.uint8)


def train(folder: Path, out: Path, recipe: Recipe) -> None:
    """Count, prune and write the model with a record of the run."""
    begun = time.monotonic()
    corpus = load_corpus(folder)
    texts = [f"{article.title}.\n{article.text}" for article in corpus.articles]
    seen = [text for place, text in enumerate(texts) if place % recipe.held_out]
    names = {UNKNOWN: 0, BREAK: 1, NUMBER: 2}
    stream = np.frombuffer(encode((clean(text).text for text in seen), names), dtype=np.uint32).astype(np.int64)
    own = np.frombuffer(encode((clean(text).text for text in own_texts()), names), dtype=np.uint32).astype(np.int64)
    logger.info("%d syllables read after %.0f s", len(stream), time.monotonic() - begun)
    often = np.bincount(stream, minlength=len(names)) + recipe.own * np.bincount(own, minlength=len(names))
    kept = [name for name, number in names.items() if number > 2 and often[number] >= recipe.syllable]
    vocabulary = [UNKNOWN, BREAK, NUMBER, *sorted(kept)]
    new = np.zeros(len(names), dtype=np.int64)
    for place, name in enumerate(vocabulary):
        new[names[name]] = place
    arrays = count(new[stream], new[own], len(vocabulary), recipe)
    out.mkdir(parents=True, exist_ok=True)
    arrays["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)
    np.savez(out / MODEL, allow_pickle=False, **arrays)
    record = {
        "recipe": asdict(recipe),
        "rows_kept": corpus.kept,
        "rows_left_out": corpus.dropped,
        "articles_read": len(seen),
        "syllables_read": len(stream),
        "own_syllables": len(own),
        "syllables": len(vocabulary),
        "pairs": len(arrays["pair_second"]),
        "triples": len(arrays["triple_third"]),
        "seconds": round(time.monotonic() - begun),
    }
    (out / "training.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    logger.info("saved in %s: %s", out, record)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trainer from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--text", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=value)
    options = vars(parser.parse_args(arguments))
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(options["text"], options["out"], Recipe(**{name: options[name] for name in asdict(Recipe())}))


if __name__ == "__main__":
    main()
