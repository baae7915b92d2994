"""Moves the token vectors so that a text lies nearer to its own passage than to the others of the batch.

The others are chance passages, and for questions also passages chosen because they are easily taken for the answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.training.cooccurrence import Floats, Integers

if TYPE_CHECKING:
    from torch import Tensor

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train. ``stripped`` is the share of first sides shown without accents."""

    epochs: int = 1
    batch: int = 1024
    learning_rate: float = 0.002
    scale: float = 20.0
    stripped: float = 0.35
    threads: int = 2
    seed: int = 7


@dataclass(frozen=True, slots=True)
class TokenPairs:
    """The pairs as token ids, one array per text.

    ``stripped`` are the queries without accents, ``articles`` says which article a pair is of: pairs of one article
    are never each other's negatives. ``misses[i]`` are the places in ``pool`` of passages that are near query ``i``
    and wrong; there may be none.
    """

    queries: Sequence[Integers]
    stripped: Sequence[Integers]
    passages: Sequence[Integers]
    articles: Integers
    misses: Sequence[Integers] = ()
    pool: Sequence[Integers] = ()

    def usable(self) -> Integers:
        """Numbers of the pairs of which every side has tokens."""
        sides = zip(self.queries, self.stripped, self.passages, strict=True)
        return np.array([i for i, side in enumerate(sides) if all(len(ids) for ids in side)], dtype=np.int64)

    def only(self, chosen: Integers) -> TokenPairs:
        """Return the ``chosen`` pairs, without near misses."""
        queries, stripped, passages = (
            [side[i] for i in chosen] for side in (self.queries, self.stripped, self.passages)
        )
        return TokenPairs(queries, stripped, passages, self.articles[chosen])

    def negatives(self, chosen: Integers, generator: np.random.Generator) -> list[Integers]:
        """Draw one near miss for each of the ``chosen`` pairs that has any."""
        if not self.misses:
            return []
        drawn = [self.pool[generator.choice(self.misses[i])] for i in chosen if len(self.misses[i])]
        return [ids for ids in drawn if len(ids)]


def fine_tune(table: Floats, pairs: TokenPairs, schedule: Schedule) -> Floats:
    """Return ``table`` trained with multiple negatives (every other passage of the batch), both directions.

    The model is a mean of token vectors, so the loss (what sentence-transformers calls multiple negatives ranking) is
    put on a bag of embeddings directly: texts are tokenised once, not once per epoch, and that is most of the time.
    """
    import torch
    from torch.nn.functional import normalize

    torch.set_num_threads(schedule.threads)
    torch.manual_seed(schedule.seed)
    generator = np.random.default_rng(schedule.seed)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table.copy()), freeze=False)
    optimizer = torch.optim.Adam(bag.parameters(), lr=schedule.learning_rate, betas=(0.9, 0.99))

    def encode(texts: Sequence[Integers]) -> Tensor:
        offsets = np.concatenate(([0], np.cumsum([len(ids) for ids in texts])[:-1])).astype(np.int64)
        return normalize(bag(torch.from_numpy(np.concatenate(texts)).long(), torch.from_numpy(offsets)), dim=1)

    usable = pairs.usable()
    batch = min(schedule.batch, len(usable))
    steps = schedule.epochs * (len(usable) // batch)
    begun, losses = time.monotonic(), []
    for step in range(steps):
        place = step % (len(usable) // batch)
        if place == 0:
            order = generator.permutation(usable)
        chosen = order[place * batch : (place + 1) * batch]
        for group in optimizer.param_groups:
            group["lr"] = schedule.learning_rate * min(1.0, (step + 1) / 10) * (1 - step / steps)
        bare = generator.random(batch) < schedule.stripped
        queries = [
            pairs.stripped[i] if no_accents else pairs.queries[i] for i, no_accents in zip(chosen, bare, strict=True)
        ]
        passages = [pairs.passages[i] for i in chosen] + pairs.negatives(chosen, generator)
        scores = encode(queries) @ encode(passages).T * schedule.scale
        loss = _loss(scores, torch.from_numpy(pairs.articles[chosen]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if step % 50 == 49 or step == steps - 1:
            mean = sum(losses[-50:]) / len(losses[-50:])
            logger.info("step %d of %d, loss %.3f, %.0f s", step + 1, steps, mean, time.monotonic() - begun)
    trained: Floats = bag.weight.detach().numpy().copy()
    return trained


def _loss(scores: Tensor, articles: Tensor) -> Tensor:
    """Cross entropy of each query's own passage, which is its column, and of each passage's own query.

    Columns past the number of queries are negatives of all queries.
    """
    import torch
    from torch.nn.functional import cross_entropy

    count = len(articles)
    target = torch.arange(count)
    same = (articles[:, None] == articles[None, :]) & (target[:, None] != target[None, :])
    square = scores[:, :count].masked_fill(same, float("-inf"))
    whole = torch.cat((square, scores[:, count:]), dim=1)
    return (cross_entropy(whole, target) + cross_entropy(square.T, target)) / 2
