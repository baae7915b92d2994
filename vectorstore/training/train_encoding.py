"""Trains the byte-level BPE that counts tokens for the chunk budget; writes a ``.tiktoken`` ranks file.

Usage: ``python -m vectorstore.training.train_encoding --text DIR --out ingest/encodings/tdkt_vi.tiktoken``

The ranks file has one line per token, ``base64(bytes) rank``, the form tiktoken reads. The 256 single bytes come
first, so every text can be encoded; the merges follow in the order they were learnt.
"""

from __future__ import annotations

import argparse
import base64
import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.tokens import PATTERN
from vectorstore.training.corpus import load_corpus

logger = logging.getLogger(__name__)


def train_ranks(texts: Sequence[str], vocabulary: int) -> dict[bytes, int]:
    """Learn at most ``vocabulary`` tokens from ``texts``; token bytes to rank, single bytes first."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split
    from tokenizers.trainers import BpeTrainer

    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = Sequence(
        [Split(Regex(PATTERN), behavior="isolated"), ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    trainer = BpeTrainer(vocab_size=vocabulary, initial_alphabet=ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    to_byte = {letter: byte for byte, letter in _byte_letters().items()}
    learnt = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    tokens = [bytes(to_byte[letter] for letter in token) for token, _ in learnt]
    ranks = {bytes([byte]): byte for byte in range(256)}
    for token in tokens:
        ranks.setdefault(token, len(ranks))
    return ranks


def write_ranks(ranks: dict[bytes, int], path: Path) -> None:
    """Write the ranks in tiktoken's text form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{base64.b64encode(token).decode()} {rank}\n" for token, rank in ranks.items())
    path.write_text("".join(lines), encoding="ascii")


def _byte_letters() -> dict[int, str]:
    """Map each byte to the letter that stands for it in byte-level BPE.

    Printable Latin-1 bytes stand for themselves, the others for the letters from U+0100 up, in order.
    """
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(0x100 + len(letters) - len(printable))
    return letters


def _sample(texts: list[str], characters: int, seed: int) -> Iterator[str]:
    """Yield texts in a shuffled order until ``characters`` of them were given."""
    random.Random(seed).shuffle(texts)
    given = 0
    for text in texts:
        if given >= characters:
            return
        given += len(text)
        yield text


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trainer from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--text", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="ranks file to write")
    parser.add_argument("--vocabulary", type=int, default=12_000)
    parser.add_argument("--characters", type=int, default=30_000_000, help="how much text to learn from")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    corpus = load_corpus(options.text)
    texts = [f"{article.title}\n{article.text}".strip() for article in corpus.articles]
    ranks = train_ranks(list(_sample(texts, options.characters, options.seed)), options.vocabulary)
    write_ranks(ranks, options.out)
    logger.info("%d ranks in %s", len(ranks), options.out)


if __name__ == "__main__":
    main()
