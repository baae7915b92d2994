"""Trains the embedder that ships with the project: a table of token vectors, no neural network at run time.

Usage: ``python -m vectorstore.training.train_embedder --text DIR --out vectorstore/models/tdkt-vi-static``

Five steps: choose tokens, give them vectors from the company they keep (PPMI and SVD), weight them so that a plain
mean is a weighted one (SIF), pull titles, sentence pieces and the project's own questions towards their passages, and
once more with passages that are easily mistaken for the answer. The result is a folder that model2vec reads without
torch and sentence-transformers reads as a ``StaticEmbedding``.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.training.contrast import Schedule, TokenPairs, fine_tune
from vectorstore.training.cooccurrence import Floats, Integers, count_neighbours, positive_information, reduce
from vectorstore.training.corpus import Article, load_corpus
from vectorstore.training.negatives import mean_vectors, near_misses
from vectorstore.training.pairs import Pair, make_pairs, opening, question_pairs
from vectorstore.training.questions import Resolved, load_questions, resolve
from vectorstore.training.vocabulary import (
    UNKNOWN,
    build_tokenizer,
    count_tokens,
    old_spellings,
    strip_accents,
    syllable_counts,
    with_stripped,
)

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

_TEXTS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything the result depends on besides the text.

    ``syllables`` and ``words`` (of two syllables) are how many tokens at most, ``columns`` the syllables counted as
    neighbours within ``window``; ``identity`` is how much a token stands for itself beside what its neighbours say
    (length of a random vector of its own, the neighbours' being 1). ``own`` is the share of the project's own
    questions that is learnt, each shown ``copies`` times in every one of ``own_epochs``; its near misses are looked
    for among its ``nearest`` passages.
    """

    syllables: int = 9_000
    words: int = 0
    columns: int = 7_000
    window: int = 6
    dimension: int = 512
    sif: float = 1e-2
    identity: float = 2.0
    texts: int = 40_000
    own: float = 1.0
    copies: int = 10
    own_epochs: int = 1
    nearest: int = 50
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Table:
    """Tokens in id order (the first is the unknown token), their vectors and how often they were read."""

    tokens: tuple[str, ...]
    counts: dict[str, int]
    vectors: Floats


def first_table(texts: Sequence[str], recipe: Recipe) -> Table:
    """Choose the tokens and give them vectors by counting neighbours in ``texts``."""
    accented = count_tokens(texts, recipe.syllables, recipe.words)
    counts = with_stripped(accented)
    names = (UNKNOWN, *counts)
    gap = len(names)
    stream = _stream(build_tokenizer(counts), texts, gap)
    columns = {name: place for place, name in enumerate([n for n in accented if " " not in n][: recipe.columns])}
    lengths = np.append(syllable_counts(names), 1).astype(np.int64)
    first = np.full((gap + 1, 2), -1, dtype=np.int64)
    for row, name in enumerate(names):
        for place, syllable in enumerate(name.split(" ")):
            first[row, place] = columns.get(syllable, -1)
    neighbours = count_neighbours(stream, lengths, first, len(columns), recipe.window, gap)[:gap]
    read = np.bincount(stream, minlength=gap + 1)[:gap].astype(np.float32)
    _share_with_stripped(names, neighbours, read)
    information = positive_information(neighbours)
    fit = np.array([row for row, name in enumerate(names) if name in accented and read[row] >= min(20, read.max())])
    vectors = reduce(information, min(recipe.dimension, len(columns), len(fit)), fit, recipe.seed)
    vectors = unit(vectors) + recipe.identity * own_directions(names, vectors.shape[1], recipe.seed)
    return Table(names, counts, weight(vectors, read, recipe.sif))


def own_directions(names: Sequence[str], dimension: int, seed: int) -> Floats:
    """Give every token a random direction of its own, an accented one mostly that of its stripped form.

    Neighbours make "tháng" and "năm" alike; in a question they are not. Directions drawn at random are nearly at right
    angles, so the mean still tells which tokens it was made of.
    """
    own = unit(np.random.default_rng(seed).standard_normal((len(names), dimension), dtype=np.float32))
    rows = {name: row for row, name in enumerate(names)}
    bare = np.array([rows.get(strip_accents(name), row) for row, name in enumerate(names)])
    accented = (bare != np.arange(len(names)))[:, None]
    return np.where(accented, np.float32(0.6) * own + np.float32(0.8) * own[bare], own)


def weight(vectors: Floats, read: Floats, sif: float) -> Floats:
    """Take out what all rows share and scale each down the more often it is read; the unknown token becomes zero."""
    share = (read / read.sum())[:, None]
    scale = sif / (sif + share)
    centred = vectors - (vectors * share * scale).sum(axis=0) / (share * scale).sum()
    weighted: Floats = (centred * scale).astype(np.float32)
    weighted[0] = 0
    return weighted


def unit(vectors: Floats) -> Floats:
    """Rows of length 1; a zero row stays zero."""
    rows: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return rows


def save(table: Table, folder: Path) -> None:
    """Write the model: int8 rows with a weight each, tokenizer, and the files both loaders look for."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    names, vectors, counts = list(table.tokens), table.vectors, dict(table.counts)
    rows = {name: row for row, name in enumerate(names)}
    aliases = {old: name for name in table.counts for old in old_spellings(name) if old not in rows}
    counts.update({old: table.counts[name] for old, name in aliases.items()})
    vectors = np.concatenate([vectors, vectors[[rows[name] for name in aliases.values()]]]) if aliases else vectors
    largest = np.abs(vectors).max(axis=1)
    weights = (largest / 127).astype(np.float32)
    steps = np.divide(vectors, weights[:, None], out=np.zeros_like(vectors), where=weights[:, None] > 0)
    save_file({"embeddings": np.rint(steps).astype(np.int8), "weights": weights}, folder / "model.safetensors")
    build_tokenizer(counts).save(str(folder / "tokenizer.json"), pretty=False)
    config = {"model_type": "model2vec", "hidden_dim": vectors.shape[1], "normalize": True, "max_length": None}
    modules = [
        {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")


def train(folder: Path, out: Path, recipe: Recipe, schedule: Schedule) -> None:
    """Run all steps on the text in ``folder`` and save the model in ``out`` with a record of the run."""
    begun = time.monotonic()
    corpus = load_corpus(folder)
    texts = [f"{article.title}. {article.text}" for article in corpus.articles]
    random.Random(recipe.seed).shuffle(texts)
    table = first_table(texts[: recipe.texts], recipe)
    logger.info("%d tokens with first vectors after %.0f s", len(table.tokens), time.monotonic() - begun)
    asked = resolve(load_questions(), corpus.articles, recipe.own)
    logger.info("own questions: %s", _numbers(asked))
    pairs = make_pairs(corpus.articles, recipe.seed)
    written = question_pairs(asked.learnt, corpus.articles, recipe.copies, recipe.seed)
    logger.info("%d pairs after %.0f s", len(pairs) + len(written), time.monotonic() - begun)
    tokenizer = build_tokenizer(table.counts)
    vectors = learn(table.vectors, tokenizer, corpus.articles, pairs, written, recipe, schedule)
    save(Table(table.tokens, table.counts, vectors), out)
    seconds = round(time.monotonic() - begun)
    record = {
        "recipe": asdict(recipe),
        "schedule": asdict(schedule),
        "rows_kept": corpus.kept,
        "rows_left_out": corpus.dropped,
        "articles": len(corpus.articles),
        "characters": sum(len(article.text) for article in corpus.articles),
        "own_questions": _numbers(asked),
        "pairs": len(pairs) + len(written),
        "tokens": len(table.tokens),
        "seconds": seconds,
    }
    (out / "training.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    logger.info("saved in %s after %d s", out, seconds)


def learn(
    table: Floats,
    tokenizer: Tokenizer,
    articles: Sequence[Article],
    pairs: Sequence[Pair],
    written: Sequence[Pair],
    recipe: Recipe,
    schedule: Schedule,
) -> Floats:
    """Train ``table`` on ``pairs``, then on those that ask and the ``written`` questions with their near misses."""
    vectors = fine_tune(table, _token_pairs(tokenizer, pairs), schedule)
    vectors[0] = 0
    if not written:
        return vectors
    asking = [*(pair for pair in pairs if pair.asks), *written]
    second = _token_pairs(tokenizer, asking)
    pool = _ids(tokenizer, [opening(article, with_title=True) for article in articles])
    topics = [article.topic for article in articles]
    places = {pair.query: i for i, pair in enumerate(written, start=len(asking) - len(written))}
    found = near_misses(
        mean_vectors(vectors, [second.queries[i] for i in places.values()]),
        [topics[asking[i].article] for i in places.values()],
        mean_vectors(vectors, pool),
        topics,
        recipe.nearest,
    )
    misses = dict(zip(places, found, strict=True))
    nothing = np.zeros(0, dtype=np.int64)
    second = replace(second, misses=[misses.get(pair.query, nothing) for pair in asking], pool=pool)
    vectors = fine_tune(vectors, second, replace(schedule, epochs=recipe.own_epochs))
    vectors[0] = 0
    return vectors


def _token_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> TokenPairs:
    queries = [pair.query for pair in pairs]
    return TokenPairs(
        _ids(tokenizer, queries),
        _ids(tokenizer, [strip_accents(query) for query in queries]),
        _ids(tokenizer, [pair.passage for pair in pairs]),
        np.array([pair.article for pair in pairs], dtype=np.int64),
    )


def _numbers(asked: Resolved) -> dict[str, int]:
    return {"learnt": len(asked.learnt), "held_out": len(asked.held_out), "missing": len(asked.missing)}


def _stream(tokenizer: Tokenizer, texts: Sequence[str], gap: int) -> Integers:
    """All texts as one run of ids without unknown tokens, ``gap`` after each."""
    end = np.array([gap], dtype=np.int64)
    return np.concatenate([part for ids in _ids(tokenizer, texts) for part in (ids, end)])


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Integers]:
    """Token ids of each text, without unknown tokens."""
    different = list(dict.fromkeys(texts))
    found: dict[str, Integers] = {}
    for start in range(0, len(different), _TEXTS_AT_ONCE):
        some = different[start : start + _TEXTS_AT_ONCE]
        for text, encoding in zip(some, tokenizer.encode_batch_fast(some), strict=True):
            found[text] = np.array([number for number in encoding.ids if number], dtype=np.int64)
    return [found[text] for text in texts]


def _share_with_stripped(names: Sequence[str], neighbours: Floats, read: Floats) -> None:
    """Add to each accent-free token the neighbours and readings of the accented tokens it stands for (in place)."""
    rows = {name: row for row, name in enumerate(names)}
    for row, name in enumerate(names[1:], start=1):
        bare = strip_accents(name)
        if bare != name and bare in rows:
            neighbours[rows[bare]] += neighbours[row]
            read[rows[bare]] += read[row]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trainer from the command line."""
    recipe, schedule = Recipe(), Schedule()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--text", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    for defaults in (recipe, schedule):
        for name, value in asdict(defaults).items():
            if name != "seed":
                parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--seed", type=int, default=recipe.seed)
    options = vars(parser.parse_args(arguments))
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(
        options["text"],
        options["out"],
        Recipe(**{name: options[name] for name in asdict(recipe)}),
        Schedule(**{name: options[name] for name in asdict(schedule)}),
    )


if __name__ == "__main__":
    main()
