"""A cross-encoder that reads question and passage together: slower than any index, so it sees the first few only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vectorstore.embed import offline, quiet_tokenizers
from vectorstore.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """Scores passages for one question; only their order and distances mean something."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return one number per passage, higher for better."""


class CrossEncoderReranker:
    """Any cross-encoder with one output, by folder or hub name, run on the CPU by sentence-transformers."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._model = self._load()

    def _load(self) -> CrossEncoder:
        local = Path(self.model).expanduser()
        try:
            with quiet_tokenizers():
                from sentence_transformers import CrossEncoder

                loaded = CrossEncoder(
                    str(local) if local.is_dir() else self.model,
                    device="cpu",
                    local_files_only=offline() or local.is_dir(),
                )
        except Exception as error:
            raise self._unavailable(
                f"Không nạp được mô hình xếp lại «{self.model}».", f"{type(error).__name__}: {error}"
            ) from error
        if loaded.num_labels != 1:
            message = f"Mô hình «{self.model}» không phải mô hình xếp lại: nó cho {loaded.num_labels} điểm một cặp."
            raise self._unavailable(message, f"num_labels={loaded.num_labels}")
        return loaded

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """Score every passage; one that gives no number counts as the worst."""
        if not passages:
            return []
        with quiet_tokenizers():
            found = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        scores = np.asarray(found, dtype=np.float64).reshape(-1)
        sound = np.isfinite(scores)
        worst = float(scores[sound].min()) if sound.any() else 0.0
        return [float(score) if good else worst for score, good in zip(scores, sound, strict=True)]

    def _unavailable(self, message: str, detail: str) -> EmbedderUnavailable:
        return EmbedderUnavailable(
            message,
            remedy="Chọn thư mục hoặc tên một cross-encoder của sentence-transformers có một điểm cho mỗi cặp câu hỏi"
            " và đoạn, đã tải về máy này; hoặc bỏ TDKT_RERANKER để không xếp lại.",
            detail=detail,
        )
