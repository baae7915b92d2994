"""The shipped embedder keeps the protocol's promises; any other model goes through sentence-transformers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vectorstore.base import Embedder
from vectorstore.embed import MODELS, SHIPPED, StaticEmbedder, fingerprint, load_embedder, unit_rows
from vectorstore.errors import EmbedderUnavailable

TEXTS = [
    "Hội đồng Thi đua - Khen thưởng tỉnh có bao nhiêu thành viên?",
    "Điều kiện xét tặng danh hiệu Chiến sĩ thi đua cơ sở",
    "thời hạn nộp hồ sơ đề nghị khen thưởng",
    "quỹ hoà bình, hòa bình; thuý và thúy",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_the_shipped_model_is_an_embedder(embedder: Embedder) -> None:
    assert isinstance(embedder, Embedder)
    assert embedder.name == f"{SHIPPED}@{fingerprint(MODELS / SHIPPED)}"


def test_rows_are_unit_float32_in_order(embedder: Embedder) -> None:
    vectors = embedder.encode_documents(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for row, text in enumerate(TEXTS):
        assert np.allclose(embedder.encode_documents([text])[0], vectors[row], atol=1e-6)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    for encode in (embedder.encode_documents, embedder.encode_queries):
        assert encode([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize("text", ["", " \n", "…!?", "漢字", "🙂"])
def test_text_without_known_tokens_is_zero(embedder: Embedder, text: str) -> None:
    assert not embedder.encode_queries([text]).any()


def test_long_texts_are_read_to_the_end(embedder: Embedder) -> None:
    # model2vec stops after 512 tokens unless told otherwise.
    filler = "quy định " * 600
    with_end, without = embedder.encode_documents([filler + "bệnh viện " * 300, filler])
    assert float(with_end @ without) < 0.98


def test_case_and_tone_placement_do_not_matter(embedder: Embedder) -> None:
    first, second = embedder.encode_queries(["HOÀ GIẢI, THUỶ LỢI", "hòa giải thủy lợi"])
    assert float(first @ second) == pytest.approx(1, abs=1e-5)


def test_a_question_without_accents_lands_by_its_own_passage(embedder: Embedder) -> None:
    questions = ["hoi dong thi dua khen thuong co bao nhieu thanh vien", "thoi han nop ho so de nghi khen thuong"]
    scores = embedder.encode_queries(questions) @ embedder.encode_documents([TEXTS[0], TEXTS[2]]).T
    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_loading_imports_neither_torch_nor_the_hub_client() -> None:
    code = (
        "import sys\n"
        "from vectorstore.embed import load_embedder\n"
        "assert 'model2vec' not in sys.modules\n"
        "load_embedder().encode_queries(['thi đua'])\n"
        "print(*[name in sys.modules for name in ('torch', 'sentence_transformers', 'huggingface_hub')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"] * 3


def test_model2vec_reads_the_folder_itself(embedder: Embedder) -> None:
    from model2vec import StaticModel

    vectors = StaticModel.from_pretrained(MODELS / SHIPPED).encode(TEXTS)
    assert np.allclose((embedder.encode_documents(TEXTS) * vectors).sum(axis=1), 1, atol=1e-5)


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(MODELS / SHIPPED, folder)
    before = StaticEmbedder(folder).name
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    assert StaticEmbedder(folder).name != before


def test_a_missing_or_broken_static_model_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable) as missing:
        StaticEmbedder(tmp_path / "khong-co")
    assert "khong-co" in missing.value.message
    assert missing.value.remedy
    folder = tmp_path / "hong"
    shutil.copytree(MODELS / SHIPPED, folder)
    (folder / "model.safetensors").write_bytes(b"not a model")
    with pytest.raises(EmbedderUnavailable) as broken:
        StaticEmbedder(folder)
    assert "hong" in broken.value.message


def test_rows_without_direction_become_zero() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0], [np.nan, 1.0]]))
    assert np.allclose(rows, [[0.6, 0.8], [0, 0], [0, 0]])


def test_the_model_fits_the_repository() -> None:
    assert sum(path.stat().st_size for path in (MODELS / SHIPPED).iterdir()) <= 10_000_000


@pytest.mark.slow
def test_an_unknown_model_is_a_named_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable) as caught:
        load_embedder("khong/co-mo-hinh-nay")
    assert "khong/co-mo-hinh-nay" in caught.value.message
    assert "mô hình đi kèm" in caught.value.remedy


@pytest.fixture(scope="module")
def by_path() -> Embedder:
    """Give the shipped folder as sentence-transformers reads it."""
    return load_embedder(str(MODELS / SHIPPED))


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(embedder: Embedder, by_path: Embedder) -> None:
    for first, second in (
        (embedder.encode_documents(TEXTS), by_path.encode_documents(TEXTS)),
        (embedder.encode_queries(TEXTS), by_path.encode_queries(TEXTS)),
    ):
        assert np.allclose((first * second).sum(axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_model_by_path_keeps_the_same_promises(by_path: Embedder) -> None:
    assert isinstance(by_path, Embedder)
    assert by_path.encode_documents([]).shape == (0, by_path.dimension)
    assert by_path.encode_documents(TEXTS).dtype == np.float32
    assert not by_path.encode_queries(["漢字"]).any()
    assert by_path.name.startswith(f"{SHIPPED}@")
