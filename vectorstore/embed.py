"""Text to vectors: the small model that ships with the project, or any sentence-transformers model by name.

The shipped model is a table of token vectors read by model2vec, without torch (0.1 s to load). Another model is run by
sentence-transformers, which is imported only then (6 s). Vectors of different models must never meet in one index, so
``name`` carries a fingerprint of the weights.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.base import Embedder, Vectors
from vectorstore.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

SHIPPED = "tdkt-vi-static"
MODELS = Path(__file__).parent / "models"

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_FINGERPRINT_CHARACTERS = 12
_KEPT_WORDS = 50_000
_TRUE = {"1", "true", "yes", "on"}


def load_embedder(name: str | None = None, key: str = "") -> Embedder:
    """Return the embedder called ``name``.

    ``None``: the shipped one; an address: the server there, ``key`` being its access key; else a folder or a
    sentence-transformers name. Raises :class:`EmbedderUnavailable` when the model is not on this machine or cannot be
    read.
    """
    if name is None or name == SHIPPED:
        return shipped()
    if name.startswith(("http://", "https://")):
        from vectorstore.embed_server import ServerEmbedder

        return ServerEmbedder(name, key)
    return TransformerEmbedder(name)


@cache
def shipped() -> StaticEmbedder:
    """Return the shipped model, loaded once. Raises :class:`EmbedderUnavailable`."""
    return StaticEmbedder(MODELS / SHIPPED)


class StaticEmbedder:
    """A static model (tokens' vectors, averaged) in a local folder, read by model2vec."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._model = self._load()
        self._word_ids = lru_cache(maxsize=_KEPT_WORDS)(self._cut_word)

    def _load(self) -> StaticModel:
        if not (self.folder / "model.safetensors").is_file():
            raise EmbedderUnavailable(
                f"Không tìm thấy mô hình nhúng «{self.folder.name}» trong thư mục {self.folder.parent}.",
                remedy="Cài lại chương trình từ nguồn đầy đủ (git clone rồi `make demo`), "
                "hoặc chỉ định một mô hình sentence-transformers khác trong cấu hình.",
                detail=f"no model.safetensors in {self.folder}",
            )
        from model2vec import StaticModel
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        # What StaticModel.from_pretrained does for a local folder, without its import of the hub client, which takes
        # longer than everything else here together.
        try:
            tensors = load_file(self.folder / "model.safetensors")
            return StaticModel(
                tensors["embeddings"],
                Tokenizer.from_file(str(self.folder / "tokenizer.json")),
                weights=tensors["weights"],
                normalize=True,
                max_length=None,
            )
        except Exception as error:
            raise EmbedderUnavailable(
                f"Tệp mô hình nhúng trong {self.folder} bị hỏng hoặc không đầy đủ.",
                remedy=f"Lấy lại thư mục này từ nguồn (git checkout -- {self.folder.name}) rồi chạy lại.",
                detail=f"{type(error).__name__}: {error}",
            ) from error

    @cached_property
    def name(self) -> str:
        """Folder name and fingerprint of tokenizer and weights."""
        return f"{self.folder.name}@{fingerprint(self.folder)}"

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._model.dim)

    def token_ids(self, text: str) -> list[int]:
        """Return the tokens of a text in its order, as rows of :attr:`token_vectors`.

        No token of the model reaches over a space, so words are cut one by one and kept: texts share most of theirs.
        """
        return [token for word in text.split() for token in self._word_ids(word)]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        return tuple(self._model.tokenizer.encode(word, add_special_tokens=False).ids)

    @cached_property
    def token_vectors(self) -> Vectors:
        """Vectors of all tokens, of length 1."""
        return unit_rows(self._model.embedding)

    @property
    def token_weights(self) -> Vectors:
        """What each token counts when vectors are averaged."""
        weights: Vectors = np.asarray(self._model.weights, dtype=np.float32)
        return weights

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode passages; see :class:`vectorstore.base.Embedder`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(list(texts), max_length=None, normalize=True, use_multiprocessing=False)
        return unit_rows(vectors)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in the same way as passages."""
        return self.encode_documents(texts)


class TransformerEmbedder:
    """Any sentence-transformers model, by folder or hub name, run on the CPU."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._model = self._load()

    def _load(self) -> SentenceTransformer:
        local = Path(self.model).expanduser()
        target = str(local) if local.is_dir() else self.model
        local_only = offline() or local.is_dir()
        try:
            with quiet_tokenizers():
                from sentence_transformers import SentenceTransformer

                return SentenceTransformer(target, device="cpu", local_files_only=local_only)
        except Exception as error:
            raise EmbedderUnavailable(
                f"Không nạp được mô hình nhúng «{self.model}».",
                remedy="Nếu là thư mục, hãy kiểm tra đường dẫn. Nếu là tên trên Hugging Face, hãy tải trên máy có mạng "
                f"(`hf download {self.model} --local-dir THƯ_MỤC`), chép thư mục sang máy này rồi ghi đường dẫn vào "
                "cấu hình. Hoặc bỏ thiết lập mô hình nhúng để dùng mô hình đi kèm.",
                detail=f"{type(error).__name__}: {error} (offline={offline()})",
            ) from error

    @cached_property
    def name(self) -> str:
        """Model name and fingerprint of its weights as loaded."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().contiguous().flatten().view(dtype=_bytes_type()).numpy().tobytes())
        label = Path(self.model).name if Path(self.model).expanduser().is_dir() else self.model
        return f"{label}@{digest.hexdigest()[:_FINGERPRINT_CHARACTERS]}"

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        dimension = self._model.get_embedding_dimension()
        return int(dimension) if dimension else self.encode_queries(["a"]).shape[1]

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode passages with the model's document prompt, if it has one."""
        return self._encode(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions with the model's query prompt, if it has one."""
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:  # noqa: ANN401 - a bound method of the library
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with quiet_tokenizers():
            return unit_rows(encode(list(texts), convert_to_numpy=True, show_progress_bar=False))


def unit_rows(vectors: Any) -> Vectors:  # noqa: ANN401 - whatever array the library returns
    """Return ``vectors`` as float32 rows of length 1; rows without direction (zero, not finite) become zero."""
    rows = np.asarray(vectors, dtype=np.float32)
    rows = np.where(np.isfinite(rows).all(axis=1, keepdims=True), rows, np.float32(0))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return units


def fingerprint(folder: Path) -> str:
    """Short hash of the files that decide the vectors: weights and tokenizer."""
    digest = hashlib.sha256()
    for name in (*_WEIGHTS, "tokenizer.json", "config.json"):
        path = folder / name
        if path.is_file():
            digest.update(name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_FINGERPRINT_CHARACTERS]


def _bytes_type() -> Any:  # noqa: ANN401 - torch is imported only where a transformer runs
    import torch

    return torch.uint8


def offline() -> bool:
    """Say whether the model hub must not be asked."""
    return any(os.environ.get(name, "").lower() in _TRUE for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))


@contextmanager
def quiet_tokenizers() -> Iterator[None]:
    """Keep tokenizers from forking warnings while a transformer runs, without changing the user's own setting."""
    had = os.environ.get("TOKENIZERS_PARALLELISM")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        yield
    finally:
        if had is None:
            os.environ.pop("TOKENIZERS_PARALLELISM", None)
