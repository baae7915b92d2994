"""Vectors from a server that speaks OpenAI's embeddings API (TEI, vLLM, Ollama, llama.cpp), named by its address.

The address is that of the API with the model behind ``#``: ``http://localhost:8080/v1#bge-m3``. Texts leave this
machine only when the address says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np

from vectorstore.base import Vectors
from vectorstore.embed import unit_rows
from vectorstore.errors import EmbedderUnavailable

BATCH = 64
SECONDS = 60.0
"""What one batch may take."""


class ServerEmbedder:
    """An embedder behind an address; ``key`` is sent as bearer token when there is one."""

    def __init__(self, address: str, key: str = "") -> None:
        self.address, _, self.model = address.partition("#")
        self._key = key

    @cached_property
    def name(self) -> str:
        """Model, host and length of the vectors: what tells that other vectors are another model's."""
        return f"{self.model or 'default'}@{urlsplit(self.address).netloc}/{self.dimension}"

    @cached_property
    def dimension(self) -> int:
        """Length of the vectors, asked for once."""
        return int(self._ask(["a"]).shape[1])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode passages; see :class:`vectorstore.base.Embedder`. Raises :class:`EmbedderUnavailable`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        batches = [self._ask(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return unit_rows(np.concatenate(batches))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in the same way as passages."""
        return self.encode_documents(texts)

    def _ask(self, texts: Sequence[str]) -> Vectors:
        body = json.dumps({"input": list(texts), "model": self.model or "default"}).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        request = Request(f"{self.address.rstrip('/')}/embeddings", body, headers)
        try:
            with urlopen(request, timeout=SECONDS) as answer:
                rows = sorted(json.load(answer)["data"], key=_place)
            vectors: Vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (URLError, OSError, ValueError, KeyError, TypeError) as error:
            raise self._unavailable(f"{type(error).__name__}: {error}") from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise self._unavailable(f"{len(texts)} texts, answer of shape {vectors.shape}")
        return vectors

    def _unavailable(self, detail: str) -> EmbedderUnavailable:
        return EmbedderUnavailable(
            f"Máy chủ nhúng tại {self.address} không trả véc-tơ dùng được.",
            remedy="Kiểm tra máy chủ đang chạy, địa chỉ (kết thúc bằng /v1), tên mô hình sau dấu # và khóa truy cập; "
            "hoặc bỏ thiết lập mô hình nhúng để dùng mô hình đi kèm.",
            detail=detail,
        )


def _place(row: dict[str, Any]) -> int:
    return int(row["index"])
